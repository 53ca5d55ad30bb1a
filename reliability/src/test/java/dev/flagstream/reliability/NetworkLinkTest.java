package dev.flagstream.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class NetworkLinkTest {

  /** How long a look takes that is to find nothing. */
  private static final int LOOK_MS = 100;

  private static final int PATIENCE_MS = 30_000;

  private EventLoopGroup thread;
  private ServerSocket listener;
  private NetworkLink link;

  @BeforeEach
  void start() throws IOException {
    thread = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    link = NetworkLink.to(thread, listener.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    link.close();
    listener.close();
    thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void passesOnWhatBothSidesSay() throws IOException {
    try (Socket client = connect();
        Socket server = listener.accept()) {
      say(client, "question");
      assertThat(hear(server, 8)).isEqualTo("question");
      say(server, "answer");
      assertThat(hear(client, 6)).isEqualTo("answer");

      server.shutdownOutput();
      assertThat(client.getInputStream().read()).as("the end").isEqualTo(-1);
    }
  }

  @Test
  void passesNothingWhileItIsCutAndAllInOrderAfterwards() throws IOException {
    try (Socket client = connect();
        Socket server = listener.accept()) {
      link.cut();
      say(client, "one ");
      say(server, "eins");
      assertHearsNothing(server);
      assertHearsNothing(client);
      say(client, "two");

      link.mend();
      assertThat(hear(server, 7)).isEqualTo("one two");
      assertThat(hear(client, 4)).isEqualTo("eins");
    }
  }

  @Test
  void holdsAConnectionThatBeginsWhileItIsCut() throws IOException {
    link.cut();
    try (Socket client = connect()) {
      say(client, "early");
      link.mend();
      try (Socket server = listener.accept()) {
        assertThat(hear(server, 5)).isEqualTo("early");
      }
    }
  }

  @Test
  void resetsBothEndsAndPassesOnWhatComesByNewConnections() throws IOException {
    try (Socket client = connect();
        Socket server = listener.accept()) {
      link.cut();
      say(client, "lost");
      assertThat(link.mendByReset()).isEqualTo(1);

      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
      assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(SocketException.class);
    }
    try (Socket client = connect();
        Socket server = listener.accept()) {
      say(client, "again");
      assertThat(hear(server, 5)).isEqualTo("again");
    }
  }

  /** The server may have accepted what the link does not know yet to be connected. */
  @RepeatedTest(20)
  void resetsBothEndsOfAConnectionThatHasJustBegun() throws IOException {
    try (Socket client = connect();
        Socket server = listener.accept()) {
      link.mendByReset();

      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
      assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void keepsAnswersInTheirOrderWhenTheyAreNoLongerLate() throws IOException {
    link.delayAnswers(500);
    try (Socket client = connect();
        Socket server = listener.accept()) {
      say(server, "late ");
      assertHearsNothing(client);
      link.delayAnswers(0);
      say(server, "soon");

      assertThat(hear(client, 9)).isEqualTo("late soon");
    }
  }

  @Test
  void tellsAClientThatNobodyListens() throws IOException {
    listener.close();
    try (Socket client = connect()) {
      client.setSoTimeout(PATIENCE_MS);
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), link.port());
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  private static String hear(Socket socket, int bytes) throws IOException {
    socket.setSoTimeout(PATIENCE_MS);
    return new String(socket.getInputStream().readNBytes(bytes), UTF_8);
  }

  private static void assertHearsNothing(Socket socket) throws SocketException {
    socket.setSoTimeout(LOOK_MS);
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
  }
}
