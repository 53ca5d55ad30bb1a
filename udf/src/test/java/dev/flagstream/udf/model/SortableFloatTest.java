package dev.flagstream.udf.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SortableFloatTest {

  @Test
  void decidesAsAComparisonOfDoubleAndFloat() {
    Random random = new Random(3);
    double[] special = {
      0.0,
      -0.0,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.MAX_VALUE,
      -Double.MAX_VALUE,
      Double.MIN_VALUE,
      -Double.MIN_VALUE
    };
    for (int round = 0; round < 300_000; round++) {
      float threshold = Float.intBitsToFloat(random.nextInt());
      if (Float.isNaN(threshold)) {
        continue;
      }
      double value =
          switch (random.nextInt(5)) {
            case 0 -> special[random.nextInt(special.length)];
            case 1 -> threshold;
            case 2 -> Math.nextUp((double) threshold);
            case 3 -> Math.nextDown((double) threshold);
            default -> Float.intBitsToFloat(random.nextInt()) * (1 + random.nextDouble() * 1e-7);
          };
      if (!Double.isNaN(value)) {
        assertThat(SortableFloat.floorOf(value) >= SortableFloat.of(threshold))
            .as("%s >= %s", value, threshold)
            .isEqualTo(value >= threshold);
      }
    }
  }

  @Test
  void keepsItsLimitsOutsideOfAllFloats() {
    assertThat(SortableFloat.of(Float.NEGATIVE_INFINITY)).isGreaterThan(SortableFloat.BELOW_ALL);
    assertThat(SortableFloat.of(Float.POSITIVE_INFINITY)).isLessThan(SortableFloat.ABOVE_ALL);
    assertThat(SortableFloat.of(-0.0f)).isEqualTo(SortableFloat.of(0.0f));
  }
}
