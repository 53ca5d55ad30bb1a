package dev.flagstream.fuzz;

import dev.flagstream.engine.server.TestBroker;
import dev.flagstream.engine.server.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Sends requests to a real server with a real broker: bodies to each endpoint by either version of
 * HTTP, and bytes that may be no HTTP at all. The server answers none with an error of its own, and
 * goes on to answer others.
 */
final class RestRequests implements FuzzTarget {

  private static final List<String> ENDPOINTS =
      List.of("/ksql", "/query", "/query-stream", "/inserts-stream", "/close-query", "/heartbeat");
  private static final List<String> ACCEPTED =
      List.of(
          "application/vnd.ksql.v1+json",
          "application/json",
          "application/vnd.ksqlapi.delimited.v1",
          "application/vnd.ksql.v1+protobuf",
          "*/*",
          "text/plain;q=x");
  private static final byte[] HTTP_2 =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** Some answers go on until the client leaves. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /** The server's own failures, by its error code. */
  private static final String OWN_FAILURE = "\"error_code\":50000";

  private final URI server;
  private final HttpClient http1 = client(HttpClient.Version.HTTP_1_1);
  private final HttpClient http2 = client(HttpClient.Version.HTTP_2);

  RestRequests() {
    TestBroker broker = TestBroker.start();
    TestServer started =
        TestServer.start(
            broker.bootstrapServers(),
            "fuzz_",
            ProjectFiles.temporary("server"),
            Map.of("ksql.heartbeat.enable", "true", "ksql.query.persistent.active.limit", "4"));
    started.run(
        "CREATE STREAM S (K VARCHAR KEY, I INTEGER, T VARCHAR)"
            + " WITH (KAFKA_TOPIC='s', VALUE_FORMAT='JSON', PARTITIONS=1);"
            + "INSERT INTO S VALUES ('a', 1, 'b');");
    server = started.server().uri();
  }

  private static HttpClient client(HttpClient.Version version) {
    return HttpClient.newBuilder().version(version).build();
  }

  @Override
  public void tryOut(byte[] input) throws Exception {
    Draws draws = new Draws(input);
    int way = draws.next();
    if (way < 64) {
      raw(new byte[0], draws.rest());
    } else if (way < 96) {
      raw(HTTP_2, draws.rest());
    } else {
      request(way % 2 == 0 ? http1 : http2, draws);
    }
    requireAlive();
  }

  private void request(HttpClient client, Draws draws) throws InterruptedException, IOException {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(draws.of(ENDPOINTS)))
            .header("Accept", draws.of(ACCEPTED))
            .timeout(PATIENCE.multipliedBy(20))
            .POST(BodyPublishers.ofByteArray(draws.rest()))
            .build();
    try {
      HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        // A push query may go on for ever: only refusals are read to their end.
        if (answer.statusCode() >= 400) {
          String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
          if (isOwnFailure(text)) {
            throw new AssertionError(answer.statusCode() + " " + text);
          }
        }
      }
    } catch (HttpTimeoutException e) {
      throw new AssertionError("no answer", e);
    }
  }

  /** Sends bytes and reads what comes, until the server closes or has nothing to say. */
  private void raw(byte[] begin, byte[] bytes) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
      socket.setSoTimeout(20);
      OutputStream out = socket.getOutputStream();
      out.write(begin);
      out.write(bytes);
      out.flush();
      socket.shutdownOutput();
      byte[] answer = new byte[8192];
      int length = socket.getInputStream().read(answer);
      String text = new String(answer, 0, Math.max(0, length), StandardCharsets.UTF_8);
      if (isOwnFailure(text)) {
        throw new AssertionError(text);
      }
    } catch (SocketTimeoutException e) {
      // Half a request: the server waits for the other half.
      return;
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).matches(".*(reset|Broken pipe|closed).*")) {
        throw e;
      }
    }
  }

  /** ksqlDB, too, calls a property that it does not know a failure of its own. */
  private static boolean isOwnFailure(String answer) {
    return answer.contains(OWN_FAILURE) && !answer.contains("Not recognizable as ksql");
  }

  private void requireAlive() throws InterruptedException, IOException {
    HttpResponse<String> info =
        http1.send(
            HttpRequest.newBuilder(server.resolve("/info"))
                .timeout(PATIENCE.multipliedBy(20))
                .build(),
            BodyHandlers.ofString());
    if (info.statusCode() != 200) {
      throw new AssertionError("afterwards /info answers " + info.statusCode());
    }
  }
}
