package dev.flagstream.local.latency;

import com.mongodb.MongoException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
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
 * last that is there: four questions, each for eight ids of every partition, among the first 4,096
 * that wait. All that have come since the last look count as having come now, so that a latency is
 * too long by the time between two looks at most, which is a twentieth of it, or 50 ms.
 */
final class ArrivalsInStore implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ArrivalsInStore.class);

  /** Between two looks, however quick the store is, and however slow. */
  private static final long SHORTEST_PAUSE_MS = 50;

  private static final long LONGEST_PAUSE_MS = 500;

  /** So exact are latencies: the pause is this part of what they have come to. */
  private static final int PAUSES_IN_A_LATENCY = 20;

  /** Of each question, and each partition. */
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
    List<Search> searches = searches();
    while (true) {
      List<String> asked = searches.stream().flatMap(each -> each.asked().stream()).toList();
      if (asked.isEmpty()) {
        break;
      }
      Set<String> found = stored.found(asked);
      searches.forEach(each -> each.learn(found));
    }
    long nowMs = clock.millis();
    searches.forEach(each -> remove(each.partition, each.arrived, nowMs));
  }

  private synchronized List<Search> searches() {
    return waiting.entrySet().stream()
        .map(each -> new Search(each.getKey(), each.getValue().stream().limit(AT_ONCE).toList()))
        .toList();
  }

  private synchronized void remove(int partition, int count, long nowMs) {
    Deque<Decision> queue = waiting.get(partition);
    for (int i = 0; i < count; i++) {
      histogram.record(nowMs - queue.removeFirst().tillMs());
    }
  }

  /**
   * Until the next look, milliseconds: a part of what the next latency of any partition has come to
   * already. Where nothing waits, it may be short.
   */
  synchronized long pauseMs() {
    long nowMs = clock.millis();
    long leastMs =
        waiting.values().stream()
            .mapToLong(queue -> queue.isEmpty() ? 0 : nowMs - queue.getFirst().tillMs())
            .min()
            .orElse(0);
    return Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, leastMs / PAUSES_IN_A_LATENCY));
  }

  /** For the last of a partition's first decisions that is in the store. */
  private static final class Search {

    private final int partition;
    private final List<Decision> decisions;
    private int arrived; // so many are there
    private int most; // and no more than so many can be

    private Search(int partition, List<Decision> decisions) {
      this.partition = partition;
      this.decisions = decisions;
      this.most = decisions.size();
    }

    /** None if the last is found. */
    private List<String> asked() {
      return places().mapToObj(place -> decisions.get(place).id()).toList();
    }

    private IntStream places() {
      return arrived < most ? spaced(arrived, most) : IntStream.empty();
    }

    private void learn(Set<String> found) {
      int[] asked = places().toArray();
      for (int place : asked) {
        if (found.contains(decisions.get(place).id())) {
          arrived = place + 1;
        }
      }
      most = Arrays.stream(asked).filter(place -> place >= arrived).findFirst().orElse(most);
    }
  }

  /** Some places from {@code from} to before {@code to}, the first and the last among them. */
  private static IntStream spaced(int from, int to) {
    int places = to - from;
    int some = Math.min(IDS, places);
    return IntStream.range(0, some)
        .map(i -> some == 1 ? from : from + (places - 1) * i / (some - 1));
  }

  private void look() {
    try {
      while (!stopped) {
        try {
          lookOnce();
        } catch (MongoException e) {
          LOG.debug("The store does not answer; asking again", e);
        }
        Thread.sleep(pauseMs());
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
