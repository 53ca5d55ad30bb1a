package dev.flagstream.generator.option;

import dev.flagstream.generator.feed.LabelDelay;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how long labels take, such as {@code 7d} or {@code exponential:20s}. */
public final class LabelDelayConverter implements ITypeConverter<LabelDelay> {

  @Override
  public LabelDelay convert(String text) {
    try {
      return LabelDelay.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
