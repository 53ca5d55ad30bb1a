package dev.flagstream.local.latency;

import com.mongodb.MongoException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out when each decision can be found in the store, by asking for few of them.
 *
 * <p>The sink writes the records of a partition in their order. So the decisions that it has
 * written are the first of those that wait, and a search among evenly spaced ones of them finds the
 * last that is there: four questions for eight ids each among the first 4,096 that wait. All that
 * have come since the last look count as having come now, so that a latency is too long by the time
 * between two looks at most.
 */
final class ArrivalsInStore implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ArrivalsInStore.class);

  /** Between two looks. */
  private static final long PAUSE_MS = 50;

  /** Of each question. */
  private static final int IDS = 8;

  /** Of a partition, at one look. */
  private static final int AT_ONCE = 4_096;

  /** Of a partition; those beyond are not followed, so that a sink that stands costs no memory. */
  static final int MOST_WAITING = 100_000;

  private final InstantSource clock;
  private final StoredIds stored;
  private final LatencyHistogram histogram;
  private final Map<Integer, Deque<Decision>> waiting = new TreeMap<>();
  private final Thread thread = new Thread(this::look, "arrivals-in-store");
  private long notFollowed;
  private volatile boolean stopped;

  /** On its way to the store. */
  private record Decision(String id, long tillMs) {}

  ArrivalsInStore(InstantSource clock, StoredIds stored, LatencyHistogram histogram) {
    this.clock = clock;
    this.stored = stored;
    this.histogram = histogram;
    thread.setDaemon(true);
  }

  /** Looks from now on, by itself. */
  void start() {
    thread.start();
  }

  /** A decision was made; those of a partition come in their order. */
  synchronized void expect(int partition, String id, long tillMs) {
    Deque<Decision> queue = waiting.computeIfAbsent(partition, each -> new ArrayDeque<>());
    if (queue.size() < MOST_WAITING) {
      queue.addLast(new Decision(id, tillMs));
    } else {
      notFollowed++;
    }
  }

  /** How many were not followed, since too many waited. */
  synchronized long notFollowed() {
    return notFollowed;
  }

  /** Looks once at every partition. */
  void lookOnce() {
    for (int partition : partitions()) {
      List<Decision> first = first(partition);
      int arrived = first.isEmpty() ? 0 : arrived(first);
      remove(partition, arrived, clock.millis());
    }
  }

  private synchronized List<Integer> partitions() {
    return List.copyOf(waiting.keySet());
  }

  private synchronized List<Decision> first(int partition) {
    return waiting.get(partition).stream().limit(AT_ONCE).toList();
  }

  private synchronized void remove(int partition, int count, long nowMs) {
    Deque<Decision> queue = waiting.get(partition);
    for (int i = 0; i < count; i++) {
      histogram.record(nowMs - queue.removeFirst().tillMs());
    }
  }

  /** How many of these, from the first on, are in the store. */
  private int arrived(List<Decision> decisions) {
    int arrived = 0; // so many are there
    int most = decisions.size(); // and no more than so many can be
    while (arrived < most) {
      List<Integer> asked = spaced(arrived, most);
      Set<String> found = stored.found(asked.stream().map(i -> decisions.get(i).id()).toList());
      for (int place : asked) {
        if (found.contains(decisions.get(place).id())) {
          arrived = place + 1;
        }
      }
      int known = arrived;
      most = asked.stream().filter(place -> place >= known).findFirst().orElse(most);
    }
    return arrived;
  }

  /** Some places from {@code from} to before {@code to}, the first and the last among them. */
  private static List<Integer> spaced(int from, int to) {
    int places = to - from;
    int some = Math.min(IDS, places);
    return IntStream.range(0, some)
        .map(i -> some == 1 ? from : from + (places - 1) * i / (some - 1))
        .boxed()
        .toList();
  }

  private void look() {
    try {
      while (!stopped) {
        try {
          lookOnce();
        } catch (MongoException e) {
          LOG.debug("The store does not answer; asking again", e);
        }
        Thread.sleep(PAUSE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
