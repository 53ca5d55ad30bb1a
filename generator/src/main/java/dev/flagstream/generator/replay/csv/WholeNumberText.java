package dev.flagstream.generator.replay.csv;

import java.util.regex.Pattern;

/** Whole numbers as other programs write them. */
public final class WholeNumberText {

  private static final Pattern ZERO_FRACTION = Pattern.compile("(?<=[0-9])\\.0*+$");

  private WholeNumberText() {}

  /**
   * The text without a fraction of zeros: pandas writes the whole numbers of a column as {@code
   * 1.0} once one of its values is missing.
   */
  public static String of(String text) {
    return ZERO_FRACTION.matcher(text).replaceFirst("");
  }
}
