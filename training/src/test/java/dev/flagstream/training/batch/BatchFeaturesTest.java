package dev.flagstream.training.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchFeaturesTest {

  private static final long SATURDAY_NOON = Instant.parse("2018-04-07T12:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;
  private static final long DAY = 24 * 60 * MINUTE;
  private static final BatchFeatures WEEK_OF_DELAY = new BatchFeatures(Duration.ofDays(7));

  @Test
  void aWindowEndsAtTheTransactionAndItsFarEdgeIsOpen() {
    double[][] vectors =
        WEEK_OF_DELAY.of(
            List.of(
                honest(SATURDAY_NOON, "a", "m", 1_000),
                honest(SATURDAY_NOON + 10 * MINUTE - 1, "a", "m", 2_000),
                honest(SATURDAY_NOON + 10 * MINUTE, "a", "m", 4_000)));

    // The first lies exactly 10 minutes back: no longer in.
    assertThat(value(vectors[2], "card_count_10m")).isEqualTo(2);
    assertThat(value(vectors[2], "card_sum_10m")).isEqualTo(60);
    assertThat(value(vectors[2], "card_mean_10m")).isEqualTo(30);
    assertThat(value(vectors[2], "card_count_1h")).isEqualTo(3);
    assertThat(value(vectors[1], "card_count_10m")).isEqualTo(2);
  }

  @Test
  void ratioAndZScoreCompareWithEarlierTransactionsOnly() {
    double[][] vectors =
        WEEK_OF_DELAY.of(
            List.of(
                honest(SATURDAY_NOON, "a", "m", 1_000),
                honest(SATURDAY_NOON + DAY, "a", "m", 3_000),
                honest(SATURDAY_NOON + 2 * DAY, "a", "m", 4_000)));

    assertThat(value(vectors[0], "amount_ratio_30d")).isNaN();
    assertThat(value(vectors[1], "amount_ratio_30d")).isEqualTo(3);
    assertThat(value(vectors[1], "amount_zscore_30d")).isNaN();
    assertThat(value(vectors[2], "amount_ratio_30d")).isEqualTo(2);
    // Mean 20, sample standard deviation of 10 and 30: sqrt(200).
    assertThat(value(vectors[2], "amount_zscore_30d"))
        .isCloseTo(20 / Math.sqrt(200), within(1e-12));
  }

  @Test
  void anotherCardIsAnotherHistory() {
    double[][] vectors =
        WEEK_OF_DELAY.of(
            List.of(
                honest(SATURDAY_NOON, "a", "m", 1_000), honest(SATURDAY_NOON, "b", "m", 2_000)));

    assertThat(value(vectors[1], "card_count_30d")).isEqualTo(1);
    assertThat(value(vectors[1], "seconds_since_last")).isNaN();
    assertThat(value(vectors[1], "new_merchant")).isEqualTo(1);
  }

  @Test
  void merchantSharesEndADelayBeforeTheTransaction() {
    long fraudAt = SATURDAY_NOON;
    CardTransaction fraud = fraud(fraudAt, "a", "m", fraudAt + 7 * DAY);
    double[][] vectors =
        WEEK_OF_DELAY.of(
            List.of(
                fraud,
                honest(fraudAt + DAY, "b", "m", 100),
                honest(fraudAt + 7 * DAY - 1, "c", "m", 100),
                honest(fraudAt + 7 * DAY, "d", "m", 100),
                honest(fraudAt + 8 * DAY, "e", "m", 100)));

    assertThat(value(vectors[2], "merchant_count_1d")).isZero();
    assertThat(value(vectors[2], "merchant_fraud_share_30d")).isZero();
    assertThat(value(vectors[3], "merchant_count_1d")).isEqualTo(1);
    assertThat(value(vectors[3], "merchant_fraud_share_1d")).isEqualTo(1);
    // A day later the fraud lies at the open edge of the day, but still in the week.
    assertThat(value(vectors[4], "merchant_count_1d")).isEqualTo(1);
    assertThat(value(vectors[4], "merchant_fraud_share_1d")).isZero();
    assertThat(value(vectors[4], "merchant_fraud_share_7d")).isEqualTo(0.5);
  }

  @Test
  void aFraudCountsOnlyOnceItIsReported() {
    double[][] vectors =
        WEEK_OF_DELAY.of(
            List.of(
                fraud(SATURDAY_NOON, "a", "m", SATURDAY_NOON + 9 * DAY),
                honest(SATURDAY_NOON + 9 * DAY - 1, "b", "m", 100),
                honest(SATURDAY_NOON + 9 * DAY, "c", "m", 100)));

    assertThat(value(vectors[1], "merchant_fraud_share_7d")).isZero();
    assertThat(value(vectors[2], "merchant_fraud_share_7d")).isEqualTo(1);
  }

  @Test
  void nightAndWeekendAreInUtc() {
    double[][] vectors =
        WEEK_OF_DELAY.of(
            List.of(
                honest(Instant.parse("2018-04-06T23:59:59.999Z").toEpochMilli(), "a", "m", 1),
                honest(Instant.parse("2018-04-07T06:59:59.999Z").toEpochMilli(), "a", "m", 1),
                honest(Instant.parse("2018-04-08T07:00:00Z").toEpochMilli(), "a", "m", 1),
                honest(Instant.parse("2018-04-09T00:00:00Z").toEpochMilli(), "a", "m", 1)));

    assertThat(List.of(vectors))
        .extracting(v -> value(v, "weekend"))
        .containsExactly(0.0, 1.0, 1.0, 0.0);
    assertThat(List.of(vectors))
        .extracting(v -> value(v, "night"))
        .containsExactly(0.0, 1.0, 0.0, 1.0);
  }

  @Test
  void aDegreeOfLatitudeAnHourIsItsSpeed() {
    CardTransaction home = at(SATURDAY_NOON, 50, 8);
    CardTransaction away = at(SATURDAY_NOON + 60 * MINUTE, 51, 8);
    double[][] vectors = WEEK_OF_DELAY.of(List.of(home, away));

    assertThat(value(vectors[1], "km_from_last")).isCloseTo(111.195, within(0.001));
    assertThat(value(vectors[1], "kmh_from_last")).isCloseTo(111.195, within(0.001));
    assertThat(value(vectors[1], "km_from_home")).isCloseTo(111.195, within(0.001));
    assertThat(value(vectors[0], "km_from_home")).isZero();
    assertThat(value(vectors[1], "seconds_since_last")).isEqualTo(3_600);
  }

  private static double value(double[] vector, String feature) {
    return vector[FeatureNames.ALL.indexOf(feature)];
  }

  private static CardTransaction honest(long timeMs, String card, String merchant, long cents) {
    return new CardTransaction(
        timeMs, card, merchant, "shop", "DE", 50, 8, 50, 8, cents, 40, 0.1, CardTransaction.HONEST);
  }

  private static CardTransaction fraud(long timeMs, String card, String merchant, long reported) {
    return new CardTransaction(
        timeMs, card, merchant, "shop", "DE", 50, 8, 50, 8, 100, 40, 0.1, reported);
  }

  private static CardTransaction at(long timeMs, double lat, double lon) {
    return new CardTransaction(
        timeMs, "a", "m", "shop", "DE", lat, lon, 50, 8, 100, 40, 0.1, CardTransaction.HONEST);
  }
}
