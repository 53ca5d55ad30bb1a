package dev.flagstream.local.stack;

import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.generator.producer.TransactionTopic;
import dev.flagstream.local.broker.Broker;
import dev.flagstream.local.connect.ConnectClient;
import dev.flagstream.local.connect.ConnectWorker;
import dev.flagstream.local.connect.ConnectorFiles;
import dev.flagstream.local.connect.FailedTaskWatchdog;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.sql.DeployedJars;
import dev.flagstream.local.sql.ExtensionWatcher;
import dev.flagstream.local.sql.SqlClient;
import dev.flagstream.local.sql.SqlComponent;
import dev.flagstream.local.sql.SqlScripts;
import dev.flagstream.local.store.Store;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Store, broker, SQL server and Connect worker in one process, ready for transactions. */
public final class Stack implements Component {

  private static final Logger LOG = LoggerFactory.getLogger(Stack.class);

  private static final Duration START_PATIENCE = Duration.ofMinutes(2);
  private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);

  private final StackSettings settings;
  private final Consumer<String> say;
  private final DeployedJars jars;

  /** What has to be closed, the latest first. */
  private final Deque<AutoCloseable> running = new ArrayDeque<>();

  private Stack(StackSettings settings, Consumer<String> say) {
    this.settings = settings;
    this.say = say;
    this.jars = new DeployedJars(settings);
  }

  /**
   * Starts everything in order, applies the SQL scripts and registers the sinks. What has started
   * is stopped again if a later part does not start.
   *
   * @param say is told what happens, a line at a time, from several threads
   */
  public static Stack start(StackSettings settings, Consumer<String> say) {
    var stack = new Stack(settings, say);
    try {
      stack.startParts();
      return stack;
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  private void startParts() {
    jars.deploy();
    started(timed("store", () -> Store.start(settings)));
    started(timed("broker", () -> Broker.start(settings)));
    // Before the script does, with the broker's retention of a week: the ledger reads all of it.
    TransactionTopic.createIfMissing(
        KafkaSettings.of(settings.bootstrapServers()), Environment.INPUT_TOPIC);
    // The worker takes seconds to start and needs nothing of the SQL server.
    var worker =
        CompletableFuture.supplyAsync(() -> timed("Connect", () -> ConnectWorker.start(settings)));
    try {
      startSql();
    } finally {
      // Whatever became of the SQL server: a worker that has started is to be stopped.
      worker.thenAccept(this::started).handle((done, problem) -> null).join();
    }
    registerSinks(worker);
  }

  private void startSql() {
    var watcher = new ExtensionWatcher(settings.extensions(), WATCH_INTERVAL);
    var sql = started(timed("SQL server", () -> SqlComponent.start(settings)));
    jars.markLoaded();
    applyScripts();
    started(watcher).start(() -> reload(sql));
  }

  private void applyScripts() {
    var server = new SqlClient(settings.sqlUrl());
    server.awaitHealthy(START_PATIENCE);
    var scripts = SqlScripts.in(settings.scripts());
    scripts.applyTo(server, script -> LOG.info("Applied {}", script));
    say.accept("  " + scripts.files().size() + " SQL scripts applied");
  }

  private void reload(SqlComponent sql) {
    say.accept("The UDF jar has changed: the SQL server restarts with it");
    try {
      sql.restart();
      jars.markLoaded();
      applyScripts();
    } catch (RuntimeException e) {
      LOG.error("The SQL server did not start with the new jar", e);
      say.accept("The SQL server did not start with the new jar: " + e.getMessage());
    }
  }

  private void registerSinks(CompletableFuture<ConnectWorker> worker) {
    try {
      worker.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    var client = new ConnectClient(settings.connectUrl());
    client.awaitReady(START_PATIENCE);
    var connectors = ConnectorFiles.read(settings.connectors());
    connectors.forEach(client::put);
    say.accept("  " + connectors.size() + " sinks registered");
    started(
        FailedTaskWatchdog.start(
            client,
            WATCH_INTERVAL,
            connector -> say.accept("Sink " + connector + " had failed and is started again")));
  }

  private <T> T timed(String part, Supplier<T> start) {
    long begin = System.nanoTime();
    var result = start.get();
    say.accept("  %-10s ready after %.1f s".formatted(part, (System.nanoTime() - begin) / 1e9));
    return result;
  }

  private synchronized <T extends AutoCloseable> T started(T part) {
    running.push(part);
    return part;
  }

  /** Where clients find the parts. */
  public String addresses() {
    return "Kafka %s · SQL %s · Connect %s · MongoDB %s"
        .formatted(
            settings.bootstrapServers(),
            settings.sqlUrl(),
            settings.connectUrl(),
            settings.mongoUri());
  }

  @Override
  public String name() {
    return "stack";
  }

  /** Stops sinks, SQL server, broker and store, in this order. */
  @Override
  public void close() {
    while (!running.isEmpty()) {
      var part = running.pop();
      try {
        part.close();
      } catch (Exception e) { // what AutoCloseable.close declares
        LOG.error("{} did not stop cleanly", part, e);
      }
    }
  }
}
