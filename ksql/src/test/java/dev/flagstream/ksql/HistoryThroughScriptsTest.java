package dev.flagstream.ksql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.loader.FunctionLoader;
import dev.flagstream.engine.offline.OfflineRecord;
import dev.flagstream.engine.offline.SqlBackfill;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history through the scripts up to the decisions. */
class HistoryThroughScriptsTest {

  private static final long SEED = 5;
  private static final int TRANSACTIONS = 3_000;
  private static final long START = Instant.parse("2025-03-01T00:00:00Z").toEpochMilli();
  private static final long DAY_MS = Duration.ofDays(1).toMillis();
  private static final List<Path> SCRIPTS =
      List.of(
          Path.of("01-transactions.sql"),
          Path.of("03-valid-transactions.sql"),
          Path.of("04-card-features.sql"),
          Path.of("05-merchant-events.sql"),
          Path.of("06-merchant-features.sql"),
          Path.of("07-scored-transactions.sql"));
  private static final Map<String, String> SETTINGS =
      Map.of(
          "ksql.functions.card_token.key",
          "00".repeat(31) + "01",
          "ksql.functions._global_.model.dir",
          "scenarios/models");
  private static final List<String> CARDS =
      List.of("4000000000000002", "4000000000000010", "4000000000000028", "4000000000000036");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path UDF_JAR = Path.of("..", "udf", "target", "flagstream-udf.jar");

  /** Of a few cards and merchants, so that windows hold something. */
  private record Payment(
      String id, String card, String merchant, long cents, long timeMs, long reportedAtMs) {

    boolean isFraud() {
      return reportedAtMs > 0;
    }
  }

  @TempDir static Path extensions;

  private static FunctionCatalog functions;

  @BeforeAll
  static void loadTheUdfJar() throws IOException {
    Files.copy(UDF_JAR, extensions.resolve(UDF_JAR.getFileName()));
    functions = FunctionLoader.load(extensions);
  }

  @Test
  void givesEachTransactionTheFeaturesOfItsDefinition() throws IOException {
    List<Payment> history = history();
    PriorityQueue<Payment> unreported =
        new PriorityQueue<>(Comparator.comparingLong(Payment::reportedAtMs));
    int withFrauds = 0;
    try (SqlBackfill backfill =
        SqlBackfill.ofScripts(functions, SETTINGS, SCRIPTS, "scored_transactions")) {
      for (int i = 0; i < history.size(); i++) {
        Payment now = history.get(i);
        while (!unreported.isEmpty() && unreported.peek().reportedAtMs() <= now.timeMs()) {
          assertThat(backfill.send("fraud_labels", label(unreported.poll()))).isEmpty();
        }
        List<OfflineRecord> rows = backfill.send("credit_card_transactions", transaction(now));
        if (now.isFraud()) {
          unreported.add(now);
        }

        assertThat(rows).hasSize(1);
        JsonNode row = JSON.readTree(rows.get(0).value());
        assertThat(row.path("TRANSACTION_ID").textValue()).isEqualTo(now.id());
        assertThat(rows.get(0).timestampMs()).isEqualTo(now.timeMs());
        withFrauds += check(row.path("FEATURES"), now, history.subList(0, i + 1));
      }
    }
    assertThat(withFrauds).as("rows that saw frauds of their merchant").isGreaterThan(100);
  }

  @Test
  void refusesWhatTheSqlCannotProcess() {
    try (SqlBackfill backfill =
        SqlBackfill.ofScripts(functions, SETTINGS, SCRIPTS, "scored_transactions")) {
      assertThatThrownBy(
              () ->
                  backfill.send(
                      "credit_card_transactions",
                      new OfflineRecord(
                          null, "no json".getBytes(StandardCharsets.UTF_8), 0, List.of())))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("A record of credit_card_transactions could not be processed: ");
    }
  }

