package dev.flagstream.dashboard;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A dashboard that cannot open its port says why. */
class DashboardPortTest {

  @Test
  void saysThatThePortIsTaken() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> start(DashboardSettings.LOOPBACK, other.getLocalPort()))
          .isInstanceOf(DashboardException.class)
          .hasMessage(
              "Port %d, which the dashboard needs, is taken. Stop what listens there, or move it"
                  + " with --dashboard-port N (make: DASHBOARD_PORT=N).",
              other.getLocalPort());
    }
  }

  /** An address for documentation, which no machine has. */
  @Test
  void saysWhyItCannotListenWhereNothingElseDoes() {
    assertThatThrownBy(() -> start("192.0.2.1", 0))
        .isInstanceOf(DashboardException.class)
        .hasMessageContaining("cannot be opened (")
        .hasMessageContaining("assign requested address")
        .hasMessageNotContaining("taken");
  }

  private static void start(String address, int port) {
    Dashboard.start(
            new DashboardSettings(
                address,
                port,
                "http://127.0.0.1:1",
                Optional.empty(),
                "mongodb://127.0.0.1:1",
                Path.of("no-models"),
                Optional.empty()))
        .close();
  }
}
