package dev.flagstream.dashboard.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flagstream.client.ServerException;
import dev.flagstream.client.SqlClient;
import dev.flagstream.client.SqlRows;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Follows the flagged transactions by a push query, and asks again when the server was away, until
 * it is closed. What it says of its state may be asked from any thread.
 */
final class FlaggedFollower implements AutoCloseable {

  private static final String QUERY =
      "SELECT transaction_id, event_time, amount, currency, merchant, merchant_category, channel,"
          + " card_last4, location->`city`, location->`country`, location->`lat`, location->`lon`,"
          + " rule_hits, model_alert, fraud_score, fraud_probability"
          + " FROM flagged_transactions EMIT CHANGES;";
  private static final String[] COLUMNS = {
    "id",
    "time",
    "amount",
    "currency",
    "merchant",
    "category",
    "channel",
    "last4",
    "city",
    "country",
    "lat",
    "lon",
    "rules",
    "model",
    "score",
    "probability"
  };
  private static final int TIME = 1;
  private static final int AMOUNT = 2;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

  private final SqlClient sql;
  private final Consumer<Flagged> listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::follow, "flagged-follower");
  private SqlRows rows;
  private volatile Optional<String> trouble = Optional.of("not connected yet");

  /** A row: what the page shows of it, and when it came to be. */
  record Flagged(Map<String, Object> fields, long eventTimeMs) {}

  private FlaggedFollower(SqlClient sql, Consumer<Flagged> listener) {
    this.sql = sql;
    this.listener = listener;
    thread.setDaemon(true);
  }

  /**
   * Starts to follow.
   *
   * @param listener is told each row in a thread of this follower
   */
  static FlaggedFollower start(SqlClient sql, Consumer<Flagged> listener) {
    var follower = new FlaggedFollower(sql, listener);
    follower.thread.start();
    return follower;
  }

  /** Why no rows come; empty while the query runs. */
  Optional<String> trouble() {
    return trouble;
  }

  private void follow() {
    Duration pause = FIRST_PAUSE;
    while (closed.getCount() > 0) {
      try (SqlRows query = open()) {
        trouble = Optional.empty();
        pause = FIRST_PAUSE;
        readAll(query);
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
    SqlRows query = sql.query(QUERY, Map.of("ksql.streams.auto.offset.reset", "latest"));
    synchronized (this) {
      rows = query;
    }
    if (closed.getCount() == 0) {
      query.close();
    }
    return query;
  }

  private void readAll(SqlRows query) throws IOException {
    for (var row = query.next(); row.isPresent(); row = query.next()) {
      listener.accept(flagged(row.get()));
    }
  }

  private static Flagged flagged(JsonNode row) {
    var fields = new LinkedHashMap<String, Object>();
    for (int i = 0; i < COLUMNS.length; i++) {
      JsonNode value = row.path(i);
      fields.put(COLUMNS[i], i == AMOUNT && value.isNumber() ? exact(value) : value);
    }
    return new Flagged(fields, row.path(TIME).asLong());
  }

  private static String exact(JsonNode amount) {
    return amount.decimalValue().toPlainString();
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
      if (rows != null) {
        rows.close();
      }
    }
  }
}
