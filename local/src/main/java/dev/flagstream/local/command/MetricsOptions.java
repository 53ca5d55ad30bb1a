package dev.flagstream.local.command;

import dev.flagstream.local.metrics.MetricsEndpoint;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that says where Prometheus finds the metrics. */
final class MetricsOptions {

  private static final int HIGHEST = 65_535;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      defaultValue = "" + MetricsEndpoint.DEFAULT_PORT,
      description = "Metrics for Prometheus; 0 for none. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /**
   * The port; empty if no metrics are wanted.
   *
   * @throws ParameterException if it is outside 0 to 65535
   */
  OptionalInt port() {
    if (port < 0 || port > HIGHEST) {
      throw new ParameterException(
          command.commandLine(),
          "--metrics-port is " + port + "; a port lies between 0 and " + HIGHEST);
    }
    return port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
  }
}
