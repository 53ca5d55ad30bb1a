package dev.flagstream.benchmarks.sinks;

import static dev.flagstream.report.PlainText.text;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.flagstream.benchmarks.Cluster;
import dev.flagstream.benchmarks.MeasuringCommand;
import dev.flagstream.benchmarks.Median;
import dev.flagstream.benchmarks.ScoredDecisions;
import dev.flagstream.benchmarks.WorkDirectory;
import dev.flagstream.benchmarks.store.Mongod;
import dev.flagstream.benchmarks.store.ServerElsewhere;
import dev.flagstream.client.ConnectClient;
import dev.flagstream.local.connect.ConnectorFiles;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.Ports;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import me.tongfei.progressbar.ProgressBar;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a decision costs in each sink: the same decisions of one topic, written by the project's own
 * connector files, with the worker and the store each in a process of its own, in turns. The first
 * decisions warm all up; the last ones are there so that no sink waits for more.
 */
@Command(
    name = "sink-speed",
    mixinStandardHelpOptions = true,
    description =
        "Decisions a second and CPU of each, of the sinks to MongoDB, to PostgreSQL and to a lake.")
public final class SinkSpeed implements Callable<Integer> {

  private static final double NANOS_PER_MICRO = 1e3;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  /** A lake writes as many at once: what is measured begins and ends with such a file. */
  private static final int NOT_COUNTED = 50_000;

  /** Seldom enough to cost the worker nothing. */
  private static final int LOOKS_UNTIL_ASKED = 40;

