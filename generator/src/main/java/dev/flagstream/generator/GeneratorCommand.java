package dev.flagstream.generator;

import dev.flagstream.client.commandline.CommandLines;
import dev.flagstream.generator.feed.Feed;
import dev.flagstream.generator.feed.FeedStream;
import dev.flagstream.generator.feed.LabelDelay;
import dev.flagstream.generator.producer.FeedProducer;
import dev.flagstream.generator.producer.JsonLinesSink;
import dev.flagstream.generator.producer.KafkaAccessException;
import dev.flagstream.generator.producer.SendCounts;
import dev.flagstream.generator.producer.StopOnSignal;
import dev.flagstream.generator.producer.TruthFile.TruthFileException;
import dev.flagstream.generator.progress.BarProgress;
import dev.flagstream.generator.progress.Extent;
import dev.flagstream.generator.progress.LineProgress;
import dev.flagstream.generator.progress.ProgressView;
import dev.flagstream.generator.progress.RunProgress;
import dev.flagstream.generator.replay.ReplayCommand;
import dev.flagstream.generator.report.ReportCommand;
import dev.flagstream.generator.resume.LastRecord;
import dev.flagstream.generator.resume.ResumeException;
import dev.flagstream.generator.resume.RunStart;
import dev.flagstream.generator.run.FeedRun;
import dev.flagstream.generator.run.RunPlan;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line of the generator. Exit code 0: every record was acknowledged; 1: some were not,
 * or Kafka cannot be used; 2: the options are wrong.
 *
 * <p>Standard output carries nothing but the transactions of {@code --dry-run}; everything for
 * people goes to standard error.
 */
@Command(
    name = "flagstream-generator",
    mixinStandardHelpOptions = true,
    version = "flagstream-generator 0.1.0",
    sortOptions = false,
    usageHelpAutoWidth = true,
    subcommands = ReportCommand.class,
    description = "Streams simulated card transactions, and what is learnt of them, into Kafka.")
public final class GeneratorCommand implements Callable<Integer> {

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(250);

  @Mixin private ClockOptions clock;

  @Mixin private SimulationOptions simulation;

  @Mixin private LabelOptions labels;

  @Mixin private KafkaOptions kafka;

  @Mixin private ReplacedOptions replaced;

  @Option(
      names = "--fresh",
      description =
          "Starts a run anew that has begun already, with a gap in event time: live from now, a"
              + " backfill from --from, which must come after what is there.")
  private boolean fresh;

  @Option(
      names = {"--dry-run", "--stdout"},
      description = "Prints the transactions as JSON lines instead of sending them to Kafka.")
  private boolean dryRun;

  @Spec private CommandSpec spec;

  private final PrintStream transactionsOut;

  /** Makes a command whose {@code --dry-run} prints to the given stream. */
  GeneratorCommand(PrintStream transactionsOut) {
    this.transactionsOut = transactionsOut;
  }

  /** Runs the generator and ends the JVM with its exit code. */
  public static void main(String[] args) {
    // Only for the generator alone: inside another program, logging is that program's business.
    if (System.getProperty("log4j2.configurationFile") == null) {
      System.setProperty(
          "log4j2.configurationFile", "classpath:dev/flagstream/generator/log4j2-standalone.xml");
    }
    System.exit(commandLine().execute(args));
  }

  /** The command, ready to be executed once, also inside another program. */
  public static CommandLine commandLine() {
    return commandLine(System.out);
  }

  static CommandLine commandLine(PrintStream transactionsOut) {
    CommandLine generator = CommandLines.of(new GeneratorCommand(transactionsOut));
    return generator.addSubcommand(CommandLines.of(new ReplayCommand(transactionsOut)));
  }

