package dev.flagstream.engine.statement.rows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The push queries under way. Thread-safe. */
public final class TransientQueries {

  private final Map<String, Running> byId = new ConcurrentHashMap<>();

  /** A push query and its text. */
  public record PushQuery(String id, String sql) {}

  /** A push query, and how it is ended; nothing ends one that is about to start. */
  private record Running(PushQuery query, Runnable end) {}

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
    byId.put(query.id(), new Running(query, () -> {}));
    return true;
  }

  /** Says how a query that has been added is ended. */
  void started(String id, Runnable end) {
    byId.computeIfPresent(id, (same, running) -> new Running(running.query(), end));
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
   * The id of a query under way.
   *
   * @param written as in a statement, where names without backticks become upper case
   */
  public Optional<String> find(String written) {
    return byId.containsKey(written)
        ? Optional.of(written)
        : byId.keySet().stream().filter(written::equalsIgnoreCase).findFirst();
  }

  /** Ends a query; its client gets the end of the answer. */
  public void end(String id) {
    Running running = byId.get(id);
    if (running != null) {
      running.end().run();
    }
  }
}
