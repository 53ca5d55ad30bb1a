package dev.flagstream.generator.population;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** Draws distinct card numbers that look real, pass Luhn and belong to nobody. */
final class CardNumbers {

  /** The first six digits of the networks' and payment providers' well-known test cards. */
  static final int[] TEST_PREFIXES = {
    411111, 401288, 424242, 400005, 555555, 510510, 222300, 545454, 601111, 601100
  };

  private static final int MIDDLE_DIGITS_RANGE = 1_000_000_000;

  private final Random random;
  private final Set<Long> used = new HashSet<>();

  CardNumbers(Random random) {
    this.random = random;
  }

  /** A 16-digit number that this object has not given before. */
  String next() {
    long payload;
    do {
      int prefix = TEST_PREFIXES[random.nextInt(TEST_PREFIXES.length)];
      payload = (long) prefix * MIDDLE_DIGITS_RANGE + random.nextInt(MIDDLE_DIGITS_RANGE);
    } while (!used.add(payload));
    return Long.toString(payload * 10 + luhnCheckDigit(payload));
  }

  /** The digit that, appended to the payload, makes the number valid. */
  private static int luhnCheckDigit(long payload) {
    int sum = 0;
    boolean doubled = true;
    for (long rest = payload; rest > 0; rest /= 10) {
      int digit = (int) (rest % 10);
      int weighted = doubled ? digit * 2 : digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
      doubled = !doubled;
    }
    return (10 - sum % 10) % 10;
  }
}
