package dev.flagstream.local.command;

import dev.flagstream.local.health.PartHealth;
import dev.flagstream.local.health.PartHealth.Trouble;
import dev.flagstream.local.health.PipelineHealth;
import dev.flagstream.local.settings.StackOptions;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command "status": in one screen, how each part is, and what to do where one is unwell. */
@Command(
    name = "status",
    description =
        "Asks each part whether it is well: queries that failed, sinks that failed,"
            + " what is left to do, what was set aside. Where something is wrong, it says"
            + " what to do and exits with 1.")
public final class StatusCommand implements Callable<Integer> {

  @Mixin private StackOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<PartHealth> parts = new PipelineHealth(options.settings()).ask();
    parts.forEach(
        each -> out.printf("%-10s  %-27s  %s%n", each.part(), each.address(), each.state()));
    out.println();
    List<Trouble> troubles = parts.stream().flatMap(each -> each.troubles().stream()).toList();
    if (troubles.isEmpty()) {
      out.println("All is well.");
      return 0;
    }
    out.println(
        troubles.size() == 1 ? "One thing is wrong:" : troubles.size() + " things are wrong:");
    for (Trouble trouble : troubles) {
      out.println("  " + trouble.what());
      out.println("    → " + trouble.advice());
    }
    return 1;
  }
}