  @Option(
      names = "--decisions",
      defaultValue = "200000",
      description =
          "Records of the topic, of which the first and the last 50,000 are not counted. Default:"
              + " ${DEFAULT-VALUE}.")
  private int decisions;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Runs of each sink. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "SINK",
      description =
          "Only these of mongodb, mongod, uri, postgresql, lake. Default: all that there are.")
  private List<String> only = List.of();

  @Option(
      names = "--uri",
      paramLabel = "URI",
      defaultValue = "${env:MONGODB_URI:-}",
      description =
          "A MongoDB that runs already; its database flagstream_benchmark is used and dropped"
              + ". Default: $MONGODB_URI.")
  private String uri;

  @Option(
      names = "--home",
      defaultValue = ".",
      paramLabel = "DIR",
      description = "The project's folder. Default: ${DEFAULT-VALUE}.")
  private Path home;

  @Option(
      names = "--extension-dir",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the UDF jar.")
  private Path extensions;

  @Option(
      names = "--java-options",
      split = " ",
      defaultValue = "-Xmx1g",
      description = "JVM options of the worker and of the store. Default: ${DEFAULT-VALUE}.")
  private List<String> javaOptions;

  /** Starts an empty store. */
  private interface Start {
    MeasuredSink start(StackSettings settings) throws IOException;
  }

  /**
   * A sink.
   *
   * @param connector the name of its file
   * @param folder of connect, where the file is
   * @param settings what the worker and the store need
   */
  private record Sink(
      String connector,
      String folder,
      Function<StackSettings, StackSettings> settings,
      Start start) {}

  /** Of one run: records a second, and CPU microseconds of worker and store for each. */
  private record Figures(double perSecond, double workerMicros, OptionalDouble storeMicros) {}

  /** How far a run has got. */
  private record Moment(long nanos, long stored, Duration worker, Optional<Duration> store) {}

  public static void main(String[] args) {
    MeasuringCommand.run(new SinkSpeed(), args);
  }

  @Override
  public Integer call() throws Exception {
    if (decisions < 3 * NOT_COUNTED) {
      throw new IllegalArgumentException(
          text(
              "--decisions must be %,d or more: the first and the last %,d are not counted",
              3 * NOT_COUNTED, NOT_COUNTED));
    }
    Map<String, Sink> sinks = sinks();
    Map<String, List<Figures>> results = new LinkedHashMap<>();
    sinks.keySet().forEach(sink -> results.put(sink, new ArrayList<>()));
    long bytes;
    try (WorkDirectory work = WorkDirectory.create("sink-speed");
        Cluster cluster = Cluster.start(work.resolve("broker"));
        ProgressBar progress =
            MeasuringCommand.progress(
                "measuring", (1L + (long) rounds * sinks.size()) * decisions)) {
      progress.setExtraMessage("decisions");
      bytes = load(cluster, progress);
      for (int round = 0; round < rounds; round++) {
        List<String> turn = new ArrayList<>(sinks.keySet());
        Collections.rotate(turn, -round);
        for (String name : turn) {
          progress.setExtraMessage(name);
          long before = progress.getCurrent();
          Path data = Files.createDirectory(work.resolve(name + "-" + round));
          results
              .get(name)
              .add(
                  measure(
                      settings(cluster, data),
                      sinks.get(name),
                      round,
                      stored -> progress.stepTo(before + Math.max(0, stored))));
          progress.stepTo(before + decisions);
        }
      }
    }
    System.out.println(table(results));
    System.out.printf(
        Locale.ROOT,
        "%,d decisions of %,d bytes of JSON in 4 partitions, of which the first and the last %,d"
            + " are not counted; medians of %d rounds, in turns; worker and store with %s.%n",
        decisions,
        bytes / decisions,
        NOT_COUNTED,
        rounds,
        String.join(" ", javaOptions));
    return 0;
  }

  private Map<String, Sink> sinks() {
    Map<String, Sink> all = new LinkedHashMap<>();
    all.put("mongodb", mongodb(this::localStore));
    Mongod.find()
        .ifPresent(
            program ->
                all.put(
                    "mongod",
                    mongodb(
                        settings ->
                            MongoSink.of(Mongod.start(program, folder(settings, "mongod"))))));
    if (uri != null && !uri.isEmpty()) {
      all.put("uri", mongodb(settings -> MongoSink.of(new ServerElsewhere(uri))));
    }
    all.put(
        "postgresql",
        new Sink(
            "decisions-sql",
            "sql",
            settings -> settings.withSqlStore(FreePorts.pickOne()),
            settings -> postgresql(inFolder(settings, "store"))));
    all.put("lake", new Sink("decisions-lake", "lake", StackSettings::withLake, LakeSink::new));
    for (String sink : only) {
      if (!all.containsKey(sink)) {
        throw new IllegalArgumentException("--only " + sink + ": there are " + all.keySet());
      }
    }
    if (!only.isEmpty()) {
      all.keySet().retainAll(only);
    }
    return all;
  }

  private static Sink mongodb(Start start) {
    return new Sink("scored-transactions", "", Function.identity(), start);
  }

  private MeasuredSink localStore(StackSettings settings) throws IOException {
    return MongoSink.of(settings.mongoUri(), process(inFolder(settings, "store"), "store"));
  }

  private MeasuredSink postgresql(StackSettings settings) throws IOException {
    return new PostgresqlSink(settings, process(settings, "postgresql"));
  }

  private static Path folder(StackSettings settings, String name) throws IOException {
    return Files.createDirectory(settings.data().resolve(name));
  }

  private StackProcess process(StackSettings settings, String command) throws IOException {
    return StackProcess.start(settings, command, javaOptions);
  }

  private StackSettings settings(Cluster cluster, Path data) {
    Ports ports = FreePorts.pick();
    return new StackSettings(
        home, data, new Ports(cluster.port(), ports.sql(), ports.connect(), ports.mongo()));
  }

  private Figures measure(StackSettings plain, Sink sink, int round, LongConsumer progress)
      throws Exception {
    StackSettings settings = sink.settings().apply(plain);
    String name = sink.connector() + "-" + round;
    try (MeasuredSink store = sink.start().start(settings);
        StackProcess worker = process(inFolder(settings, "worker"), "connect")) {
      ConnectClient client = new ConnectClient(settings.connectUrl());
      client.awaitReady(PATIENCE);
      AtomicLong looks = new AtomicLong();
      LongSupplier stored =
          () -> {
            worker.requireAlive();
            if (looks.incrementAndGet() % LOOKS_UNTIL_ASKED == 0) {
              requireNoFailure(client);
            }
            long count = store.stored();
            progress.accept(count);
            return count;
          };
      await(stored, 0);
      client.put(name, config(settings, sink, store));
      Moment begin = momentAt(NOT_COUNTED, stored, worker, store);
      Moment end = momentAt(decisions - NOT_COUNTED, stored, worker, store);
      await(stored, decisions);
      if (store.counted() != decisions) {
        throw new IllegalStateException(
            text("%s stored %,d of %,d decisions", name, store.counted(), decisions));
      }
      client.remove(name);
      return figures(begin, end);
    }
  }

  private static void requireNoFailure(ConnectClient client) {
    try {
      client
          .failures()
          .forEach(
              (connector, reason) -> {
                throw new IllegalStateException("Sink " + connector + " has failed: " + reason);
              });
    } catch (IOException e) {
      throw new UncheckedIOException("Connect does not answer", e);
    }
  }

  private static Figures figures(Moment begin, Moment end) {
    double count = end.stored() - begin.stored();
    OptionalDouble store =
        begin.store().isEmpty() || end.store().isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(micros(begin.store().get(), end.store().get()) / count);
    return new Figures(
        count * NANOS_PER_SECOND / (end.nanos() - begin.nanos()),
        micros(begin.worker(), end.worker()) / count,
        store);
  }

  private static double micros(Duration from, Duration to) {
    return to.minus(from).toNanos() / NANOS_PER_MICRO;
  }

  private static StackSettings inFolder(StackSettings settings, String folder) {
    return new StackSettings(
        settings.home(),
        settings.data().resolve(folder),
        settings.ports(),
        settings.sqlOverrides(),
        settings.webhook(),
        settings.sqlStorePort(),
        settings.lakeUrl(),
        settings.elsewhere());
  }

  private static String config(StackSettings settings, Sink sink, MeasuredSink store)
      throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode config =
        (ObjectNode)
            json.readTree(
                ConnectorFiles.read(settings.connectors().resolve(sink.folder()))
                    .get(sink.connector()));
    store.settings().forEach(config::put);
    return json.writeValueAsString(config);
  }

  private static Moment momentAt(
      long count, LongSupplier stored, StackProcess worker, MeasuredSink store) {
    long now = await(stored, count);
    return new Moment(
        System.nanoTime(), now, worker.cpu().orElseThrow(SinkSpeed::noCpuTimes), store.cpu());
  }

  private static IllegalStateException noCpuTimes() {
    return new IllegalStateException("This platform tells no CPU times");
  }

  /** Waits until so many are stored, at the least; gives how many there are then. */
  private static long await(LongSupplier stored, long count) {
    RetryPolicy<Long> untilThere =
        RetryPolicy.<Long>builder()
            .handleIf(problem -> false)
            .handleResultIf(now -> now < count)
            .withDelay(Duration.ofMillis(250))
            .withMaxAttempts(-1)
            .withMaxDuration(PATIENCE)
            .build();
    long now = Failsafe.with(untilThere).get(stored::getAsLong);
    if (now < count) {
      throw new IllegalStateException(
          text(
              "%,d of %,d decisions were stored within %d minutes",
              now, count, PATIENCE.toMinutes()));
    }
    return now;
  }

  /** Fills the topic; gives how many bytes the values have. */
  private long load(Cluster cluster, ProgressBar progress) {
    cluster.createInput(ScoredDecisions.TOPIC);
    AtomicLong bytes = new AtomicLong();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", cluster.bootstrapServers(), "linger.ms", "20"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      ScoredDecisions.make(
          home,
          extensions,
          decisions,
          decision -> {
            bytes.addAndGet(decision.value().length);
            Future<RecordMetadata> unused =
                producer.send(
                    new ProducerRecord<>(
                        ScoredDecisions.TOPIC,
                        null,
                        decision.timestampMs(),
                        decision.key(),
                        decision.value()));
            progress.step();
          });
    }
    return bytes.get();
  }

  private static String table(Map<String, List<Figures>> results) {
    return AsciiTable.getTable(
        AsciiTable.NO_BORDERS,
        List.copyOf(results.entrySet()),
        List.of(
            new Column().header("sink to").dataAlign(HorizontalAlign.LEFT).with(Map.Entry::getKey),
            new Column()
                .header("each round, decisions/s")
                .with(
                    sink ->
                        String.join(
                            " ",
                            sink.getValue().stream()
                                .map(run -> text("%,.0f", run.perSecond()))
                                .toList())),
            new Column()
                .header("decisions/s")
                .with(sink -> median("%,.0f", sink.getValue(), Figures::perSecond)),
            new Column()
                .header("CPU µs of the worker")
                .with(sink -> median("%.0f", sink.getValue(), Figures::workerMicros)),
            new Column().header("CPU µs of the store").with(sink -> ofTheStore(sink.getValue()))));
  }

  private static String ofTheStore(List<Figures> runs) {
    return runs.stream().allMatch(run -> run.storeMicros().isPresent())
        ? median("%.0f", runs, run -> run.storeMicros().getAsDouble())
        : "-";
  }

  private static String median(
      String format, List<Figures> runs, ToDoubleFunction<Figures> figure) {
    return text(format, Median.of(runs.stream().mapToDouble(figure).toArray()));
  }
}
