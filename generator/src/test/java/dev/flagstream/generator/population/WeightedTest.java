package dev.flagstream.generator.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeightedTest {

  private static final int CHOICES = 300;

  @Test
  void drawsWhatALookThroughAllCumulativeWeightsFinds() {
    Random random = new Random(7);
    for (int size = 1; size <= CHOICES; size++) {
      double[] weights = weights(size, random);
      Weighted<Integer> choice =
          Weighted.of(IntStream.range(0, size).boxed().toList(), index -> weights[index]);
      RandomStream drawn = new RandomStream().startAt(size);
      RandomStream expected = new RandomStream().startAt(size);
      for (int i = 0; i < 500; i++) {
        assertThat(choice.draw(drawn)).isEqualTo(lookedUp(weights, expected.nextDouble()));
      }
    }
  }

  @Test
  void neverDrawsWhatHasNoWeight() {
    Weighted<String> choice =
        Weighted.of(List.of("none", "some", "none"), name -> name.equals("some") ? 1e-300 : 0);
    RandomStream random = new RandomStream().startAt(3);

    for (int i = 0; i < 1_000; i++) {
      assertThat(choice.draw(random)).isEqualTo("some");
    }
  }

  @Test
  void refusesAChoiceAmongNothing() {
    assertThatThrownBy(() -> Weighted.of(List.of("none"), name -> 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing to choose");
  }

  /** Uneven ones, a third of them zero, the first one never. */
  private static double[] weights(int size, Random random) {
    double[] weights = new double[size];
    Arrays.setAll(
        weights,
        index -> index > 0 && random.nextInt(3) == 0 ? 0 : Math.pow(random.nextDouble(), 8));
    return weights;
  }

  private static int lookedUp(double[] weights, double uniform) {
    double[] cumulative = weights.clone();
    for (int i = 1; i < cumulative.length; i++) {
      cumulative[i] += cumulative[i - 1];
    }
    double at = uniform * cumulative[cumulative.length - 1];
    return IntStream.range(0, weights.length)
        .filter(index -> cumulative[index] > at)
        .findFirst()
        .orElseThrow();
  }
}
