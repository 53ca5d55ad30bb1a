package dev.flagstream.generator;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how long a run lasts: {@code 60} or {@code 60s}, {@code 2m}, {@code 1h}. */
final class DurationConverter implements ITypeConverter<Duration> {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([smh]?)");

  @Override
  public Duration convert(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw notADuration(text);
    }
    long number = Long.parseLong(matcher.group(1));
    if (number == 0) {
      throw notADuration(text);
    }
    return switch (matcher.group(2)) {
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofSeconds(number);
    };
  }

  private static TypeConversionException notADuration(String text) {
    return new TypeConversionException(
        "'" + text + "' is no duration: give seconds, or a number with s, m or h (60s, 2m)");
  }
}
