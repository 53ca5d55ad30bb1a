package dev.flagstream.local.stack;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.local.failure.PortsTakenException;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.Ports;
import dev.flagstream.local.stack.PortCheck.Listener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class PortCheckTest {

  @Test
  void acceptsFreePorts() {
    assertThatCode(() -> PortCheck.requireFree(FreePorts.pick())).doesNotThrowAnyException();
  }

  @Test
  void namesPortComponentAndOptionOfEachPortThatIsTaken() throws Exception {
    Ports free = FreePorts.pick();
    try (ServerSocket kafka = new ServerSocket(free.kafka(), 1, InetAddress.getLoopbackAddress());
        ServerSocket mongo = new ServerSocket(free.mongo(), 1, InetAddress.getLoopbackAddress())) {

      assertThatThrownBy(() -> PortCheck.requireFree(free))
          .isInstanceOf(PortsTakenException.class)
          .hasMessageContaining("Port " + kafka.getLocalPort())
          .hasMessageContaining("the Kafka broker")
          .hasMessageContaining("--kafka-port")
          .hasMessageContaining("KAFKA_PORT")
          .hasMessageContaining("Port " + mongo.getLocalPort())
          .hasMessageContaining("--mongo-port");
    }
  }

  @Test
  void saysWhyAPortCannotBeOpenedThatNobodyListensAt() throws Exception {
    Ports free = FreePorts.pick();
    try (Socket bound = new Socket()) {
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), free.sql()));

      assertThatThrownBy(() -> PortCheck.requireFree(free))
          .hasMessageStartingWith(
              "Port %d, which the SQL server needs, cannot be opened (", free.sql())
          .hasMessageEndingWith("move it with --sql-port N (make: SQL_PORT=N).");
    }
  }

  @Test
  void looksOnlyAtThePartsThatAreToStart() throws Exception {
    Ports free = FreePorts.pick();
    try (ServerSocket kafka = new ServerSocket(free.kafka(), 1, InetAddress.getLoopbackAddress())) {
      assertThatCode(() -> PortCheck.requireFree(free, EnumSet.of(Listener.SQL)))
          .as("with port %d taken", kafka.getLocalPort())
          .doesNotThrowAnyException();
    }
  }

  @Test
  void refusesOnePortForTwoParts() {
    Ports free = FreePorts.pick();
    Ports shared = new Ports(free.kafka(), free.kafka(), free.connect(), free.mongo());

    assertThatThrownBy(() -> PortCheck.requireFree(shared))
        .isInstanceOf(PortsTakenException.class)
        .hasMessageContaining("more than one part");
  }

  @Test
  void refusesNumbersThatAreNoPorts() {
    assertThatThrownBy(() -> new Ports(0, 1, 2, 3))
        .hasMessage("--kafka-port is 0; a port lies between 1 and 65535");
  }
}
