package dev.flagstream.local.command;

import dev.flagstream.local.metrics.MetricsEndpoint;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that says where Prometheus finds the metrics. */
final class MetricsOptions {

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
    int checked = OptionalPort.checked(command, "--metrics-port", port);
    return checked == 0 ? OptionalInt.empty() : OptionalInt.of(checked);
  }
}
