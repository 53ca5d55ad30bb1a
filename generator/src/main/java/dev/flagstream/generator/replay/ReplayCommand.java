package dev.flagstream.generator.replay;

import dev.flagstream.generator.feed.TooManyPendingLabelsException;
import dev.flagstream.generator.producer.KafkaAccessException;
import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.generator.producer.TransactionTopic;
import dev.flagstream.generator.replay.csv.CsvFormatException;
import dev.flagstream.generator.replay.schema.SchemaConflictException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InterruptException;
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

  private static final long LOOK_INTERVAL_MS = 250;
  private static final long STOP_SECONDS = 20;
  private static final long PATIENCE_WITH_BLOCKED_SEND_SECONDS = 2;
  private static final double NANOS_PER_SECOND = 1e9;

  @Mixin private ReplayOptions options;

  @Spec private CommandSpec spec;

  private final PrintStream rowsOut;
  private ExecutorService worker;

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
    worker = Executors.newSingleThreadExecutor(ReplayCommand::daemon);
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
    } finally {
      worker.shutdownNow();
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "replay");
    thread.setDaemon(true);
    return thread;
  }

  private int replay(RejectsFile rejects) throws InterruptedException {
    ReplayFiles files = ReplayFiles.choose(options, rejects, this::say);
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch summaryPrinted = new CountDownLatch(1);
    Thread onSignal = new Thread(() -> stop(stop, summaryPrinted), "replay-stop");
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      watch(
          "types", worker.submit(() -> files.prepare(() -> stop.getCount() == 0)), files, () -> 0);
      return stop.getCount() == 0 ? CommandLine.ExitCode.SOFTWARE : send(files, rejects, stop);
    } finally {
      summaryPrinted.countDown();
      removeHook(onSignal);
    }
  }

  private int send(ReplayFiles files, RejectsFile rejects, CountDownLatch stop)
      throws InterruptedException {
    RecordSink sink = openSink(files);
    Replay replay =
        new Replay(
            new Replay.Plan(
                files.topic(),
                options.labelsTopic(),
                options.truthTopic(),
                options.labelDelay(),
                options.speed(),
                options.count()),
            sink,
            stop);
    long startNanos = System.nanoTime();
    try (sink) {
      say("sending " + files.description() + " to " + target(files));
      watch("sent", worker.submit(() -> sendAll(files, replay)), files, replay::rows);
    } catch (RuntimeException e) {
      say(String.format(Locale.ROOT, "sent %,d rows before it failed", replay.rows()));
      throw e;
    }
    if (stop.getCount() == 0) {
      say("stopped before the end of the files");
    }
    return summarize(files, rejects, replay, sink, System.nanoTime() - startNanos);
  }

  /** Returns nothing, but so that it may throw what it throws. */
  private static Void sendAll(ReplayFiles files, Replay replay) throws InterruptedException {
    files.sendAll(replay);
    replay.finish(System.currentTimeMillis());
    return null;
  }

  private RecordSink openSink(ReplayFiles files) {
    if (options.dryRun()) {
      return new JsonLinesRecordSink(rowsOut, files.topic(), options.speed().isPaced());
    }
    KafkaSettings settings = options.kafka();
    List<String> topics =
        files.haveLabels()
            ? List.of(files.topic(), options.labelsTopic(), options.truthTopic())
            : List.of(files.topic());
    topics.forEach(topic -> createIfMissing(settings, topic));
    return new KafkaRecordSink(settings, topics);
  }

  private void createIfMissing(KafkaSettings settings, String topic) {
    if (TransactionTopic.createIfMissing(settings, topic)
        == TransactionTopic.Creation.NOT_PERMITTED) {
      say("note: not permitted to create topics; assuming " + topic + " is there");
    }
  }

  /** Shows progress until the work ends; throws what it threw. */
  private void watch(String task, Future<?> work, ReplayFiles files, LongCount rows)
      throws InterruptedException {
    try (ReplayProgress progress = openProgress(task, files.tally().bytes().total())) {
      while (true) {
        try {
          Object unused = work.get(LOOK_INTERVAL_MS, TimeUnit.MILLISECONDS);
          progress.show(files.tally().bytes().now(), rows.now());
          return;
        } catch (TimeoutException e) {
          progress.show(files.tally().bytes().now(), rows.now());
        }
      }
    } catch (ExecutionException e) {
      rethrow(e.getCause());
    }
  }

  private interface LongCount {
    long now();
  }

  private static void rethrow(Throwable failure) {
    if (failure instanceof InterruptException || failure instanceof InterruptedException) {
      // stop() lost patience with a send that blocked; what was sent before is still waited for.
      return;
    }
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    throw new IllegalStateException(failure);
  }

  private ReplayProgress openProgress(String task, long bytes) {
    boolean terminal = CommandLine.Help.Ansi.AUTO.enabled();
    return terminal && !options.dryRun()
        ? ReplayProgress.bar(task, bytes, System.err)
        : ReplayProgress.lines(task, bytes, err());
  }

  private int summarize(
      ReplayFiles files, RejectsFile rejects, Replay replay, RecordSink sink, long nanos) {
    double seconds = nanos / NANOS_PER_SECOND;
    long pending =
        replay.rows() + replay.frauds() + replay.labels() - sink.acknowledged() - sink.failed();
    say(
        String.format(
            Locale.ROOT,
            "sent %,d rows in %.1f s (%,.0f/s), rejected %,d; of all records acknowledged %,d, failed %,d",
            replay.rows(),
            seconds,
            replay.rows() / seconds,
            files.tally().rejected(),
            sink.acknowledged(),
            sink.failed() + pending));
    sayOfLabels(files, replay);
    if (replay.outOfOrder() > 0) {
      say(
          String.format(
              Locale.ROOT, "%,d rows are earlier than the row before them", replay.outOfOrder()));
    }
    files.tally().brokenOff().forEach(why -> say("error: " + why));
    sink.firstFailure().ifPresent(cause -> say("first failure: " + cause));
    say("next: " + next(files, rejects));
    if (!files.tally().brokenOff().isEmpty() || sink.firstFailure().isPresent() || pending > 0) {
      return CommandLine.ExitCode.SOFTWARE;
    }
    return files.tally().rejected() > 0 ? SOME_ROWS_REJECTED : CommandLine.ExitCode.OK;
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

  private void stop(CountDownLatch stop, CountDownLatch summaryPrinted) {
    stop.countDown();
    try {
      if (!summaryPrinted.await(PATIENCE_WITH_BLOCKED_SEND_SECONDS, TimeUnit.SECONDS)) {
        // The broker is away and the buffer full: without this, send would block for a minute.
        worker.shutdownNow();
        if (!summaryPrinted.await(STOP_SECONDS, TimeUnit.SECONDS)) {
          System.err.println("gave up waiting for the end of the replay");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending already, which is why the hook is running.
    }
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private void say(String line) {
    err().println(line);
    err().flush();
  }
}
