package dev.flagstream.local.demo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.flagstream.client.lake.LakeReader;
import dev.flagstream.local.component.StopSignal;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.flow.FlowCounts;
import dev.flagstream.local.flow.FlowMonitor;
import dev.flagstream.local.flow.TopicReader;
import dev.flagstream.local.health.Readers;
import dev.flagstream.local.lake.Lakes;
import dev.flagstream.local.ledger.Check;
import dev.flagstream.local.ledger.Checks;
import dev.flagstream.local.ledger.DeadLetters;
import dev.flagstream.local.ledger.Expectation;
import dev.flagstream.local.ledger.Findings;
import dev.flagstream.local.ledger.Ledger;
import dev.flagstream.local.ledger.ReadingProgress;
import dev.flagstream.local.ledger.Unaccounted;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.sqlstore.SqlStoreClient;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/**
 * Waits, by cheap counts, until everything that was put in has come out; then compares, once.
 *
 * <p>What has come out of the SQL server is counted as it passes; the store says how much it holds
 * without a scan; the consumer groups of queries and sinks show how far these have read. The ledger
 * is made only when all of that has come to rest, in one pass over the input topic, the topic of
 * scored transactions and each collection. What differs is compared again once the sinks have
 * stored their last record, and not more often.
 *
 * <p>It gives up when nothing has moved for longer than its {@link Patience}; what is still open
 * then shows in the result.
 */
final class Settlement implements AutoCloseable {

  private static final long LOOK_AT_READERS_NANOS = 2_000_000_000L;

  private final StackSettings settings;
  private final FlowMonitor monitor;
  private final MongoDatabase store;
  private final Narrator narrator;
  private final Readers readers;
  private final Optional<SqlStoreClient> rows;
  private final Optional<LakeReader> lake;
  private final Waiting waiting;
  private final List<String> givenUp = new ArrayList<>();

  /**
   * What a run started from.
   *
   * @param counts what the topics held
   * @param deadLetters what the dead-letter topics held
   * @param firstWindowMs the window in which the run began
   */
  record Baseline(FlowCounts counts, DeadLetters deadLetters, long firstWindowMs) {}

  /**
   * How it came out; the counts are those of all runs.
   *
   * @param checks what was checked, in the order of the flow
   * @param givenUp why it stopped waiting before all had come to rest; empty if it did not
   * @param processedAtNanos when the last record had been processed, as {@link System#nanoTime}
   */
  record Result(
      FlowCounts counts,
      long arrived,
      Findings findings,
      List<Check> checks,
      List<String> givenUp,
      long processedAtNanos,
      long generated) {

    List<String> problems() {
      List<String> problems = new ArrayList<>();
      givenUp.forEach(reason -> problems.add("The waiting was given up: " + reason));
      checks.stream()
          .filter(check -> !check.passed())
          .forEach(
              check ->
                  problems.add(
                      check.details().isEmpty()
                          ? check.sentence()
                          : check.sentence() + ": " + String.join("; ", check.details())));
      return problems;
    }
  }

  /** A settlement of a running stack. */
  Settlement(
      StackSettings settings,
      FlowMonitor monitor,
      MongoDatabase store,
      Narrator narrator,
      StopSignal stop) {
    this.settings = settings;
    this.monitor = monitor;
    this.store = store;
    this.narrator = narrator;
    this.readers = new Readers(settings);
    this.rows = settings.sqlStore().map(address -> SqlStoreClient.of(settings, address));
    this.lake = Lakes.reader(settings);
    this.waiting = new Waiting(narrator, readers, stop);
  }

  /**
   * Settles a run.
   *
   * @param generated how many transactions the broker has acknowledged since the baseline
   */
  Result settle(Baseline before, long generated) throws InterruptedException {
    awaitProcessed(before.counts(), generated);
    long processedAtNanos = System.nanoTime();
    try (Expectation expectation = Expectation.recompute(settings, reading(monitor.counts()))) {
      FlowCounts counts = recount(expectation);
      long arrived = counts.input() - before.counts().input();
      List<Check> checks = new ArrayList<>(say(ofTopics(expectation, counts, generated, arrived)));
      awaitStored(expectation);
      awaitRows(expectation);
      awaitLake();
      Findings findings = compare(expectation, before);
      DeadLetters deadLetters = DeadLetters.read(settings.kafka()).since(before.deadLetters());
      checks.addAll(say(Checks.ofStore(findings, expectation, deadLetters)));
      return new Result(
          counts, arrived, findings, checks, List.copyOf(givenUp), processedAtNanos, generated);
    }
  }

