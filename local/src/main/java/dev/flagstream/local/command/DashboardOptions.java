package dev.flagstream.local.command;

import dev.flagstream.dashboard.DashboardSettings;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say where the dashboard is, and what it lets people do. */
final class DashboardOptions {

  @Option(
      names = "--dashboard-port",
      paramLabel = "PORT",
      defaultValue = "" + DashboardSettings.DEFAULT_PORT,
      description = "The dashboard; 0 for any free port. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--verdicts",
      description =
          "Lets the user of --user say on the dashboard what is fraud; without it, the"
              + " dashboard is read-only.")
  private boolean verdicts;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "Who gives verdicts on the dashboard.")
  private String user;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /**
   * The port.
   *
   * @throws ParameterException if it is outside 0 to 65535
   */
  int port() {
    return OptionalPort.checked(command, "--dashboard-port", port);
  }

  /**
   * The name of the person who gives verdicts; empty if nobody does.
   *
   * @throws ParameterException if verdicts are wanted and nobody is named, or the other way round
   */
  Optional<String> analyst() {
    if (verdicts != (user != null && !user.isBlank())) {
      throw new ParameterException(
          command.commandLine(), "--verdicts and --user NAME belong together: give both or none");
    }
    return verdicts ? Optional.of(user.strip()) : Optional.empty();
  }
}
