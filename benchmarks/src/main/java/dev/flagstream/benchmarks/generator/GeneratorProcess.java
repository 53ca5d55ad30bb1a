package dev.flagstream.benchmarks.generator;

import dev.flagstream.generator.feed.Feed;
import dev.flagstream.generator.feed.FeedStream;
import dev.flagstream.generator.feed.LabelDelay;
import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.generator.resume.RunStart;
import dev.flagstream.generator.run.FeedRun;
import dev.flagstream.generator.run.RunPlan;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.generator.simulation.SimulationParameters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A backfill by the generator in a JVM of its own; prints the records per second from the first
 * until the last is acknowledged, as ProducerPerformance measures. Truth and labels are sent but
 * not counted.
 */
public final class GeneratorProcess {

  static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

  private static final long SEED = 42;
  private static final int CUSTOMERS = 740_000;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
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

  /** Arguments: bootstrap servers, number of transactions, number of the run. */
  public static void main(String[] args) throws InterruptedException {
    long records = Long.parseLong(args[1]);
    List<String> topics = topics(Integer.parseInt(args[2]));
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
            KafkaSettings.of(args[0]),
            Map.of(
                FeedStream.TRANSACTIONS, topics.get(0),
                FeedStream.TRUTH, topics.get(1),
                FeedStream.LABELS, topics.get(2)))) {
      long startNanos = System.nanoTime();
      run.producer().start();
      boolean ended = run.producer().awaitEnd(PATIENCE);
      long nanos = System.nanoTime() - startNanos;
      run.producer()
          .firstFailure()
          .ifPresent(
              failure -> {
                throw new IllegalStateException("the run broke off", failure);
              });
      if (!ended || run.producer().counts().acknowledged() != records) {
        throw new IllegalStateException("acknowledged " + run.producer().counts());
      }
      System.out.println(String.format(Locale.ROOT, "%.1f", records * NANOS_PER_SECOND / nanos));
    }
  }
}
