package dev.flagstream.benchmarks.pipeline;

import static dev.flagstream.report.PlainText.text;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.flagstream.benchmarks.AnsweringProcess;
import dev.flagstream.benchmarks.Cluster;
import dev.flagstream.benchmarks.JobSettings;
import dev.flagstream.benchmarks.MeasuringCommand;
import dev.flagstream.benchmarks.WorkDirectory;
import dev.flagstream.client.SqlClient;
import dev.flagstream.generator.feed.Feed;
import dev.flagstream.generator.feed.FeedStream;
import dev.flagstream.generator.feed.LabelDelay;
import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.generator.resume.RunStart;
import dev.flagstream.generator.run.FeedRun;
import dev.flagstream.generator.run.RunPlan;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.generator.simulation.SimulationParameters;
import dev.flagstream.local.settings.ComponentProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What a transaction costs from its topic to {@code flagged_transactions}, and where: the scripts
 * of {@code ksql/} run up to a first one, then up to the next, each time with a new broker and
 * server. What a script adds is the difference from the run before. A first part of the
 * transactions warms the server up and is not counted.
 */
@Command(
    name = "pipeline-speed",
    mixinStandardHelpOptions = true,
    description = "CPU per transaction of the SQL pipeline, script by script.")
public final class PipelineSpeed implements Callable<Integer> {

  private static final long SEED = 42;
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final double NANOS_PER_MICRO = 1_000;
  private static final String GUARANTEE = "ksql.streams.processing.guarantee";
  private static final Map<FeedStream, String> INPUTS =
      Map.of(
          FeedStream.TRANSACTIONS, "credit_card_transactions",
          FeedStream.TRUTH, "fraud_truth",
          FeedStream.LABELS, "fraud_labels");

  /** Up to which script, and the topic that then holds each transaction once. */
  private enum Stage {
    VALID("03", "valid_transactions", "types, time, card token"),
    CARD_FEATURES("04", "card_features", "features of the card"),
    MERCHANT_EVENTS("05", "merchant_events", "labels, events by merchant"),
    MERCHANT_FEATURES("06", "merchant_features", "features of the merchant"),
    SCORED("07", "scored_transactions", "all features, rules, three models, reasons"),
    FLAGGED("08", "scored_transactions", "what is flagged");

    private final String script;
    private final String topic;
    private final String what;

    Stage(String script, String topic, String what) {
      this.script = script;
      this.topic = topic;
      this.what = what;
    }
  }

  @Option(
      names = "--records",
      defaultValue = "300000",
      description = "Transactions in each run. Default: ${DEFAULT-VALUE}.")
  private long records;

  @Option(
      names = "--warm-up",
      defaultValue = "100000",
      description = "How many of them warm up and are not counted. Default: ${DEFAULT-VALUE}.")
  private long warmUp;

