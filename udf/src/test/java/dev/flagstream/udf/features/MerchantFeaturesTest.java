package dev.flagstream.udf.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.flagstream.udf.TransactionFeatures;
import dev.flagstream.udf.features.MerchantFeaturesByBatch.Report;
import dev.flagstream.udf.features.MerchantFeaturesByBatch.Sale;
import dev.flagstream.udf.features.state.StateWriter;
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

  @Test
  void staysSmallForLabelsOfAMerchantThatNobodyPaid() {
    Merchant merchant = new Merchant("max.events", "100");
    for (int i = 0; i < 6_000; i++) {
      merchant.fraud("s" + i, T + i * HOUR_MS, T + i * HOUR_MS);
    }

    assertThat(merchant.state.remaining()).isLessThan(10_000);

    // The newest are still known once it is paid
    long lastMs = T + 5_999 * HOUR_MS;
    merchant.sale("s5998", T + 5_998 * HOUR_MS);
    assertThat(merchant.sale("later", lastMs + DELAY_MS + 1))
        .containsEntry("merchant_fraud_share_1d", 1.0);
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
  void readsTheStateOfTheSecondVersion() {
    Merchant merchant = new Merchant("max.events", "8");
    merchant.state =
        ByteBuffer.wrap(HexFormat.of().parseHex(STATE_OF_VERSION_2)).asReadOnlyBuffer();

    assertThat(merchant.sale("z", T + DELAY_MS + HOUR_MS))
        .containsEntry("merchant_count_1d", 10.0)
        .containsEntry("merchant_fraud_share_1d", 0.2)
        .containsEntry("EVENTS_MERGED", 3L);
  }

  private static final String STATE_OF_VERSION_2 =
      "02030001000000000000072a0184f89592d466d8e63b0300020182f89592d466c6014c594168be82e9fe"
          + "0108fe0263f9d7a64e2a62188088b2a002d2ce8e92d46686f89592d466060000000000000000000000"
          + "0000000080000000000000000000019aa122be6400000000000023008a241fb4015d086eb301de7506"
          + "3c010972828201cc9c372601fe3c4c2a014e2a6218";

  @Test
  void writesTheFormOfTheSecondVersion() {
    Merchant merchant = new Merchant("max.events", "8");
    for (int i = 0; i < 9; i++) {
      merchant.sale("s" + i, T + i);
    }
    merchant.fraud("s1", T + 1, T + 100);
    merchant.fraud("s9", T + 9, T + 200);
    merchant.sale("s9", T + 9);

    assertThat(HexFormat.of().formatHex(Merchant.copy(merchant.state)))
        .isEqualTo(STATE_OF_VERSION_2);
  }

  // ------------------------------------------------------------------------- the way without
  // reading

  /** Delays and grace periods shorter and longer than what the places lag behind. */
  @ParameterizedTest
  @CsvSource({
    "1, P7D, P1D, 100000",
    "2, P7D, P1D, 60",
    "3, PT0S, P1D, 100000",
    "4, PT0S, PT0S, 100000",
    "5, PT20S, PT10S, 100000",
    "6, P7D, PT0S, 40",
    "7, PT1H, P1D, 300"
  })
  void isTheSameWhetherAllIsReadOrOnlyWhatIsNearTheEdges(
      long seed, Duration delay, Duration grace, int maxEvents) {
    FeatureSettings settings = new FeatureSettings(grace.toMillis(), maxEvents, delay.toMillis());
    Random random = new Random(seed);
    ByteBuffer read = ByteBuffer.allocate(0);
    ByteBuffer packed = ByteBuffer.allocate(0);
    long clock = T;
    int followed = 0;
    for (int i = 0; i < 4_000; i++) {
      clock += (long) Math.exp(random.nextDouble() * (random.nextInt(30) == 0 ? 20 : 12));
      MerchantEvent event = event(random, i, clock);
      ByteBuffer next =
          event instanceof MerchantEvent.Transaction transaction
              ? PackedMerchantHistory.followedBy(transaction, packed, settings)
              : null;
      followed += next == null ? 0 : 1;
      packed = next == null ? afterReadingAll(event, packed, settings) : next;
      read = afterReadingAll(event, read, settings);

      assertThat(content(packed, settings))
          .as("after arrival %s, %s", i, event)
          .isEqualTo(content(read, settings));
    }
    assertThat(followed).as("of 4,000").isGreaterThan(maxEvents < 100 ? 1_500 : 2_500);
  }

  /** Of six, one is late by up to two minutes, one a label, and one in twenty comes again. */
  private static MerchantEvent event(Random random, int number, long clock) {
    long late = random.nextInt(6) == 0 ? (long) Math.exp(random.nextDouble() * 11.7) : 0;
    long time = random.nextInt(10) == 0 ? clock / 1_000 * 1_000 : clock - late;
    if (random.nextInt(12) == 0) {
      return new MerchantEvent.Label(
          1 + random.nextInt(number + 1),
          time - random.nextInt((int) (3 * DAY_MS)),
          random.nextInt(3) > 0,
          time + random.nextInt((int) (9 * DAY_MS)));
    }
    int id = random.nextInt(20) == 0 ? Math.max(1, number - random.nextInt(3)) : number;
    return new MerchantEvent.Transaction(random.nextInt(50) == 0 ? 0 : id, time);
  }

  private static ByteBuffer afterReadingAll(
      MerchantEvent event, ByteBuffer state, FeatureSettings settings) {
    MerchantHistory history = MerchantHistory.read(state);
    history.add(event, settings);
    return history.toBytes(settings);
  }

  /** What a state holds, written anew: what was counted of old things is not part of it. */
  private static String content(ByteBuffer state, FeatureSettings settings) {
    return HexFormat.of().formatHex(Merchant.copy(MerchantHistory.read(state).toBytes(settings)));
  }

  @ParameterizedTest
  @CsvSource({"P7D, P1D", "P7D, PT0S", "PT0S, P1D", "PT0S, PT0S"})
  void letsGoOfTheSameWhetherAllIsReadOrNot(Duration delay, Duration grace) {
    FeatureSettings settings = new FeatureSettings(grace.toMillis(), 100_000, delay.toMillis());
    Random random = new Random(9);
    ByteBuffer read = ByteBuffer.allocate(0);
    ByteBuffer packed = ByteBuffer.allocate(0);
    int lettingGo = 0;
    for (int i = 0; i < 120 * 24; i++) {
      long late = random.nextInt(5) == 0 ? random.nextInt(60_000) : 0;
      MerchantEvent event = new MerchantEvent.Transaction(i + 1, T + i * HOUR_MS - late);
      if (i % 200 == 100) {
        event = new MerchantEvent.Label(i - 50, T + (i - 50) * HOUR_MS, true, T + i * HOUR_MS);
      }
      int bytes = packed.remaining();
      ByteBuffer next =
          event instanceof MerchantEvent.Transaction transaction
              ? PackedMerchantHistory.followedBy(transaction, packed, settings)
              : null;
      lettingGo += next != null && next.remaining() <= bytes ? 1 : 0;
      packed = next == null ? afterReadingAll(event, packed, settings) : next;
      read = afterReadingAll(event, read, settings);

      assertThat(content(packed, settings))
          .as("after arrival %s, %s", i, event)
          .isEqualTo(content(read, settings));
    }
    assertThat(lettingGo).as("not grown by an hourly transaction").isGreaterThan(500);
  }

  @Test
  void readsNeitherLabelsNorTheMiddleOfTheTransactions() {
    FeatureSettings settings = new FeatureSettings(DAY_MS, 100_000, DELAY_MS);
    ByteBuffer state = ByteBuffer.allocate(0);
    for (int i = 0; i < 1_000; i++) {
      state = afterReadingAll(new MerchantEvent.Transaction(i, T + i * HOUR_MS), state, settings);
      if (i % 100 == 0) {
        MerchantEvent fraud = new MerchantEvent.Label(i, T + i * HOUR_MS, true, T + i * HOUR_MS);
        state = afterReadingAll(fraud, state, settings);
      }
    }
    long now = T + 1_000 * HOUR_MS;
    state =
        PackedMerchantHistory.followedBy(
            new MerchantEvent.Transaction(1_000, now), state, settings);
    byte[] damaged = Merchant.copy(state);
    long id = 600;
    int damages = 0;
    for (int at = 0; at + Long.BYTES <= damaged.length; at++) {
      boolean isLabel = ByteBuffer.wrap(damaged).getLong(at) == id;
      boolean isInTheMiddle = ByteBuffer.wrap(damaged).getInt(at) == 550;
      if (isLabel || isInTheMiddle) {
        damaged[at + 3] = 77;
        damages++;
      }
    }
    assertThat(damages).isEqualTo(2);

    MerchantEvent.Transaction next = new MerchantEvent.Transaction(1_001, now + 1);
    ByteBuffer whole = PackedMerchantHistory.followedBy(next, state, settings);
    ByteBuffer sameOfDamaged =
        PackedMerchantHistory.followedBy(next, ByteBuffer.wrap(damaged), settings);

    assertThat(FunctionRows.values(MerchantHistory.readHead(sameOfDamaged).latest().toStruct(0, 0)))
        .isEqualTo(FunctionRows.values(MerchantHistory.readHead(whole).latest().toStruct(0, 0)))
        .containsEntry("merchant_fraud_share_30d", 7.0 / 720);
    assertThat(sameOfDamaged).as("the damage is copied").isNotEqualTo(whole);
  }

  @Test
  void takesAStateThatSaysItHasFewerThanNoTransactionsForNone() {
    StateWriter writer = new StateWriter(16);
    writer.writeByte(PackedMerchantHistory.VERSION);
    writer.writeVarint(0);
    writer.writeVarint(0);
    writer.writeByte(0);
    writer.writeVarint(-3);
    Merchant merchant = new Merchant();
    merchant.state = writer.toBuffer();

    merchant.sale("a", T);

    assertThat(merchant.sale("b", T + DELAY_MS)).containsEntry("merchant_count_1d", 1.0);
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
