package dev.flagstream.local.demo;

import dev.flagstream.generator.feed.Feed;
import dev.flagstream.generator.feed.FeedStream;
import dev.flagstream.generator.feed.LabelDelay;
import dev.flagstream.generator.producer.SendCounts;
import dev.flagstream.generator.resume.RunStart;
import dev.flagstream.generator.run.FeedRun;
import dev.flagstream.generator.run.RunPlan;
import dev.flagstream.generator.simulation.Rate;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.local.component.Component;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.StackSettings;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The generator in this process: transactions of now, the truth at once, labels soon after. */
final class GeneratorRun implements Component {

  /** Soon enough for people who watch to see labels come in, each at its own time. */
  private static final LabelDelay LABEL_DELAY = LabelDelay.parse("exponential:20s");

  private static final Map<FeedStream, String> TOPICS =
      Map.of(
          FeedStream.TRANSACTIONS, Environment.INPUT_TOPIC,
          FeedStream.TRUTH, Environment.TRUTH_TOPIC,
          FeedStream.LABELS, Environment.LABELS_TOPIC);

  private static final long NOTABLE_MS = 10_000;
  private static final long MS_PER_SECOND = 1_000;

  private final FeedRun run;

  private GeneratorRun(FeedRun run) {
    this.run = run;
  }

  /**
   * Begins to send. What happened since an earlier demo is left out: nobody wants to wait for it.
   *
   * @param seed from which the delays of labels follow
   */
  static GeneratorRun start(StackSettings settings, Simulation world, long seed, Rate rate) {
    RunPlan plan =
        new RunPlan(
            world,
            seed,
            LABEL_DELAY,
            Feed.Labels.DUE,
            Optional.empty(),
            System.currentTimeMillis(),
            Feed.ENDLESS,
            Long.MAX_VALUE,
            rate.paced(),
            RunStart.Fresh.OR_LATER,
            Optional.empty());
    FeedRun run = FeedRun.open(plan, settings.kafka(), TOPICS);
    run.producer().start();
    return new GeneratorRun(run);
  }

  /**
   * What to tell people if the data are ahead of the clock, because it was set back since or
   * because they have future dates. The run's transactions then follow the newest there is.
   */
  Optional<String> startInTheFuture() {
    long aheadMs = run.startMs() - System.currentTimeMillis();
    return aheadMs < NOTABLE_MS
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "The newest transaction in the data is dated %s, %,d s ahead of this machine's"
                    + " clock: new ones are dated after it. Set the clock, or start anew with"
                    + " --fresh (make: FRESH=1).",
                Instant.ofEpochMilli(run.startMs() - 1),
                aheadMs / MS_PER_SECOND));
  }

  /** The counts of the transactions. */
  SendCounts counts() {
    return run.producer().counts();
  }

  /**
   * Throws if no more transactions will come, so that nobody waits for them.
   *
   * @throws StackException with the first thing that went wrong, if anything did
   */
  void requireHealthy() {
    run.producer()
        .firstFailure()
        .ifPresent(
            failure -> {
              throw new StackException("The generator failed: " + failure.getMessage(), failure);
            });
  }

  @Override
  public String name() {
    return "generator";
  }

  /**
   * Stops sending and waits until everything sent has an outcome, which the counts then include.
   */
  void finish() {
    run.producer().close();
  }

  @Override
  public void close() {
    run.close();
  }
}
