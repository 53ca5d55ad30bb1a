package dev.flagstream.local.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.flagstream.client.SqlClient;
import dev.flagstream.local.failure.StackException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private final List<String> statusQuestions = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private SqlClient client;

  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/ksql", this::ksql);
    server.createContext("/status", this::status);
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
    List<String> applied = new ArrayList<>();

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
        .hasMessageContaining("01-first.sql was refused: Could not start the query");
  }

  @Test
  void namesTheStatementThatWasRefusedAndAppliesNothingAfterIt() throws IOException {
    script("01-first.sql", "FIRST;");
    script("02-second.sql", "CREATE STREAM a (b INT);\nREFUSED;");
    script("03-third.sql", "THIRD;");
    List<String> applied = new ArrayList<>();

    assertThatThrownBy(() -> SqlScripts.in(folder).applyTo(client, applied::add))
        .isInstanceOf(StackException.class)
        .hasMessageStartingWith("02-second.sql was refused: Topic 'x' does not exist.")
        .hasMessageContaining("in: CREATE STREAM c WITH (KAFKA_TOPIC='x') AS SELECT * FROM a AS")
        .hasMessageContaining(" …")
        .hasMessageEndingWith(
            "The scripts before it are applied, those after it are not. Mend it and run the same"
                + " command again.");
    assertThat(applied).containsExactly("01-first.sql");
    assertThat(statements).doesNotContain("THIRD;");
  }

  @Test
  void namesTheLineOnWhichTheRefusedStatementBegins() throws IOException {
    script(
        "01-first.sql",
        "-- About s.\nCREATE STREAM s\n  (a INT);\n\nCREATE  TABLE t\n  (b INT);\n");

    assertThatThrownBy(() -> SqlScripts.in(folder).applyTo(client, script -> {}))
        .hasMessageStartingWith("01-first.sql, line 5, was refused: A table needs a key.")
        .hasMessageContaining("in: CREATE TABLE t (b INT);");
  }

  @Test
  void waitsForTheEndOfAStatementThatABusyServerHasOnlyQueued() throws IOException {
    script("01-first.sql", "SLOW;");
    List<String> applied = new ArrayList<>();

    SqlScripts.in(folder).applyTo(client, applied::add);

    assertThat(applied).containsExactly("01-first.sql");
    assertThat(statusQuestions)
        .containsExactly("/status/stream/`S`/create", "/status/stream/`S`/create");
  }

  @Test
  void saysThatAServerWentAwayInTheMiddle() throws IOException {
    script("01-first.sql", "FIRST;");
    script("02-second.sql", "AWAY;");

    assertThatThrownBy(() -> SqlScripts.in(folder).applyTo(client, script -> {}))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("02-second.sql: The SQL server at http://127.0.0.1")
        .hasMessageContaining("did not answer");
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
    String sql = new ObjectMapper().readTree(exchange.getRequestBody()).path("ksql").asText();
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
      case "CREATE STREAM a (b INT);\nREFUSED;" ->
          answer(
              exchange,
              400,
              "{\"@type\":\"statement_error\",\"error_code\":40001,"
                  + "\"message\":\"Topic 'x' does not exist.\","
                  + "\"statementText\":\"CREATE STREAM c\\nWITH (KAFKA_TOPIC='x') "
                  + " AS SELECT * FROM a".repeat(10)
                  + ";\",\"entities\":[]}");
      case "-- About s.\nCREATE STREAM s\n  (a INT);\n\nCREATE  TABLE t\n  (b INT);\n" ->
          answer(
              exchange,
              400,
              "{\"@type\":\"statement_error\",\"error_code\":40001,"
                  + "\"message\":\"A table needs a key.\","
                  + "\"statementText\":\"CREATE  TABLE t\\n  (b INT);\",\"entities\":[]}");
      case "SLOW;" ->
          answer(
              exchange,
              200,
              "[{\"commandId\":\"stream/`S`/create\",\"commandStatus\":{\"status\":\"QUEUED\"}}]");
      case "AWAY;" -> exchange.close();
      default -> answer(exchange, 200, "[{\"commandStatus\":{\"status\":\"SUCCESS\"}}]");
    }
  }

  private void status(HttpExchange exchange) throws IOException {
    statusQuestions.add(exchange.getRequestURI().getPath());
    String status = statusQuestions.size() == 1 ? "EXECUTING" : "SUCCESS";
    answer(exchange, 200, "{\"status\":\"" + status + "\",\"message\":\"\"}");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
