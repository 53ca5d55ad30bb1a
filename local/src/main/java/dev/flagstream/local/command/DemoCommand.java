package dev.flagstream.local.command;

import dev.flagstream.generator.option.DurationConverter;
import dev.flagstream.generator.simulation.Rate;
import dev.flagstream.local.demo.DemoOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command "demo": the whole pipeline on generated transactions. */
@Command(
    name = "demo",
    description =
        "Runs the whole pipeline in this process: generates transactions, judges them by the SQL"
            + " scripts, stores the flagged ones, and shows it. With --duration it ends by itself,"
            + " checks that everything is accounted for, and exits with 1 if not.")
public final class DemoCommand implements Callable<Integer> {

  @Mixin private WholeStack stack;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "1000",
      converter = RateConverter.class,
      description =
          "Transactions per second; 'max' or 0 sends as fast as possible. Default: ${DEFAULT-VALUE}.")
  private Rate rate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "The same seed makes the same customers and habits. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long to generate: 60 or 60s, 2m, 1h. Default: until Ctrl-C.")
  private Duration duration;

  @Option(
      names = "--latency-after",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "Leaves the transactions of so long out of the latencies, while all is getting warm."
              + " Default: leaves none out.")
  private Duration warmUp = Duration.ZERO;

  @Override
  public Integer call() throws InterruptedException {
    return stack.run(
        new DemoOptions(
            Optional.of(rate),
            seed,
            Optional.ofNullable(duration),
            warmUp,
            stack.dashboard(),
            stack.metricsPort()));
  }
}
