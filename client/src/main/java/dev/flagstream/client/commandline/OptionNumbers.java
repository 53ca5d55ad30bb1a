package dev.flagstream.client.commandline;

import java.math.BigInteger;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads numbers of options; what is none is told without the names of Java's types. */
final class OptionNumbers {

  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,100}");

  private OptionNumbers() {}

  /** Lets a command line read its numbers so. */
  static CommandLine readBy(CommandLine command) {
    return command
        .registerConverter(Integer.class, new Ints())
        .registerConverter(Integer.TYPE, new Ints())
        .registerConverter(Long.class, new Longs())
        .registerConverter(Long.TYPE, new Longs())
        .registerConverter(Double.class, new Doubles())
        .registerConverter(Double.TYPE, new Doubles());
  }

  // No lambdas: picocli's class files are too old for a class archive, and Java 17 crashes while it
  // writes one if a class has two lambdas of one shape for such an interface.

  private static final class Ints implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      try {
        return whole(text).intValueExact();
      } catch (ArithmeticException e) {
        throw tooLarge(text);
      }
    }
  }

  private static final class Longs implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      try {
        return whole(text).longValueExact();
      } catch (ArithmeticException e) {
        throw tooLarge(text);
      }
    }
  }

  private static final class Doubles implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      try {
        return Double.valueOf(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'" + text + "' is not a number");
      }
    }
  }

  private static BigInteger whole(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new TypeConversionException("'" + text + "' is not a whole number");
    }
    return new BigInteger(text);
  }

  private static TypeConversionException tooLarge(String text) {
    return new TypeConversionException("'" + text + "' is too large a number");
  }
}
