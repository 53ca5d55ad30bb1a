package dev.flagstream.benchmarks.pipeline;

import dev.flagstream.benchmarks.AnsweringProcess;
import dev.flagstream.benchmarks.Cluster;
import dev.flagstream.benchmarks.JobSettings;
import dev.flagstream.benchmarks.ProcessMemory;
import dev.flagstream.benchmarks.Until;
import dev.flagstream.benchmarks.WorkDirectory;
import dev.flagstream.client.SqlClient;
import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.generator.transaction.Transaction;
import dev.flagstream.generator.transaction.TransactionJson;
import dev.flagstream.local.settings.ComponentProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * One line: a broker and servers of its own, from nothing to what they cost and how long they take
 * to be back after a crash. In turn:
 *
 * <ol>
 *   <li>the scripts up to the features of cards fill their table;
 *   <li>the other scripts join, and some transactions warm everything up;
 *   <li>all queries pause while what is counted is loaded, then all begin together;
 *   <li>the servers are killed, their state is deleted, and they are started again.
 * </ol>
 */
final class ScaleRun implements AutoCloseable {

  /** Sent after a crash: enough that each part of each table is asked for. */
  static final long PROBES = 1_000;

  private static final String INPUT = "credit_card_transactions";
  private static final String CARD_TOPIC = "card_features";
  private static final String GUARANTEE = "exactly_once_v2";
  private static final long CHUNK = 250_000;
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final double NANOS_PER_MICRO = 1_000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final ScaleSetup setup;
  private final PipelineOptions pipeline;
  private final WorkDirectory directory;
  private final AnsweringProcess broker;
  private final Cluster cluster;
  private final ScaleFeed feed;
  private final List<AnsweringProcess> servers = new ArrayList<>();
  private final List<SqlClient> clients = new ArrayList<>();
  private int starts;

  private ScaleRun(ScaleSetup setup, PipelineOptions pipeline) throws IOException {
    this.setup = setup;
    this.pipeline = pipeline;
    this.feed = new ScaleFeed(setup.cards(), setup.payments());
    this.directory = WorkDirectory.create("pipeline-scale");
    this.broker = BrokerProcess.start(directory.resolve("broker"), directory.resolve("broker.err"));
    this.cluster = Cluster.at(broker.answer(), setup.partitions());
  }

  /**
   * Measures one line.
   *
   * @param fillTime after which no further cards are filled
   * @param progress is told how many transactions' worth of {@link ScaleSetup#work} is done
   */
  static ScaleResult measure(
      ScaleSetup setup, PipelineOptions pipeline, Duration fillTime, LongConsumer progress)
      throws Exception {
    try (ScaleRun run = new ScaleRun(setup, pipeline)) {
      return run.measure(fillTime, progress);
    }
  }

  private ScaleResult measure(Duration fillTime, LongConsumer progress) throws Exception {
    startServers();
    pipeline.apply(clients.get(0), "01", "04", setup.partitions());
    long filled = fill(fillTime, progress);
    long cards = Math.min(setup.cards(), filled);
    feed.limitTo((int) cards);
    pipeline.apply(clients.get(0), "05", "08", setup.partitions());
    try (DecisionReader decisions =
        new DecisionReader(cluster.bootstrapServers(), setup.partitions())) {
      long firstWarm = load(setup.warmUp());
      decisions.await(firstWarm, feed.made(), this::requireAlive);
      progress.accept(setup.warmUp());
      clients.get(0).execute("PAUSE ALL;");
      awaitPaused();
      cluster.awaitCommitted();
      // Before loading, since queries that pause read a little ahead.
      Map<String, Long> inBefore = BrokerProcess.traffic(broker, BrokerProcess.IN);
      Map<String, Long> outBefore = BrokerProcess.traffic(broker, BrokerProcess.OUT);
      long first = load(setup.transactions());

      List<Duration> cpuBefore = cpus();
      Duration brokerBefore = broker.cpu();
      long nanosBefore = System.nanoTime();
      clients.get(0).execute("RESUME ALL;");
      decisions.await(first, feed.made(), this::requireAlive);
      double seconds = (System.nanoTime() - nanosBefore) / NANOS_PER_SECOND;
      List<Double> cpuNanos = spent(cpuBefore);
      double brokerNanos = broker.cpu().minus(brokerBefore).toNanos();
      cluster.awaitCommitted();
      Map<String, Long> in = BrokerProcess.traffic(broker, BrokerProcess.IN);
      Map<String, Long> out = BrokerProcess.traffic(broker, BrokerProcess.OUT);
      double residentMib =
          servers.stream()
              .mapToDouble(each -> ProcessMemory.residentMib(each.pid()).orElse(Double.NaN))
              .sum();
      long stateBytesThen = stateBytes();
      progress.accept(setup.transactions());

      crash();
      long firstProbe = load(PROBES);
      long crashNanos = System.nanoTime();
      startServers();
      decisions.await(firstProbe, feed.made(), this::requireAlive);
      double restoreSeconds = (System.nanoTime() - crashNanos) / NANOS_PER_SECOND;
      double restoreCpu = sum(cpus().stream().map(cpu -> (double) cpu.toNanos()).toList());
      cluster.awaitCommitted();
      servers.forEach(AnsweringProcess::close);
      double all = sum(cpuNanos);
      return new ScaleResult(
          setup,
          cards,
          Math.min(setup.payments(), Math.max(1, filled / setup.cards())),
          all / NANOS_PER_MICRO / setup.transactions(),
          brokerNanos / NANOS_PER_MICRO / setup.transactions(),
          setup.transactions() / seconds,
          residentMib,
          Math.max(stateBytesThen, stateBytes()),
          restoreSeconds,
          restoreCpu / NANOS_PER_SECOND,
          cpuNanos.stream().map(each -> each / all).toList(),
          perTransaction(inBefore, in),
          perTransaction(outBefore, out));
    }
  }

