package dev.flagstream.reliability;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flagstream.client.ConnectClient;
import dev.flagstream.client.RestApi;
import dev.flagstream.client.SqlClient;
import dev.flagstream.generator.producer.KafkaAccessException;
import dev.flagstream.generator.producer.TransactionTopic;
import dev.flagstream.local.connect.FailedTaskWatchdog;
import dev.flagstream.local.connect.SinkRegistration;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.Ports;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.sql.DeployedJars;
import dev.flagstream.local.sql.SqlScripts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Broker, store, SQL server, Connect worker and generator, each a process. For one thread. */
final class Pipeline implements AutoCloseable {

  /** The sink that stores the same decisions under ids of its own making, as the default does. */
  static final String COUNTER_EXAMPLE = "counter_example";

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** The heap of the process that checks the books, in MiB; it does not grow with them. */
  static final int LEDGER_HEAP_MB = 768;

  /** Between two looks at what is not there yet. */
  private static final Duration LOOK = Duration.ofMillis(100);

  private static final int CONNECT_TIMEOUT_MS = 1_000;
  private static final Duration WATCH_INTERVAL = Duration.ofSeconds(2);

  private final StackSettings settings;
  private final Path outputs;
  private final GeneratedTraffic traffic;
  private final List<String> jvmOptions;
  private final Network network;
  private final Map<Part, WallClock> clocks = new EnumMap<>(Part.class);
  private final Map<Part, JavaProcess> processes = new EnumMap<>(Part.class);
  private FailedTaskWatchdog watchdog;

  private Pipeline(
      StackSettings settings, Path outputs, GeneratedTraffic traffic, List<String> jvmOptions) {
    this.settings = settings;
    this.outputs = outputs;
    this.traffic = traffic;
    this.jvmOptions = jvmOptions;
    network = new Network(settings.ports());
  }

  /**
   * Starts everything and returns when transactions flow.
   *
   * @param outputs a folder for what the processes say
   * @param traffic what the generator sends
   * @param jvmOptions of every process
   * @param faketime the library by which the parts have clocks that can be set; empty if they have
   *     the machine's
   */
  static Pipeline start(
      StackSettings settings,
      Path outputs,
      GeneratedTraffic traffic,
      List<String> jvmOptions,
      Optional<Path> faketime) {
    Pipeline pipeline = new Pipeline(settings, outputs, traffic, jvmOptions);
    try {
      pipeline.makeOutputs();
      faketime.ifPresent(pipeline::makeClocks);
      pipeline.startAll();
      return pipeline;
    } catch (RuntimeException e) {
      pipeline.close();
      throw e;
    }
  }

  private void makeOutputs() {
    try {
      Files.createDirectories(outputs);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make the folder " + outputs, e);
    }
  }

  /** PostgreSQL has the machine's clock: it is a program of its own. */
  private void makeClocks(Path library) {
    for (Part part : Part.values()) {
      if (part != Part.ROWS) {
        clocks.put(
            part,
            new WallClock(
                library, outputs.toAbsolutePath().resolve(part.command() + "-clock.txt")));
      }
    }
  }

  private void startAll() {
    new DeployedJars(settings).deploy();
    start(Part.STORE);
    start(Part.BROKER);
    if (settings.sqlStore().isPresent()) {
      start(Part.ROWS);
      awaitReady(Part.ROWS);
    }
    awaitReady(Part.STORE);
    awaitReady(Part.BROKER);
    createInputTopic();
    start(Part.SQL);
    start(Part.CONNECT);
    awaitReady(Part.SQL);
    SqlScripts.in(settings.scripts()).applyTo(sql(), script -> {});
    awaitReady(Part.CONNECT);
    SinkRegistration.read(settings).registerWith(connect());
    connect().put(COUNTER_EXAMPLE, counterExample());
    watchdog = FailedTaskWatchdog.start(connect(), WATCH_INTERVAL, connector -> {});
    start(Part.GENERATOR);
  }

