package dev.flagstream.training.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RankingTest {

  private static final boolean FRAUD = true;
  private static final boolean HONEST = false;

  @Test
  void aucIsTheShareOfPairsInTheRightOrder() {
    // Of the four pairs of a fraud and an honest one, (0.8, 0.4), (0.8, 0.1) and (0.35, 0.1) are
    // right.
    Ranking ranking =
        Ranking.of(
            new double[] {0.1, 0.4, 0.35, 0.8}, new boolean[] {HONEST, HONEST, FRAUD, FRAUD});

    assertThat(ranking.aucRoc()).isEqualTo(0.75);
  }

  @Test
  void aTieCountsOneHalf() {
    assertThat(
            Ranking.of(new double[] {0.5, 0.5, 0.2}, new boolean[] {FRAUD, HONEST, HONEST})
                .aucRoc())
        .isEqualTo(0.75);
    assertThat(Ranking.of(new double[] {1, 1, 1}, new boolean[] {FRAUD, HONEST, FRAUD}).aucRoc())
        .isEqualTo(0.5);
  }

  @Test
  void averagePrecisionAddsPrecisionWhereRecallGrows() {
    // Highest first: fraud, honest, fraud, honest: 1/2 * 1 + 1/2 * 2/3.
    Ranking ranking =
        Ranking.of(
            new double[] {0.1, 0.4, 0.35, 0.8}, new boolean[] {HONEST, HONEST, FRAUD, FRAUD});

    assertThat(ranking.averagePrecision()).isCloseTo(0.5 + 0.5 * 2 / 3, within(1e-15));
  }

  @Test
  void averagePrecisionSeesEqualScoresTogether() {
    // At 0.5 come a fraud and an honest one at once: precision 1/2 for all the recall.
    assertThat(
            Ranking.of(new double[] {0.5, 0.5, 0.1}, new boolean[] {FRAUD, HONEST, HONEST})
                .averagePrecision())
        .isEqualTo(0.5);
  }

  @Test
  void aucEqualsTheCountOverAllPairsOfRandomScoresWithTies() {
    SplittableRandom random = new SplittableRandom(3);
    double[] scores = new double[400];
    boolean[] labels = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) {
      labels[i] = random.nextInt(5) == 0;
      scores[i] = random.nextInt(20) + (labels[i] ? 3 : 0);
    }
    double right = 0;
    long pairs = 0;
    for (int f = 0; f < scores.length; f++) {
      for (int h = 0; h < scores.length; h++) {
        if (labels[f] && !labels[h]) {
          pairs++;
          right += scores[f] > scores[h] ? 1 : scores[f] == scores[h] ? 0.5 : 0;
        }
      }
    }

    assertThat(Ranking.of(scores, labels).aucRoc()).isCloseTo(right / pairs, within(1e-12));
  }

  @Test
  void pointsGoFromTheHighestScoreToAllAlerted() {
    Ranking ranking =
        Ranking.of(new double[] {0.9, 0.5, 0.5, 0.1}, new boolean[] {FRAUD, FRAUD, HONEST, HONEST});

    assertThat(ranking.points())
        .containsExactly(
            new Ranking.Point(0.9, 0.5, 0, 1, 1),
            new Ranking.Point(0.5, 1, 0.5, 2.0 / 3, 3),
            new Ranking.Point(0.1, 1, 1, 0.5, 4));
  }

  @Test
  void refusesAScoreThatIsNoNumber() {
    assertThatThrownBy(() -> Ranking.of(new double[] {Double.NaN}, new boolean[] {FRAUD}))
        .hasMessageContaining("NaN");
  }
}
