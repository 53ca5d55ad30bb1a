package dev.flagstream.local.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads how many seconds to wait. A time that is below 0, or that nobody waits for, is refused
 * before anything is read.
 */
final class PatienceConverter implements ITypeConverter<Long> {

  private static final long A_YEAR = 31_536_000;

  @Override
  public Long convert(String text) {
    if (!text.matches("[0-9]{1,8}") || Long.parseLong(text) > A_YEAR) {
      throw new TypeConversionException(
          "'%s' is no number of seconds from 0 to %d (a year)".formatted(text, A_YEAR));
    }
    return Long.valueOf(text);
  }
}
