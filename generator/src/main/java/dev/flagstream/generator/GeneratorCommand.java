package dev.flagstream.generator;

import dev.flagstream.generator.producer.JsonLinesSink;
import dev.flagstream.generator.producer.KafkaAccessException;
import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.generator.producer.KafkaSink;
import dev.flagstream.generator.producer.SendCounts;
import dev.flagstream.generator.producer.TransactionProducer;
import dev.flagstream.generator.producer.TransactionSink;
import dev.flagstream.generator.producer.TransactionTopic;
import dev.flagstream.generator.progress.BarProgress;
import dev.flagstream.generator.progress.LineProgress;
import dev.flagstream.generator.progress.ProgressView;
import dev.flagstream.generator.replay.ReplayCommand;
import dev.flagstream.generator.replay.csv.CsvFormatException;
import dev.flagstream.generator.report.ReportCommand;
import dev.flagstream.generator.simulation.Rate;
import dev.flagstream.generator.simulation.Simulation;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line of the generator. Exit code 0: every transaction was acknowledged; 1: some were
 * not, or Kafka cannot be used; 2: the options are wrong.
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
    description = "Streams synthetic card transactions, or those of a CSV file, into Kafka.")
public final class GeneratorCommand implements Callable<Integer> {

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(250);
  private static final long STOP_SECONDS = 20;
  private static final List<String> SIMULATION_ONLY =
      List.of("--seed", "--start-time", "--customers", "--merchants");

  @Option(
      names = "--rate",
      paramLabel = "N",
      converter = SimulationOptions.RateConverter.class,
      description =
          "Transactions per second; 0 or 'max' for as fast as possible, with event time passing as"
              + " at 1000 per second. Default: 100; with --csv: max.")
  private Rate rate;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many transactions to send. Default: until stopped.")
  private Long count;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long to send: 60 or 60s, 2m, 1h. Default: until stopped.")
  private Duration duration;

  @Mixin private SimulationOptions simulation;

  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description =
          "Replays this file instead of simulating. Its header names the columns as the JSON"
              + " fields (location.city and so on). Bad rows go to FILE.rejected.csv.")
  private Path csv;

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
    return new CommandLine(new GeneratorCommand(transactionsOut))
        .addSubcommand(new ReplayCommand(transactionsOut))
        .setParameterExceptionHandler(
            (wrong, args) -> {
              PrintWriter err = wrong.getCommandLine().getErr();
              err.println("error: " + wrong.getMessage());
              err.println("See --help for all options.");
              return CommandLine.ExitCode.USAGE;
            });
  }

  @Override
  public Integer call() throws InterruptedException {
    checkOptions();
    try (TransactionSource source = openSource();
        TransactionProducer producer = openProducer(source)) {
      return run(source, producer);
    } catch (KafkaAccessException | CsvFormatException e) {
      say("error: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private void checkOptions() {
    if (count != null && count < 1) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--count': must be 1 or more");
    }
    if (csv == null) {
      return;
    }
    for (String option : SIMULATION_ONLY) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new ParameterException(
            spec.commandLine(), option + " is about the simulation and cannot go with --csv");
      }
    }
  }

  private TransactionSource openSource() {
    if (csv != null) {
      return TransactionSource.replay(csv, rate == null ? Rate.MAX : rate, count);
    }
    Rate paced = rate == null ? Rate.perSecond(100) : rate;
    Simulation world = simulation(paced);
    return TransactionSource.simulate(
        world,
        simulation.seedOrDrawn(),
        // Asked for now, since making the world took a while.
        simulation.resolveStartTime(),
        paced,
        count,
        duration);
  }

  private Simulation simulation(Rate paced) {
    try {
      return Simulation.of(simulation.parameters(paced));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private TransactionProducer openProducer(TransactionSource source) {
    return new TransactionProducer(
        source.transactions(), source.schedule(), openSink(), TransactionProducer.Listener.NONE);
  }

  private TransactionSink openSink() {
    if (dryRun) {
      return new JsonLinesSink(transactionsOut);
    }
    KafkaSettings settings = kafka.settings();
    if (TransactionTopic.createIfMissing(settings, kafka.topic())
        == TransactionTopic.Creation.NOT_PERMITTED) {
      say("note: not permitted to create topics; assuming " + kafka.topic() + " is there");
    }
    return KafkaSink.open(settings, kafka.topic());
  }

  private int run(TransactionSource source, TransactionProducer producer)
      throws InterruptedException {
    say("sending " + source.description() + " to " + target());
    CountDownLatch summaryPrinted = new CountDownLatch(1);
    Thread onSignal = new Thread(() -> stop(producer, summaryPrinted), "generator-stop");
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      long startNanos = System.nanoTime();
      producer.start();
      watch(source, producer, startNanos);
      return summarize(source, producer, System.nanoTime() - startNanos);
    } finally {
      summaryPrinted.countDown();
      removeHook(onSignal);
    }
  }

  private void watch(TransactionSource source, TransactionProducer producer, long startNanos)
      throws InterruptedException {
    try (ProgressView progress = openProgress(source)) {
      boolean ended = false;
      while (!ended) {
        ended = producer.awaitEnd(LOOK_INTERVAL);
        progress.show(producer.counts(), producer.behindSchedule());
        if (source.endsByClock()
            && duration != null
            && System.nanoTime() - startNanos >= duration.toNanos()) {
          producer.requestStop();
        }
      }
    }
  }

  private ProgressView openProgress(TransactionSource source) {
    // Picocli knows a terminal when it sees one, on every Java version and system.
    boolean terminal = CommandLine.Help.Ansi.AUTO.enabled();
    return terminal && !dryRun
        ? new BarProgress(source.expected(), System.err)
        : new LineProgress(source.expected(), err(), System::nanoTime);
  }

  private int summarize(TransactionSource source, TransactionProducer producer, long nanos) {
    SendCounts counts = producer.counts();
    double seconds = nanos / (double) TimeUnit.SECONDS.toNanos(1);
    say(
        String.format(
            Locale.ROOT,
            "sent %d, acknowledged %d, failed %d%s in %.1f s (%.1f/s)",
            counts.sent(),
            counts.acknowledged(),
            counts.failed(),
            source.rejectedNote(),
            seconds,
            counts.acknowledged() / seconds));
    Optional<Exception> failure =
        producer
            .firstFailure()
            .filter(cause -> !(cause instanceof JsonLinesSink.OutputClosedException));
    failure.ifPresent(cause -> say("first failure: " + cause));
    say("next: " + source.next(dryRun));
    return failure.isPresent() || counts.pending() > 0 ? CommandLine.ExitCode.SOFTWARE : 0;
  }

  private static void stop(TransactionProducer producer, CountDownLatch summaryPrinted) {
    producer.close();
    try {
      if (!summaryPrinted.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("gave up waiting for the end of the run");
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
