package dev.flagstream.report;

import java.util.Locale;

/** Sentences with numbers that look the same on every machine: 1,234.5, whatever its language. */
public final class PlainText {

  private PlainText() {}

  /** As {@link String#format}, in no country's notation. */
  public static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /**
   * How many of something: "1 card", "2,000 cards".
   *
   * @param one the word for one of them, whose plural ends with an s
   */
  public static String counted(long number, String one) {
    return text("%,d %s%s", number, one, number == 1 ? "" : "s");
  }
}