  private static List<Payment> history() {
    Random random = new Random(SEED);
    List<Payment> history = new ArrayList<>();
    long time = START;
    for (int i = 0; i < TRANSACTIONS; i++) {
      time += random.nextInt(10) == 0 ? 0 : random.nextInt((int) (DAY_MS / 20));
      long reportedAt = random.nextInt(6) == 0 ? time + random.nextInt((int) (14 * DAY_MS)) : 0;
      history.add(
          new Payment(
              "t" + i,
              CARDS.get(random.nextInt(CARDS.size())),
              "M" + random.nextInt(12),
              1 + random.nextInt(100_000),
              time,
              reportedAt));
    }
    return history;
  }

  private static OfflineRecord transaction(Payment payment) {
    String json =
        """
        {"transaction_id":"%s","card_number":"%s","amount":%d.%02d,"merchant_id":"%s","timestamp":%d}\
        """
            .formatted(
                payment.id(),
                payment.card(),
                payment.cents() / 100,
                payment.cents() % 100,
                payment.merchant(),
                payment.timeMs());
    return record(payment.card(), json, payment.timeMs());
  }

  private static OfflineRecord label(Payment payment) {
    String json =
        """
        {"transaction_id":"%s","merchant_id":"%s","is_fraud":true,"transaction_time":%d,"reported_at":%d}\
        """
            .formatted(payment.id(), payment.merchant(), payment.timeMs(), payment.reportedAtMs());
    return record(payment.id(), json, payment.reportedAtMs());
  }

  private static OfflineRecord record(String key, String value, long timestampMs) {
    return new OfflineRecord(
        key.getBytes(StandardCharsets.UTF_8),
        value.getBytes(StandardCharsets.UTF_8),
        timestampMs,
        List.of());
  }

  /** Returns 1 if there was a fraud of the merchant to be seen, else 0. */
  private static int check(JsonNode features, Payment now, List<Payment> upToNow) {
    Map<String, Long> windows =
        Map.of(
            "10m",
            Duration.ofMinutes(10).toMillis(),
            "1h",
            Duration.ofHours(1).toMillis(),
            "1d",
            DAY_MS,
            "7d",
            7 * DAY_MS,
            "30d",
            30 * DAY_MS);
    windows.forEach(
        (suffix, sizeMs) -> {
          List<Payment> inside =
              upToNow.stream()
                  .filter(each -> each.card().equals(now.card()))
                  .filter(each -> each.timeMs() > now.timeMs() - sizeMs)
                  .toList();
          double sum = sum(inside, Payment::cents) / 100.0;
          assertThat(features.path("card_count_" + suffix).doubleValue()).isEqualTo(inside.size());
          assertThat(features.path("card_sum_" + suffix).doubleValue()).isEqualTo(sum);
          assertThat(features.path("card_mean_" + suffix).doubleValue())
              .isCloseTo(sum / inside.size(), within(1e-9));
        });
    double lastShare = 0;
    for (int days : new int[] {1, 7, 30}) {
      List<Payment> inside =
          upToNow.stream()
              .filter(each -> each.merchant().equals(now.merchant()))
              .filter(each -> each.timeMs() <= now.timeMs() - 7 * DAY_MS)
              .filter(each -> each.timeMs() > now.timeMs() - (7 + days) * DAY_MS)
              .toList();
      long frauds =
          inside.stream()
              .filter(each -> each.isFraud() && each.reportedAtMs() <= now.timeMs())
              .count();
      lastShare = inside.isEmpty() ? 0 : frauds / (double) inside.size();
      assertThat(features.path("merchant_count_" + days + "d").doubleValue())
          .isEqualTo(inside.size());
      assertThat(features.path("merchant_fraud_share_" + days + "d").doubleValue())
          .isCloseTo(lastShare, within(1e-12));
    }
    return lastShare > 0 ? 1 : 0;
  }

  private static long sum(List<Payment> payments, ToLongFunction<Payment> number) {
    return payments.stream().mapToLong(number).sum();
  }
}