  private List<Check> ofTopics(
      Expectation expectation, FlowCounts counts, long generated, long arrived) {
    return Checks.ofTopics(
        generated,
        arrived,
        counts,
        counts.inFlight() == 0 ? Unaccounted.NONE : Unaccounted.find(expectation));
  }

  private List<Check> say(List<Check> checks) {
    checks.forEach(check -> check.lines().forEach(line -> narrator.say("  " + line)));
    return checks;
  }

  private void awaitProcessed(FlowCounts before, long generated) throws InterruptedException {
    long inputAtLeast = before.input() + generated;
    // A service that was ended and starts anew decides again what it had decided.
    long processedBefore = Math.min(before.processed(), before.input());
    RestLook rest = new RestLook();
    givenUp.addAll(
        waiting.until(
            () -> {
              monitor.requireHealthy();
              FlowCounts counts = monitor.counts();
              long inAll = Math.max(inputAtLeast, counts.input());
              boolean allOut = counts.processed() == inAll && counts.input() == inAll;
              return new Waiting.Sight(
                  allOut || rest.isReached(counts),
                  counts.processed() + counts.input(),
                  counts.processed() - processedBefore,
                  inAll - processedBefore,
                  "%,d of %,d transactions are scored or rejected");
            }));
  }

  private ReadingProgress reading(FlowCounts counts) {
    Remaining remaining = new Remaining();
    return (what, count) -> {
      boolean input = "input".equals(what);
      long inAll = counts.input() + counts.scored();
      narrator.waitingFor(
          remaining.sentence(
              System.nanoTime(),
              input ? counts.scored() + count : count,
              inAll,
              "the ledger works out what must be there: %,d of %,d records read"));
    };
  }

  /**
   * Waits, by counts alone; a record that was sent twice is one document, so the ledger says how
   * many.
   */
  private void awaitStored(Expectation expectation) throws InterruptedException {
    MongoCollection<Document> decisions = store.getCollection(Environment.SCORED_COLLECTION);
    MongoCollection<Document> flagged = store.getCollection(Environment.FLAGGED_COLLECTION);
    long decisionsExpected = expectation.scoredCount();
    SinkLook look = new SinkLook();
    givenUp.addAll(
        waiting.until(
            () -> {
              long stored = decisions.estimatedDocumentCount();
              long storedFlagged = flagged.estimatedDocumentCount();
              boolean allThere =
                  stored >= decisionsExpected && storedFlagged >= expectation.flaggedCount();
              boolean decided = stored >= decisionsExpected;
              return new Waiting.Sight(
                  allThere || look.left() == 0,
                  stored + storedFlagged + look.left(),
                  decided ? storedFlagged : stored,
                  decided ? expectation.flaggedCount() : decisionsExpected,
                  decided
                      ? "%,d of %,d flagged transactions are in MongoDB"
                      : "%,d of %,d decisions are in MongoDB");
            }));
  }

  /** As above, where decisions are rows, too. */
  private void awaitRows(Expectation expectation) throws InterruptedException {
    if (rows.isEmpty()) {
      return;
    }
    long expected = expectation.scoredCount();
    SinkLook look = new SinkLook();
    givenUp.addAll(
        waiting.until(
            () -> {
              long stored = countOfRows(rows.get());
              return new Waiting.Sight(
                  stored >= expected || look.left() == 0,
                  stored + look.left(),
                  stored,
                  expected,
                  "%,d of %,d decisions are rows in the SQL store");
            }));
  }

  /** Its sink has read what it has stored, and nothing else. */
  private void awaitLake() throws InterruptedException {
    if (lake.isEmpty()) {
      return;
    }
    SinkLook look = new SinkLook();
    givenUp.addAll(
        waiting.until(
            () -> {
              long left = look.left();
              return new Waiting.Sight(
                  left == 0,
                  left,
                  0,
                  left,
                  "the sinks, that of the lake among them, have %2$,d records left to store");
            }));
  }

  /** One that does not answer has none; the ledger then says why. */
  private static long countOfRows(SqlStoreClient client) {
    try (Connection connection = client.connect();
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT count(*) FROM decisions")) {
      return count.next() ? count.getLong(1) : 0;
    } catch (SQLException e) {
      return 0;
    }
  }

