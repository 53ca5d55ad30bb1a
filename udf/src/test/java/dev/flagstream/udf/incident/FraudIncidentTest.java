package dev.flagstream.udf.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.ksql.function.udaf.Udaf;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FraudIncidentTest {

  private static final long T = Instant.parse("2025-11-20T12:00:00Z").toEpochMilli();
  private static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();
  private static final long GAP_MS = 30 * MINUTE_MS;

  private static final Schema ROW =
      SchemaBuilder.struct()
          .field("TRANSACTION_ID", Schema.OPTIONAL_STRING_SCHEMA)
          .field("EVENT_TIME", Schema.OPTIONAL_INT64_SCHEMA)
          .field("AMOUNT", Decimal.builder(2).optional().build())
          .field("FRAUD_PROBABILITY", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .build();

  /** A card on its way through the function. */
  private static final class Card {

    private final Udaf<Struct, List<Struct>, Struct> function = FraudIncident.fraudIncident();
    private List<Struct> state = function.initialize();

    Card(String... settings) {
      Map<String, String> properties = new HashMap<>();
      for (int i = 0; i < settings.length; i += 2) {
        properties.put("ksql.functions.fraud_incident." + settings[i], settings[i + 1]);
      }
      ((Configurable) function).configure(properties);
    }

    Struct flagged(String id, long timeMs, String amount, Double probability) {
      return add(
          new Struct(ROW)
              .put("TRANSACTION_ID", id)
              .put("EVENT_TIME", timeMs)
              .put("AMOUNT", amount == null ? null : new BigDecimal(amount))
              .put("FRAUD_PROBABILITY", probability));
    }

    Struct add(Struct row) {
      List<Struct> before = List.copyOf(state);
      List<Struct> former = state;
      state = function.aggregate(row, former);
      assertThat(former).as("the old state is left as it was").isEqualTo(before);
      return function.map(state);
    }
  }

  @Test
  void aCardWithoutFlaggedTransactionsHasNoIncident() {
    Udaf<Struct, List<Struct>, Struct> function = FraudIncident.fraudIncident();

    assertThat(function.map(function.initialize())).isNull();
    assertThat(new Card().add(null)).isNull();
    assertThat(new Card().flagged(null, T, "1.00", 0.5)).isNull();
  }

  @Test
  void theFirstFlaggedTransactionOpensAnIncidentOfItsName() {
    Struct incident = new Card().flagged("t1", T, "200.00", 0.25);

    assertThat(incident.getString("INCIDENT_ID")).isEqualTo("t1");
    assertThat(incident.getString("ALERT")).isEqualTo("OPENED");
    assertThat(incident.get("EXPECTED_LOSS")).isEqualTo(new BigDecimal("50.00"));
    assertThat(incident.getString("SEVERITY")).isEqualTo("LOW");
    assertThat(incident.getInt64("STARTED")).isEqualTo(T);
  }

  @Test
  void thoseThatFollowAreCountedAndNotTold() {
    Card card = new Card();
    card.flagged("t1", T, "10.00", 0.5);
    card.flagged("t2", T + GAP_MS, "10.00", 0.5);
    Struct third = card.flagged("t3", T + 2 * GAP_MS, "10.00", 0.5);

    assertThat(third.getString("INCIDENT_ID")).isEqualTo("t1");
    assertThat(third.getString("ALERT")).isNull();
    assertThat(third.getInt64("TRANSACTIONS")).isEqualTo(3);
    assertThat(third.getInt64("SUPPRESSED")).isEqualTo(2);
    assertThat(third.get("AMOUNT")).isEqualTo(new BigDecimal("30.00"));
  }

  @Test
  void anIncidentIsToldAgainWhenItReachesTheNextSeverity() {
    Card card = new Card();
    card.flagged("t1", T, "90.00", 1.0);
    card.flagged("t2", T + 1, "1.00", 1.0);
    Struct worse = card.flagged("t3", T + 2, "9.00", 1.0);
    Struct repeat = card.flagged("t4", T + 3, "9.00", 1.0);
    Struct worst = card.flagged("t5", T + 4, "5000.00", 1.0);

    assertThat(worse.getString("ALERT")).isEqualTo("ESCALATED");
    assertThat(worse.getString("SEVERITY")).isEqualTo("MEDIUM");
    assertThat(worse.getInt64("SUPPRESSED")).isEqualTo(1);
    assertThat(repeat.getString("ALERT")).isNull();
    assertThat(repeat.getInt64("SUPPRESSED")).as("since the last alert").isEqualTo(1);
    assertThat(worst.getString("SEVERITY")).isEqualTo("CRITICAL");
    assertThat(worst.getString("INCIDENT_ID")).isEqualTo("t1");
  }

  @Test
  void aMillisecondBeyondTheGapIsAnotherIncident() {
    Card card = new Card();
    card.flagged("t1", T, "10.00", 0.5);
    Struct next = card.flagged("t2", T + GAP_MS + 1, "10.00", 0.5);

    assertThat(next.getString("INCIDENT_ID")).isEqualTo("t2");
    assertThat(next.getString("ALERT")).isEqualTo("OPENED");
  }

  @Test
  void aLateTransactionCountsInTheIncidentOfItsTime() {
    Card card = new Card();
    card.flagged("t1", T, "10.00", 0.5);
    card.flagged("t2", T + 5 * GAP_MS, "10.00", 0.5);
    Struct late = card.flagged("t3", T - GAP_MS, "10.00", 0.5);
    Struct current = card.flagged("t4", T + 5 * GAP_MS, "10.00", 0.5);

    assertThat(late.getString("INCIDENT_ID")).isEqualTo("t1");
    assertThat(late.getInt64("STARTED")).isEqualTo(T - GAP_MS);
    assertThat(late.getString("ALERT")).isNull();
    assertThat(current.getString("INCIDENT_ID")).isEqualTo("t2");
    assertThat(current.getInt64("TRANSACTIONS")).isEqualTo(2);
  }

  @Test
  void aLateTransactionBetweenTwoIncidentsMakesThemOne() {
    Card card = new Card();
    card.flagged("t1", T, "10.00", 0.5);
    card.flagged("t2", T + 2 * GAP_MS, "10.00", 0.5);
    Struct joined = card.flagged("t3", T + GAP_MS, "10.00", 0.5);

    assertThat(joined.getString("INCIDENT_ID")).isEqualTo("t1");
    assertThat(joined.getInt64("TRANSACTIONS")).isEqualTo(3);
    assertThat(joined.getInt64("LATEST")).isEqualTo(T + 2 * GAP_MS);
    assertThat(joined.getString("ALERT")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "100.00, 0.125, 12.50",
    "0.01, 0.5, 0.00", // half a cent, to the even one
    "0.03, 0.5, 0.02",
    "99999999.99, 1.0, 99999999.99",
    "100.00, , 100.00", // no model judged it
    "100.00, NaN, 100.00",
    "100.00, 1.5, 100.00",
    "100.00, -0.5, 0.00",
    ", 0.5, 0.00"
  })
  void whatIsAtStakeIsTheAmountTimesTheProbability(
      String amount, Double probability, String expected) {
    assertThat(new Card().flagged("t1", T, amount, probability).get("EXPECTED_LOSS"))
        .isEqualTo(new BigDecimal(expected));
  }

  @Test
  void rowsWithoutATransactionChangeNothing() {
    Card card = new Card();
    card.flagged("t1", T, "10.00", 0.5);
    Struct same = card.add(null);

    assertThat(same.getString("INCIDENT_ID")).isEqualTo("t1");
    assertThat(same.getString("ALERT")).as("it was told").isNull();
    assertThat(same.getInt64("TRANSACTIONS")).isEqualTo(1);
  }

  @Test
  void aRowWithNeitherIdNorAmountHasAllIncidentsForgotten() {
    Card card = new Card();
    card.flagged("t1", T, "10.00", 0.5);

    assertThat(card.flagged(null, T, null, null)).isNull();
    assertThat(card.state).isEmpty();
  }

  @Test
  void oldIncidentsAreForgotten() {
    Card card = new Card();
    for (int i = 0; i <= FraudIncident.KEPT; i++) {
      card.flagged("t" + i, T + 2L * i * GAP_MS, "10.00", 0.5);
    }

    assertThat(card.state).hasSize(FraudIncident.KEPT);
    assertThat(card.flagged("late", T, "10.00", 0.5).getString("ALERT")).isEqualTo("OPENED");
    assertThat(card.state).hasSize(FraudIncident.KEPT);
  }

  /** Sorted by time and cut where the gap is too long, which the function never sees as a whole. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void inAnyOrderIncidentsAreWhatLiesCloseTogether(long seed) {
    Random random = new Random(seed);
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      times.add(
          T + random.nextInt(FraudIncident.KEPT) * 4L * GAP_MS + random.nextInt((int) GAP_MS));
    }
    Collections.shuffle(times, random);
    Card card = new Card();
    int opened = 0;
    for (int i = 0; i < times.size(); i++) {
      opened +=
          "OPENED".equals(card.flagged("t" + i, times.get(i), "1.00", 1.0).getString("ALERT"))
              ? 1
              : 0;
    }

    List<List<Long>> expected = cut(times);
    assertThat(card.state.stream().map(FraudIncidentTest::facts))
        .containsExactlyInAnyOrderElementsOf(
            expected.stream()
                .map(
                    close ->
                        List.of(close.get(0), close.get(close.size() - 1), (long) close.size()))
                .toList());
    assertThat(opened).isGreaterThanOrEqualTo(expected.size());
  }

  @Test
  void inOrderEachIncidentIsOpenedOnce() {
    Random random = new Random(11);
    List<Long> times = new ArrayList<>();
    long time = T;
    for (int i = 0; i < 500; i++) {
      time += random.nextInt((int) (2 * GAP_MS));
      times.add(time);
    }
    Card card = new Card();
    long opened =
        times.stream()
            .filter(at -> "OPENED".equals(card.flagged("t", at, "1.00", 1.0).getString("ALERT")))
            .count();

    assertThat(opened).isEqualTo(cut(times).size());
  }

  @Test
  void incidentsOfTwoStatesAreMergedWhereTheyAreClose() {
    Card one = new Card();
    one.flagged("t1", T, "1.00", 1.0);
    Card other = new Card();
    other.flagged("t2", T + GAP_MS, "2.00", 1.0);
    other.flagged("t3", T + 9 * GAP_MS, "4.00", 1.0);

    List<Struct> merged = one.function.merge(one.state, other.state);

    assertThat(merged.stream().map(FraudIncidentTest::facts))
        .containsExactlyInAnyOrder(
            List.of(T, T + GAP_MS, 2L), List.of(T + 9 * GAP_MS, T + 9 * GAP_MS, 1L));
  }

  @Test
  void gapAndSeveritiesCanBeSet() {
    Card card = new Card("gap.ms", "1000", "severity.medium", "1", "severity.high", "2.50");
    card.flagged("t1", T, "1.00", 1.0);
    Struct high = card.flagged("t2", T + 1000, "1.50", 1.0);
    Struct other = card.flagged("t3", T + 2001, "1.50", 1.0);

    assertThat(high.getString("SEVERITY")).isEqualTo("HIGH");
    assertThat(other.getString("INCIDENT_ID")).isEqualTo("t3");
    assertThat(other.getString("SEVERITY")).isEqualTo("MEDIUM");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gap.ms           | -1   | ksql.functions.fraud_incident.gap.ms = -1: expected milliseconds",
        "gap.ms           | 30m  | ksql.functions.fraud_incident.gap.ms = 30m: expected milliseconds",
        "severity.high    | much | severity.high = much: expected an amount such as 500.00",
        "severity.high    | -5   | severity.high = -5: expected an amount of 0 or more",
        "severity.high    | 1e99 | severity.high = 1e99: expected an amount of 0 or more",
        "severity.high    | 5000 | are 100.00, 5000 and 2000.00: expected each to be at least the one before it",
        "severity.hihg    | 5    | did you mean ksql.functions.fraud_incident.severity.high?"
      })
  void aSettingThatCannotBeUsedIsRefusedAtTheStart(String key, String value, String message) {
    assertThatThrownBy(() -> new Card(key, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static List<Long> facts(Struct incident) {
    return List.of(
        incident.getInt64("STARTED"),
        incident.getInt64("LATEST"),
        incident.getInt64("TRANSACTIONS"));
  }

  private static List<List<Long>> cut(List<Long> times) {
    List<Long> sorted = new ArrayList<>(times);
    sorted.sort(Comparator.naturalOrder());
    List<List<Long>> incidents = new ArrayList<>();
    for (Long time : sorted) {
      if (incidents.isEmpty() || time - last(incidents) > GAP_MS) {
        incidents.add(new ArrayList<>());
      }
      incidents.get(incidents.size() - 1).add(time);
    }
    return incidents;
  }

  private static long last(List<List<Long>> incidents) {
    List<Long> latest = incidents.get(incidents.size() - 1);
    return latest.get(latest.size() - 1);
  }
}
