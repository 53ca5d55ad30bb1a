package dev.flagstream.local.sqlstore;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.flagstream.local.component.Component;
import dev.flagstream.local.failure.PortsTakenException;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.SqlStoreAddress;
import dev.flagstream.local.settings.StackSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL for the local stack: a process of its own, which is started again when it dies.
 *
 * <p>It listens on loopback alone and asks for no password, as the other parts. What it has said is
 * committed is on disk, whatever is killed. Thread-safe.
 */
public final class SqlStore implements Component {

  private static final Logger LOG = LoggerFactory.getLogger(SqlStore.class);

  private static final String SUPERUSER = "postgres";
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
  private static final Duration START_PATIENCE = Duration.ofSeconds(30);

  private static final Executor AFTER_A_PAUSE =
      CompletableFuture.delayedExecutor(10, TimeUnit.SECONDS, SqlStore::inThread);

  /** Of a server that was killed, the last processes may still be there for a moment. */
  private static final RetryPolicy<Object> UNTIL_IT_STARTS =
      RetryPolicy.builder()
          .handle(IOException.class, IllegalStateException.class)
          .withDelay(Duration.ofMillis(500))
          .withMaxAttempts(-1)
          .withMaxDuration(START_PATIENCE)
          .build();

  private final StackSettings settings;
  private final int port;
  private final SqlStoreAddress address;
  private final Path data;
  private EmbeddedPostgres server;
  private CompletableFuture<?> watch = CompletableFuture.completedFuture(null);
  private boolean closed;

  private SqlStore(StackSettings settings) {
    this.settings = settings;
    this.port = settings.sqlStorePort().orElseThrow();
    this.address = settings.sqlStore().orElseThrow();
    this.data = settings.data().resolve("postgresql");
  }

  /**
   * Starts it on the data it has, or makes the database and its table.
   *
   * @param settings which say on which port
   * @throws StackException if PostgreSQL was not fetched, or does not start
   * @throws PortsTakenException if another program has the port
   */
  public static SqlStore start(StackSettings settings) {
    SqlStore store = new SqlStore(settings);
    store.endLeftover();
    store.requireFreePort();
    store.startServer();
    try {
      store.createTables();
      return store;
    } catch (SQLException | IOException e) {
      store.close();
      throw new StackException("The tables of the SQL store cannot be made: " + e.getMessage(), e);
    }
  }

  /** Here, and not with the others: what an earlier run left behind has only just let go of it. */
  private void requireFreePort() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new PortsTakenException(
          "Port %d, which PostgreSQL needs, is taken (%s). Stop what listens there, or move it with --sql-store-port N (make: SQL_STORE_PORT=N)."
              .formatted(port, e.getMessage()));
    }
  }

  private synchronized void startServer() {
    if (closed) {
      return;
    }
    Path binaries = settings.postgresqlBinaries();
    try {
      server =
          Failsafe.with(UNTIL_IT_STARTS)
              .get(
                  () -> {
                    endLeftover();
                    return newServer(binaries);
                  });
    } catch (FailsafeException | IllegalStateException e) {
      throw new StackException(
          "PostgreSQL does not start on %s: %s. The log (%s) has its own words."
              .formatted(data, reason(e), settings.logFile()),
          e);
    }
    watch =
        process()
            .map(ProcessHandle::onExit)
            .orElseGet(() -> CompletableFuture.completedFuture(null))
            .thenRunAsync(this::startAgain, SqlStore::inThread);
  }

  private EmbeddedPostgres newServer(Path binaries) throws IOException {
    return EmbeddedPostgres.builder()
        .setPgBinaryResolver(new FetchedPostgresql(binaries))
        .setOverrideWorkingDirectory(binaries.resolve("unpacked").toFile())
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPort(port)
        .setPGStartupWait(START_PATIENCE)
        .setLocaleConfig("locale", "C")
        // Not a test's database, whose data may be lost: what is committed stays.
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("listen_addresses", Environment.LOOPBACK)
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("max_connections", "20")
        .setServerConfig("shared_buffers", "32MB")
        .start();
  }

  private static void inThread(Runnable task) {
    Thread thread = new Thread(task, "sql-store-watchdog");
    thread.setDaemon(true);
    thread.start();
  }

  /** Until it succeeds: what is in its way, such as a full disk, may be gone the next time. */
  private void startAgain() {
    try {
      synchronized (this) {
        if (closed) {
          return;
        }
        LOG.warn("PostgreSQL has ended; it is started again");
        close(server);
        startServer();
      }
    } catch (RuntimeException e) {
      LOG.error("PostgreSQL could not be started again; the next attempt follows", e);
      synchronized (this) {
        watch = CompletableFuture.runAsync(this::startAgain, AFTER_A_PAUSE);
      }
    }
  }

  /** A stack that was killed leaves its PostgreSQL behind, which holds the data and the port. */
  private void endLeftover() {
    process()
        .ifPresent(
            leftover -> {
              LOG.warn("Ending the PostgreSQL of an earlier run, process {}", leftover.pid());
              leftover.destroy();
              if (!hasEnded(leftover)) {
                leftover.destroyForcibly();
                hasEnded(leftover);
              }
            });
  }

  private static boolean hasEnded(ProcessHandle process) {
    try {
      process.onExit().get(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The server that runs on the data, as the file that it writes says; empty if none does. */
  private Optional<ProcessHandle> process() {
    try {
      List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
      return lines.isEmpty()
          ? Optional.empty()
          : ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(SqlStore::isPostgresql);
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** After a restart of the machine, the number may be another program's. */
  private static boolean isPostgresql(ProcessHandle process) {
    return process.isAlive()
        && process.info().command().filter(command -> command.contains("postgres")).isPresent();
  }

  private void createTables() throws SQLException, IOException {
    String name = address.user();
    try (Connection connection =
            server.getDatabase(SUPERUSER, SUPERUSER, Map.of()).getConnection();
        Statement statement = connection.createStatement()) {
      if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + name + "'")) {
        statement.execute("CREATE ROLE " + name + " LOGIN");
      }
      if (!exists(statement, "SELECT 1 FROM pg_database WHERE datname = '" + name + "'")) {
        statement.execute("CREATE DATABASE " + name + " OWNER " + name);
      }
    }
    try (Connection connection = server.getDatabase(name, name).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(Files.readString(settings.connectors().resolve("sql/postgresql.sql")));
    }
  }

  private static boolean exists(Statement statement, String query) throws SQLException {
    try (ResultSet found = statement.executeQuery(query)) {
      return found.next();
    }
  }

  private static String reason(Throwable problem) {
    Throwable cause = problem.getCause() == null ? problem : problem.getCause();
    return cause.getMessage();
  }

  @Override
  public String name() {
    return "SQL store";
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    watch.cancel(false);
    close(server);
  }

  private static void close(EmbeddedPostgres server) {
    try {
      server.close();
    } catch (IOException e) {
      LOG.warn("PostgreSQL did not stop in order", e);
    }
  }
}