  private Findings compare(Expectation expectation, Baseline before) throws InterruptedException {
    Ledger ledger =
        new Ledger(
            expectation,
            before.firstWindowMs(),
            before.deadLetters(),
            comparing(store.getCollection(Environment.SCORED_COLLECTION).estimatedDocumentCount()));
    Findings documents = compareDocuments(ledger, before);
    return withLake(ledger, withRows(ledger, documents));
  }

  private Findings withRows(Ledger ledger, Findings findings) {
    if (rows.isEmpty()) {
      return findings;
    }
    try {
      return ledger.checkRows(store, rows.get(), findings);
    } catch (SQLException e) {
      throw new StackException("The SQL store cannot be read: " + e.getMessage(), e);
    }
  }

  private Findings withLake(Ledger ledger, Findings findings) {
    if (lake.isEmpty()) {
      return findings;
    }
    try {
      return ledger.checkLake(store, lake.get(), settings.kafka(), findings);
    } catch (SQLException e) {
      throw new StackException("The lake cannot be read: " + e.getMessage(), e);
    }
  }

  private Findings compareDocuments(Ledger ledger, Baseline before) throws InterruptedException {
    Findings findings = ledger.check(store, newDeadLetters(before));
    if (findings.storeDifferences() == 0 || !givenUp.isEmpty()) {
      return findings;
    }
    Findings[] latest = new Findings[] {findings};
    SinkLook look = new SinkLook();
    givenUp.addAll(
        waiting.until(
            () -> {
              latest[0] = ledger.recheckWindows(store, latest[0]);
              long left = look.left();
              return new Waiting.Sight(
                  latest[0].storeDifferences() == 0
                      || (left == 0 && latest[0].alerts().missing().isEmpty()),
                  left + latest[0].storeDifferences(),
                  latest[0].storeDifferences(),
                  left,
                  "%,d differences; the sinks have %,d records left to store");
            }));
    return ledger.recheck(store, latest[0], newDeadLetters(before));
  }

  private ReadingProgress comparing(long decisions) {
    Remaining remaining = new Remaining();
    return (what, count) -> {
      if ("decisions".equals(what)) {
        narrator.waitingFor(
            remaining.sentence(
                System.nanoTime(), count, decisions, "%,d of %,d decisions are compared"));
      }
    };
  }

  private long newDeadLetters(Baseline before) {
    return DeadLetters.count(settings.kafka()) - before.deadLetters().count();
  }

  /** Counts the topics once more, independently of what the monitor has counted on the way. */
  private FlowCounts recount(Expectation expectation) {
    TopicReader reader = new TopicReader(settings.kafka());
    return new FlowCounts(
        expectation.inputRecords(),
        expectation.emptyRecords(),
        expectation.scoredRecords(),
        reader.count(Environment.REJECTED_TOPIC) + expectation.unprocessedRecords(),
        reader.count(Environment.FLAGGED_TOPIC));
  }

  @Override
  public void close() {
    readers.close();
  }

  /**
   * Looks whether the queries have read everything and yet the counts do not meet: what is missing
   * then will not come. That must be seen three times in a row, seconds apart, because a query's
   * output may be committed a moment before it is counted.
   */
  private final class RestLook {

    private static final int TIMES = 3;

    private long lookedNanos = System.nanoTime();
    private FlowCounts last = FlowCounts.NONE;
    private int times;

    private boolean isReached(FlowCounts counts) {
      if (System.nanoTime() - lookedNanos >= LOOK_AT_READERS_NANOS) {
        boolean same = counts.equals(last);
        times = same && readers.queryBacklog().isEmpty() ? times + 1 : 0;
        last = counts;
        lookedNanos = System.nanoTime();
      }
      return times >= TIMES;
    }
  }

  /** Asks, every few seconds only, how much queries and sinks have left. */
  private final class SinkLook {

    private long lookedNanos = System.nanoTime() - LOOK_AT_READERS_NANOS;
    private long left;

    private long left() {
      if (System.nanoTime() - lookedNanos >= LOOK_AT_READERS_NANOS) {
        // Queries first: what they have not read yet, the sinks cannot have.
        left = sum(readers.queryBacklog().values()) + sum(readers.sinkBacklog().values());
        lookedNanos = System.nanoTime();
      }
      return left;
    }

    private static long sum(Collection<Long> counts) {
      return counts.stream().mapToLong(Long::longValue).sum();
    }
  }
}
