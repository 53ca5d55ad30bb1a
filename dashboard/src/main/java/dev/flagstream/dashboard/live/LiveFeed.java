package dev.flagstream.dashboard.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import dev.flagstream.client.SqlClient;
import dev.flagstream.dashboard.cases.StoreNames;
import dev.flagstream.dashboard.http.EventStream;
import dev.flagstream.dashboard.sql.QueryFollower;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells every watching browser once a second how things stand, and which transactions were flagged.
 * However many watch, one query runs and the store is asked once; a while after the last one has
 * gone, neither. If many are flagged in a second, the latest are shown, with the number of all.
 * Thread-safe.
 */
public final class LiveFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, String> FROM_NOW_ON =
      Map.of("ksql.streams.auto.offset.reset", "latest");
  private static final long BEAT_MS = 1_000;
  private static final int IDLE_BEATS = 30;
  private static final int SHOWN_PER_BEAT = 20;
  private static final int KEPT = 60;

  private final SqlClient sql;
  private final MongoDatabase database;
  private final Set<EventStream> watchers = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(LiveFeed::daemon);

  /** What has come since the last beat, the oldest first; and how many there were in all. */
  private final Deque<Map<String, Object>> fresh = new ArrayDeque<>();

  private int freshCount;

  /** What browsers that come later are shown first. */
  private final Deque<Map<String, Object>> kept = new ArrayDeque<>();

  private final Delays delays = new Delays();
  private final LiveRate decided = new LiveRate();
  private final LiveRate flagged = new LiveRate();
  private QueryFollower follower;
  private int beatsAlone;

  /** A feed that is idle until somebody watches. */
  public LiveFeed(SqlClient sql, MongoDatabase database) {
    this.sql = sql;
    this.database = database;
    ScheduledFuture<?> unused =
        clock.scheduleWithFixedDelay(this::beat, BEAT_MS, BEAT_MS, TimeUnit.MILLISECONDS);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "live-feed");
    thread.setDaemon(true);
    return thread;
  }

  /** Adds a browser, which is shown at once what was flagged last. */
  public void add(EventStream watcher) {
    watchers.add(watcher);
    List<Map<String, Object>> before;
    synchronized (this) {
      before = List.copyOf(kept);
      if (follower == null) {
        follower =
            QueryFollower.start(
                sql, FlaggedRow.QUERY, FROM_NOW_ON, row -> noteFlagged(FlaggedRow.of(row)));
      }
    }
    watcher.send("flagged", json(Map.of("transactions", before, "of", before.size())));
    clock.execute(this::beat);
  }

  private void noteFlagged(FlaggedRow row) {
    delays.note(System.currentTimeMillis() - row.eventTimeMs());
    synchronized (this) {
      freshCount++;
      addBounded(fresh, row.fields(), SHOWN_PER_BEAT);
      addBounded(kept, row.fields(), KEPT);
    }
  }

  private static <T> void addBounded(Deque<T> deque, T element, int most) {
    deque.addLast(element);
    if (deque.size() > most) {
      deque.removeFirst();
    }
  }

  private void beat() {
    try {
      watchers.removeIf(EventStream::isClosed);
      if (watchers.isEmpty()) {
        restWhenAlone();
        return;
      }
      beatsAlone = 0;
      String state = json(state());
      Optional<String> flaggedNow = takeFresh();
      for (EventStream watcher : watchers) {
        watcher.send("state", state);
        flaggedNow.ifPresent(rows -> watcher.send("flagged", rows));
      }
    } catch (RuntimeException e) {
      // The next beat may succeed; if this one threw, there would be none.
      LOG.error("The live page could not be told how things stand", e);
    }
  }

  private synchronized void restWhenAlone() {
    // One may have come since the beat began; it has found the follower there.
    if (follower != null && watchers.isEmpty() && ++beatsAlone >= IDLE_BEATS) {
      follower.close();
      follower = null;
      kept.clear();
    }
  }

  private synchronized Optional<String> takeFresh() {
    if (freshCount == 0) {
      return Optional.empty();
    }
    String rows = json(Map.of("transactions", List.copyOf(fresh), "of", freshCount));
    fresh.clear();
    freshCount = 0;
    return Optional.of(rows);
  }

  private Map<String, Object> state() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("now", System.currentTimeMillis());
    state.put("sql", trouble().orElse(null));
    state.put("delays", delays.percentiles());
    try {
      long decisions = database.getCollection(StoreNames.SCORED).estimatedDocumentCount();
      long cases = database.getCollection(StoreNames.FLAGGED).estimatedDocumentCount();
      decided.note(System.nanoTime(), decisions);
      flagged.note(System.nanoTime(), cases);
      state.put("decisions", decisions);
      state.put("flagged", cases);
      state.put("decisionsPerSecond", orNull(decided.perSecond()));
      state.put("flaggedPerSecond", orNull(flagged.perSecond()));
      state.put("windows", RecentWindows.of(database));
      state.put("store", null);
    } catch (MongoException e) {
      state.put("store", "MongoDB does not answer: " + firstSentence(e));
    }
    return state;
  }

  private synchronized Optional<String> trouble() {
    return follower == null ? Optional.empty() : follower.trouble();
  }

  private static Double orNull(double number) {
    return Double.isFinite(number) ? number : null;
  }

  private static String firstSentence(Exception problem) {
    return String.valueOf(problem.getMessage()).replaceFirst("(?s)[.{].*", "");
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of texts and numbers can always be written", e);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    synchronized (this) {
      if (follower != null) {
        follower.close();
        follower = null;
      }
    }
  }
}
