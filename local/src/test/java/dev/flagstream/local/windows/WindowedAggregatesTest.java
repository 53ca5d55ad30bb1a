package dev.flagstream.local.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.store.Store;
import dev.flagstream.local.windows.WindowedAggregates.Reason;
import dev.flagstream.local.windows.WindowedAggregates.Window;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowedAggregatesTest {

  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  private Store store;
  private MongoClient mongo;
  private MongoDatabase database;

  @BeforeEach
  void start(@TempDir Path data) {
    StackSettings settings = new StackSettings(Path.of(".."), data, FreePorts.pick());
    store = Store.start(settings);
    mongo = MongoClients.create(settings.mongoUri());
    database = mongo.getDatabase(Environment.DATABASE);
  }

  @AfterEach
  void stop() {
    mongo.close();
    store.close();
  }

  @Test
  void putsEachTransactionIntoItsTenSeconds() {
    flagged("a", "card-1", "600.10", NOON);
    flagged("b", "card-1", "900.05", NOON.plusMillis(9_999));
    flagged("c", "card-2", "700.00", NOON.plusMillis(5_000));
    flagged("d", "card-2", "100.01", NOON.plusMillis(10_000)); // opens the next window

    assertThat(WindowedAggregates.last(database, 10))
        .containsExactly(
            window(NOON, 3, 2, "2200.15", "600.10", "900.05"),
            window(NOON.plusSeconds(10), 1, 1, "100.01", "100.01", "100.01"));
  }

  @Test
  void givesTheNewestWindowsOldestFirst() {
    for (int i = 0; i < 5; i++) {
      flagged("t" + i, "card", "600.00", NOON.plusSeconds(10L * i));
    }

    assertThat(WindowedAggregates.last(database, 2))
        .extracting(Window::start)
        .containsExactly(NOON.plusSeconds(30).toEpochMilli(), NOON.plusSeconds(40).toEpochMilli());
  }

  @Test
  void countsATransactionForEachOfItsReasons() {
    flagged("old", "card-1", "5000.00", NOON.minusMillis(1), List.of("AMOUNT_OVER_THRESHOLD"));
    flagged("a", "card-1", "600.10", NOON, List.of("AWAY_FROM_HOME"));
    flagged("b", "card-1", "2500.05", NOON, List.of("AMOUNT_OVER_THRESHOLD", "AWAY_FROM_HOME"));
    flagged("c", "card-2", "10.00", NOON, List.of(), "km_from_home", "amount");
    flagged("d", "card-3", "600.00", NOON, List.of("AWAY_FROM_HOME"), "km_from_home");

    assertThat(WindowedAggregates.byReason(database, NOON.toEpochMilli()))
        .containsExactly(
            new Reason("AWAY_FROM_HOME", 3, 2, new BigDecimal("3700.15")),
            new Reason("SCORE km_from_home", 2, 2, new BigDecimal("610.00")),
            new Reason("AMOUNT_OVER_THRESHOLD", 1, 1, new BigDecimal("2500.05")));
  }

  @Test
  void printsReasonsInANeatTable() {
    List<String> table =
        WindowTable.reasonLines(
            List.of(new Reason("AWAY_FROM_HOME", 1234, 99, new BigDecimal("1234567.89"))));

    assertThat(String.join("\n", table))
        .isEqualTo(
            """
            reason                            transactions   cards             sum
            AWAY_FROM_HOME                           1,234      99    1,234,567.89""");
  }

  @Test
  void isEmptyWhenNothingWasFlagged() {
    assertThat(WindowedAggregates.last(database, 10)).isEmpty();
    assertThat(WindowedAggregates.byReason(database, 0)).isEmpty();
  }

  @Test
  void printsANeatTable() {
    List<String> table =
        WindowTable.lines(
            List.of(window(NOON, 1234, 99, "1234567.89", "0.01", "99999.00")), ZoneOffset.UTC);

    assertThat(String.join("\n", table))
        .isEqualTo(
            """
            10 s from            transactions   cards             sum           min           max
            2026-01-02 12:00:00         1,234      99    1,234,567.89          0.01     99,999.00""");
  }

  private void flagged(String id, String card, String amount, Instant time) {
    flagged(id, card, amount, time, List.of());
  }

  /** With features by which the model flagged it, or none. */
  private void flagged(
      String id,
      String card,
      String amount,
      Instant time,
      List<String> ruleHits,
      String... features) {
    database
        .getCollection(Environment.FLAGGED_COLLECTION)
        .insertOne(
            new Document("_id", id)
                .append("card_token", card)
                .append("amount", new Decimal128(new BigDecimal(amount)))
                .append("rule_hits", ruleHits)
                .append("model_alert", features.length > 0)
                .append(
                    "reasons",
                    Arrays.stream(features).map(each -> new Document("feature", each)).toList())
                .append("event_time", Date.from(time)));
  }

  private static Window window(
      Instant start, long transactions, long cards, String sum, String min, String max) {
    return new Window(
        start.toEpochMilli(),
        transactions,
        cards,
        new BigDecimal(sum),
        new BigDecimal(min),
        new BigDecimal(max));
  }
}