  /** A broker that listens may take a while until it answers. */
  private void createInputTopic() {
    long endNanos = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        TransactionTopic.createIfMissing(settings.kafka(), Environment.INPUT_TOPIC);
        return;
      } catch (KafkaAccessException e) {
        if (System.nanoTime() > endNanos) {
          throw e;
        }
        Pauses.of(LOOK);
      }
    }
  }

  /** Starts a part that does not run. */
  void start(Part part) {
    processes.put(
        part,
        JavaProcess.start(
            part.heapMb(),
            jvmOptions,
            outputs.resolve(part.command() + ".txt"),
            clocks.containsKey(part) ? clocks.get(part).environment() : Map.of(),
            arguments(part)));
  }

  private List<String> arguments(Part part) {
    Ports ports = network.seenBy(part, settings.ports());
    if (part == Part.GENERATOR) {
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  part.command(),
                  "--bootstrap-servers=" + Environment.LOOPBACK + ":" + ports.kafka(),
                  "--clock=live",
                  "--catch-up=1h"));
      arguments.addAll(traffic.options());
      return arguments;
    }
    List<String> arguments = arguments(part.command(), ports);
    if (part == Part.BROKER) {
      network
          .ofBroker()
          .forEach((name, value) -> arguments.add("--broker-property=" + name + "=" + value));
    }
    return arguments;
  }

  /** A command with the options that say where everything is. */
  private List<String> arguments(String command, Ports ports) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "--home=" + settings.home(),
                "--data=" + settings.data(),
                "--kafka-port=" + ports.kafka(),
                "--sql-port=" + ports.sql(),
                "--connect-port=" + ports.connect(),
                "--mongo-port=" + ports.mongo()));
    List<String> sinks = new ArrayList<>(List.of("mongodb"));
    settings
        .sqlStorePort()
        .ifPresent(
            port -> {
              sinks.add("postgresql");
              arguments.add("--sql-store-port=" + port);
            });
    settings
        .lakeUrl()
        .ifPresent(
            url -> {
              sinks.add("lake");
              arguments.add("--lake-url=" + url);
            });
    arguments.add("--sinks=" + String.join(",", sinks));
    return arguments;
  }

  /** Kills a part as {@code kill -9} does, with all that is its own; returns when it is gone. */
  void kill(Part part) throws InterruptedException {
    process(part).kill();
    if (part == Part.ROWS) {
      postgresql().ifPresent(Pipeline::killWithChildren);
    }
  }

  /** The server that the watching process started. */
  private Optional<ProcessHandle> postgresql() {
    try {
      List<String> lines = Files.readAllLines(settings.data().resolve("postgresql/postmaster.pid"));
      return lines.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(lines.get(0)));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static void killWithChildren(ProcessHandle server) {
    List<ProcessHandle> all = new ArrayList<>(server.descendants().toList());
    all.add(0, server);
    all.forEach(ProcessHandle::destroyForcibly);
    server.onExit().join();
  }

  JavaProcess process(Part part) {
    return processes.get(part);
  }

  /** What lies between a client and its server. */
  NetworkLink link(Part client, Part server) {
    return network.link(Link.between(client, server));
  }

  /** The clock of a part, as it has one that can be set. */
  WallClock clock(Part part) {
    return clocks.get(part);
  }

  /** Starts again what has ended, as whatever supervises it would; gives what that was. */
  List<Part> startAgain() {
    List<Part> ended =
        processes.keySet().stream().filter(part -> !process(part).isAlive()).toList();
    ended.forEach(this::start);
    return ended;
  }

  StackSettings settings() {
    return settings;
  }

  ConnectClient connect() {
    return new ConnectClient(settings.connectUrl());
  }

  private SqlClient sql() {
    return new SqlClient(settings.sqlUrl());
  }

  /**
   * Waits until a part that was started answers, and starts it again if it gives up, as whatever
   * supervises it would: without a broker, the SQL server does not start.
   */
  void awaitReady(Part part) {
    long endNanos = System.nanoTime() + PATIENCE.toNanos();
    while (!answers(part)) {
      if (System.nanoTime() > endNanos) {
        throw new IllegalStateException(
            "The " + part.title() + " did not answer within " + PATIENCE.toSeconds() + " s");
      }
      if (!process(part).isAlive()) {
        start(part);
      }
      Pauses.of(Duration.ofMillis(100));
    }
  }

  private boolean answers(Part part) {
    Ports ports = settings.ports();
    return switch (part) {
      case BROKER -> listens(ports.kafka());
      case STORE -> listens(ports.mongo());
      case ROWS -> listens(settings.sqlStorePort().orElseThrow());
      case SQL -> RestApi.answers(URI.create(settings.sqlUrl() + "/info"));
      case CONNECT -> RestApi.answers(URI.create(settings.connectUrl() + "/connectors"));
      case GENERATOR -> process(part).isAlive();
    };
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_TIMEOUT_MS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The ledger as a process of its own; its exit code says whether the books balance. */
  JavaProcess startLedger(Path json, int patienceSeconds) {
    List<String> arguments = arguments("ledger", settings.ports());
    arguments.add("--patience=" + patienceSeconds);
    arguments.add("--json=" + json);
    return JavaProcess.start(
        LEDGER_HEAP_MB, jvmOptions, outputs.resolve("ledger.txt"), Map.of(), arguments);
  }

  /** Removes the sink that makes ids of its own; what it has stored remains. */
  void stopCounterExample() {
    connect().remove(COUNTER_EXAMPLE);
  }

  private String counterExample() {
    Path file = settings.connectors().resolve("scored-transactions.json");
    try {
      ObjectMapper mapper = new ObjectMapper();
      ObjectNode config = (ObjectNode) mapper.readTree(file.toFile());
      config.put("collection", COUNTER_EXAMPLE);
      config.put("transforms", "names");
      config.remove(
          List.of(
              "transforms.key.type",
              "transforms.key.fields",
              "transforms.id.type",
              "transforms.id.renames"));
      config.put(
          "document.id.strategy",
          "com.mongodb.kafka.connect.sink.processor.id.strategy.BsonOidStrategy");
      config.put(
          "writemodel.strategy",
          "com.mongodb.kafka.connect.sink.writemodel.strategy.InsertOneDefaultStrategy");
      // Only what is counted: a run of millions would need the store's disk twice.
      config.put("value.projection.type", "allowlist");
      config.put("value.projection.list", "transaction_id");
      config.put(
          "post.processor.chain",
          "com.mongodb.kafka.connect.sink.processor.AllowListValueProjector,"
              + "com.mongodb.kafka.connect.sink.processor.DocumentIdAdder");
      return mapper.writeValueAsString(config);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /** Stops the parts that change data, in order, so that what is on disk stands still. */
  void stop() throws InterruptedException {
    watchdog.close();
    List<Part> parts = new ArrayList<>(Part.of(settings));
    Collections.reverse(parts);
    for (Part part : parts) {
      process(part).stop();
    }
  }

  @Override
  public void close() {
    if (watchdog != null) {
      watchdog.close();
    }
    processes.values().forEach(JavaProcess::close);
    postgresql().ifPresent(Pipeline::killWithChildren);
    network.close();
  }
}
