package dev.flagstream.local.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A port of which 0 means something of its own. */
final class OptionalPort {

  private static final int HIGHEST = 65_535;

  private OptionalPort() {}

  /**
   * Returns the port if it is one, or 0.
   *
   * @param option its name, for the error
   * @throws ParameterException if it is outside 0 to 65535
   */
  static int checked(CommandSpec command, String option, int port) {
    if (port < 0 || port > HIGHEST) {
      throw new ParameterException(
          command.commandLine(), option + " is " + port + "; a port lies between 0 and " + HIGHEST);
    }
    return port;
  }
}
