package dev.flagstream.engine.runtime;

import dev.flagstream.engine.runtime.QueryFailure.Cause;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;

/**
 * The latest deaths of a query's stream threads. Each thread is replaced, and the one after it runs
 * for a while before it dies as well: only their sequence tells that the query gets nowhere.
 * Thread-safe.
 */
final class ThreadDeaths {

  private static final int KEPT = 10;
  private static final long LONGEST_BETWEEN_MS = 300_000;
  private static final long LEAST_AFTER_MS = 5_000;

  /** A permission or a topic that is missing, and records that a topic is not set up to take. */
  private static final List<Class<? extends Exception>> OF_USERS =
      List.of(
          AuthorizationException.class,
          MissingSourceTopicException.class,
          RecordTooLargeException.class,
          SerializationException.class);

  private final Clock clock;
  private final Deque<QueryFailure> deaths = new ArrayDeque<>();

  ThreadDeaths(Clock clock) {
    this.clock = clock;
  }

  synchronized void add(Throwable error) {
    deaths.addLast(new QueryFailure(clock.millis(), messageOf(error), causeOf(error)));
    if (deaths.size() > KEPT) {
      deaths.removeFirst();
    }
  }

  private static String messageOf(Throwable error) {
    Throwable first = error;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    return first == error ? String.valueOf(error) : error + ": " + first;
  }

  private static Cause causeOf(Throwable error) {
    boolean ofUsers =
        Stream.iterate(error, Objects::nonNull, Throwable::getCause)
            .anyMatch(cause -> OF_USERS.stream().anyMatch(kind -> kind.isInstance(cause)));
    return ofUsers ? Cause.USER : Cause.UNKNOWN;
  }

  /** Whether threads keep dying: the next death is due, or was not long ago. */
  synchronized boolean keepComing() {
    if (deaths.size() < 2) {
      return false;
    }
    List<QueryFailure> all = List.copyOf(deaths);
    long last = all.get(all.size() - 1).timeMs();
    long betweenMs = last - all.get(all.size() - 2).timeMs();
    return betweenMs <= LONGEST_BETWEEN_MS
        && clock.millis() - last <= 2 * betweenMs + LEAST_AFTER_MS;
  }

  /** The latest deaths, oldest first. */
  synchronized List<QueryFailure> latest() {
    return List.copyOf(deaths);
  }
}
