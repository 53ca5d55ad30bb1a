package dev.flagstream.local.demo;

import com.mongodb.client.MongoDatabase;
import dev.flagstream.local.flow.FlowCounts;
import dev.flagstream.local.flow.FlowMonitor;
import dev.flagstream.local.flow.TopicReader;
import dev.flagstream.local.ledger.DeadLetters;
import dev.flagstream.local.ledger.Expectation;
import dev.flagstream.local.ledger.Findings;
import dev.flagstream.local.ledger.Ledger;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.StackSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Waits, by counting, until everything that was put in has come out, and compares.
 *
 * <p>It gives up when nothing has moved for a while; what is still open then shows in the result.
 */
final class Settlement {

  private static final Duration POLL = Duration.ofMillis(250);

  private final StackSettings settings;
  private final FlowMonitor monitor;
  private final MongoDatabase store;
  private final Duration patience;
  private final Runnable progress;

  /**
   * What a run started from.
   *
   * @param counts what the topics held
   * @param deadLetters what the dead-letter topics held
   * @param firstWindowMs the window in which the run began
   */
  record Baseline(FlowCounts counts, long deadLetters, long firstWindowMs) {}

  /**
   * How it came out; the counts are those of all runs.
   *
   * @param processedAtNanos when the last record had been processed, as {@link System#nanoTime}
   */
  record Result(
      FlowCounts counts, long arrived, Findings findings, long processedAtNanos, long generated) {

    List<String> problems() {
      var problems = new ArrayList<String>();
      if (generated != arrived) {
        problems.add(
            generated + " transactions were generated, but the input topic grew by " + arrived);
      }
      if (counts.inFlight() != 0) {
        problems.add(
            "%d records in the input topic, but %d scored and %d rejected"
                .formatted(counts.input(), counts.scored(), counts.rejected() + counts.empty()));
      }
      problems.addAll(findings.problems());
      return problems;
    }
  }

  /**
   * A settlement of a running stack.
   *
   * @param patience how long to wait while nothing moves
   * @param progress is called again and again while it waits
   */
  Settlement(
      StackSettings settings,
      FlowMonitor monitor,
      MongoDatabase store,
      Duration patience,
      Runnable progress) {
    this.settings = settings;
    this.monitor = monitor;
    this.store = store;
    this.patience = patience;
    this.progress = progress;
  }

  /**
   * Settles a run.
   *
   * @param generated how many transactions the broker has acknowledged since the baseline
   */
  Result settle(Baseline before, long generated) throws InterruptedException {
    awaitProcessed(before.counts().input() + generated);
    long processedAtNanos = System.nanoTime();
    var expectation = Expectation.recompute(settings);
    var findings = awaitStored(new Ledger(expectation, before.firstWindowMs()), before);
    var counts = recount(expectation);
    return new Result(
        counts, counts.input() - before.counts().input(), findings, processedAtNanos, generated);
  }

  private void awaitProcessed(long inputAtLeast) throws InterruptedException {
    awaitZero(
        () -> {
          var counts = monitor.counts();
          return Math.max(0, inputAtLeast - counts.input()) + Math.abs(counts.inFlight());
        });
  }

  private Findings awaitStored(Ledger ledger, Baseline before) throws InterruptedException {
    var findings = new Findings[1];
    awaitZero(
        () -> {
          long deadLetters = DeadLetters.count(settings.bootstrapServers());
          findings[0] = ledger.check(store, deadLetters - before.deadLetters());
          return findings[0].differences();
        });
    return findings[0];
  }

  /** The topics once more, independent of what the monitor has counted on the way. */
  private FlowCounts recount(Expectation expectation) {
    var reader = new TopicReader(settings.bootstrapServers());
    return new FlowCounts(
        expectation.inputRecords(),
        expectation.emptyRecords(),
        reader.count(Environment.SCORED_TOPIC),
        reader.count(Environment.REJECTED_TOPIC),
        reader.count(Environment.FLAGGED_TOPIC));
  }

  private void awaitZero(LongSupplier remaining) throws InterruptedException {
    long last = remaining.getAsLong();
    long movedNanos = System.nanoTime();
    while (last > 0 && System.nanoTime() - movedNanos < patience.toNanos()) {
      progress.run();
      Thread.sleep(POLL.toMillis());
      long now = remaining.getAsLong();
      if (now != last) {
        last = now;
        movedNanos = System.nanoTime();
      }
    }
  }
}
