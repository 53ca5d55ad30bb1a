package dev.flagstream.dashboard.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flagstream.client.ServerException;
import dev.flagstream.client.SqlClient;
import dev.flagstream.client.SqlRows;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Follows a push query until it is closed, and sends it again after the server was away. Its state
 * may be asked for from any thread.
 */
public final class QueryFollower implements AutoCloseable {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

  private final SqlClient sql;
  private final String query;
  private final Map<String, String> properties;
  private final Consumer<JsonNode> listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::follow, "query-follower");
  private SqlRows open;
  private volatile Optional<String> trouble = Optional.of("not connected yet");

  private QueryFollower(
      SqlClient sql, String query, Map<String, String> properties, Consumer<JsonNode> listener) {
    this.sql = sql;
    this.query = query;
    this.properties = properties;
    this.listener = listener;
    thread.setDaemon(true);
  }

  /**
   * Starts to follow.
   *
   * @param properties of the query
   * @param listener receives the columns of each row, in a thread of this follower; earlier rows
   *     come again after a break if the query begins with the earliest
   */
  public static QueryFollower start(
      SqlClient sql, String query, Map<String, String> properties, Consumer<JsonNode> listener) {
    QueryFollower follower = new QueryFollower(sql, query, properties, listener);
    follower.thread.start();
    return follower;
  }

  /** Why no rows come; empty while the query runs. */
  public Optional<String> trouble() {
    return trouble;
  }

  private void follow() {
    Duration pause = FIRST_PAUSE;
    while (closed.getCount() > 0) {
      try (SqlRows rows = open()) {
        trouble = Optional.empty();
        pause = FIRST_PAUSE;
        for (Optional<JsonNode> row = rows.next(); row.isPresent(); row = rows.next()) {
          listener.accept(row.get());
        }
        trouble = Optional.of("the query has ended");
      } catch (ServerException | IOException e) {
        trouble = Optional.of(String.valueOf(e.getMessage()));
      }
      if (isClosedWithin(pause)) {
        return;
      }
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
  }

  private SqlRows open() {
    SqlRows rows = sql.query(query, properties);
    synchronized (this) {
      open = rows;
    }
    if (closed.getCount() == 0) {
      rows.close();
    }
    return rows;
  }

  private boolean isClosedWithin(Duration pause) {
    try {
      return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    closed.countDown();
    synchronized (this) {
      if (open != null) {
        open.close();
      }
    }
  }
}