  @Override
  public Integer call() throws InterruptedException {
    try (FeedRun run = open(plan())) {
      return run(run);
    } catch (KafkaAccessException | ResumeException | TruthFileException e) {
      say("error: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private RunPlan plan() {
    try {
      replaced.requireAbsent();
      ClockOptions.Range range = clock.range(Instant.now(), simulation.defaultRange());
      LabelDelay delay = labels.delay(clock(), simulation.profile());
      requirePossible(range, delay);
      return new RunPlan(
          simulation.simulation(clock()),
          simulation.seedOrDrawn(),
          delay,
          labels.labels(),
          labels.truthFile(),
          range.startMs(),
          range.endMs(),
          clock.count().orElse(Long.MAX_VALUE),
          clock() == Clock.LIVE,
          freshness(),
          clock.catchUp(),
          clock.warmUp());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private Clock clock() {
    return clock.clock(simulation.defaultRange());
  }

  private void requirePossible(ClockOptions.Range range, LabelDelay delay) {
    if (labels.labels() != Feed.Labels.ALL) {
      return;
    }
    if (clock() == Clock.LIVE) {
      throw new IllegalArgumentException(
          "--labels all is for a backfill: with the live clock no label comes before its time");
    }
    long lastMs = range.endMs() + delay.maxMs();
    if (lastMs > System.currentTimeMillis()) {
      throw new IllegalArgumentException(
          "--labels all would send labels that are reported up to "
              + Instant.ofEpochMilli(lastMs)
              + ", which is yet to come: give an earlier --to, a shorter --label-delay, or --labels"
              + " due");
    }
  }

  private RunStart.Fresh freshness() {
    if (!fresh) {
      return RunStart.Fresh.CONTINUE;
    }
    return clock() == Clock.LIVE ? RunStart.Fresh.OR_LATER : RunStart.Fresh.EXACTLY;
  }

  private FeedRun open(RunPlan plan) {
    return dryRun
        ? FeedRun.dryRun(plan, transactionsOut)
        : FeedRun.open(plan, kafka.settings(), kafka.topics());
  }

  @SuppressWarnings("try") // it is only opened and closed
  private int run(FeedRun run) throws InterruptedException {
    RunPlan plan = run.plan();
    run.notes().forEach(this::say);
    say("sending " + description(plan) + " to " + target());
    FeedProducer producer = run.producer();
    try (StopOnSignal signals = new StopOnSignal("generator", producer::close)) {
      long startNanos = System.nanoTime();
      producer.start();
      watch(producer, extent(run));
      return summarize(run, System.nanoTime() - startNanos);
    }
  }

  private String description(RunPlan plan) {
    return plan.paced()
        ? String.format(
            Locale.ROOT,
            "%s transactions/s of now%s (--seed %d)",
            new java.text.DecimalFormat("#,##0.###").format(plan.simulation().meanPerSecond()),
            plan.warmUp().isZero()
                ? ""
                : ", climbing to that over %,d s".formatted(plan.warmUp().toSeconds()),
            plan.seed())
        : String.format(
            Locale.ROOT,
            "the transactions of %s to %s (--seed %d --from %s)",
            Instant.ofEpochMilli(plan.startMs()),
            Instant.ofEpochMilli(plan.endMs()),
            plan.seed(),
            Instant.ofEpochMilli(plan.startMs()));
  }

  private Extent extent(FeedRun run) {
    RunPlan plan = run.plan();
    if (plan.maxPayments() != Long.MAX_VALUE) {
      return new Extent.Count(plan.maxPayments());
    }
    if (plan.endMs() == Feed.ENDLESS) {
      return new Extent.Unknown();
    }
    long fromMs = run.latestTransaction().map(LastRecord::timeMs).orElse(run.startMs());
    return new Extent.EventTime(Math.min(fromMs, plan.endMs() - 1), plan.endMs());
  }

  private void watch(FeedProducer producer, Extent extent) throws InterruptedException {
    try (ProgressView progress = openProgress(extent)) {
      boolean ended = false;
      while (!ended) {
        ended = producer.awaitEnd(LOOK_INTERVAL);
        progress.show(
            new RunProgress(producer.counts(), producer.behindSchedule(), producer.eventTimeMs()));
      }
    }
  }

  private ProgressView openProgress(Extent extent) {
    // Picocli knows a terminal when it sees one, on every Java version and system.
    boolean terminal = CommandLine.Help.Ansi.AUTO.enabled();
    return terminal && !dryRun
        ? new BarProgress(extent, System.err)
        : new LineProgress(extent, err(), System::nanoTime);
  }

  private int summarize(FeedRun run, long nanos) {
    FeedProducer producer = run.producer();
    SendCounts counts = producer.counts();
    double seconds = nanos / (double) TimeUnit.SECONDS.toNanos(1);
    say(
        String.format(
            Locale.ROOT,
            "sent %d, acknowledged %d, failed %d in %.1f s (%.1f/s); frauds %d, labels %d",
            counts.sent(),
            counts.acknowledged(),
            counts.failed(),
            seconds,
            counts.acknowledged() / seconds,
            producer.counts(FeedStream.TRUTH).acknowledged(),
            producer.counts(FeedStream.LABELS).acknowledged()));
    if (run.labelsLeftOut() > 0) {
      say(run.labelsLeftOut() + " more labels are reported after the end of the range");
    }
    Optional<Exception> failure =
        producer
            .firstFailure()
            .filter(cause -> !(cause instanceof JsonLinesSink.OutputClosedException));
    failure.ifPresent(cause -> say("first failure: " + cause.getMessage()));
    say("next: " + next());
    return failure.isPresent() || isPending(producer) ? CommandLine.ExitCode.SOFTWARE : 0;
  }

  private static boolean isPending(FeedProducer producer) {
    return Stream.of(FeedStream.values()).anyMatch(stream -> producer.counts(stream).pending() > 0);
  }

  private String next() {
    String seed = "--seed " + simulation.seedOrDrawn();
    return dryRun
        ? "to repeat it, the same options with " + seed
        : "the same options with "
            + seed
            + " go on where this ended; make ksql and make mongosh show what was flagged";
  }

  private String target() {
    return dryRun
        ? "standard output"
        : kafka.topic() + " at " + kafka.settings().bootstrapServers();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private void say(String line) {
    err().println(line);
    err().flush();
  }
}
