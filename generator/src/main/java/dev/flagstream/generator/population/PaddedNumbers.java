package dev.flagstream.generator.population;

import java.nio.charset.StandardCharsets;

/** Ids such as {@code C000123}, made faster than a format would. */
public final class PaddedNumbers {

  private static final int MAX_DIGITS = 19;

  private PaddedNumbers() {}

  /**
   * A letter and a number with leading zeros.
   *
   * @param number 0 or more; one with more digits than asked for is written in full
   */
  public static String of(char letter, long number, int minDigits) {
    byte[] text = new byte[MAX_DIGITS + 1];
    int at = text.length;
    long rest = number;
    do {
      text[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0 || text.length - at < minDigits);
    text[--at] = (byte) letter;
    return new String(text, at, text.length - at, StandardCharsets.ISO_8859_1);
  }
}
