package dev.flagstream.benchmarks.generator;

import dev.flagstream.client.commandline.CommandLines;
import dev.flagstream.generator.feed.Feed;
import dev.flagstream.generator.feed.FeedStream;
import dev.flagstream.generator.feed.LabelDelay;
import dev.flagstream.generator.producer.FeedProducer;
import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.generator.resume.RunStart;
import dev.flagstream.generator.run.FeedRun;
import dev.flagstream.generator.run.RunPlan;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.generator.simulation.SimulationParameters;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A backfill by the generator in a JVM of its own; prints the records per second from the first
 * until the last is acknowledged, as ProducerPerformance measures, of all records and of those that
 * follow the warm-up. Truth and labels are sent but not counted.
 */
@Command(
    name = "generator-process",
    mixinStandardHelpOptions = true,
    description = "Sends a backfill to Kafka and prints transactions per second.")
final class GeneratorProcess implements Callable<Integer> {

  static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

  private static final long SEED = 42;
  private static final int CUSTOMERS = 740_000;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration LOOK_EVERY = Duration.ofMillis(2);
  private static final double NANOS_PER_SECOND = 1e9;

  @Option(names = "--config", required = true, description = "File of producer settings.")
  private Path config;

  @Option(
      names = "--records",
      required = true,
      description = "How many transactions to send, the warm-up among them.")
  private long records;

  @Option(
      names = "--warm-up",
      required = true,
      description = "How many of them are not part of the second figure.")
  private long warmUp;

  @Option(names = "--run", required = true, description = "Number that names the topics.")
  private int number;

  /** The world that is sent: about 1,000,000 cards. */
  static Simulation world() {
    return Simulation.of(SimulationParameters.ofCustomers(SEED, CUSTOMERS));
  }

  /** The topics of a run: transactions, truth, labels. */
  static List<String> topics(int run) {
    return List.of("transactions-" + run, "truth-" + run, "labels-" + run);
  }

  /** Sends, prints the two rates and ends this JVM. */
  public static void main(String[] args) {
    System.exit(CommandLines.of(new GeneratorProcess()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    List<String> topics = topics(number);
    RunPlan plan =
        new RunPlan(
            world(),
            SEED,
            LabelDelay.parse("1h"),
            Feed.Labels.DUE,
            Optional.empty(),
            START.toEpochMilli(),
            START.plus(Duration.ofDays(30)).toEpochMilli(),
            records,
            false,
            RunStart.Fresh.CONTINUE,
            Optional.empty());
    try (FeedRun run =
        FeedRun.open(
            plan,
            KafkaSettings.of(Optional.of(config), Optional.empty()),
            Map.of(
                FeedStream.TRANSACTIONS, topics.get(0),
                FeedStream.TRUTH, topics.get(1),
                FeedStream.LABELS, topics.get(2)))) {
      FeedProducer producer = run.producer();
      long startNanos = System.nanoTime();
      producer.start();
      while (producer.counts().acknowledged() < warmUp && !producer.awaitEnd(LOOK_EVERY)) {
        // Not warm yet.
      }
      long warm = producer.counts().acknowledged();
      long warmNanos = System.nanoTime();
      boolean ended = producer.awaitEnd(PATIENCE);
      long endNanos = System.nanoTime();
      producer
          .firstFailure()
          .ifPresent(
              failure -> {
                throw new IllegalStateException("the run broke off", failure);
              });
      if (!ended || producer.counts().acknowledged() != records) {
        throw new IllegalStateException("acknowledged " + producer.counts());
      }
      System.out.println(
          String.format(
              Locale.ROOT,
              "%.1f %.1f",
              records * NANOS_PER_SECOND / (endNanos - startNanos),
              (records - warm) * NANOS_PER_SECOND / (endNanos - warmNanos)));
    }
    return CommandLine.ExitCode.OK;
  }
}
