package dev.flagstream.generator.replay;

import dev.flagstream.generator.feed.FeedStream;
import dev.flagstream.generator.feed.TooManyPendingLabelsException;
import dev.flagstream.generator.producer.FeedRecord;
import dev.flagstream.generator.producer.JsonLinesSink;
import dev.flagstream.generator.producer.KafkaAccessException;
import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.generator.producer.KafkaSink;
import dev.flagstream.generator.producer.RecordSink;
import dev.flagstream.generator.producer.SendCounts;
import dev.flagstream.generator.producer.SendingThread;
import dev.flagstream.generator.producer.StopOnSignal;
import dev.flagstream.generator.producer.StopRequest;
import dev.flagstream.generator.producer.TopicLimits;
import dev.flagstream.generator.producer.TransactionTopic;
import dev.flagstream.generator.progress.StepProgress;
import dev.flagstream.generator.progress.StepProgress.Unit;
import dev.flagstream.generator.replay.csv.CsvFormatException;
import dev.flagstream.generator.replay.schema.SchemaConflictException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Replays CSV files. Exit code 0: every row was acknowledged; 1: some were not, or a file, Kafka or
 * the SQL server cannot be used; 2: the options are wrong; 3: every good row was acknowledged, but
 * some were rejected.
 */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = "Streams the rows of CSV files into Kafka.")
public final class ReplayCommand implements Callable<Integer> {

