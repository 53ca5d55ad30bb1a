package dev.flagstream.local.command;

import dev.flagstream.generator.progress.LineInterval;
import dev.flagstream.local.command.elsewhere.MongoElsewhereOptions;
import dev.flagstream.local.health.PartHealth;
import dev.flagstream.local.health.PipelineHealth;
import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.view.StatusScreen;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command "status": in one screen, how each part is, and what to do where one is unwell. */
@Command(
    name = "status",
    description =
        "Asks each part whether it is well: queries that failed, sinks that failed,"
            + " what is left to do, what was set aside. Where something is wrong, it says"
            + " what to do and exits with 1.")
public final class StatusCommand implements Callable<Integer> {

  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

  @Mixin private StackOptions options;
  @Mixin private MongoElsewhereOptions mongo;

  @Option(
      names = "--all",
      description = "Tells everything that is wrong. Default: what fits on 80 columns by 24 lines.")
  private boolean all;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    err.println("Asking Kafka, the SQL server, Connect and MongoDB; this takes some seconds …");
    LineInterval silence = new LineInterval(LONGEST_SILENCE, System::nanoTime);
    List<PartHealth> parts =
        new PipelineHealth(mongo.in(options.settings()))
            .ask(
                question -> {
                  if (silence.isOver()) {
                    err.println("… now asking " + question);
                  }
                });
    StatusScreen.of(parts, all).forEach(out::println);
    return parts.stream().allMatch(each -> each.troubles().isEmpty()) ? 0 : 1;
  }
}
