package dev.flagstream.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestCluster.class)
class InsertsStreamTest {

  @TempDir static Path state;
  private static TestServer server;
  private static Vertx vertx;
  private static HttpClientAgent http2;

  @BeforeAll
  static void start() {
    server = TestServer.start("inserts_stream_", state);
    server.run(
        """
        CREATE STREAM orders (id BIGINT KEY, tags ARRAY<VARCHAR>, price DECIMAL(6,2))
          WITH (KAFKA_TOPIC='inserted_orders', VALUE_FORMAT='JSON', PARTITIONS=1);""");
    vertx = Vertx.vertx();
    http2 =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
  }

  @AfterAll
  static void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    server.close();
  }

  private record Answer(int status, String body) {}

  private static Answer post(String accept, String body) throws Exception {
    URI uri = server.server().uri();
    return http2
        .request(HttpMethod.POST, uri.getPort(), uri.getHost(), "/inserts-stream")
        .compose(request -> request.putHeader("accept", accept).send(Buffer.buffer(body)))
        .compose(
            response ->
                response.body().map(text -> new Answer(response.statusCode(), text.toString())))
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  @Test
  void acknowledgesEachRow() throws Exception {
    Answer answer =
        post(
            TestServer.DELIMITED,
            """
            {"target":"orders"}
            {"ID":1,"TAGS":["new"],"PRICE":"12.50"}
            {"id":2,"price":3}
            """);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("{\"seq\":0,\"status\":\"ok\"}\n{\"seq\":1,\"status\":\"ok\"}\n");
    assertThat(server.rows("SELECT id, tags, price FROM orders EMIT CHANGES LIMIT 2;"))
        .containsExactly("[1,[\"new\"],12.50]", "[2,null,3.00]");
  }

  @Test
  void acknowledgesInAnArrayOnRequest() throws Exception {
    assertThat(post(TestServer.JSON, "{\"target\":\"ORDERS\"}\n{\"ID\":3}").body())
        .isEqualTo("[{\"seq\":0,\"status\":\"ok\"}]");
  }

  @Test
  void stopsAtARowThatDoesNotFit() throws Exception {
    Answer answer =
        post(
            TestServer.DELIMITED,
            """
            {"target":"ORDERS"}
            {"PRICE":1}
            {"ID":4}
            """);

    assertThat(answer.body())
        .isEqualTo(
            "{\"@type\":\"InsertError\",\"status\":\"error\",\"seq\":0,"
                + "\"message\":\"Key field must be specified: ID\",\"error_code\":40000}\n");
  }

  @Test
  void acknowledgesTheRowsBeforeOneThatDoesNotFit() throws Exception {
    server.run(
        """
        CREATE STREAM letters (id BIGINT KEY, text STRING)
          WITH (KAFKA_TOPIC='inserted_letters', VALUE_FORMAT='JSON', PARTITIONS=1);""");

    Answer answer =
        post(
            TestServer.DELIMITED,
            """
            {"target":"LETTERS"}
            {"ID":1,"TEXT":"a"}
            {"ID":2,"TEXT":"b"}
            {"TEXT":"no key"}
            {"ID":4,"TEXT":"never read"}
            """);

    assertThat(answer.body().lines())
        .hasSize(3)
        .startsWith("{\"seq\":0,\"status\":\"ok\"}", "{\"seq\":1,\"status\":\"ok\"}")
        .last()
        .asString()
        .contains("\"seq\":2", "Key field must be specified: ID");
    assertThat(server.rows("SELECT id FROM letters;")).containsExactly("[1]", "[2]");
  }

  @Test
  void ignoresFieldsThatNoColumnIsNamedLike() throws Exception {
    server.run(
        """
        CREATE STREAM parcels (id BIGINT KEY, weight DECIMAL(6,2))
          WITH (KAFKA_TOPIC='inserted_parcels', VALUE_FORMAT='JSON', PARTITIONS=1);""");

    Answer taken =
        post(
            TestServer.DELIMITED,
            """
            {"target":"PARCELS"}
            {"ID":1,"WEIGHT":2.5,"COLOUR":"red","`weight`":9,"SIZE":{"W":1}}
            """);
    Answer refused =
        post(
            TestServer.DELIMITED,
            """
            {"target":"PARCELS"}
            {"COLOUR":"red"}
            """);

    assertThat(taken.body()).isEqualTo("{\"seq\":0,\"status\":\"ok\"}\n");
    assertThat(refused.body()).contains("Key field must be specified: ID");
    assertThat(server.rows("SELECT * FROM parcels EMIT CHANGES LIMIT 1;"))
        .containsExactly("[1,2.50]");
  }

  @Test
  void refusesAnUnknownTarget() throws Exception {
    Answer answer = post(TestServer.DELIMITED, "{\"target\":\"NOSUCH\"}\n{\"ID\":1}\n");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .contains("Cannot insert values into an unknown stream/table: `NOSUCH`");
  }

  @Test
  void needsHttp2() {
    HttpResponse<String> answer =
        server.post("/inserts-stream", TestServer.JSON, "{\"target\":\"ORDERS\"}\n");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo(
            "{\"@type\":\"generic_error\",\"error_code\":40004,\"message\":\"This endpoint is only"
                + " available when using HTTP2\"}");
  }
}
