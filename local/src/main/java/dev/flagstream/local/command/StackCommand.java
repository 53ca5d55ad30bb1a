package dev.flagstream.local.command;

import dev.flagstream.local.demo.DemoOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command "stack": everything but the generator. */
@Command(
    name = "stack",
    description =
        "Runs broker, SQL server, Connect and store in this process until Ctrl-C, and shows what"
            + " passes; 'generate' or any Kafka producer feeds it.")
public final class StackCommand implements Callable<Integer> {

  @Mixin private WholeStack stack;

  @Override
  public Integer call() throws InterruptedException {
    return stack.run(
        new DemoOptions(
            Optional.empty(),
            0,
            Optional.empty(),
            Duration.ZERO,
            stack.dashboard(),
            stack.metricsPort()));
  }
}
