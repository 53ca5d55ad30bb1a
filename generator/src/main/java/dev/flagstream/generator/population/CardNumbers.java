package dev.flagstream.generator.population;

import java.nio.charset.StandardCharsets;

/**
 * Card numbers that look real, pass Luhn and belong to nobody. Every index has its own number, by a
 * shuffle of all ten thousand million that the test ranges hold; nothing is remembered, so any
 * number of cards takes no memory. Safe for use by several threads.
 */
public final class CardNumbers {

  /** How many different numbers there are. */
  public static final long COUNT = 10_000_000_000L;

  /** The first six digits of the networks' and payment providers' well-known test cards. */
  static final int[] TEST_PREFIXES = {
    411111, 401288, 424242, 400005, 555555, 510510, 222300, 545454, 601111, 601100
  };

  private static final long MIDDLE_DIGITS_RANGE = 1_000_000_000L;
  private static final int DIGITS = 16;
  private static final int HALF_BITS = 17;
  private static final long HALF_MASK = (1L << HALF_BITS) - 1;
  private static final int ROUNDS = 4;

  /** What two digits, of which the second is doubled, add to the sum. */
  private static final int[] LUHN_OF_PAIR = luhnOfPair();

  private final long[] roundKeys = new long[ROUNDS];

  public CardNumbers(Seed seed) {
    for (int round = 0; round < ROUNDS; round++) {
      roundKeys[round] = Seed.mixed(seed.of("cards").value(), round);
    }
  }

  /**
   * The 16 digits of a card.
   *
   * @param index 0 to {@link #COUNT} - 1; different indexes have different numbers
   */
  public String number(long index) {
    if (index < 0 || index >= COUNT) {
      throw new IllegalArgumentException("there is no card " + index + " among " + COUNT);
    }
    long shuffled = shuffle(index);
    int prefix = TEST_PREFIXES[(int) (shuffled / MIDDLE_DIGITS_RANGE)];
    return withCheckDigit(prefix * MIDDLE_DIGITS_RANGE + shuffled % MIDDLE_DIGITS_RANGE);
  }

  /** A Feistel network permutes 34 bits; walking on until the result is in range keeps it 1:1. */
  private long shuffle(long index) {
    long walked = index;
    do {
      walked = permute(walked);
    } while (walked >= COUNT);
    return walked;
  }

  private long permute(long number) {
    long left = number >>> HALF_BITS;
    long right = number & HALF_MASK;
    for (long key : roundKeys) {
      long next = left ^ (Seed.mix(right + key) & HALF_MASK);
      left = right;
      right = next;
    }
    return left << HALF_BITS | right;
  }

  /** Appends the digit that makes the number valid by Luhn (ISO/IEC 7812-1). */
  private static String withCheckDigit(long payload) {
    byte[] digits = new byte[DIGITS];
    int sum = 0;
    long rest = payload;
    // Two digits at a time: of each pair the second one is doubled, and so is the very first digit.
    for (int at = DIGITS - 3; at > 0; at -= 2) {
      int pair = (int) (rest % 100);
      rest /= 100;
      digits[at] = (byte) ('0' + pair / 10);
      digits[at + 1] = (byte) ('0' + pair % 10);
      sum += LUHN_OF_PAIR[pair];
    }
    digits[0] = (byte) ('0' + rest);
    sum += doubled((int) rest);
    digits[DIGITS - 1] = (byte) ('0' + (10 - sum % 10) % 10);
    return new String(digits, StandardCharsets.ISO_8859_1);
  }

  private static int[] luhnOfPair() {
    int[] sums = new int[100];
    for (int pair = 0; pair < sums.length; pair++) {
      sums[pair] = pair / 10 + doubled(pair % 10);
    }
    return sums;
  }

  /** The sum of the digits of twice a digit. */
  private static int doubled(int digit) {
    return digit > 4 ? 2 * digit - 9 : 2 * digit;
  }
}
