package dev.flagstream.report;

import java.util.Locale;

/** Sentences with numbers that look the same on every machine: 1,234.5, whatever its language. */
public final class PlainText {

  private PlainText() {}

  /** As {@link String#format}, in no country's notation. */
  public static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
