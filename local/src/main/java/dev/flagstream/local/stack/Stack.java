package dev.flagstream.local.stack;

import dev.flagstream.client.ConnectClient;
import dev.flagstream.client.SqlClient;
import dev.flagstream.generator.producer.TransactionTopic;
import dev.flagstream.local.broker.Broker;
import dev.flagstream.local.component.Component;
import dev.flagstream.local.connect.ConnectWorker;
import dev.flagstream.local.connect.FailedTaskWatchdog;
import dev.flagstream.local.connect.SinkRegistration;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.sql.DeployedJars;
import dev.flagstream.local.sql.ExtensionWatcher;
import dev.flagstream.local.sql.SqlComponent;
import dev.flagstream.local.sql.SqlScripts;
import dev.flagstream.local.sqlstore.SqlStore;
import dev.flagstream.local.store.Store;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
  private final Runnable goOn;
  private final DeployedJars jars;

  private final PartsStarting parts = new PartsStarting();
  private final long beginNanos = System.nanoTime();

  private Stack(StackSettings settings, Consumer<String> say, Runnable goOn) {
    this.settings = settings;
    this.say = say;
    this.goOn = goOn;
    this.jars = new DeployedJars(settings);
  }

  /**
   * Starts everything, side by side as far as no part needs another, applies the SQL scripts and
   * registers the sinks. What has started is stopped again if a part does not start.
   *
   * @param say receives what happens, a line at a time, from several threads
   * @throws dev.flagstream.local.failure.StackException naming the part that does not start, and
   *     why
   */
  public static Stack start(StackSettings settings, Consumer<String> say) {
    return start(settings, say, () -> {}, failure -> {});
  }

  /**
   * As above.
   *
   * @param goOn is asked before each step, and throws what breaks the start off
   * @param failed receives why it does not start, before what has started is stopped
   */
  public static Stack start(
      StackSettings settings,
      Consumer<String> say,
      Runnable goOn,
      Consumer<RuntimeException> failed) {
    Stack stack = new Stack(settings, say, goOn);
    try {
      stack.startParts();
      return stack;
    } catch (RuntimeException e) {
      failed.accept(e);
      stack.close();
      throw e;
    }
  }

  /** The order in which they are named is the reverse of that in which they are stopped. */
  private void startParts() {
    SinkRegistration sinks = SinkRegistration.read(settings);
    jars.deploy();
    CompletableFuture<Store> store =
        parts.start("The store", () -> timed("store", () -> Store.start(settings)));
    CompletableFuture<?> sqlStore = startSqlStore();
    CompletableFuture<Broker> broker =
        parts.start("The broker", () -> timed("broker", () -> Broker.start(settings)));
    // Before the script does, so that generator and ledger find it whatever becomes of the script.
    CompletableFuture<Void> inputTopic =
        broker.thenRunAsync(
            () -> TransactionTopic.createIfMissing(settings.kafka(), Environment.INPUT_TOPIC));
    ExtensionWatcher watcher = new ExtensionWatcher(settings.extensions(), WATCH_INTERVAL);
    CompletableFuture<SqlComponent> sql =
        parts.start(
            "The SQL server",
            () -> timed("SQL server", () -> SqlComponent.start(settings, broker)),
            broker);
    parts.startAfter(
        sql,
        "The pipeline",
        server -> {
          jars.markLoaded();
          inputTopic.join();
          applyScripts();
          watcher.start(() -> reload(server));
          return watcher;
        });
    CompletableFuture<ConnectWorker> worker =
        parts.startAfter(
            broker,
            "Kafka Connect",
            started -> timed("Connect", () -> ConnectWorker.start(settings)),
            // A sink that stops writes what it has taken.
            store,
            sqlStore);
    parts.startAfter(
        worker,
        "The registration of the sinks",
        started -> {
          // Registering a sink connects to it.
          store.join();
          sqlStore.join();
          return register(sinks);
        });
    parts.await();
  }

  private CompletableFuture<?> startSqlStore() {
    return settings.sqlStore().isEmpty()
        ? CompletableFuture.completedFuture(null)
        : parts.start("The SQL store", () -> timed("SQL store", () -> SqlStore.start(settings)));
  }

  private void applyScripts() {
    SqlClient server = new SqlClient(settings.sqlUrl());
    server.awaitHealthy(START_PATIENCE);
    SqlScripts scripts = SqlScripts.in(settings.scripts());
    scripts.applyTo(
        server,
        script -> {
          LOG.info("Applied {}", script);
          goOn.run();
        });
    sayWhen(scripts.files().size() + " SQL scripts applied");
  }

  private void reload(SqlComponent sql) {
    say.accept("The jars of " + settings.extensions() + " have changed: the SQL server restarts");
    try {
      sql.restart();
      jars.markLoaded();
      applyScripts();
    } catch (RuntimeException e) {
      LOG.error("The SQL server did not restart with the jars that changed", e);
      say.accept(e.getMessage());
    }
  }

  private FailedTaskWatchdog register(SinkRegistration sinks) {
    goOn.run();
    ConnectClient client = new ConnectClient(settings.connectUrl());
    client.awaitReady(START_PATIENCE);
    sinks.registerWith(client);
    sayWhen(sinks.names().size() + " sinks registered");
    return FailedTaskWatchdog.start(
        client,
        WATCH_INTERVAL,
        connector -> say.accept("Sink " + connector + " had failed and is started again"));
  }

  private <T> T timed(String part, Supplier<T> start) {
    goOn.run();
    T started = start.get();
    sayWhen("%-10s ready".formatted(part));
    return started;
  }

  private void sayWhen(String what) {
    say.accept("  %s after %.1f s".formatted(what, (System.nanoTime() - beginNanos) / 1e9));
  }

  /** Where clients find the parts. */
  public String addresses() {
    return "Kafka %s · SQL %s · Connect %s · MongoDB %s%s%s"
        .formatted(
            settings.bootstrapServers(),
            settings.sqlUrl(),
            settings.connectUrl(),
            settings.mongoUri(),
            settings.sqlStore().map(rows -> " · PostgreSQL " + rows).orElse(""),
            settings.lakeUrl().map(url -> " · lake " + url).orElse(""));
  }

  @Override
  public String name() {
    return "stack";
  }

  /** Stops sinks, Connect worker, SQL server, broker and store, in this order. */
  @Override
  public void close() {
    parts.close();
  }
}
