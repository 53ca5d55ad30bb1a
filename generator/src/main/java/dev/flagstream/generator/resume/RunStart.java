package dev.flagstream.generator.resume;

import dev.flagstream.generator.feed.FeedEvent;
import dev.flagstream.generator.feed.FeedStream;
import dev.flagstream.generator.feed.LabelDelay;
import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.generator.producer.PartitionedTopic;
import dev.flagstream.generator.producer.TruthFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a run begins or goes on, found out from what the topics hold. It holds the run's lock until
 * it is closed. For one thread.
 */
public final class RunStart implements AutoCloseable {

  /**
   * A run to begin or to go on with.
   *
   * @param runId the beginning of every transaction id of the run, before a hyphen
   * @param topics where each stream goes; without the truth if a file takes it, without the labels
   *     if there are none
   * @param truthFile takes the truth
   * @param startMs event time of the beginning, unless the run has begun already
   * @param fresh what to do if it has
   * @param catchUp if the run ended longer before {@code startMs}, it starts anew there
   */
  public record Request(
      String runId,
      Map<FeedStream, String> topics,
      Optional<TruthFile> truthFile,
      LabelDelay delay,
      long startMs,
      Fresh fresh,
      Optional<Duration> catchUp) {}

  /** What becomes of a run that has begun already. */
  public enum Fresh {
    /** It goes on where it is. */
    CONTINUE,
    /** It starts again at the start asked for, which must lie after what is there. */
    EXACTLY,
    /** It starts again at the start asked for, or right after what is there. */
    OR_LATER
  }

  private final RunLock lock;
  private final RunEntry entry;
  private final Map<FeedStream, PartitionedTopic> topics;
  private final HeldBeginnings lanes;
  private final long recordsSinceTheStart;
  private final long makeFromMs;

  private RunStart(
      RunLock lock,
      RunEntry entry,
      Map<FeedStream, PartitionedTopic> topics,
      HeldBeginnings lanes,
      long recordsSinceTheStart,
      LabelDelay delay) {
    this.lock = lock;
    this.entry = entry;
    this.topics = topics;
    this.lanes = lanes;
    this.recordsSinceTheStart = recordsSinceTheStart;
    this.makeFromMs = makeFromMs(delay);
  }

