package dev.flagstream.local.command;

import dev.flagstream.local.component.StopSignal;
import dev.flagstream.local.demo.Demo;
import dev.flagstream.local.demo.DemoOptions;
import dev.flagstream.local.failure.ExitCodes;
import dev.flagstream.local.failure.LogFile;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.stack.DataDirectory;
import dev.flagstream.local.stack.PortCheck;
import dev.flagstream.local.view.LiveView;
import dev.flagstream.local.vitals.Vitals;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands that run the whole stack have in common. */
final class WholeStack {

  /** What the launcher says of the archive that makes starts quick. */
  private static final String CLASS_ARCHIVE =
      System.getProperty("flagstream.class.archive", "none, because the jar was started directly");

  @Mixin private StackOptions options;

  @Option(names = "--fresh", description = "Deletes the data of earlier runs first.")
  private boolean fresh;

  @Mixin private DashboardOptions dashboardOptions;

  @Option(names = "--no-dashboard", description = "Without the dashboard.")
  private boolean withoutDashboard;

  @Mixin private MetricsOptions metricsOptions;

  /** Where metrics are wanted; empty for nowhere. */
  OptionalInt metricsPort() {
    return metricsOptions.port();
  }

  /** The dashboard that is wanted; empty for none. */
  Optional<DemoOptions.DashboardChoice> dashboard() {
    return withoutDashboard
        ? Optional.empty()
        : Optional.of(
            new DemoOptions.DashboardChoice(dashboardOptions.port(), dashboardOptions.analyst()));
  }

  /** Runs until the end of its duration, Ctrl-C or SIGTERM; gives the exit code. */
  int run(DemoOptions demo) throws InterruptedException {
    StackSettings settings = options.settings();
    // First the data: a second demo finds the ports taken, too, but the data in use are the reason.
    DataDirectory.requireUnused(settings);
    PortCheck.requireFree(settings.ports());
    StopSignal stop = StopSignal.install();
    try (DataDirectory data = DataDirectory.open(settings)) {
      if (fresh) {
        data.clear();
      }
      data.requireLayout();
      // Only now: the log lies in the directory that may just have been cleared.
      LogFile.use(settings.logFile());
      LoggerFactory.getLogger(WholeStack.class).warn("Class archive: {}", CLASS_ARCHIVE);
      data.ensureCardTokenKey();
      data.ensureWebhookSecret();
      try (LiveView view = LiveView.open();
          Vitals vitals = new Vitals(settings.data(), stop, view::say, true)) {
        stop.answerWith(() -> view.say("Stopping in order; Ctrl-C once more ends it at once"));
        vitals.watch();
        return run(settings, demo, stop, view);
      }
    }
  }

  private static int run(
      StackSettings settings, DemoOptions options, StopSignal stop, LiveView view)
      throws InterruptedException {
    boolean balanced = false;
    try {
      balanced = new Demo(settings, options, stop, view).run();
    } catch (StopSignal.StoppedException e) {
      view.say("Stopped before the end");
    } catch (RuntimeException e) {
      // What asked for the stop, such as a full disk, is why this broke.
      stop.failure().ifPresent(e::addSuppressed);
      throw stop.failure().<RuntimeException>map(failure -> failure).orElse(e);
    }
    if (!stop.isRequested()) {
      return balanced ? ExitCodes.OK : ExitCodes.FAILED;
    }
    stop.failure().ifPresent(WholeStack::raise);
    view.say(
        "Stopped. The data are kept in %s: the same command goes on where it was, with --fresh (make: FRESH=1) it starts anew."
            .formatted(settings.data()));
    return stop.exitCode();
  }

  private static void raise(StackException failure) {
    throw failure;
  }
}
