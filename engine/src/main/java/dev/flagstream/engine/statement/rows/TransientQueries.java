package dev.flagstream.engine.statement.rows;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The push queries under way. Thread-safe. */
public final class TransientQueries {

  private final Map<String, PushQuery> byId = new ConcurrentHashMap<>();

  /** A push query and its text. */
  public record PushQuery(String id, String sql) {}

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
    byId.put(query.id(), query);
    return true;
  }

  void remove(String id) {
    byId.remove(id);
  }

  public List<PushQuery> all() {
    return byId.values().stream().sorted((l, r) -> l.id().compareTo(r.id())).toList();
  }
}
