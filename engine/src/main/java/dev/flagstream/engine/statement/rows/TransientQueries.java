package dev.flagstream.engine.statement.rows;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The push queries under way. Thread-safe. */
public final class TransientQueries {

  private final Map<String, Running> byId = new ConcurrentHashMap<>();

  /** A push query and its text. */
  public record PushQuery(String id, String sql) {}

  /** A push query, and how it is ended: empty while it is about to start. */
  private record Running(PushQuery query, Optional<Runnable> end) {}

  /**
   * Adds a query, unless there are enough.
   *
   * @param most how many there may be
   * @return whether it was added
   */
  synchronized boolean add(PushQuery query, int most) {
    if (byId.size() >= most) {
      return false;
    }
    byId.put(query.id(), new Running(query, Optional.empty()));
    return true;
  }

  /** Says how a query that has been added is ended. */
  void started(String id, Runnable end) {
    byId.computeIfPresent(id, (same, running) -> new Running(running.query(), Optional.of(end)));
  }

  void remove(String id) {
    byId.remove(id);
  }

  public List<PushQuery> all() {
    return byId.values().stream()
        .map(Running::query)
        .sorted((l, r) -> l.id().compareTo(r.id()))
        .toList();
  }

  /**
   * The id of a query that can be ended: one that is about to start has not told its client an id.
   *
   * @param written as in a statement, where names without backticks become upper case
   */
  public Optional<String> find(String written) {
    return byId.values().stream()
        .filter(running -> running.end().isPresent())
        .map(running -> running.query().id())
        .filter(written::equalsIgnoreCase)
        .min(Comparator.comparing((String id) -> !id.equals(written)));
  }

  /** Ends a query; its client gets the end of the answer. */
  public void end(String id) {
    Running running = byId.get(id);
    if (running != null) {
      running.end().ifPresent(Runnable::run);
    }
  }
}
