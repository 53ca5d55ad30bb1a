package dev.flagstream.generator.run;

import dev.flagstream.generator.feed.Feed;
import dev.flagstream.generator.feed.FeedEvent;
import dev.flagstream.generator.feed.FeedStream;
import dev.flagstream.generator.feed.FirstPayments;
import dev.flagstream.generator.feed.WarmUp;
import dev.flagstream.generator.producer.FeedProducer;
import dev.flagstream.generator.producer.JsonLinesSink;
import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.generator.producer.KafkaSink;
import dev.flagstream.generator.producer.PartitionedTopic;
import dev.flagstream.generator.producer.RecordSink;
import dev.flagstream.generator.producer.RecordsAhead;
import dev.flagstream.generator.producer.Schedule;
import dev.flagstream.generator.producer.TransactionTopic;
import dev.flagstream.generator.producer.TruthFile;
import dev.flagstream.generator.producer.TruthFileSink;
import dev.flagstream.generator.resume.LastRecord;
import dev.flagstream.generator.resume.RunStart;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** A run that is ready to start, or under way. */
public final class FeedRun implements AutoCloseable {

  /** Short enough for a stop, all in all, within the ten seconds that Docker grants. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(7);

  private final RunPlan plan;
  private final FeedProducer producer;
  private final Optional<RunStart> start;
  private final List<String> notes;
  private final AtomicLong labelsLeftOut = new AtomicLong();

  private FeedRun(RunPlan plan, RecordSink sink, Optional<RunStart> start, List<String> notes) {
    this.plan = plan;
    this.start = start;
    this.notes = notes;
    this.producer =
        new FeedProducer(
            new RecordsAhead(events()), schedule(begin(System.currentTimeMillis())), sink);
  }

  /**
   * A run into Kafka: creates the topics that are missing and finds out where the run is.
   *
   * @param planned a live run begins when its topics are there, not when it was planned
   * @param topics where transactions, truth and labels go
   * @throws dev.flagstream.generator.producer.KafkaAccessException if Kafka cannot be used
   * @throws dev.flagstream.generator.resume.ResumeException if the run cannot go on as planned
   */
  public static FeedRun open(
      RunPlan planned, KafkaSettings settings, Map<FeedStream, String> topics) {
    Map<FeedStream, String> used = new EnumMap<>(topics);
    if (planned.truthFile().isPresent()) {
      used.remove(FeedStream.TRUTH);
    }
    if (planned.labels() == Feed.Labels.NONE) {
      used.remove(FeedStream.LABELS);
    }
    List<String> notes = new ArrayList<>();
    used.values().forEach(topic -> create(settings, topic, notes));
    Optional<TruthFile> truthFile = planned.truthFile().map(TruthFile::open);
    RunPlan plan = planned.asOf(System.currentTimeMillis());
    RunStart start = null;
    try {
      start =
          RunStart.find(
              settings,
              new RunStart.Request(
                  plan.simulation().runId(),
                  used,
                  truthFile,
                  plan.delay(),
                  plan.startMs(),
                  plan.fresh(),
                  plan.catchUp()));
      notes.add(description(start, plan.simulation().runId()));
      return new FeedRun(
          plan,
          withTruth(KafkaSink.open(settings, spread(start.topics()), CLOSE_TIMEOUT), truthFile),
          Optional.of(start),
          notes);
    } catch (RuntimeException e) {
      truthFile.ifPresent(TruthFile::close);
      if (start != null) {
        start.close();
      }
      throw e;
    }
  }

  private static void create(KafkaSettings settings, String topic, List<String> notes) {
    if (TransactionTopic.createIfMissing(settings, topic)
        == TransactionTopic.Creation.NOT_PERMITTED) {
      notes.add("note: not permitted to create topics; assuming " + topic + " is there");
    }
  }

  private static String description(RunStart start, String runId) {
    return start
        .latestTransaction()
        .map(
            last ->
                String.format(
                    Locale.ROOT,
                    "continuing run %s after transaction %s of %s (%,d already there)",
                    runId,
                    last.transactionId(),
                    Instant.ofEpochMilli(last.timeMs()),
                    start.recordsSinceTheStart()))
        .orElseGet(
            () ->
                String.format(
                    Locale.ROOT,
                    "run %s begins at %s",
                    runId,
                    Instant.ofEpochMilli(start.startMs())));
  }

  /** A run that prints its transactions as lines of JSON; it begins anew each time. */
  public static FeedRun dryRun(RunPlan plan, PrintStream out) {
    RecordSink lines = new JsonLinesSink(out, plan.paced());
    return new FeedRun(
        plan, withTruth(lines, plan.truthFile().map(TruthFile::open)), Optional.empty(), List.of());
  }

  private static RecordSink withTruth(RecordSink sink, Optional<TruthFile> file) {
    return file.<RecordSink>map(truth -> new TruthFileSink(sink, truth)).orElse(sink);
  }

  private static Map<FeedStream, KafkaSink.Destination> spread(
      Map<FeedStream, PartitionedTopic> topics) {
    Map<FeedStream, KafkaSink.Destination> spread = new EnumMap<>(FeedStream.class);
    topics.forEach((stream, topic) -> spread.put(stream, new KafkaSink.Destination.Spread(topic)));
    return spread;
  }

  private Iterator<FeedEvent> events() {
    long fromMs = start.map(RunStart::makeFromMs).orElse(plan.startMs());
    // From the beginning of the run, even if it goes on later: the same customers join again.
    WarmUp warmUp = new WarmUp(plan.seed(), startMs(), plan.warmUp());
    Iterator<FeedEvent> all =
        new Feed(
            warmUp.of(plan.simulation().from(Instant.ofEpochMilli(fromMs))),
            plan.delay(),
            plan.seed(),
            plan.labels(),
            plan.endMs(),
            labelsLeftOut::set);
    UnaryOperator<Iterator<FeedEvent>> missing =
        start.<UnaryOperator<Iterator<FeedEvent>>>map(there -> there::missing).orElse(each -> each);
    return new FirstPayments(missing.apply(all), plan.maxPayments());
  }

  /** Data that are ahead of the clock, because it was set back, are not waited for. */
  private long begin(long nowMs) {
    return Math.max(nowMs, latestTransaction().map(LastRecord::timeMs).orElse(startMs()));
  }

  private Schedule schedule(long beginMs) {
    return plan.paced() ? Schedule.byEventTime(beginMs) : Schedule.asFastAsPossible();
  }

  /** What the run makes; a live one with the times that it really has. */
  public RunPlan plan() {
    return plan;
  }

  public FeedProducer producer() {
    return producer;
  }

  /** What happened on the way here, for people. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** Event time from which on everything belongs to the run, milliseconds since the epoch. */
  public long startMs() {
    return start.map(RunStart::startMs).orElse(plan.startMs());
  }

  /** Where the run goes on; empty if it is new. */
  public Optional<LastRecord> latestTransaction() {
    return start.flatMap(RunStart::latestTransaction);
  }

  /** How many labels are reported after the end of the run; known once it has ended. */
  public long labelsLeftOut() {
    return labelsLeftOut.get();
  }

  /** Stops sending, waits until everything sent has an outcome, and lets the run go. */
  @Override
  public void close() {
    producer.close();
    start.ifPresent(RunStart::close);
  }
}
