package dev.flagstream.generator.run;

import dev.flagstream.generator.feed.Feed;
import dev.flagstream.generator.feed.LabelDelay;
import dev.flagstream.generator.resume.RunStart;
import dev.flagstream.generator.simulation.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run makes.
 *
 * @param simulation the world whose transactions are sent
 * @param seed from which the delays of labels follow
 * @param delay from a fraud to its label
 * @param labels which labels are sent
 * @param truthFile takes the truth instead of a topic
 * @param startMs event time of the beginning, milliseconds since the epoch; a run that has begun
 *     already keeps its own
 * @param endMs the first event time that no longer belongs, or {@link Feed#ENDLESS}
 * @param maxPayments how many transactions are sent at most, or {@link Long#MAX_VALUE}
 * @param paced whether event time passes as fast as time itself; otherwise as fast as possible
 * @param fresh whether a run that has begun already goes on
 * @param catchUp a run that ended longer than this before {@code startMs} starts anew; empty if it
 *     goes on in any case
 * @param warmUp how long the rate climbs from nothing at the beginning of the run; zero for not at
 *     all
 */
public record RunPlan(
    Simulation simulation,
    long seed,
    LabelDelay delay,
    Feed.Labels labels,
    Optional<Path> truthFile,
    long startMs,
    long endMs,
    long maxPayments,
    boolean paced,
    RunStart.Fresh fresh,
    Optional<Duration> catchUp,
    Duration warmUp) {

  /** No profile has more frauds than this share of its transactions. */
  private static final double HIGHEST_FRAUD_SHARE = 0.01;

  private static final double MS_PER_SECOND = 1_000;

  public RunPlan {
    Objects.requireNonNull(simulation, "simulation");
    Objects.requireNonNull(delay, "delay");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(truthFile, "truthFile");
    Objects.requireNonNull(fresh, "fresh");
    Objects.requireNonNull(catchUp, "catchUp");
    Objects.requireNonNull(warmUp, "warmUp");
    if (endMs <= startMs) {
      throw new IllegalArgumentException("the end of the run must come after its start");
    }
    requireThatLabelsFit(simulation, delay, labels, startMs, endMs);
  }

  /** A run that has its rate at once. */
  public RunPlan(
      Simulation simulation,
      long seed,
      LabelDelay delay,
      Feed.Labels labels,
      Optional<Path> truthFile,
      long startMs,
      long endMs,
      long maxPayments,
      boolean paced,
      RunStart.Fresh fresh,
      Optional<Duration> catchUp) {
    this(
        simulation,
        seed,
        delay,
        labels,
        truthFile,
        startMs,
        endMs,
        maxPayments,
        paced,
        fresh,
        catchUp,
        Duration.ZERO);
  }

  /**
   * The same plan, of now: a live run whose beginning has passed while it got ready begins now and
   * is as long as it was to be, so that it does not start with what it has missed, all at once.
   *
   * @param nowMs milliseconds since the epoch
   */
  RunPlan asOf(long nowMs) {
    if (!paced || nowMs <= startMs) {
      return this;
    }
    return new RunPlan(
        simulation,
        seed,
        delay,
        labels,
        truthFile,
        nowMs,
        endMs == Feed.ENDLESS ? endMs : endMs + (nowMs - startMs),
        maxPayments,
        true,
        fresh,
        catchUp,
        warmUp);
  }

  /** Labels that wait are kept in memory: refuses to start rather than fail days later. */
  private static void requireThatLabelsFit(
      Simulation simulation, LabelDelay delay, Feed.Labels labels, long startMs, long endMs) {
    double waitedMs = Math.min(delay.meanMs(), (double) endMs - startMs);
    double waiting = simulation.meanPerSecond() * HIGHEST_FRAUD_SHARE * waitedMs / MS_PER_SECOND;
    if (labels != Feed.Labels.NONE && waiting > Feed.MAX_PENDING_LABELS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "at %,.0f transactions per second and a label delay of %s, %,.0f labels would wait in"
                  + " memory (at most %,d may): give a shorter --label-delay, a lower --rate, or"
                  + " --labels none",
              simulation.meanPerSecond(),
              delay,
              waiting,
              Feed.MAX_PENDING_LABELS));
    }
  }
}