  @Option(
      names = "--customers",
      defaultValue = "10000",
      description = "Customers of the simulation. Default: ${DEFAULT-VALUE}.")
  private int customers;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NUMBER",
      description = "Measures only up to these scripts, as in 04,05. Default: all.")
  private List<String> only = List.of();

  @Mixin private PipelineOptions pipeline;

  @Option(
      names = "--guarantee",
      defaultValue = "at_least_once",
      paramLabel = "GUARANTEE",
      description =
          "Kafka Streams' processing.guarantee: at_least_once or exactly_once_v2. Default:"
              + " ${DEFAULT-VALUE}.")
  private String guarantee;

  @Option(
      names = "--as-shipped",
      description =
          "Queries run as in the local stack: exactly once, with its threads, commits and"
              + " batches. What -D says wins.")
  private boolean asShipped;

  /**
   * @param warmUpSeconds CPU of the server until the first transactions that are counted, less what
   *     as many cost later
   * @param bytes of each topic, a transaction
   */
  private record Cost(
      Stage stage,
      double micros,
      double brokerMicros,
      double perSecond,
      double warmUpSeconds,
      SortedMap<String, Double> bytes) {}

  public static void main(String[] args) {
    MeasuringCommand.run(new PipelineSpeed(), args);
  }

  @Override
  public Integer call() throws Exception {
    if (warmUp < 1 || warmUp >= records) {
      throw new IllegalArgumentException("--warm-up must be 1 or more, and less than --records");
    }
    List<Stage> stages = stages();
    List<Cost> costs = new ArrayList<>();
    try (ProgressBar progress = MeasuringCommand.progress("measuring", stages.size())) {
      for (Stage stage : stages) {
        progress.setExtraMessage(stage.topic);
        costs.add(measure(stage));
        progress.step();
      }
    }
    System.out.println(table(costs));
    System.out.println(bytes(costs.get(costs.size() - 1)));
    System.out.printf(
        Locale.ROOT,
        "%,d transactions of %,d customers, of which the first %,d are not counted; 4 partitions;"
            + " %s; CPU of the SQL server's process, and of the broker's beside it.%n",
        records,
        customers,
        warmUp,
        queries().getOrDefault(GUARANTEE, guarantee));
    return 0;
  }

  private Map<String, String> queries() {
    return asShipped ? ComponentProperties.queries() : Map.of();
  }

  private List<Stage> stages() {
    List<Stage> wanted =
        Arrays.stream(Stage.values())
            .filter(stage -> only.isEmpty() || only.contains(stage.script))
            .toList();
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException("--only " + only + ": the scripts are 03 to 08");
    }
    return wanted;
  }

  private Cost measure(Stage stage) throws Exception {
    try (WorkDirectory directory = WorkDirectory.create("pipeline-speed");
        Cluster cluster = Cluster.start(directory.resolve("broker"))) {
      INPUTS.values().forEach(cluster::createInput);
      load(cluster, warmUp);
      JobSettings settings =
          new JobSettings(cluster.bootstrapServers(), guarantee, directory.resolve("state"));
      try (AnsweringProcess server =
          pipeline.server(settings, queries(), directory.resolve("server.err"))) {
        SqlClient client = new SqlClient(server.answer());
        pipeline.apply(client, "01", stage.script);
        cluster.awaitRecords(stage.topic, warmUp, PATIENCE, server::requireAlive);
        Duration cpuWarm = server.cpu();
        client.execute("PAUSE ALL;");
        load(cluster, records - warmUp);
        client.execute("RESUME ALL;");
        Duration cpuBefore = server.cpu();
        Duration brokerCpuBefore = brokerCpu();
        long countBefore = cluster.records(stage.topic);
        long nanosBefore = System.nanoTime();
        cluster.awaitRecords(stage.topic, records, PATIENCE, server::requireAlive);
        double nanos = System.nanoTime() - nanosBefore;
        Duration cpu = server.cpu().minus(cpuBefore);
        Duration brokerCpu = brokerCpu().minus(brokerCpuBefore);
        long counted = records - countBefore;
        double micros = cpu.toNanos() / NANOS_PER_MICRO / counted;
        SortedMap<String, Double> bytes = new TreeMap<>();
        cluster.bytes().forEach((topic, all) -> bytes.put(topic, (double) all / records));
        return new Cost(
            stage,
            micros,
            brokerCpu.toNanos() / NANOS_PER_MICRO / counted,
            counted / (nanos / 1e9),
            cpuWarm.toNanos() / 1e9 - warmUp * micros / 1e6,
            bytes);
      }
    }
  }

  /** The broker is in this process, which only waits meanwhile. */
  private static Duration brokerCpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
  }

  /**
   * Puts the next transactions, and labels, into the topics. The server does nothing meanwhile, so
   * that it is never short of work, and no query is ahead of the others by what is not counted.
   */
  private void load(Cluster cluster, long transactions) throws InterruptedException {
    Simulation world = Simulation.of(SimulationParameters.ofCustomers(SEED, customers));
    RunPlan plan =
        new RunPlan(
            world,
            SEED,
            LabelDelay.parse("constant:3d"),
            Feed.Labels.DUE,
            Optional.empty(),
            START.toEpochMilli(),
            START.plus(Duration.ofDays(3_650)).toEpochMilli(),
            transactions,
            false,
            RunStart.Fresh.CONTINUE,
            Optional.empty());
    try (FeedRun run = FeedRun.open(plan, KafkaSettings.of(cluster.bootstrapServers()), INPUTS)) {
      run.producer().start();
      boolean ended = run.producer().awaitEnd(PATIENCE);
      if (!ended || run.producer().counts().acknowledged() != transactions) {
        throw new IllegalStateException("could not load: " + run.producer().counts());
      }
    }
  }

  private static String table(List<Cost> costs) {
    return AsciiTable.getTable(
        AsciiTable.NO_BORDERS,
        costs,
        List.of(
            new Column()
                .header("scripts")
                .dataAlign(HorizontalAlign.LEFT)
                .with(cost -> "01 to " + cost.stage().script),
            new Column()
                .header("adds")
                .dataAlign(HorizontalAlign.LEFT)
                .with(cost -> cost.stage().what),
            new Column().header("CPU µs a transaction").with(cost -> text("%.1f", cost.micros())),
            new Column()
                .header("of it the last script")
                .with(cost -> text("%.1f", cost.micros() - before(costs, cost))),
            new Column().header("broker's").with(cost -> text("%.1f", cost.brokerMicros())),
            new Column().header("transactions/s").with(cost -> text("%,.0f", cost.perSecond())),
            new Column()
                .header("warm-up, CPU s")
                .with(cost -> text("%.1f", cost.warmUpSeconds()))));
  }

  private static String bytes(Cost cost) {
    return AsciiTable.getTable(
        AsciiTable.NO_BORDERS,
        cost.bytes().entrySet(),
        List.of(
            new Column()
                .header("topic, with scripts 01 to " + cost.stage().script)
                .dataAlign(HorizontalAlign.LEFT)
                .with(Map.Entry::getKey),
            new Column()
                .header("bytes a transaction")
                .with(topic -> text("%,.0f", topic.getValue()))));
  }

  private static double before(List<Cost> costs, Cost cost) {
    int index = costs.indexOf(cost);
    return index == 0 ? 0 : costs.get(index - 1).micros();
  }
}
