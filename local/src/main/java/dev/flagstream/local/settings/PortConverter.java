package dev.flagstream.local.settings;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a TCP port. */
final class PortConverter implements ITypeConverter<Integer> {

  @Override
  public Integer convert(String text) {
    try {
      int port = Integer.parseInt(text);
      if (Ports.isPort(port)) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw notAPort(text, e);
    }
    throw notAPort(text, null);
  }

  private static TypeConversionException notAPort(String text, Throwable cause) {
    TypeConversionException problem =
        new TypeConversionException(
            "'" + text + "' is not a port; a port lies between 1 and 65535");
    problem.initCause(cause);
    return problem;
  }
}
