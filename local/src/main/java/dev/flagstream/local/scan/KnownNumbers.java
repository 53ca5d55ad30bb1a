package dev.flagstream.local.scan;

import java.util.Arrays;

/**
 * The card numbers to look for, eight bytes each. To be filled by one thread; after the first
 * question no more are taken, and any thread may ask.
 */
final class KnownNumbers {

  static final int SHORTEST = 12;
  static final int LONGEST = 19;

  /** Of a longer number only this many last digits are compared: they fit into a long. */
  private static final int COMPARED = 18;

  private static final int LENGTH_SHIFT = 60;

  /** Eight MiB: with five million numbers it lets one question of thirteen pass. */
  private static final int FILTER_BITS = 26;

  private static final long SPREAD = 0x9E3779B97F4A7C15L;
  private static final long[] POWERS = powers();

  private final long[] filter = new long[1 << (FILTER_BITS - 6)];
  private long[] numbers = new long[1_024];
  private int size;
  private int lengths;
  private boolean sorted = true;

  private static long[] powers() {
    long[] powers = new long[COMPARED + 1];
    powers[0] = 1;
    for (int i = 1; i <= COMPARED; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }

  /**
   * Adds a number, once or more often.
   *
   * @param digits digits alone; what is shorter than {@value #SHORTEST} or longer than {@value
   *     #LONGEST} is no card number and left out
   */
  void add(String digits) {
    if (digits.length() < SHORTEST || digits.length() > LONGEST) {
      return;
    }
    long last = Long.parseLong(digits.substring(Math.max(0, digits.length() - COMPARED)));
    long key = key(last, digits.length());
    if (maybe(key) && sorted && Arrays.binarySearch(numbers, 0, size, key) >= 0) {
      return;
    }
    if (size == numbers.length) {
      sort();
      numbers = Arrays.copyOf(numbers, Math.max(2 * size, numbers.length));
    }
    numbers[size++] = key;
    sorted = false;
    lengths |= 1 << digits.length();
    int bit = bit(key);
    filter[bit >>> 6] |= 1L << bit;
  }

  /** How many different numbers there are. */
  int count() {
    sort();
    return size;
  }

  /** Whether what ends in these digits ends in a known number. */
  boolean isEnd(long last18, int digits) {
    for (int length = SHORTEST; length <= Math.min(LONGEST, digits); length++) {
      if ((lengths & (1 << length)) != 0
          && contains(key(last18 % POWERS[Math.min(length, COMPARED)], length))) {
        return true;
      }
    }
    return false;
  }

  /** Whether this is a known number of at most {@value #COMPARED} digits. */
  boolean isNumber(long value) {
    if (value < POWERS[SHORTEST - 1] || value >= POWERS[COMPARED]) {
      return false;
    }
    int length = SHORTEST;
    while (value >= POWERS[length]) {
      length++;
    }
    return contains(key(value, length));
  }

  private static long key(long last, int length) {
    return last | ((long) (length - SHORTEST) << LENGTH_SHIFT);
  }

  private boolean contains(long key) {
    if (!maybe(key)) {
      return false;
    }
    sort();
    return Arrays.binarySearch(numbers, 0, size, key) >= 0;
  }

  private boolean maybe(long key) {
    int bit = bit(key);
    return (filter[bit >>> 6] & (1L << bit)) != 0;
  }

  private static int bit(long key) {
    return (int) ((key * SPREAD) >>> (Long.SIZE - FILTER_BITS));
  }

  private void sort() {
    if (sorted) {
      return;
    }
    Arrays.sort(numbers, 0, size);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || numbers[i] != numbers[kept - 1]) {
        numbers[kept++] = numbers[i];
      }
    }
    size = kept;
    sorted = true;
  }
}