  /**
   * Looks where the run is, and writes down its beginning if it is new. The topics must exist.
   *
   * @throws ResumeException if it cannot go on as asked for
   * @throws dev.flagstream.generator.producer.KafkaAccessException if Kafka does not answer
   */
  public static RunStart find(KafkaSettings settings, Request request) {
    ClusterTopics cluster = new ClusterTopics(settings);
    String transactions = request.topics().get(FeedStream.TRANSACTIONS);
    RunLock lock = RunLock.take(cluster.clusterId(), request.runId(), transactions);
    try {
      return new Finder(settings, request, cluster, lock).find();
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Event time from which on everything belongs to the run, milliseconds since the epoch. */
  public long startMs() {
    return entry.startMs();
  }

  /** Event time from which on the simulation must be made to find what is missing. */
  public long makeFromMs() {
    return makeFromMs;
  }

  /** The latest transaction that is there already; empty for a new run. */
  public Optional<LastRecord> latestTransaction() {
    return lanes.of(FeedStream.TRANSACTIONS).stream()
        .flatMap(lane -> lane.last().stream())
        .max(Comparator.comparingLong(LastRecord::timeMs));
  }

  /** How many records the transactions topic was given since the run began, by all runs. */
  public long recordsSinceTheStart() {
    return recordsSinceTheStart;
  }

  /** Where each stream goes; partitions as at the beginning of the run. */
  public Map<FeedStream, PartitionedTopic> topics() {
    return topics;
  }

  /** The missing ones among the records of the run, made from {@link #makeFromMs} on. */
  public Iterator<FeedEvent> missing(Iterator<FeedEvent> events) {
    return new MissingEvents(events, lanes);
  }

  @Override
  public void close() {
    lock.close();
  }

  private long makeFromMs(LabelDelay delay) {
    long fromMs = Long.MAX_VALUE;
    for (FeedStream stream : FeedStream.values()) {
      // The label of a transaction comes up to the longest delay after it.
      long backMs = stream == FeedStream.LABELS ? delay.maxMs() : 0;
      for (HeldBeginning lane : lanes.of(stream)) {
        long laneFromMs = lane.last().map(last -> last.timeMs() - backMs).orElse(entry.startMs());
        fromMs = Math.min(fromMs, laneFromMs);
      }
    }
    return Math.max(entry.startMs(), fromMs);
  }

  /** Finds out where the run is, step by step. */
  private static final class Finder {

    private final KafkaSettings settings;
    private final Request request;
    private final ClusterTopics cluster;
    private final RunLock lock;
    private final RunJournal journal;
    private final Map<String, TopicState> states;
    private final TopicState transactions;

    private Finder(KafkaSettings settings, Request request, ClusterTopics cluster, RunLock lock) {
      this.settings = settings;
      this.request = request;
      this.cluster = cluster;
      this.lock = lock;
      this.journal = new RunJournal(settings);
      this.states = this.cluster.describe(request.topics().values());
      this.transactions = states.get(request.topics().get(FeedStream.TRANSACTIONS));
    }

    private RunStart find() {
      // A topic that was deleted and made again holds nothing of the run: it begins anew.
      Optional<RunEntry> known =
          journal
              .read(request.runId(), transactions.name())
              .filter(entry -> isSameTopic(entry, transactions));
      if (known.isEmpty()) {
        return begin(request.startMs());
      }
      RunStart there = goOn(known.get());
      return request.fresh() == Fresh.CONTINUE && !isLongAgo(there)
          ? there
          : begin(freshStartMs(there));
    }

    private boolean isLongAgo(RunStart there) {
      long endedMs = there.latestTransaction().map(LastRecord::timeMs).orElse(there.startMs());
      return request
          .catchUp()
          .filter(longest -> request.startMs() - endedMs > longest.toMillis())
          .isPresent();
    }

    private long freshStartMs(RunStart there) {
      long afterMs = there.latestTransaction().map(last -> last.timeMs() + 1).orElse(0L);
      if (request.startMs() >= afterMs) {
        return request.startMs();
      }
      if (request.fresh() == Fresh.OR_LATER) {
        return afterMs;
      }
      throw new ResumeException(
          "the run "
              + request.runId()
              + " has got to "
              + Instant.ofEpochMilli(afterMs - 1)
              + " in "
              + transactions.name()
              + ": starting anew at "
              + Instant.ofEpochMilli(request.startMs())
              + " would use its transaction ids again. Give a later --from or another --seed");
    }

    private RunStart begin(long startMs) {
      Map<String, RunEntry.Begin> begins = new HashMap<>();
      states.forEach((name, state) -> begins.put(name, beginAtEnd(state)));
      RunEntry entry = new RunEntry(request.runId(), startMs, request.delay().toString(), begins);
      journal.write(entry, transactions.name());
      return at(entry, true);
    }

    private RunStart goOn(RunEntry known) {
      if (request.startMs() < known.startMs() && request.fresh() == Fresh.CONTINUE) {
        throw new ResumeException(
            "the run "
                + request.runId()
                + " began at "
                + Instant.ofEpochMilli(known.startMs())
                + " in "
                + transactions.name()
                + ": it cannot go on from the earlier "
                + Instant.ofEpochMilli(request.startMs())
                + ". Give that start (to continue) or another --seed");
      }
      if (!known.labelDelay().equals(request.delay().toString())
          && request.fresh() == Fresh.CONTINUE
          && request.topics().containsKey(FeedStream.LABELS)) {
        throw new ResumeException(
            "the run "
                + request.runId()
                + " began with --label-delay "
                + known.labelDelay()
                + " and cannot go on with "
                + request.delay()
                + ". Give the same, or another --seed");
      }
      RunEntry completed = withNewTopics(known);
      if (!completed.equals(known)) {
        journal.write(completed, transactions.name());
      }
      return at(completed, false);
    }

    /** Topics that the run did not have, or that were made again, hold nothing of it yet. */
    private RunEntry withNewTopics(RunEntry known) {
      Map<String, RunEntry.Begin> begins = new HashMap<>(known.topics());
      states.forEach(
          (name, state) -> {
            if (!isSameTopic(known, state)) {
              begins.put(name, new RunEntry.Begin(state.id(), state.logStarts()));
            }
          });
      return new RunEntry(known.runId(), known.startMs(), known.labelDelay(), begins);
    }

    private static boolean isSameTopic(RunEntry entry, TopicState state) {
      RunEntry.Begin begin = entry.topics().get(state.name());
      return begin != null && begin.topicId().equals(state.id());
    }

    private static RunEntry.Begin beginAtEnd(TopicState state) {
      return new RunEntry.Begin(state.id(), state.ends());
    }

    private RunStart at(RunEntry entry, boolean isNew) {
      Map<FeedStream, PartitionedTopic> topics = new EnumMap<>(FeedStream.class);
      Map<FeedStream, HeldBeginnings.OfStream> streams = new EnumMap<>(FeedStream.class);
      try (LastRecordFinder tail = new LastRecordFinder(settings, request.runId())) {
        request
            .topics()
            .forEach(
                (stream, name) -> {
                  TopicState state = states.get(name);
                  RunEntry.Begin begin = entry.topics().get(name);
                  requireSamePartitions(state, begin);
                  PartitionedTopic topic = new PartitionedTopic(name, state.partitions());
                  topics.put(stream, topic);
                  streams.put(
                      stream,
                      new HeldBeginnings.OfStream(topic, lanes(tail, stream, state, begin)));
                });
      }
      request
          .truthFile()
          .ifPresent(
              file ->
                  streams.put(
                      FeedStream.TRUTH,
                      new HeldBeginnings.OfStream(null, List.of(lane(file, entry)))));
      return new RunStart(
          lock,
          entry,
          topics,
          new HeldBeginnings(streams),
          isNew ? 0 : grown(entry),
          request.delay());
    }

    private void requireSamePartitions(TopicState state, RunEntry.Begin begin) {
      if (state.partitions() != begin.offsets().size()) {
        throw new ResumeException(
            "the topic "
                + state.name()
                + " had "
                + begin.offsets().size()
                + " partitions when the run "
                + request.runId()
                + " began and has "
                + state.partitions()
                + " now: its keys would move, and it cannot be told what is missing where. Start"
                + " another run with another --seed");
      }
    }

    private List<HeldBeginning> lanes(
        LastRecordFinder tail, FeedStream stream, TopicState state, RunEntry.Begin begin) {
      List<HeldBeginning> lanes = new ArrayList<>();
      for (int number = 0; number < state.partitions(); number++) {
        long from = Math.max(begin.offsets().get(number), state.logStarts().get(number));
        lanes.add(
            new HeldBeginning(
                "partition " + number + " of " + state.name(),
                tail.last(
                    new TopicPartition(state.name(), number),
                    stream,
                    from,
                    state.ends().get(number))));
      }
      return lanes;
    }

    private HeldBeginning lane(TruthFile file, RunEntry entry) {
      Optional<LastRecord> last =
          file.lastLine()
              .map(
                  line ->
                      LastRecordFinder.held(
                          line.getBytes(StandardCharsets.ISO_8859_1), FeedStream.TRUTH));
      last.ifPresent(held -> requireOwn(file, held));
      return new HeldBeginning(
          "the file " + file.path(), last.filter(held -> held.timeMs() >= entry.startMs()));
    }

    private void requireOwn(TruthFile file, LastRecord last) {
      if (!last.transactionId().startsWith(request.runId() + "-")) {
        throw new ResumeException(
            "the file "
                + file.path()
                + " holds the truth of another run (its last line is about "
                + last.transactionId()
                + ", this run is "
                + request.runId()
                + "). Give another --truth");
      }
    }

    private long grown(RunEntry entry) {
      List<Long> begin = entry.topics().get(transactions.name()).offsets();
      long grown = 0;
      for (int partition = 0; partition < begin.size(); partition++) {
        grown += transactions.ends().get(partition) - begin.get(partition);
      }
      return grown;
    }
  }
}
