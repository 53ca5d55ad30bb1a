package dev.flagstream.generator.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CardNumbersTest {

  private final CardNumbers numbers = new CardNumbers(new Seed(42));

  @Test
  void givesEveryCardAValidTestNumberOfItsOwn() {
    Set<String> given = new HashSet<>();
    for (long index = 0; index < 100_000; index++) {
      assertThat(given.add(numbers.number(index))).isTrue();
    }
    assertThat(given)
        .allSatisfy(
            number -> {
              assertThat(number).matches("[0-9]{16}");
              assertThat(passesLuhn(number)).isTrue();
              assertThat(CardNumbers.TEST_PREFIXES)
                  .contains(Integer.parseInt(number.substring(0, 6)));
            });
  }

  @Test
  void usesAllRangesAlike() {
    long[] uses = new long[CardNumbers.TEST_PREFIXES.length];
    for (long index = 0; index < 100_000; index++) {
      int prefix = Integer.parseInt(numbers.number(index).substring(0, 6));
      for (int i = 0; i < uses.length; i++) {
        uses[i] += prefix == CardNumbers.TEST_PREFIXES[i] ? 1 : 0;
      }
    }

    // Each is binomial with mean 10,000 and standard deviation 95.
    assertThat(Arrays.stream(uses)).allMatch(number -> Math.abs(number - 10_000) < 400);
  }

  @Test
  void knowsTheLastCardAndNoFurtherOne() {
    assertThat(passesLuhn(numbers.number(CardNumbers.COUNT - 1))).isTrue();
    assertThatThrownBy(() -> numbers.number(CardNumbers.COUNT))
        .hasMessage("there is no card 10000000000 among 10000000000");
    assertThatThrownBy(() -> numbers.number(-1)).hasMessageContaining("there is no card -1");
  }

  @Test
  void givesOtherNumbersForAnotherSeed() {
    CardNumbers others = new CardNumbers(new Seed(43));

    assertThat(LongStream.range(0, 1_000).filter(i -> numbers.number(i).equals(others.number(i))))
        .isEmpty();
  }

  /** Luhn as the standard puts it, from the left, unlike the generator's own. */
  static boolean passesLuhn(String number) {
    int sum = 0;
    for (int i = 0; i < number.length(); i++) {
      int digit = number.charAt(i) - '0';
      int weighted = (number.length() - i) % 2 == 0 ? 2 * digit : digit;
      sum += weighted / 10 + weighted % 10;
    }
    return sum % 10 == 0;
  }
}
