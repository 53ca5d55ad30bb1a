package dev.flagstream.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Where queries begin on a server that is told nothing of auto.offset.reset. */
@ExtendWith(TestCluster.class)
class FirstOffsetsTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir static Path state;
  private static TestServer server;

  @BeforeAll
  static void startsWithTwoPaymentsAndTwoCards() {
    server = TestServer.start("offsets_", state, Map.of("ksql.streams.auto.offset.reset", ""));
    server.run(
        """
        CREATE STREAM payments (card STRING KEY, n INT)
          WITH (KAFKA_TOPIC='offsets_payments', PARTITIONS=1, VALUE_FORMAT='JSON');
        CREATE TABLE cards (card STRING PRIMARY KEY, city STRING)
          WITH (KAFKA_TOPIC='offsets_cards', PARTITIONS=1, VALUE_FORMAT='JSON');
        INSERT INTO cards VALUES ('a', 'Berlin');
        INSERT INTO cards VALUES ('b', 'Paris');
        """);
    pay(1);
    pay(2);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void pay(int n) {
    server.run("INSERT INTO payments VALUES ('a', %d);".formatted(n));
  }

  /** Pays, 3 and on, until a query that may not have begun to read has seen something. */
  private static List<String> rowsOnceItReads(String stream) {
    AtomicInteger next = new AtomicInteger(3);
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              pay(next.getAndIncrement());
              return !server.rows("SELECT * FROM " + stream + ";").isEmpty();
            });
    return server.rows("SELECT * FROM " + stream + ";");
  }

  @Test
  void aQueryReadsOfStreamsWhatComesOnceItIsMade() {
    server.run("CREATE STREAM later AS SELECT * FROM payments;");

    assertThat(rowsOnceItReads("later")).isNotEmpty().noneMatch(row -> row.matches(".*,[12]\\]"));
  }

  @Test
  void aQueryReadsOfTablesAllRows() {
    server.run(
        """
        CREATE STREAM located AS
          SELECT p.card, n, city FROM payments p JOIN cards c ON p.card = c.card;
        """);

    assertThat(rowsOnceItReads("located"))
        .isNotEmpty()
        .allMatch(row -> row.contains("\"Berlin\""))
        .noneMatch(row -> row.matches(".*,[12],\"Berlin\"\\]"));
  }

  @Test
  void aPushQueryShowsTheRowsOfATableBeforeItsChanges() {
    assertThat(server.firstRows("SELECT * FROM cards EMIT CHANGES;", 2))
        .containsExactlyInAnyOrder("[\"a\",\"Berlin\"]", "[\"b\",\"Paris\"]");
  }

  @Test
  void aQueryThatIsToldSoReadsStreamsFromTheirBeginning() {
    server.run(
        "SET 'auto.offset.reset'='earliest'; CREATE STREAM everything AS SELECT * FROM payments;");

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(server.rows("SELECT * FROM everything;"))
                    .contains("[\"a\",1]", "[\"a\",2]"));
  }
}
