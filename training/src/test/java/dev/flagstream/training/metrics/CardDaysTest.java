package dev.flagstream.training.metrics;

import static dev.flagstream.training.Examples.fraud;
import static dev.flagstream.training.Examples.honest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.training.table.Example;
import java.util.List;
import org.junit.jupiter.api.Test;

class CardDaysTest {

  private static final List<Example> TWO_DAYS =
      List.of(
          honest("2018-08-08T01:00:00Z", "a"),
          fraud("2018-08-08T02:00:00Z", "a"),
          honest("2018-08-08T03:00:00Z", "b"),
          honest("2018-08-08T23:59:59.999Z", "c"),
          fraud("2018-08-09T00:00:00Z", "a"),
          fraud("2018-08-09T05:00:00Z", "c"),
          honest("2018-08-09T06:00:00Z", "b"));

  /** A card counts with its highest score of the day, which need not be the fraud's. */
  private static final double[] SCORES = {0.9, 0.2, 0.8, 0.1, 0.99, 0.3, 0.4};

  @Test
  void foundCardsAreRemovedFromLaterDays() {
    // Day 1, top 2: a (0.9, compromised), b: 1/2. Day 2 without a: b (0.4), c (0.3, compromised):
    // 1/2.
    assertThat(CardDays.of(TWO_DAYS, SCORES).precisionAt(2)).isEqualTo(0.5);
    // Top 1: day 1 a: 1. Day 2 without a: b: 0.
    assertThat(CardDays.of(TWO_DAYS, SCORES).precisionAt(1)).isEqualTo(0.5);
  }

  @Test
  void aCompromisedCardThatWasNotFoundStays() {
    double[] lowForA = {0.01, 0.02, 0.8, 0.1, 0.99, 0.3, 0.4};

    // Day 1, top 1: b: 0. Day 2: a is still there and on top: 1.
    assertThat(CardDays.of(TWO_DAYS, lowForA).precisionAt(1)).isEqualTo(0.5);
  }

  @Test
  void fewerCardsThanLookedAtAreDividedByHowManyCouldBe() {
    // Day 1: one of three cards; day 2: one of the two that are left; k = 4 both times.
    assertThat(CardDays.of(TWO_DAYS, SCORES).precisionAt(4)).isEqualTo(0.25);
  }

  @Test
  void thresholdKeepsTheBudget() {
    CardDays days = CardDays.of(TWO_DAYS, SCORES);

    // Highest scores of card and day: 0.99, 0.9, 0.8, 0.4, 0.3, 0.1; two days.
    assertThat(days.thresholdFor(1, 2)).isEqualTo(0.9);
    assertThat(days.thresholdFor(1.5, 2)).isEqualTo(0.8);
    assertThat(days.thresholdFor(100, 2)).isEqualTo(0.1);
    assertThat(days.alertsPerDay(0.9, 2)).isEqualTo(1);
  }

  @Test
  void aPartOfADayHasAPartOfTheBudget() {
    CardDays days = CardDays.of(TWO_DAYS, SCORES);

    // Six cards and days, all within the six hours around midnight.
    assertThat(days.thresholdFor(8, 0.25)).isEqualTo(0.9);
    assertThat(days.alertsPerDay(0.9, 0.25)).isEqualTo(8);
  }

  @Test
  void thresholdDoesNotSplitEqualScores() {
    List<Example> rows =
        List.of(
            honest("2018-08-08T01:00:00Z", "a"),
            honest("2018-08-08T01:00:00Z", "b"),
            honest("2018-08-08T01:00:00Z", "c"));
    CardDays days = CardDays.of(rows, new double[] {0.7, 0.5, 0.5});

    assertThat(days.thresholdFor(2, 1)).isEqualTo(0.7);
    assertThat(days.alertsPerDay(days.thresholdFor(0.5, 1), 1)).isZero();
  }

  @Test
  void refusesRowsWithoutACard() {
    assertThatThrownBy(
            () -> CardDays.of(List.of(honest("2018-08-08T01:00:00Z", null)), new double[] {0.5}))
        .hasMessageContaining("no card");
  }
}
