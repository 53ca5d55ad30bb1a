package dev.flagstream.engine.statement.rows;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The push queries under way. Thread-safe. */
public final class TransientQueries {

  private final Map<String, PushQuery> byId = new ConcurrentHashMap<>();

  /** A push query and its text. */
  public record PushQuery(String id, String sql) {}

  void add(PushQuery query) {
    byId.put(query.id(), query);
  }

  void remove(String id) {
    byId.remove(id);
  }

  public List<PushQuery> all() {
    return byId.values().stream().sorted((l, r) -> l.id().compareTo(r.id())).toList();
  }
}
