package dev.flagstream.generator.feed;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people type them: {@code 60} or {@code 60s}, {@code 2m}, {@code 1h}, {@code 7d}. */
public final class DurationText {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([smhd]?)");

  private DurationText() {}

  /**
   * Reads a duration above zero.
   *
   * @throws IllegalArgumentException naming the text, if it is none
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a duration above 0: give seconds, or a number with s, m, h or d (60s, 2m, 7d)");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> Duration.ofSeconds(number);
    };
  }

  /** The shortest form that {@link #parse} reads as the same whole seconds. */
  public static String of(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
