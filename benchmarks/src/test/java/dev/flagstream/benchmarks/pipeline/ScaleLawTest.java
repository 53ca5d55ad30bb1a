package dev.flagstream.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleLawTest {

  @Test
  void tellsWhatEachDoublingCostsBetweenNeighboursAndFromEndToEnd() {
    List<ScaleResult> results =
        List.of(
            MadeUpResults.ofCards(1_000, 100, 10),
            MadeUpResults.ofCards(4_000, 121, 10),
            MadeUpResults.ofCards(8_000, 121, 20));

    List<String> sentences = ScaleLaw.sentences(ScaleAxis.CARDS, results);

    assertThat(sentences)
        .contains(
            "CPU of the server a transaction: each doubling of the cards changes it by +10.0 % from"
                + " 1,000 to 4,000, +0.0 % from 4,000 to 8,000; from end to end it is 1.21 times as"
                + " much.",
            "Seconds to be back: each doubling of the cards changes it by +0.0 % from 1,000 to 4,000,"
                + " +100.0 % from 4,000 to 8,000; from end to end it is 2.00 times as much.");
  }

  @Test
  void saysWhereADifferenceIsWithinWhatTwoRunsDifferBy() {
    List<ScaleResult> results =
        List.of(MadeUpResults.ofCards(1_000, 100, 10), MadeUpResults.ofCards(2_000, 103, 10));

    assertThat(ScaleLaw.sentences(ScaleAxis.CARDS, results).get(0))
        .endsWith("it is 1.03 times as much, which is within what two runs differ by.");
  }

  @Test
  void takesWhatWasReachedForWhatWasWanted() {
    ScaleResult stopped = MadeUpResults.stoppedAt(2_000, MadeUpResults.ofCards(1_000_000, 110, 10));

    assertThat(
            ScaleLaw.sentences(
                ScaleAxis.CARDS, List.of(MadeUpResults.ofCards(1_000, 100, 10), stopped)))
        .first()
        .asString()
        .contains("+10.0 % from 1,000 to 2,000");
  }

  @Test
  void tellsNothingOfASingleLine() {
    assertThat(
            ScaleLaw.sentences(
                ScaleAxis.PARTITIONS, List.of(MadeUpResults.ofCards(1_000, 100, 10))))
        .isEmpty();
  }

  @Test
  void dividesTheDifferenceOfTheEndsByThatOfTheAxis() {
    List<ScaleResult> results =
        List.of(
            MadeUpResults.ofCards(1_000, 100, 10),
            MadeUpResults.ofCards(2_000, 100, 100),
            MadeUpResults.ofCards(11_000, 100, 30));

    assertThat(ScaleLaw.slope(ScaleAxis.CARDS, results, ScaleResult::restoreSeconds))
        .isEqualTo(0.002, within(1e-12));
  }
}
