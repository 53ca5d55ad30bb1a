package dev.flagstream.local.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.flagstream.local.StackException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that answers as ksqlDB does and remembers what it was asked. */
class SqlScriptsTest {

  private final List<String> statements = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private SqlClient client;

  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/healthcheck", exchange -> answer(exchange, 200, "{\"isHealthy\":true}"));
    server.createContext("/ksql", this::ksql);
    server.start();
    client = new SqlClient("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void appliesTheScriptsInTheOrderOfTheirNumbers() throws IOException {
    script("10-last.sql", "LAST;");
    script("02-second.sql", "SECOND;");
    script("01-first.sql", "FIRST;");
    script("notes.sql", "NEVER;");
    var applied = new ArrayList<String>();

    SqlScripts.in(folder).applyTo(client, applied::add);

    assertThat(statements).containsExactly("FIRST;", "SECOND;", "LAST;");
    assertThat(applied).containsExactly("01-first.sql", "02-second.sql", "10-last.sql");
  }

  @Test
  void stopsAtTheScriptThatTheServerRefusesAndPassesOnItsWords() throws IOException {
    script("01-first.sql", "BAD;");
    script("02-second.sql", "SECOND;");

    assertThatThrownBy(() -> SqlScripts.in(folder).applyTo(client, script -> {}))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("01-first.sql")
        .hasMessageContaining("line 1:1: mismatched input 'BAD'");
    assertThat(statements).containsExactly("BAD;");
  }

  @Test
  void noticesAStatementThatFailsAfterItWasAccepted() throws IOException {
    script("01-first.sql", "LATE;");

    assertThatThrownBy(() -> SqlScripts.in(folder).applyTo(client, script -> {}))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("01-first.sql: Could not start the query");
  }

  @Test
  void waitsForAHealthyServer() {
    client.awaitHealthy(Duration.ofMinutes(2));

    server.removeContext("/healthcheck");
    assertThatThrownBy(() -> client.awaitHealthy(Duration.ofMillis(300)))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("not healthy");
  }

  @Test
  void refusesAFolderWithoutScripts() {
    assertThatThrownBy(() -> SqlScripts.in(folder))
        .isInstanceOf(StackException.class)
        .hasMessageContaining(folder.toString());
  }

  private void script(String name, String sql) throws IOException {
    Files.writeString(folder.resolve(name), sql);
  }

  private void ksql(HttpExchange exchange) throws IOException {
    var sql = new ObjectMapper().readTree(exchange.getRequestBody()).path("ksql").asText();
    statements.add(sql);
    switch (sql) {
      case "BAD;" ->
          answer(
              exchange,
              400,
              "{\"@type\":\"statement_error\",\"error_code\":40001,"
                  + "\"message\":\"line 1:1: mismatched input 'BAD'\"}");
      case "LATE;" ->
          answer(
              exchange,
              200,
              "[{\"commandStatus\":{\"status\":\"ERROR\","
                  + "\"message\":\"Could not start the query\"}}]");
      default -> answer(exchange, 200, "[{\"commandStatus\":{\"status\":\"SUCCESS\"}}]");
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
