package dev.flagstream.local.command;

import dev.flagstream.dashboard.DashboardSettings;
import picocli.CommandLine.Option;

/** The option that says where the dashboard is. */
final class DashboardPort {

  private static final int HIGHEST = 65_535;

  @Option(
      names = "--dashboard-port",
      paramLabel = "PORT",
      defaultValue = "" + DashboardSettings.DEFAULT_PORT,
      description = "The dashboard; 0 for any free port. Default: ${DEFAULT-VALUE}.")
  private int number;

  /**
   * The port.
   *
   * @throws IllegalArgumentException if it is none
   */
  int number() {
    if (number < 0 || number > HIGHEST) {
      throw new IllegalArgumentException(
          "--dashboard-port is " + number + "; a port lies between 0 and " + HIGHEST);
    }
    return number;
  }
}
