package dev.flagstream.benchmarks.generator;

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

/**
 * A backfill by the generator in a JVM of its own; prints the records per second from the first
 * until the last is acknowledged, as ProducerPerformance measures, of all records and of those that
 * follow the warm-up. Truth and labels are sent but not counted.
 */
public final class GeneratorProcess {

  static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

  private static final long SEED = 42;
  private static final int CUSTOMERS = 740_000;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration LOOK_EVERY = Duration.ofMillis(2);
  private static final double NANOS_PER_SECOND = 1e9;

  private GeneratorProcess() {}

  /** The world that is sent: about 1,000,000 cards. */
  static Simulation world() {
    return Simulation.of(SimulationParameters.ofCustomers(SEED, CUSTOMERS));
  }

  /** The topics of a run: transactions, truth, labels. */
  static List<String> topics(int run) {
    return List.of("transactions-" + run, "truth-" + run, "labels-" + run);
  }

  /** Arguments: producer settings, numbers of transactions and of those to warm up, run. */
  public static void main(String[] args) throws InterruptedException {
    long records = Long.parseLong(args[1]);
    long warmUp = Long.parseLong(args[2]);
    List<String> topics = topics(Integer.parseInt(args[3]));
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
            KafkaSettings.of(Optional.of(Path.of(args[0])), Optional.empty()),
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
  }
}