  static final int SOME_ROWS_REJECTED = 3;

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(250);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);
  private static final double NANOS_PER_SECOND = 1e9;

  @Mixin private ReplayOptions options;

  @Spec private CommandSpec spec;

  private final PrintStream rowsOut;
  private final StopRequest stop = new StopRequest();
  private volatile SendingThread running;

  /** Makes a command whose {@code --dry-run} prints to the given stream. */
  public ReplayCommand(PrintStream rowsOut) {
    this.rowsOut = rowsOut;
  }

  @Override
  public Integer call() throws InterruptedException {
    options
        .flaw()
        .ifPresent(
            flaw -> {
              throw new ParameterException(spec.commandLine(), flaw);
            });
    try (RejectsFile rejects = RejectsFile.at(options.rejects(), options.files())) {
      return replay(rejects);
    } catch (CsvFormatException
        | SchemaConflictException
        | ServerRefusalException
        | KafkaAccessException
        | TooManyPendingLabelsException
        | UncheckedIOException e) {
      say("error: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  @SuppressWarnings("try") // it is only opened and closed
  private int replay(RejectsFile rejects) throws InterruptedException {
    ReplayFiles files = ReplayFiles.choose(options, rejects, this::say);
    try (StopOnSignal signals = new StopOnSignal("replay", this::stop)) {
      run("types", () -> files.prepare(stop::isMade), () -> {}, files, () -> 0);
      return stop.isMade() ? CommandLine.ExitCode.SOFTWARE : send(files, rejects);
    }
  }

  private int send(ReplayFiles files, RejectsFile rejects) throws InterruptedException {
    RecordSink sink;
    Replay.Limits limits;
    if (options.dryRun()) {
      sink = new JsonLinesSink(rowsOut, options.speed().isPaced());
      limits = record -> Optional.empty();
    } else {
      Map<FeedStream, String> topics = topics(files);
      KafkaSettings settings = options.kafka();
      topics.values().forEach(topic -> createIfMissing(settings, topic));
      limits = limits(TopicLimits.of(settings, topics.values()), files.topic());
      sink = openSink(settings, topics);
    }
    Replay.Plan plan = new Replay.Plan(options.labelDelay(), options.speed(), options.count());
    Replay replay = new Replay(plan, sink, limits, stop);
    long startNanos = System.nanoTime();
    say("sending " + files.description() + " to " + target(files));
    try {
      run("sent", () -> sendAll(files, replay), sink::close, files, replay::rows);
    } catch (RuntimeException e) {
      say(String.format(Locale.ROOT, "sent %,d rows before it failed", replay.rows()));
      throw e;
    }
    if (stop.isMade()) {
      say("stopped before the end of the files");
    }
    return summarize(files, rejects, replay, System.nanoTime() - startNanos);
  }

  private static void sendAll(ReplayFiles files, Replay replay) throws InterruptedException {
    files.sendAll(replay);
    replay.finish(System.currentTimeMillis());
  }

  private Map<FeedStream, String> topics(ReplayFiles files) {
    Map<FeedStream, String> topics = new EnumMap<>(FeedStream.class);
    topics.put(FeedStream.TRANSACTIONS, files.topic());
    if (files.haveLabels()) {
      topics.put(FeedStream.LABELS, options.labelsTopic());
      topics.put(FeedStream.TRUTH, options.truthTopic());
    }
    return topics;
  }

  private static Replay.Limits limits(TopicLimits limits, String topic) {
    return row ->
        limits.refusal(
            topic,
            row.key(),
            row.value(),
            row.timeMs() == FeedRecord.NO_TIME ? null : row.timeMs(),
            System.currentTimeMillis());
  }

  private static RecordSink openSink(KafkaSettings settings, Map<FeedStream, String> topics) {
    Map<FeedStream, KafkaSink.Destination> destinations = new EnumMap<>(FeedStream.class);
    topics.forEach(
        (stream, topic) -> destinations.put(stream, new KafkaSink.Destination.Any(topic)));
    return KafkaSink.open(settings, destinations, CLOSE_TIMEOUT);
  }

  private void createIfMissing(KafkaSettings settings, String topic) {
    if (TransactionTopic.createIfMissing(settings, topic)
        == TransactionTopic.Creation.NOT_PERMITTED) {
      say("note: not permitted to create topics; assuming " + topic + " is there");
    }
  }

  /** Does one thing on a thread of its own, shows its progress, and throws what it throws. */
  private void run(
      String task,
      SendingThread.Sending work,
      Runnable afterwards,
      ReplayFiles files,
      LongSupplier rows)
      throws InterruptedException {
    SendingThread thread = new SendingThread("replay-" + task, stop, work, afterwards);
    running = thread;
    try (StepProgress progress = openProgress(task, files.tally().bytes().total())) {
      thread.start();
      boolean ended = false;
      while (!ended) {
        ended = thread.awaitEnd(LOOK_INTERVAL);
        progress.show(files.tally().bytes().now(), rows.getAsLong());
      }
    }
    thread
        .failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
  }

  private void stop() {
    stop.make();
    SendingThread thread = running;
    if (thread != null) {
      thread.close();
    }
  }

  private StepProgress openProgress(String task, long bytes) {
    boolean terminal = CommandLine.Help.Ansi.AUTO.enabled();
    return terminal && !options.dryRun()
        ? StepProgress.bar(task, Unit.BYTES, bytes, System.err)
        : StepProgress.lines(task, bytes, err());
  }

  private int summarize(ReplayFiles files, RejectsFile rejects, Replay replay, long nanos) {
    double seconds = nanos / NANOS_PER_SECOND;
    SendCounts counts = replay.counts();
    say(
        String.format(
            Locale.ROOT,
            "sent %,d rows in %.1f s (%,.0f/s), rejected %,d; of all records acknowledged %,d, failed %,d",
            replay.rows(),
            seconds,
            replay.rows() / seconds,
            files.tally().rejected(),
            counts.acknowledged(),
            counts.failed() + counts.pending()));
    sayOfLabels(files, replay);
    if (replay.outOfOrder() > 0) {
      say(
          String.format(
              Locale.ROOT, "%,d rows are earlier than the row before them", replay.outOfOrder()));
    }
    files.tally().brokenOff().forEach(why -> say("error: " + why));
    replay.firstFailure().ifPresent(cause -> say("first failure: " + cause));
    say("next: " + next(files, rejects));
    if (!files.tally().brokenOff().isEmpty()
        || replay.firstFailure().isPresent()
        || counts.pending() > 0) {
      say("exit code 1: not all good rows are in Kafka");
      return CommandLine.ExitCode.SOFTWARE;
    }
    if (files.tally().rejected() > 0) {
      say(
          String.format(
              Locale.ROOT,
              "exit code 3: all good rows are %s, and %,d were rejected",
              options.dryRun() ? "printed" : "in " + files.topic(),
              files.tally().rejected()));
      return SOME_ROWS_REJECTED;
    }
    return CommandLine.ExitCode.OK;
  }

  private void sayOfLabels(ReplayFiles files, Replay replay) {
    if (!files.haveLabels()) {
      return;
    }
    say(
        String.format(
            Locale.ROOT,
            "frauds %,d: each at once in %s; in %s the %,d that are reported by now%s",
            replay.frauds(),
            options.truthTopic(),
            options.labelsTopic(),
            replay.labels(),
            replay.unreported() > 0
                ? String.format(Locale.ROOT, ", %,d are not yet", replay.unreported())
                : ""));
  }

  private String next(ReplayFiles files, RejectsFile rejects) {
    if (files.tally().rejected() > 0) {
      return "see " + rejects.path() + " for the rejected rows and why";
    }
    return options.dryRun() ? "the same without --dry-run" : files.next();
  }

  private String target(ReplayFiles files) {
    return options.dryRun()
        ? "standard output"
        : files.topic() + " at " + options.kafka().bootstrapServers();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private void say(String line) {
    err().println(line);
    err().flush();
  }
}
