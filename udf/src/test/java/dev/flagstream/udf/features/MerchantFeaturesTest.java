package dev.flagstream.udf.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.flagstream.udf.TransactionFeatures;
import dev.flagstream.udf.features.MerchantFeaturesByBatch.Report;
import dev.flagstream.udf.features.MerchantFeaturesByBatch.Sale;
import io.confluent.ksql.function.udaf.Udaf;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MerchantFeaturesTest {

  private static final long T = Instant.parse("2025-11-20T12:00:00Z").toEpochMilli();
  private static final long HOUR_MS = Duration.ofHours(1).toMillis();
  private static final long DAY_MS = Duration.ofDays(1).toMillis();
  private static final long DELAY_MS = 7 * DAY_MS;

  /** A merchant on its way through the function. */
  private static final class Merchant {

    private final Udaf<Struct, ByteBuffer, Struct> function = MerchantFeatures.merchantFeatures();
    private ByteBuffer state = function.initialize();

    Merchant(String... settings) {
      Map<String, String> properties = new HashMap<>();
      for (int i = 0; i < settings.length; i += 2) {
        properties.put("ksql.functions.merchant_features." + settings[i], settings[i + 1]);
      }
      ((Configurable) function).configure(properties);
    }

    Map<String, Object> add(Struct row) {
      ByteBuffer former = state;
      byte[] before = copy(former);
      state = function.aggregate(row, state);
      assertThat(copy(former)).as("the old state is left as it was").isEqualTo(before);
      return FunctionRows.values(function.map(state));
    }

    Map<String, Object> sale(String id, long timeMs) {
      return add(FunctionRows.sale(id, timeMs));
    }

    Map<String, Object> fraud(String id, long timeMs, long reportedAtMs) {
      return add(FunctionRows.label(id, timeMs, true, reportedAtMs));
    }

    private static byte[] copy(ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return bytes;
    }
  }

  // -------------------------------------------------------------------------------- definitions

  @ParameterizedTest
  @CsvSource({"1, 7", "2, 7", "3, 7", "4, 0", "5, 1", "6, 14"})
  void equalsTheBatchComputationWhateverTheOrderOfArrival(long seed, int delayDays) {
    Random random = new Random(seed);
    Duration delay = Duration.ofDays(delayDays);
    Merchant merchant =
        new Merchant("max.events", "100000", "feedback.delay.ms", "" + delay.toMillis());
    List<Sale> sales = new ArrayList<>();
    List<Report> reports = new ArrayList<>();
    long clock = T;
    for (int i = 0; i < 600; i++) {
      clock += (long) Math.exp(random.nextDouble() * 18);
      if (random.nextInt(4) == 0 && !sales.isEmpty()) {
        Report report = report(random, sales, reports);
        reports.add(report);
        assertThat(
                merchant.add(
                    FunctionRows.label(
                        report.id(),
                        report.saleTime().toEpochMilli(),
                        report.isFraud(),
                        report.reportedAt().toEpochMilli())))
            .as("a label has no features")
            .isEmpty();
      } else {
        Sale sale = sale(random, sales, clock, i);
        sales.add(sale);
        Map<String, Object> features = merchant.sale(sale.id(), sale.time().toEpochMilli());
        Map<String, Double> expected =
            MerchantFeaturesByBatch.features(sale.time(), delay, sales, reports);

        assertThat(features.remove("EVENTS_MERGED")).isEqualTo(0L);
        assertThat(features.remove("EVENTS_TOO_LATE")).isEqualTo(0L);
        assertThat(features.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
            (name, value) ->
                assertThat((Double) features.get(name))
                    .as("%s of arrival %s", name, sale)
                    .isCloseTo(value, within(name.contains("count") ? 0 : 1e-12)));
      }
    }
    assertThat(reports).as("there were labels").hasSizeGreaterThan(100);
  }

  private static Sale sale(Random random, List<Sale> sales, long clock, int number) {
    long newest = sales.stream().mapToLong(each -> each.time().toEpochMilli()).max().orElse(clock);
    if (!sales.isEmpty() && random.nextInt(12) == 0) {
      Sale again = sales.get(Math.max(0, sales.size() - 1 - random.nextInt(5)));
      if (newest - again.time().toEpochMilli() < DAY_MS) {
        return again;
      }
    }
    if (random.nextInt(10) == 0) {
      return new Sale("s" + number, Instant.ofEpochMilli(newest));
    }
    long late = random.nextInt(5) == 0 ? (long) (random.nextDouble() * DAY_MS * 0.9) : 0;
    return new Sale("s" + number, Instant.ofEpochMilli(Math.max(clock - late, newest - DAY_MS)));
  }

  /** Of any sale, early or late, now and then the same again or the opposite. */
  private static Report report(Random random, List<Sale> sales, List<Report> reports) {
    if (!reports.isEmpty() && random.nextInt(5) == 0) {
      Report former = reports.get(random.nextInt(reports.size()));
      boolean first =
          reports.stream().filter(each -> each.id().equals(former.id())).distinct().count() == 1;
      return first && former.isFraud() && random.nextBoolean()
          ? new Report(
              former.id(), former.saleTime(), false, former.reportedAt().plusMillis(DAY_MS))
          : former;
    }
    while (true) {
      Sale sale = sales.get(random.nextInt(sales.size()));
      if (reports.stream().noneMatch(each -> each.id().equals(sale.id()))) {
        long afterMs = (long) (random.nextDouble() * 20 * DAY_MS);
        return new Report(sale.id(), sale.time(), true, sale.time().plusMillis(afterMs));
      }
      if (reports.size() >= sales.size()) {
        return reports.get(0);
      }
    }
  }

  @Test
  void beginsAndEndsEachWindowToTheMillisecond() {
    for (int days : new int[] {1, 7, 30}) {
      String count = "merchant_count_" + days + "d";
      long end = T + DELAY_MS + days * DAY_MS;
      assertThat(countAt(T + DELAY_MS - 1, count)).as("a millisecond before the delay").isZero();
      assertThat(countAt(T + DELAY_MS, count)).as("at the delay").isOne();
      assertThat(countAt(end - 1, count)).as("a millisecond before the end").isOne();
      assertThat(countAt(end, count)).as("at the end").isZero();
    }
  }

  private static double countAt(long timeMs, String count) {
    Merchant merchant = new Merchant();
    merchant.sale("a", T);
    return (Double) merchant.sale("b", timeMs).get(count);
  }

  @Test
  void knowsALabelFromTheMillisecondOfItsReportOnWheneverItIsProcessed() {
    long reportedAt = T + DELAY_MS + HOUR_MS;
    Merchant merchant = new Merchant();
    merchant.sale("a", T);
    merchant.sale("b", T + 1);
    merchant.fraud("a", T, reportedAt);

    assertThat(merchant.sale("c", reportedAt - 1))
        .as("processed already, but not yet reported")
        .containsEntry("merchant_count_7d", 2.0)
        .containsEntry("merchant_fraud_share_7d", 0.0);
    assertThat(merchant.sale("d", reportedAt)).containsEntry("merchant_fraud_share_7d", 0.5);
    assertThat(merchant.sale("late", reportedAt - 2))
        .as("late, and still not from the future")
        .containsEntry("merchant_fraud_share_7d", 0.0);
  }

  @Test
  void takesALabelThatComesBeforeItsTransaction() {
    Merchant merchant = new Merchant();
    merchant.fraud("a", T, T + 1);
    merchant.sale("a", T);

    assertThat(merchant.sale("b", T + DELAY_MS)).containsEntry("merchant_fraud_share_1d", 1.0);
  }

  @Test
  void takesALabelBackFromWhenThatIsReported() {
    Merchant merchant = new Merchant();
    merchant.sale("a", T);
    merchant.fraud("a", T, T + 1);
    merchant.add(FunctionRows.label("a", T, false, T + DELAY_MS + 10));
    merchant.add(FunctionRows.label("never a fraud", T, false, T));

    assertThat(merchant.sale("b", T + DELAY_MS + 9)).containsEntry("merchant_fraud_share_1d", 1.0);
    assertThat(merchant.sale("c", T + DELAY_MS + 10)).containsEntry("merchant_fraud_share_1d", 0.0);
  }

  @Test
  void countsReplaysOnce() {
    Merchant merchant = new Merchant();
    for (int i = 0; i < 3; i++) {
      merchant.sale("a", T);
      merchant.sale("b", T);
      merchant.fraud("a", T, T + 1);
    }

    assertThat(merchant.sale("c", T + DELAY_MS))
        .containsEntry("merchant_count_1d", 2.0)
        .containsEntry("merchant_fraud_share_1d", 0.5);
  }

  // -------------------------------------------------------------------------------------- bounds

  @Test
  void countsByTheHourWhatIsBeyondTheMostEvents() {
    Merchant merchant = new Merchant("max.events", "100");
    List<Sale> sales = new ArrayList<>();
    List<Report> reports = new ArrayList<>();
    Random random = new Random(11);
    long time = T;
    Map<String, Object> features = Map.of();
    for (int i = 0; i < 12_000; i++) {
      time += random.nextInt((int) (DAY_MS / 150));
      sales.add(new Sale("s" + i, Instant.ofEpochMilli(time)));
      features = merchant.sale("s" + i, time);
      if (random.nextInt(10) == 0) {
        reports.add(
            new Report("s" + i, Instant.ofEpochMilli(time), true, Instant.ofEpochMilli(time + 5)));
        merchant.fraud("s" + i, time, time + 5);
      }
    }
    Map<String, Double> exact =
        MerchantFeaturesByBatch.features(
            Instant.ofEpochMilli(time), Duration.ofMillis(DELAY_MS), sales, reports);

    assertThat((Long) features.get("EVENTS_MERGED")).isGreaterThan(11_000);
    assertThat(merchant.state.remaining()).isLessThan(12_000);
    // At most half an hour of transactions is on the wrong side of each edge: here a dozen or so.
    exact.forEach(
        (name, value) ->
            assertThat((Double) merchantFeature(merchant, name))
                .as(name)
                .isCloseTo(value, within(name.contains("count") ? 30 : 0.02)));
  }

  private static Object merchantFeature(Merchant merchant, String name) {
    return FunctionRows.values(merchant.function.map(merchant.state)).get(name);
  }

  @Test
  void doesNotCountTwiceWhatComesAgainAfterItWasMerged() {
    Merchant merchant = new Merchant("max.events", "8");
    for (int i = 0; i < 40; i++) {
      merchant.sale("s" + i, T + i);
    }
    for (int i = 0; i < 40; i++) {
      merchant.sale("s" + i, T + i);
    }

    assertThat(merchant.sale("later", T + DELAY_MS + HOUR_MS))
        .containsEntry("merchant_count_1d", 40.0);
  }

  @Test
  void forgetsWhatNoWindowReachesAnyMore() {
    Merchant merchant = new Merchant();
    merchant.sale("a", T);
    merchant.fraud("a", T, T);
    int one = merchant.state.remaining();
    merchant.sale("b", T + 60 * DAY_MS);

    assertThat(merchant.state.remaining()).isLessThan(one);
  }

  // ----------------------------------------------------------------------------------- bad input

  @Test
  void takesNullsAndLabelsThatSayNothing() {
    Merchant merchant = new Merchant();
    merchant.sale("a", T);

    assertThat(merchant.add(null)).isEmpty();
    assertThat(merchant.add(FunctionRows.emptyMerchantRow())).isEmpty();
    assertThat(merchant.add(FunctionRows.sale("b", null))).isEmpty();
    assertThat(merchant.add(FunctionRows.sale("b", T).put("MERCHANT_ID", null))).isEmpty();
    assertThat(merchant.add(FunctionRows.label("a", T, null, T))).isEmpty();
    assertThat(merchant.add(FunctionRows.label(null, T, true, T))).isEmpty();
    assertThat(merchant.add(FunctionRows.label("a", null, true, T))).isEmpty();
    assertThat(merchant.add(FunctionRows.sale(null, T + 1)))
        .containsEntry("merchant_count_1d", 0.0);
    assertThat(merchant.sale("b", T + DELAY_MS + 1))
        .containsEntry("merchant_count_1d", 2.0)
        .containsEntry("merchant_fraud_share_1d", 0.0);
    assertThat(merchant.add(FunctionRows.label("x", Long.MIN_VALUE, true, Long.MAX_VALUE)))
        .isEmpty();
    assertThat(merchant.sale("x", Long.MAX_VALUE)).containsEntry("merchant_count_1d", 0.0);
  }

  @Test
  void beginsAnewWhereAStateCannotBeRead() {
    Merchant merchant = new Merchant();
    merchant.sale("a", T);
    merchant.fraud("a", T, T + 1);
    ByteBuffer good = merchant.state;
    for (int length = 0; length < good.remaining(); length++) {
      merchant.state = good.duplicate().limit(length).slice();
      assertThat(merchant.sale("b", T + DELAY_MS)).containsKey("merchant_count_1d");
    }
  }

  /** What a table has kept must be readable by every later jar. */
  @Test
  void readsTheStateOfTheFirstVersion() {
    Merchant merchant = new Merchant();
    merchant.state =
        ByteBuffer.wrap(HexFormat.of().parseHex(STATE_OF_VERSION_1)).asReadOnlyBuffer();

    assertThat(merchant.sale("z", T + DELAY_MS + HOUR_MS))
        .containsEntry("merchant_count_1d", 10.0)
        .containsEntry("merchant_fraud_share_1d", 0.2)
        .containsEntry("EVENTS_MERGED", 3L);
  }

  private static final String STATE_OF_VERSION_1 =
      "01030000010784f89592d466d8e63b0386f89592d4668a241fb4015d086eb301"
          + "de75063c010972828201cc9c372601fe3c4c2a014e2a621800020182f89592d4"
          + "66c6014c594168be82e9fe0108fe0263f9d7a64e2a6218";

  @Test
  void writesTheFormOfTheFirstVersion() {
    Merchant merchant = new Merchant("max.events", "8");
    for (int i = 0; i < 10; i++) {
      merchant.sale("s" + i, T + i);
    }
    merchant.fraud("s1", T + 1, T + 100);
    merchant.fraud("s9", T + 9, T + 200);

    assertThat(HexFormat.of().formatHex(Merchant.copy(merchant.state)))
        .isEqualTo(STATE_OF_VERSION_1);
  }

  // ------------------------------------------------------------------------------------ settings

  @Test
  void namesItsFeaturesAsTheContractDoes() {
    List<String> names = new ArrayList<>();
    MerchantMeasurement.nothing()
        .schema()
        .fields()
        .forEach(field -> names.add(field.name().toLowerCase(Locale.ROOT)));

    assertThat(TransactionFeatures.names()).containsSubsequence(names.subList(0, 6));
    assertThat(names.subList(6, 8)).containsExactly("events_merged", "events_too_late");
  }

  @Test
  void refusesSettingsItCannotUse() {
    assertThatThrownBy(() -> new Merchant("feedback.delay.ms", "-1"))
        .hasMessageContaining("ksql.functions.merchant_features.feedback.delay.ms = -1");
    assertThatThrownBy(() -> new Merchant("feedback.delay", "1"))
        .hasMessageContaining("feedback.delay.ms?");
  }

  @Test
  void goesOnWithBothHistoriesWhereSessionsGrowTogether() {
    Merchant one = new Merchant();
    one.sale("a", T);
    one.sale("b", T + 1);
    Merchant other = new Merchant();
    other.sale("b", T + 1);
    other.fraud("a", T, T + 5);
    one.state = one.function.merge(one.state, other.state);

    assertThat(one.sale("c", T + DELAY_MS + 1))
        .containsEntry("merchant_count_1d", 2.0)
        .containsEntry("merchant_fraud_share_1d", 0.5);
  }
}
