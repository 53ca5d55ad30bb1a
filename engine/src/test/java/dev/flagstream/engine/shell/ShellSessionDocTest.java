package dev.flagstream.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.server.TestCluster;
import dev.flagstream.engine.server.TestServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A session of the command line, in the documentation, is what the command line wrote. To write it
 * anew: {@code mvn -pl engine test -Dtest=ShellSessionDocTest -Dflagstream.rewrite=true}.
 */
@ExtendWith(TestCluster.class)
class ShellSessionDocTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "shell-session.md");

  private static final String INTRODUCTION =
      """
      # A session of the SQL command line

      What `make ksql` shows, written by the command line itself (`SPOOL`) in a test that runs these statements
      against the engine. At a terminal there are history, completion with Tab, pages, and Ctrl-C to end a query.

      ```
      """;

  private static final String STATEMENTS =
      """
      SET 'auto.offset.reset' = 'earliest';
      DEFINE limit = '900';
      CREATE STREAM payments (card STRING KEY, amount DOUBLE, city STRING)
        WITH (KAFKA_TOPIC='session_payments', PARTITIONS=1, VALUE_FORMAT='JSON');
      INSERT INTO payments VALUES ('4111', 12.5, 'Oslo');
      INSERT INTO payments VALUES ('4222', 950.0, 'Rome');
      INSERT INTO payments VALUES ('4111', 1000.0, 'Oslo');
      CREATE TABLE totals WITH (KAFKA_TOPIC='session_totals') AS
        SELECT card, COUNT(*) AS payments, SUM(amount) AS total FROM payments GROUP BY card;
      SHOW STREAMS;
      SHOW QUERIES;
      DESCRIBE totals;
      SELECT card, amount, city FROM payments WHERE amount > ${limit} EMIT CHANGES LIMIT 2;
      SELECT city, amount FROM payments WHERE card = '4222';
      OUTPUT JSON;
      SELECT amount FROM payments EMIT CHANGES LIMIT 1;
      OUTPUT TABULAR;
      SESSION;
      SELECT amuont FROM payments EMIT CHANGES;
      """;

  @TempDir Path folder;

  @Test
  void isWhatTheCommandLineWrites() throws Exception {
    Path spooled = folder.resolve("session.txt");
    try (TestServer server = TestServer.start("session_", folder.resolve("state"))) {
      int exitCode =
          ShellCommand.newCommandLine()
              .setOut(new PrintWriter(new StringWriter()))
              .setErr(new PrintWriter(new StringWriter()))
              .execute(
                  "--execute",
                  "SPOOL '" + spooled + "';\n" + STATEMENTS,
                  server.server().uri().toString());
      // The last statement is wrong.
      assertThat(exitCode).isEqualTo(1);
    }
    String session =
        Files.readString(spooled)
            .replaceAll("http://127\\.0\\.0\\.1:\\d+", "http://127.0.0.1:8088")
            .replaceAll("transient_PAYMENTS_\\d+", "transient_PAYMENTS_1")
            .replaceFirst("(?m)^Statements and answers go to .*\n", "");
    String document = INTRODUCTION + session.stripTrailing() + "\n```\n";
    if (Boolean.getBoolean("flagstream.rewrite")) {
      Files.writeString(DOCUMENT, document);
    }
    assertThat(Files.readString(DOCUMENT))
        .as("rewrite it with -Dflagstream.rewrite=true")
        .isEqualTo(document);
  }
}
