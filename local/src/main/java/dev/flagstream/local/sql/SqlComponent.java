package dev.flagstream.local.sql;

import dev.flagstream.engine.server.SqlServer;
import dev.flagstream.engine.statement.config.ConfigurationException;
import dev.flagstream.local.component.Component;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.ComponentProperties;
import dev.flagstream.local.settings.StackSettings;
import java.util.concurrent.CompletableFuture;

/** The SQL server in this process. All methods may be called from any thread. */
public final class SqlComponent implements Component {

  private static final CompletableFuture<?> BROKER_RUNS = CompletableFuture.completedFuture(null);

  private final StackSettings settings;
  private SqlServer server;
  private boolean closed;

  private SqlComponent(StackSettings settings, CompletableFuture<?> broker) {
    this.settings = settings;
    this.server = startServer(broker);
  }

  /** Starts the server with the jars of the extension directory; returns when it answers. */
  public static SqlComponent start(StackSettings settings) {
    return start(settings, BROKER_RUNS);
  }

  /**
   * The same beside a broker that is still starting.
   *
   * @param broker completes when it can be reached
   */
  public static SqlComponent start(StackSettings settings, CompletableFuture<?> broker) {
    return new SqlComponent(settings, broker);
  }

  private SqlServer startServer(CompletableFuture<?> broker) {
    try {
      return SqlServer.start(ComponentProperties.sqlServer(settings), broker);
    } catch (ConfigurationException e) {
      throw new StackException("The SQL server does not start: " + e.getMessage(), e);
    }
  }

  /**
   * Stops the server and starts it with the jars that are there now; without effect once closed.
   *
   * <p>Jars that cannot be loaded are refused before the server is stopped. If it does not start
   * for another reason, it stays down until the next restart.
   *
   * @throws StackException if a jar cannot be loaded, or the server does not start
   */
  public synchronized void restart() {
    if (closed) {
      return;
    }
    if (server != null) {
      requireLoadableJars(settings);
    }
    stopServer();
    server = startServer(BROKER_RUNS);
  }

  /**
   * Loads the jars of the extension directory as a server of these settings would, and forgets
   * them.
   *
   * @throws StackException naming the jar that cannot be loaded, for which reason
   */
  public static void requireLoadableJars(StackSettings settings) {
    try {
      SqlServer.requireLoadableFunctions(ComponentProperties.sqlServer(settings));
    } catch (ConfigurationException e) {
      throw new StackException(
          "The SQL server goes on with the functions that it has. "
              + e.getMessage()
              + ". Remove that jar or put it right: the server then restarts by itself.",
          e);
    }
  }

  private void stopServer() {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  @Override
  public String name() {
    return "SQL server";
  }

  @Override
  public synchronized void close() {
    closed = true;
    stopServer();
  }
}
