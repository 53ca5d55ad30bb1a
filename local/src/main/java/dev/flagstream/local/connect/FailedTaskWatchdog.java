package dev.flagstream.local.connect;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.flagstream.client.ConnectClient;
import dev.flagstream.client.ServerException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restarts connectors and tasks that have failed, for as long as it takes.
 *
 * <p>The sinks stop rather than give up a good record when the store is away (see connect/README);
 * Kafka Connect itself never starts a failed task again.
 */
public final class FailedTaskWatchdog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FailedTaskWatchdog.class);

  private static final RetryPolicy<Set<String>> UNTIL_NONE_FAILED =
      RetryPolicy.<Set<String>>builder()
          .handle(IOException.class, ServerException.class)
          .handleResultIf(failed -> !failed.isEmpty())
          .withBackoff(Duration.ofSeconds(1), Duration.ofSeconds(15))
          .withMaxAttempts(-1)
          .build();

  private final ConnectClient client;
  private final Duration interval;
  private final Consumer<String> restarted;
  private final Thread thread;

  private FailedTaskWatchdog(ConnectClient client, Duration interval, Consumer<String> restarted) {
    this.client = client;
    this.interval = interval;
    this.restarted = restarted;
    this.thread = new Thread(this::watch, "connect-watchdog");
    this.thread.setDaemon(true);
  }

  /**
   * Starts to watch, in a thread of its own.
   *
   * @param interval how often to look while all is well
   * @param restarted receives the name of each connector that is restarted
   */
  public static FailedTaskWatchdog start(
      ConnectClient client, Duration interval, Consumer<String> restarted) {
    FailedTaskWatchdog watchdog = new FailedTaskWatchdog(client, interval, restarted);
    watchdog.thread.start();
    return watchdog;
  }

  private void watch() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(interval.toMillis());
        Failsafe.with(UNTIL_NONE_FAILED).get(this::restartFailed);
      }
    } catch (InterruptedException e) {
      LOG.debug("Watchdog stopped", e);
    } catch (FailsafeException e) {
      LOG.debug("Watchdog stopped while it waited to restart a task", e);
    }
  }

  private Set<String> restartFailed() throws IOException {
    Set<String> failed = client.failedConnectors();
    for (String connector : failed) {
      LOG.warn("Restarting the failed parts of connector {}", connector);
      client.restartFailed(connector);
      restarted.accept(connector);
    }
    return failed;
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
