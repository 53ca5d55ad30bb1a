package dev.flagstream.udf.features.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SquareSumTest {

  private static final long LARGEST = 9_999_999_999L;

  @ParameterizedTest
  @ValueSource(longs = {10, 1_000_000, LARGEST})
  void isTheVarianceOfWhatIsInItHoweverMuchWentThrough(long most) {
    Random random = new Random(most);
    SquareSum squares = new SquareSum();
    List<Long> in = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      long cents = random.nextLong(-most, most + 1);
      squares.add(cents);
      in.add(cents);
      if (in.size() > 100) {
        squares.remove(in.remove(0));
      }
      if (in.size() > 1) {
        double expected = variance(in);
        assertThat(squares.variance(in.size(), in.stream().mapToLong(Long::longValue).sum()))
            .isCloseTo(expected, within(expected * 1e-15));
      }
    }
  }

  @Test
  void isNothingAtAllOfValuesThatAreAlike() {
    for (long cents : new long[] {0, 1, -7, 499, LARGEST}) {
      SquareSum squares = new SquareSum();
      for (int count = 1; count <= 1_000; count++) {
        squares.add(cents);
        if (count > 1) {
          assertThat(squares.variance(count, count * cents)).isZero();
        }
      }
    }
  }

  /** By definition, with 40 digits. */
  private static double variance(List<Long> values) {
    MathContext digits = new MathContext(40);
    BigDecimal mean =
        values.stream()
            .map(BigDecimal::valueOf)
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .divide(BigDecimal.valueOf(values.size()), digits);
    return values.stream()
        .map(value -> BigDecimal.valueOf(value).subtract(mean).pow(2, digits))
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .divide(BigDecimal.valueOf(values.size() - 1L), digits)
        .doubleValue();
  }
}