  private void startServers() {
    starts++;
    for (int server = 0; server < setup.servers(); server++) {
      JobSettings settings = new JobSettings(cluster.bootstrapServers(), GUARANTEE, state(server));
      Path errors = directory.resolve("server-" + server + "-" + starts + ".err");
      servers.add(pipeline.server(settings, properties(), errors));
    }
    servers.forEach(server -> clients.add(new SqlClient(server.answer())));
  }

  /** As the local stack sets its queries, but with a second thread for each. */
  private Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>(ComponentProperties.queries());
    properties.put("ksql.streams.num.stream.threads", "2");
    properties.put(
        "ksql.functions.card_features.max.events",
        Long.toString(Math.max(1_000, 2L * setup.payments())));
    return properties;
  }

  private Path state(int server) {
    return directory.resolve("state-" + server);
  }

  private void requireAlive() {
    broker.requireAlive();
    servers.forEach(AnsweringProcess::requireAlive);
  }

  /** Gives each card its past; the decisions on it are not asked for. */
  private long fill(Duration most, LongConsumer progress) {
    long began = System.nanoTime();
    long filled = 0;
    while (filled < setup.fill() && System.nanoTime() - began < most.toNanos()) {
      long chunk = Math.min(CHUNK, setup.fill() - filled);
      load(chunk);
      filled += chunk;
      cluster.awaitRecords(CARD_TOPIC, filled, PATIENCE, this::requireAlive);
      cluster.deleteRecords(CARD_TOPIC);
      progress.accept(chunk / 3);
    }
    return filled;
  }

  /** Puts the next transactions into the input, and returns the number of the first. */
  private long load(long transactions) {
    long first = feed.made();
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            KafkaSettings.of(cluster.bootstrapServers()).forProducer(),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (long number = 0; number < transactions; number++) {
        Future<RecordMetadata> unused =
            producer.send(
                message(feed.next()),
                (metadata, problem) -> {
                  if (problem != null) {
                    failure.compareAndSet(null, problem);
                  }
                });
      }
    }
    if (failure.get() != null) {
      throw new IllegalStateException("A transaction could not be written", failure.get());
    }
    return first;
  }

  private static ProducerRecord<byte[], byte[]> message(Transaction transaction) {
    return new ProducerRecord<>(
        INPUT,
        null,
        transaction.timestampMs(),
        transaction.cardNumber().getBytes(StandardCharsets.UTF_8),
        TransactionJson.encode(transaction));
  }

  /** A statement is carried out by each server, the others' a moment later. */
  private void awaitPaused() {
    for (SqlClient client : clients) {
      boolean paused =
          Until.holds(
              () -> client.queryStates().values().stream().allMatch("PAUSED"::equals), PATIENCE);
      if (!paused) {
        throw new IllegalStateException("Queries do not pause: " + client.queryStates());
      }
    }
  }

  private List<Duration> cpus() {
    return servers.stream().map(AnsweringProcess::cpu).toList();
  }

  /** CPU of each server since then, in nanoseconds. */
  private List<Double> spent(List<Duration> before) {
    List<Duration> now = cpus();
    List<Double> spent = new ArrayList<>();
    for (int server = 0; server < now.size(); server++) {
      spent.add((double) now.get(server).minus(before.get(server)).toNanos());
    }
    return spent;
  }

  private static double sum(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum();
  }

  private SortedMap<String, Double> perTransaction(
      Map<String, Long> before, Map<String, Long> after) {
    SortedMap<String, Double> bytes = new TreeMap<>();
    after.forEach(
        (topic, count) -> {
          long more = count - before.getOrDefault(topic, 0L);
          if (more > 0) {
            bytes.put(topic, (double) more / setup.transactions());
          }
        });
    return bytes;
  }

  private long stateBytes() throws IOException {
    long bytes = 0;
    for (int server = 0; server < setup.servers(); server++) {
      for (Path file : tree(state(server))) {
        try {
          bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException e) {
          // RocksDB has merged it with others meanwhile.
        }
      }
    }
    return bytes;
  }

  private static List<Path> tree(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.sorted(Comparator.reverseOrder()).toList();
    }
  }

  /** Kills all servers as they are, and takes their state away. */
  private void crash() throws IOException, InterruptedException {
    for (AnsweringProcess server : servers) {
      server.kill();
    }
    servers.clear();
    clients.clear();
    for (int server = 0; server < setup.servers(); server++) {
      for (Path file : tree(state(server))) {
        Files.delete(file);
      }
    }
  }

  @Override
  public void close() throws IOException {
    servers.forEach(AnsweringProcess::close);
    cluster.close();
    broker.close();
    directory.close();
  }
}
