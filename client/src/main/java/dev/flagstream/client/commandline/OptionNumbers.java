package dev.flagstream.client.commandline;

import java.math.BigInteger;
import java.util.function.Function;
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
    ITypeConverter<Integer> integers = whole(BigInteger::intValueExact);
    ITypeConverter<Long> longs = whole(BigInteger::longValueExact);
    return command
        .registerConverter(Integer.class, integers)
        .registerConverter(Integer.TYPE, integers)
        .registerConverter(Long.class, longs)
        .registerConverter(Long.TYPE, longs)
        .registerConverter(Double.class, OptionNumbers::real)
        .registerConverter(Double.TYPE, OptionNumbers::real);
  }

  private static <T> ITypeConverter<T> whole(Function<BigInteger, T> narrowed) {
    return text -> {
      if (!WHOLE.matcher(text).matches()) {
        throw new TypeConversionException("'" + text + "' is not a whole number");
      }
      try {
        return narrowed.apply(new BigInteger(text));
      } catch (ArithmeticException e) {
        throw new TypeConversionException("'" + text + "' is too large a number");
      }
    };
  }

  private static double real(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is not a number");
    }
  }
}
