package dev.flagstream.local.command;

import dev.flagstream.generator.simulation.Rate;
import dev.flagstream.local.component.StopSignal;
import dev.flagstream.local.demo.Demo;
import dev.flagstream.local.demo.DemoOptions;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.stack.DataDirectory;
import dev.flagstream.local.view.LiveView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command "rehearse": a short demo on free ports that leaves nothing behind. What it loads is
 * what the class archive holds.
 */
@Command(
    name = "rehearse",
    hidden = true,
    description =
        "Runs the whole pipeline for some seconds, on free ports and data of its own which are"
            + " removed again. The class archive is made from it.")
public final class RehearseCommand implements Callable<Integer> {

  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "The project's root. Default: ${DEFAULT-VALUE}.")
  private Path home;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "How long to generate. Default: ${DEFAULT-VALUE}.")
  private long durationSeconds;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("flagstream-rehearsal");
    try {
      return rehearse(new StackSettings(home, folder, FreePorts.pick()));
    } finally {
      Utils.delete(folder.toFile());
    }
  }

  private int rehearse(StackSettings settings) throws IOException, InterruptedException {
    try (DataDirectory data = DataDirectory.open(settings)) {
      data.requireLayout();
      data.ensureCardTokenKey();
      try (LiveView view = LiveView.open()) {
        DemoOptions options =
            new DemoOptions(
                Optional.of(Rate.perSecond(1_000)),
                42,
                Optional.of(Duration.ofSeconds(durationSeconds)),
                Duration.ZERO,
                Optional.of(new DemoOptions.DashboardChoice(0, Optional.empty())),
                OptionalInt.of(0));
        return new Demo(settings, options, StopSignal.install(), view).run() ? 0 : 1;
      }
    }
  }
}
