package dev.flagstream.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.flagstream.engine.statement.config.ConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a client may take of a server; docs/production.md lists it. */
@ExtendWith(TestCluster.class)
class BoundsTest {

  private static final int PATIENCE_MS = 30_000;

  @TempDir private Path state;

  @Test
  void pushQueriesBeyondTheBoundAreRefusedUntilOneEnds() throws IOException {
    try (TestServer server =
        TestServer.start("pushed_", state, Map.of("ksql.max.push.queries", "1"))) {
      server.run(
          "CREATE STREAM s (k VARCHAR KEY, v INT)"
              + " WITH (KAFKA_TOPIC='pushed_s', VALUE_FORMAT='JSON', PARTITIONS=1);");
      String body = TestServer.body("sql", "SELECT * FROM s EMIT CHANGES;");
      try (Socket first = connect(server)) {
        send(first, post("/query-stream", body.length()) + body);
        await().until(() -> server.run("SHOW QUERIES;").toString().contains("PUSH"));

        HttpResponse<String> refused = server.post("/query-stream", TestServer.DELIMITED, body);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
            .contains("1 push queries already")
            .contains("ksql.max.push.queries");
      }
      await().until(() -> !server.run("SHOW QUERIES;").toString().contains("PUSH"));
    }
  }

  @Test
  void connectionsBeyondTheBoundAreClosedAndLaterOnesAreTaken() throws IOException {
    try (TestServer server = TestServer.start("connected_", state, Map.of(Connections.MOST, "2"))) {
      List<Socket> taken = new ArrayList<>(List.of(connect(server), connect(server)));
      for (Socket socket : taken) {
        send(socket, "GET /info HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
      try (Socket beyond = connect(server)) {
        send(beyond, "GET /info HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        assertThat(isClosedByTheServer(beyond)).isTrue();
      }
      for (Socket socket : taken) {
        socket.close();
      }
      await()
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(server.get("/info").statusCode()).isEqualTo(200));
    }
  }

  @Test
  void clientsThatDoNotFinishABodyAreNotWaitedFor() throws IOException {
    try (TestServer server =
        TestServer.start("silent_", state, Map.of(Connections.REQUEST_SECONDS, "1"))) {
      try (Socket halfBody = connect(server)) {
        send(halfBody, post("/ksql", 100) + "{");
        assertThat(isClosedByTheServer(halfBody)).isTrue();
      }
      assertThat(server.get("/info").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void connectionsThatAreSilentTooLongAreClosed() throws IOException {
    try (TestServer server =
            TestServer.start("idle_", state, Map.of(Connections.IDLE_SECONDS, "1"));
        Socket idle = connect(server)) {
      assertThat(isClosedByTheServer(idle)).isTrue();
    }
  }

  @Test
  void requestsThatCannotBeReadOrAreTooLargeAreTheClientsFault() throws IOException {
    try (TestServer server = TestServer.start("read_", state)) {
      String chunked =
          "POST /ksql HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n";
      assertThat(firstLine(server, chunked)).startsWith("HTTP/1.1 400");

      String longLine = "GET /" + "a".repeat(10_000) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
      assertThat(firstLine(server, longLine)).startsWith("HTTP/1.0 414");

      String manyHeaders =
          "GET /info HTTP/1.1\r\nHost: 127.0.0.1\r\n" + "A: b\r\n".repeat(5000) + "\r\n";
      assertThat(firstLine(server, manyHeaders)).startsWith("HTTP/1.1 431");

      HttpResponse<String> tooLong =
          server.post("/ksql", TestServer.KSQL_V1, " ".repeat(11 * 1024 * 1024));
      assertThat(tooLong.statusCode()).isEqualTo(400);
      assertThat(tooLong.body()).contains("longer than 10485760 bytes");

      HttpResponse<String> deep =
          server.post("/ksql", TestServer.KSQL_V1, "{\"ksql\":" + "[".repeat(100_000));
      assertThat(deep.statusCode()).isEqualTo(400);
    }
  }

  @Test
  void aBoundThatIsNoNumberIsNamedAtTheStart() {
    assertThatThrownBy(
            () -> TestServer.start("named_", state, Map.of(Connections.MOST, "many")).close())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(Connections.MOST)
        .hasMessageContaining("many");
  }

  private static Socket connect(TestServer server) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.server().uri().getPort());
    socket.setSoTimeout(PATIENCE_MS);
    return socket;
  }

  private static String post(String path, int length) {
    return "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n"
        .formatted(path, length);
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean isClosedByTheServer(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() == -1;
    } catch (SocketException e) {
      return true;
    }
  }

  private static String firstLine(TestServer server, String request) throws IOException {
    try (Socket socket = connect(server)) {
      send(socket, request);
      byte[] begin = socket.getInputStream().readNBytes("HTTP/1.1 400".length());
      return new String(begin, StandardCharsets.US_ASCII);
    }
  }
}
