package dev.flagstream.udf.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.flagstream.udf.TransactionFeatures;
import dev.flagstream.udf.features.CardFeaturesByBatch.Payment;
import dev.flagstream.udf.features.CardFeaturesByBatch.Place;
import io.confluent.ksql.function.udaf.Udaf;
import java.math.BigDecimal;
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
import org.junit.jupiter.params.provider.ValueSource;

class CardFeaturesTest {

  private static final long T = Instant.parse("2025-11-20T12:00:00Z").toEpochMilli();
  private static final long DAY_MS = Duration.ofDays(1).toMillis();
  private static final String OWN = "ksql.functions.card_features.";

  /** A card on its way through the function. */
  private static final class Card {

    private final Udaf<Struct, ByteBuffer, Struct> function = CardFeatures.cardFeatures();
    private ByteBuffer state = function.initialize();

    Card(String... settings) {
      Map<String, String> properties = new HashMap<>();
      for (int i = 0; i < settings.length; i += 2) {
        properties.put(OWN + settings[i], settings[i + 1]);
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

    Map<String, Object> add(String id, long timeMs, String amount) {
      return add(FunctionRows.payment(id, timeMs, amount));
    }

    private static byte[] copy(ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return bytes;
    }

    int events() {
      return CardHistory.read(state).size();
    }
  }

  // -------------------------------------------------------------------------------- definitions

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void equalsTheBatchComputationWhateverTheOrderOfArrival(long seed) {
    Random random = new Random(seed);
    // The state keeps what the batch computation keeps: all of it within reach.
    Card card = new Card("max.events", "100000");
    List<Payment> arrived = new ArrayList<>();
    long clock = T;
    for (int i = 0; i < 400; i++) {
      clock += (long) Math.exp(random.nextDouble() * 19);
      Payment payment = arrival(random, arrived, clock, i);
      Map<String, Object> features = card.add(row(payment));
      Map<String, Double> expected = CardFeaturesByBatch.features(payment, arrived);

      features.remove("EVENTS_DROPPED");
      assertThat(features.remove("EVENTS_TOO_LATE")).isEqualTo(0L);
      assertThat(features.keySet()).as("features of arrival %d", i).isEqualTo(expected.keySet());
      expected.forEach((name, value) -> assertEqual(name, features.get(name), value));
      arrived.add(payment);
    }
  }

  private static Payment arrival(Random random, List<Payment> arrived, long clock, int number) {
    if (!arrived.isEmpty() && random.nextInt(10) == 0) {
      // The same record again, if it is not yet forgotten.
      Payment again = arrived.get(Math.max(0, arrived.size() - 1 - random.nextInt(5)));
      if (clock - again.time().toEpochMilli() < DAY_MS) {
        return again;
      }
    }
    long lateMs =
        switch (random.nextInt(6)) {
          case 0 -> (long) (random.nextDouble() * DAY_MS * 0.9);
          case 1 -> 0;
          default -> random.nextInt(1_000);
        };
    long newest =
        arrived.stream().mapToLong(each -> each.time().toEpochMilli()).max().orElse(clock);
    long timeMs = Math.max(clock - lateMs, newest - DAY_MS);
    if (!arrived.isEmpty() && random.nextInt(12) == 0) {
      timeMs = newest;
    }
    return new Payment(
        "t" + number,
        Instant.ofEpochMilli(timeMs),
        BigDecimal.valueOf(
            random.nextInt(8) == 0 ? 4_99 : (long) Math.exp(random.nextDouble() * 23) + 1, 2),
        random.nextInt(10) == 0 ? null : "M" + random.nextInt(12),
        "category" + random.nextInt(4),
        random.nextInt(3) == 0 ? null : random.nextInt(20) == 0 ? "FR" : "US",
        random.nextInt(8) == 0 ? null : place(random),
        random.nextInt(8) == 0 ? null : new Place(41.88, -87.63));
  }

  private static Place place(Random random) {
    return new Place(random.nextDouble() * 178 - 89, random.nextDouble() * 358 - 179);
  }

  private static Struct row(Payment payment) {
    Struct row =
        FunctionRows.payment(
                payment.id(), payment.time().toEpochMilli(), payment.amount().toPlainString())
            .put("MERCHANT_ID", payment.merchant())
            .put("MERCHANT_CATEGORY", payment.category())
            .put("COUNTRY", payment.country());
    if (payment.place() != null) {
      row.put("LAT", payment.place().lat()).put("LON", payment.place().lon());
    }
    if (payment.home() != null) {
      row.put("HOME_LAT", payment.home().lat()).put("HOME_LON", payment.home().lon());
    }
    return row;
  }

  private static void assertEqual(String name, Object actual, double expected) {
    boolean whole = name.startsWith("card_count") || name.startsWith("new_");
    double tolerance = whole ? 0 : 1e-9 * Math.max(1, Math.abs(expected));
    assertThat((Double) actual).as(name).isCloseTo(expected, within(tolerance));
  }

  @Test
  void beginsAndEndsEachWindowToTheMillisecond() {
    Map<String, Duration> windows =
        Map.of(
            "10m", Duration.ofMinutes(10),
            "1h", Duration.ofHours(1),
            "1d", Duration.ofDays(1),
            "7d", Duration.ofDays(7),
            "30d", Duration.ofDays(30));
    windows.forEach(
        (suffix, size) -> {
          Card card = new Card();
          card.add("a", T, "10.00");
          assertThat(card.add("b", T + size.toMillis() - 1, "1.00"))
              .as("a millisecond before the end of %s", suffix)
              .containsEntry("card_count_" + suffix, 2.0)
              .containsEntry("card_sum_" + suffix, 11.0);
          card = new Card();
          card.add("a", T, "10.00");
          assertThat(card.add("b", T + size.toMillis(), "1.00"))
              .as("at the end of %s", suffix)
              .containsEntry("card_count_" + suffix, 1.0)
              .containsEntry("card_sum_" + suffix, 1.0);
        });
  }

  @Test
  void givesAFirstTransactionNoFeaturesOfEarlierOnes() {
    assertThat(new Card().add("a", T, "12.34"))
        .containsEntry("amount", 12.34)
        .containsEntry("card_mean_30d", 12.34)
        .doesNotContainKeys(
            "amount_ratio_30d",
            "amount_zscore_30d",
            "seconds_since_last",
            "km_from_last",
            "kmh_from_last",
            "km_from_home",
            "new_merchant");
  }

  @Test
  void hasNoZScoreWhereEarlierAmountsAreAlike() {
    Card card = new Card();
    card.add("a", T, "0.10");
    card.add("b", T + 1, "0.10");
    card.add("c", T + 2, "0.10");

    assertThat(card.add("d", T + 3, "5.00"))
        .containsEntry("amount_ratio_30d", 50.0)
        .doesNotContainKey("amount_zscore_30d");
  }

  @Test
  void addsUpCentsExactly() {
    Card card = new Card();
    Map<String, Object> features = Map.of();
    for (int i = 0; i < 1_000; i++) {
      features = card.add("t" + i, T + i, "0.10");
    }

    assertThat(features).containsEntry("card_sum_10m", 100.0).containsEntry("card_mean_1h", 0.1);
  }

  @Test
  void givesASpeedOnlyWhereTimeHasPassed() {
    Card card = new Card();
    card.add(FunctionRows.payment("a", T, "1.00").put("LAT", 0.0).put("LON", 0.0));
    assertThat(card.add(FunctionRows.payment("b", T, "1.00").put("LAT", 0.0).put("LON", 1.0)))
        .containsEntry("seconds_since_last", 0.0)
        .containsKey("km_from_last")
        .doesNotContainKey("kmh_from_last");
    assertThat(
            card.add(
                FunctionRows.payment("c", T + 3_600_000, "1.00").put("LAT", 0.0).put("LON", 2.0)))
        .satisfies(
            features ->
                assertThat((Double) features.get("kmh_from_last"))
                    .isCloseTo(6371 * Math.PI / 180, within(1e-9)));
  }

  // -------------------------------------------------------------------------------------- order

  @Test
  void countsALateTransactionWhereItBelongs() {
    Card card = new Card();
    card.add("a", T, "1.00");
    card.add("c", T + 600_000, "3.00");

    assertThat(card.add("b", T + 300_000, "2.00"))
        .as("only what came before it in time")
        .containsEntry("card_count_1h", 2.0)
        .containsEntry("card_sum_1h", 3.0)
        .containsEntry("seconds_since_last", 300.0);
    assertThat(card.add("d", T + 900_000, "4.00"))
        .as("and it counts for what comes after it")
        .containsEntry("card_sum_1h", 10.0)
        .containsEntry("card_sum_10m", 7.0);
  }

  @Test
  void countsWhatIsLateByTheGracePeriodButNotWhatIsLater() {
    Card card = new Card();
    card.add("a", T, "1.00");
    assertThat(card.add("b", T - DAY_MS - 1, "2.00"))
        .containsEntry("amount", 2.0)
        .containsEntry("EVENTS_TOO_LATE", 1L);
    assertThat(card.add("c", T - DAY_MS, "4.00")).containsEntry("EVENTS_TOO_LATE", 1L);
    assertThat(card.add("d", T + 1, "8.00")).containsEntry("card_sum_7d", 13.0);
  }

  @Test
  void countsAReplayedTransactionOnce() {
    Card card = new Card();
    card.add("a", T, "1.00");
    Map<String, Object> first = card.add("b", T + 1, "2.00");
    ByteBuffer once = card.state.duplicate();

    assertThat(card.add("b", T + 1, "2.00")).isEqualTo(first);
    assertThat(card.state).isEqualTo(once);
  }

  @Test
  void forgetsWhatNoWindowReachesAnyMore() {
    Card card = new Card();
    card.add("a", T, "1.00");
    card.add("b", T + 31 * DAY_MS - 1, "1.00");
    assertThat(card.events()).isEqualTo(2);
    card.add("c", T + 31 * DAY_MS, "1.00");
    assertThat(card.events()).isEqualTo(2);
  }

  // -------------------------------------------------------------------------------------- bounds

  @Test
  void dropsTheOldestBeyondTheMostEventsAndSaysSo() {
    Card card = new Card("max.events", "10");
    Map<String, Object> features = Map.of();
    for (int i = 0; i < 25; i++) {
      features = card.add("t" + i, T + i, "1.00");
    }

    assertThat(card.events()).isEqualTo(10);
    assertThat(features).containsEntry("card_count_30d", 11.0).containsEntry("EVENTS_DROPPED", 15L);
    assertThat(card.add("next", T + 25, "1.00")).containsEntry("EVENTS_DROPPED", 16L);
  }

  @Test
  void keepsTheStateOfABusyCardWithinItsBound() {
    Random random = new Random(7);
    Card card = new Card();
    for (int i = 0; i < 3_000; i++) {
      card.add(
          row(
              new Payment(
                  "t" + i,
                  Instant.ofEpochMilli(T + i * 1_000L),
                  BigDecimal.valueOf(random.nextInt(9_999_999) + 1L, 2),
                  "M" + i,
                  "c" + i,
                  "x" + i,
                  place(random),
                  place(random))));
    }

    assertThat(card.events()).isEqualTo(1_000);
    // All within the grace period, no two alike: the worst there is, as the README says.
    assertThat(card.state.remaining()).isLessThan(48_000);
  }

  @Test
  void keepsTheUsualCardSmall() {
    Card card = new Card();
    for (int i = 0; i < 60; i++) {
      card.add(
          FunctionRows.payment("t" + i, T + i * DAY_MS / 2, "43.21")
              .put("MERCHANT_ID", "M" + i % 7)
              .put("MERCHANT_CATEGORY", "c" + i % 3)
              .put("COUNTRY", "US")
              .put("LAT", 41.0)
              .put("LON", -87.0));
    }

    assertThat(card.events()).isEqualTo(60);
    assertThat(card.state.remaining()).isLessThan(1_700);
  }

  // ----------------------------------------------------------------------------------- bad input

  @Test
  void takesNullsAndNumbersThatAreNone() {
    Card card = new Card();
    card.add("a", T, "1.00");
    int events = card.events();

    assertThat(card.add(null)).isEmpty();
    assertThat(card.add(FunctionRows.emptyPayment())).isEmpty();
    assertThat(card.add(FunctionRows.payment("b", T, "1.00").put("AMOUNT", null))).isEmpty();
    assertThat(card.events()).isEqualTo(events);

    assertThat(
            card.add(
                FunctionRows.payment(null, T + 1, "-5.00")
                    .put("LAT", Double.NaN)
                    .put("LON", Double.POSITIVE_INFINITY)
                    .put("HOME_LAT", 1e300)
                    .put("HOME_LON", 0.0)))
        .containsEntry("amount", -5.0)
        .containsEntry("card_sum_1d", -4.0)
        .doesNotContainKeys("km_from_home", "km_from_last");
    assertThat(card.add("far", Long.MIN_VALUE, "1.00")).containsEntry("card_count_30d", 1.0);
    assertThat(card.add("far", Long.MAX_VALUE, "1.00")).containsEntry("card_count_30d", 1.0);
  }

  @Test
  void beginsAnewWhereAStateCannotBeRead() {
    Card card = new Card();
    card.add("a", T, "1.00");
    card.add("b", T + 1, "1.00");
    ByteBuffer good = card.state;
    for (int length = 0; length < good.remaining(); length++) {
      card.state = good.duplicate().limit(length).slice();
      assertThat(card.add("c", T + 2, "1.00")).containsEntry("card_count_1h", 1.0);
    }
    card.state = ByteBuffer.wrap(new byte[] {99, 1, 2, 3});
    assertThat(card.add("c", T + 2, "1.00")).containsEntry("card_count_1h", 1.0);
  }

  /** What a table has kept must be readable by every later jar. */
  @ParameterizedTest
  @ValueSource(strings = {STATE_OF_VERSION_1, STATE_OF_VERSION_2, STATE_OF_VERSION_3})
  void readsTheStateOfEachVersion(String version) {
    Card card = new Card();
    card.state = ByteBuffer.wrap(HexFormat.of().parseHex(version)).asReadOnlyBuffer();

    assertThat(
            card.add(
                FunctionRows.payment("c", T + 3_600_000, "30.00")
                    .put("MERCHANT_ID", "M2")
                    .put("COUNTRY", "US")
                    .put("LAT", 41.88)
                    .put("LON", -87.63)))
        .containsEntry("card_sum_1d", 60.0)
        .containsEntry("card_count_1h", 2.0)
        .containsEntry("seconds_since_last", 3599.0)
        .containsEntry("km_from_last", 0.0)
        .containsEntry("new_merchant", 0.0)
        .containsEntry("new_country", 0.0);
    assertThat(card.add("b", T + 1_000, "20.00")).containsEntry("card_count_30d", 2.0);
  }

  /** As the first version wrote what {@link #writesTheFormOfTheThirdVersion} adds. */
  private static final String STATE_OF_VERSION_1 =
      "01000001d0879692d466a01f02f02e02f02e02f02e02f02e02f02e4000000000"
          + "0000007ff8000000000000d00f405bc354ce51a1cf7ff8000000000000090205"
          + "80f89592d46602c0bdbf481420f8d00f152f23997391ba454044800000000000"
          + "c055c000000000000de8073e35b21bfb9b6405a01f641b62634044f0a3d70a3d"
          + "71c055e851eb851eb8";

  /** As the second version wrote it. */
  private static final String STATE_OF_VERSION_2 =
      "02000001d0879692d466a01f02f02e02f02e02f02e02f02e02f02e4000000000"
          + "0000007ff8000000000000d00f405bc354ce51a1cf7ff8000000000000090200"
          + "80f89592d466e80702f02e000002f02e000002f02e000002f02e000002f02e00"
          + "000200000000000000004c4b4002152f239900000000007391ba4500641b6263"
          + "11010202c0bdbf481420f8014044800000000000c055c000000000003e35b21b"
          + "fb9b6405014044f0a3d70a3d71c055e851eb851eb80900d00f00e807a01f01";

  /** Written by {@link #writesTheFormOfTheThirdVersion}. */
  private static final String STATE_OF_VERSION_3 =
      "03000001d0879692d466a01f02f02e02f02e02f02e02f02e02f02e4000000000"
          + "0000007ff8000000000000d00f405bc354ce51a1cf7ff8000000000000090201"
          + "010080f89592d466e80702f02e000002f02e000002f02e000002f02e000002f0"
          + "2e00000200000000000000004c4b4002152f239900000000007391ba4500641b"
          + "626311010202c0bdbf481420f8014044800000000000c055c000000000003e35"
          + "b21bfb9b6405014044f0a3d70a3d71c055e851eb851eb80900d00f00e807a01f"
          + "01";

  @Test
  void writesTheFormOfTheThirdVersion() {
    Card card = new Card();
    card.add(
        FunctionRows.payment("a", T, "10.00")
            .put("MERCHANT_ID", "M1")
            .put("COUNTRY", "US")
            .put("LAT", 41.0)
            .put("LON", -87.0));
    card.add(
        FunctionRows.payment("b", T + 1_000, "20.00")
            .put("MERCHANT_ID", "M2")
            .put("COUNTRY", "US")
            .put("LAT", 41.88)
            .put("LON", -87.63));

    assertThat(HexFormat.of().formatHex(Card.copy(card.state))).isEqualTo(STATE_OF_VERSION_3);
  }

  @Test
  void noChangedByteOfAStateStopsACard() {
    Random random = new Random(9);
    Card card = new Card("max.events", "40");
    for (int i = 0; i < 60; i++) {
      card.add(row(payment(random, i, T + i * DAY_MS / 9)));
    }
    byte[] good = Card.copy(card.state);
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = good.clone();
      for (int each = 0; each <= random.nextInt(3); each++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      card.state = ByteBuffer.wrap(changed);

      assertThat(card.add("next" + i, T + 7 * DAY_MS, "1.00")).containsEntry("amount", 1.0);
    }
  }

  // ----------------------------------------------------- what is put at the end without reading
  // all

  @ParameterizedTest
  @CsvSource({
    "1, 100000, 86400000", "2, 100000, 86400000", "3, 20, 86400000", "4, 1, 86400000",
    "5, 50, 0", "6, 100000, 0", "7, 100000, 864000000", "8, 30, 3000000000"
  })
  void isTheSameWhetherOrNotAllTransactionsAreRead(long seed, int most, long graceMs) {
    Random random = new Random(seed);
    FeatureSettings settings = new FeatureSettings(graceMs, most, 0);
    ByteBuffer state = CardHistory.read(null).toBytes(settings);
    long clock = T;
    int followed = 0;
    for (int i = 0; i < 1_500; i++) {
      clock += random.nextInt(4) == 0 ? 0 : (long) Math.exp(random.nextDouble() * 21);
      boolean late = random.nextInt(20) == 0;
      CardEvent event =
          CardEvent.of(row(payment(random, i, late ? clock - random.nextInt(90_000_000) : clock)));
      CardHistory all = CardHistory.read(state);
      all.add(event, settings);
      ByteBuffer read = all.toBytes(settings);

      ByteBuffer next = PackedCardHistory.followedBy(event, state, settings);

      if (next != null) {
        followed++;
        assertThat(CardHistory.headOf(next)).isEqualTo(CardHistory.headOf(read));
        assertThat(CardHistory.read(next).toBytes(settings)).as("state %d", i).isEqualTo(read);
      }
      state = next == null ? read : next;
    }
    assertThat(followed).as("how many were put at the end").isGreaterThan(1_000);
  }

  private static Payment payment(Random random, int number, long timeMs) {
    return new Payment(
        random.nextInt(30) == 0 ? null : "t" + number,
        Instant.ofEpochMilli(timeMs),
        BigDecimal.valueOf((long) Math.exp(random.nextDouble() * 23) + 1, 2),
        random.nextInt(10) == 0 ? null : "M" + random.nextInt(random.nextBoolean() ? 5 : 3_000),
        "category" + random.nextInt(4),
        random.nextInt(3) == 0 ? null : random.nextInt(20) == 0 ? "FR" : "US",
        random.nextInt(8) == 0 ? null : place(random),
        random.nextInt(8) == 0 ? null : new Place(41.88, -87.63));
  }

  @Test
  void anOldTransactionThatComesAgainIsKnownWithoutItsId() {
    Card card = new Card();
    card.add("a", T, "5.00");
    card.add("b", T + 1, "7.00");
    card.add("c", T + 9 * DAY_MS, "1.00");

    assertThat(card.add("a", T, "5.00")).containsEntry("EVENTS_TOO_LATE", 0L);
    assertThat(card.events()).isEqualTo(3);
    assertThat(card.add("new", T, "5.01")).containsEntry("EVENTS_TOO_LATE", 1L);
    assertThat(card.add("d", T + 9 * DAY_MS, "2.00")).containsEntry("card_sum_30d", 15.0);
  }

  @Test
  void keepsABusyCardOfAMonthSmall() {
    Random random = new Random(8);
    Card card = new Card("max.events", "4000");
    for (int i = 0; i < 3_100; i++) {
      card.add(
          FunctionRows.payment("t" + i, T + i * 864_000L, random.nextInt(300) + ".99")
              .put("MERCHANT_ID", "M" + random.nextInt(20))
              .put("MERCHANT_CATEGORY", "c" + random.nextInt(5))
              .put("COUNTRY", "US")
              .put("LAT", 41.0)
              .put("LON", -87.0));
    }

    assertThat(card.events()).isEqualTo(3_100);
    assertThat(card.state.remaining()).isLessThan(27_000);
  }

  // ------------------------------------------------------------------------------------ settings

  @Test
  void namesItsFeaturesAsTheContractDoes() {
    List<String> names = new ArrayList<>();
    CardMeasurement.structOf(CardHistory.read(null))
        .schema()
        .fields()
        .forEach(field -> names.add(field.name().toLowerCase(Locale.ROOT)));

    assertThat(TransactionFeatures.names()).startsWith(names.subList(0, 27).toArray(new String[0]));
    assertThat(names.subList(27, 29)).containsExactly("events_dropped", "events_too_late");
  }

  @Test
  void refusesSettingsItCannotUse() {
    assertThatThrownBy(() -> new Card("max.events", "0"))
        .hasMessageContaining("ksql.functions.card_features.max.events = 0");
    assertThatThrownBy(() -> new Card("grace.ms", "a day"))
        .hasMessageContaining("ksql.functions.card_features.grace.ms = a day");
    assertThatThrownBy(() -> new Card("max.event", "5"))
        .hasMessageContaining("did you mean ksql.functions.card_features.max.events?");
  }

  @Test
  void goesOnWithBothHistoriesWhereSessionsGrowTogether() {
    Card one = new Card();
    one.add("a", T, "1.00");
    one.add("b", T + 2, "2.00");
    Card other = new Card();
    other.add("b", T + 2, "2.00");
    other.add("c", T + 1, "4.00");
    one.state = one.function.merge(one.state, other.state);

    assertThat(one.add("d", T + 3, "8.00")).containsEntry("card_sum_1d", 15.0);
  }
}
