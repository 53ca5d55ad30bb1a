package dev.flagstream.local.sql;

import dev.flagstream.engine.server.SqlServer;
import dev.flagstream.engine.statement.ConfigurationException;
import dev.flagstream.local.StackException;
import dev.flagstream.local.settings.ComponentProperties;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.stack.Component;

/** The SQL server in this process. All methods may be called from any thread. */
public final class SqlComponent implements Component {

  private final StackSettings settings;
  private SqlServer server;
  private boolean closed;

  private SqlComponent(StackSettings settings) {
    this.settings = settings;
    this.server = startServer();
  }

  /** Starts the server with the jars of the extension directory; returns when it answers. */
  public static SqlComponent start(StackSettings settings) {
    return new SqlComponent(settings);
  }

  private SqlServer startServer() {
    try {
      return SqlServer.start(ComponentProperties.sqlServer(settings));
    } catch (ConfigurationException e) {
      throw new StackException("The SQL server does not start: " + e.getMessage(), e);
    }
  }

  /**
   * Stops the server and starts it with the jars that are there now; without effect once closed.
   *
   * <p>If it does not start, for a jar it refuses, it stays down until the next restart.
   */
  public synchronized void restart() {
    if (closed) {
      return;
    }
    stopServer();
    server = startServer();
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
