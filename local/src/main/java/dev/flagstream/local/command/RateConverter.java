package dev.flagstream.local.command;

import dev.flagstream.generator.simulation.Rate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a rate as the generator does. */
final class RateConverter implements ITypeConverter<Rate> {

  @Override
  public Rate convert(String text) {
    try {
      return Rate.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
