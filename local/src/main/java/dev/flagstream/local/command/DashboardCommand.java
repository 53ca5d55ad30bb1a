package dev.flagstream.local.command;

import dev.flagstream.dashboard.Dashboard;
import dev.flagstream.dashboard.DashboardException;
import dev.flagstream.dashboard.DashboardSettings;
import dev.flagstream.local.command.elsewhere.ElsewhereOptions;
import dev.flagstream.local.component.StopSignal;
import dev.flagstream.local.failure.ExitCodes;
import dev.flagstream.local.failure.LogFile;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.settings.StackSettings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command "dashboard": the page alone, for whatever pipeline runs. */
@Command(
    name = "dashboard",
    description =
        "Serves the page of flagged transactions on this machine until Ctrl-C, for the pipeline"
            + " that runs: the local stack, or a cluster by --sql-url and --mongo-uri.")
public final class DashboardCommand implements Callable<Integer> {

  @Mixin private StackOptions options;
  @Mixin private DashboardOptions dashboardOptions;
  @Mixin private ElsewhereOptions elsewhere;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      defaultValue = DashboardSettings.LOOPBACK,
      description =
          "The address that it listens on: 0.0.0.0 in a container whose port is published on the"
              + " loopback. It answers to no name but 127.0.0.1 and localhost. Default:"
              + " ${DEFAULT-VALUE}.")
  private String address;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    StackSettings settings = options.settings();
    LogFile.use(settings.data().resolve("logs/dashboard.log"));
    StopSignal stop = StopSignal.install();
    try (Dashboard dashboard =
        Dashboard.start(
            new DashboardSettings(
                address,
                dashboardOptions.port(),
                elsewhere.sqlUrl(settings),
                elsewhere.sqlLogin(),
                elsewhere.mongoUri(settings),
                settings.models(),
                dashboardOptions.analyst()))) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("The dashboard is at " + dashboard.uri() + "; Ctrl-C stops it");
      out.flush();
      stop.await();
    } catch (DashboardException e) {
      throw new StackException(ExitCodes.USAGE, e.getMessage(), e);
    }
    return stop.exitCode();
  }
}
