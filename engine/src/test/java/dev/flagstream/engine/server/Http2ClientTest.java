package dev.flagstream.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.parsetools.RecordParser;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * One HTTP/2 connection serves a push query, inserts and the end of the query side by side, which
 * is how ksqlDB's Java client works.
 */
@ExtendWith(TestCluster.class)
class Http2ClientTest {

  private static final String END = "the answer has ended";

  @TempDir static Path state;
  private static TestServer server;
  private static Vertx vertx;
  private static HttpClient http2;

  @BeforeAll
  static void start() {
    server = TestServer.start("http2_", state);
    server.run(
        """
        CREATE STREAM sensed (id INT KEY, heat DOUBLE)
          WITH (KAFKA_TOPIC='http2_sensed', VALUE_FORMAT='JSON', PARTITIONS=1);""");
    vertx = Vertx.vertx();
    http2 =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false),
            new PoolOptions().setHttp2MaxSize(1));
  }

  @AfterAll
  static void stop() throws Exception {
    await(vertx.close());
    server.close();
  }

  @Test
  void streamsRowsAsTheyAreInsertedUntilTheQueryIsClosed() throws Exception {
    BlockingQueue<String> rows = new LinkedBlockingQueue<>();
    HttpClientRequest query = await(request("/query-stream"));
    query.putHeader("accept", TestServer.DELIMITED);
    Future<HttpClientResponse> answer =
        query.response().onSuccess(response -> linesOf(response, rows));
    await(query.end("{\"sql\":\"SELECT id, heat FROM sensed EMIT CHANGES;\"}"));
    assertThat(await(answer).statusCode()).isEqualTo(200);
    JsonNode header = TestServer.parse(next(rows));
    assertThat(header.path("columnNames").toString()).isEqualTo("[\"ID\",\"HEAT\"]");

    BlockingQueue<String> acknowledged = new LinkedBlockingQueue<>();
    HttpClientRequest inserts = await(request("/inserts-stream"));
    inserts.setChunked(true);
    inserts.response().onSuccess(response -> linesOf(response, acknowledged));
    // The first line has no answer of its own: headers come when the target is found.
    await(inserts.write("{\"target\":\"SENSED\"}\n"));
    await(inserts.write("{\"ID\":1,\"HEAT\":20.5}\n"));
    assertThat(next(acknowledged)).isEqualTo("{\"seq\":0,\"status\":\"ok\"}");
    assertThat(next(rows)).isEqualTo("[1,20.5]");
    await(inserts.write("{\"ID\":2,\"HEAT\":21.0}\n"));
    assertThat(next(acknowledged)).isEqualTo("{\"seq\":1,\"status\":\"ok\"}");
    assertThat(next(rows)).isEqualTo("[2,21.0]");
    await(inserts.end());
    assertThat(next(acknowledged)).isEqualTo(END);

    HttpClientRequest close = await(request("/close-query"));
    HttpClientResponse closed =
        await(close.send("{\"queryId\":\"" + header.path("queryId").asText() + "\"}"));
    assertThat(closed.statusCode()).isEqualTo(200);
    assertThat(next(rows)).isEqualTo(END);
  }

  @Test
  void answersARefusedQueryWithItsError() throws Exception {
    Answer answer = query(TestServer.DELIMITED, "SELECT nocol FROM sensed EMIT CHANGES;");

    assertThat(answer.response().version()).isEqualTo(HttpVersion.HTTP_2);
    assertThat(answer.response().statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("SELECT column 'NOCOL' cannot be resolved");
  }

  @Test
  void writesRowsAsProtocolBuffers() throws Exception {
    server.run(
        """
        CREATE STREAM kinds (k STRING KEY, n INT, big BIGINT, yes BOOLEAN, d DOUBLE, tags ARRAY<STRING>,
            counts ARRAY<INT>, empty STRING)
          WITH (KAFKA_TOPIC='http2_kinds', VALUE_FORMAT='JSON', PARTITIONS=1);
        INSERT INTO kinds VALUES ('key', -1, 300, true, 0.0, ARRAY['a', ''], ARRAY[1, 300], '');""");
    Answer answer =
        query("application/vnd.ksql.v1+protobuf", "SELECT * FROM kinds EMIT CHANGES LIMIT 1;");

    JsonNode parts = TestServer.parse(answer.body());
    assertThat(answer.response().getHeader("content-type"))
        .isEqualTo("application/vnd.ksql.v1+protobuf");
    assertThat(parts.get(0).path("header").path("protoSchema").asText())
        .isEqualTo(
            """
            syntax = "proto3";

            message ConnectDefault1 {
              string K = 1;
              int32 N = 2;
              int64 BIG = 3;
              bool YES = 4;
              double D = 5;
              repeated string TAGS = 6;
              repeated int32 COUNTS = 7;
              string EMPTY = 8;
            }
            """);
    byte[] row =
        java.util.Base64.getDecoder()
            .decode(parts.get(1).path("row").path("protobufBytes").asText());
    // Tag, length where there is one, bytes; zero and the empty text are left out.
    assertThat(java.util.HexFormat.ofDelimiter(" ").formatHex(row))
        .isEqualTo(
            "0a 03 6b 65 79 10 ff ff ff ff ff ff ff ff ff 01 18 ac 02 20 01"
                + " 32 01 61 32 00 3a 03 01 ac 02");
  }

  private record Answer(HttpClientResponse response, String body) {}

  private static Answer query(String accept, String sql) throws Exception {
    return await(
        request("/query-stream")
            .compose(query -> query.putHeader("accept", accept).send("{\"sql\":\"" + sql + "\"}"))
            .compose(
                response -> response.body().map(body -> new Answer(response, body.toString()))));
  }

  private static Future<HttpClientRequest> request(String path) {
    URI uri = server.server().uri();
    return http2.request(HttpMethod.POST, uri.getPort(), uri.getHost(), path);
  }

  private static void linesOf(HttpClientResponse response, BlockingQueue<String> lines) {
    RecordParser parser = RecordParser.newDelimited("\n", response);
    parser.handler((Buffer line) -> lines.add(line.toString()));
    parser.endHandler(ended -> lines.add(END));
  }

  private static String next(BlockingQueue<String> lines) throws InterruptedException {
    return lines.poll(30, TimeUnit.SECONDS);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
