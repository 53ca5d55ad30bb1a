package dev.flagstream.generator.option;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a date, which begins at midnight UTC, an instant, or {@code now}. */
public final class DateConverter implements ITypeConverter<Instant> {

  @Override
  public Instant convert(String text) {
    if (text.equalsIgnoreCase("now")) {
      return Instant.now();
    }
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "'" + text + "' is not a date: give 2026-01-31, 2026-01-31T12:00:00Z or now");
    }
  }
}
