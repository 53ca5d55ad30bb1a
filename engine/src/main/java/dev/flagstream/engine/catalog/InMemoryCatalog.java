package dev.flagstream.engine.catalog;

import dev.flagstream.engine.type.SqlType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A catalogue kept in memory. Thread-safe; what it returns are snapshots that later changes do not
 * touch.
 */
public final class InMemoryCatalog implements Catalog {

  private final Map<String, Source> sources = new LinkedHashMap<>();
  private final Map<String, SqlType> types = new LinkedHashMap<>();

  @Override
  public synchronized Optional<Source> source(String name) {
    return Optional.ofNullable(sources.get(name));
  }

  @Override
  public synchronized Collection<Source> sources() {
    return List.copyOf(sources.values());
  }

  @Override
  public synchronized Optional<SqlType> type(String name) {
    return Optional.ofNullable(types.get(name));
  }

  @Override
  public synchronized Map<String, SqlType> types() {
    return new LinkedHashMap<>(types);
  }

  /** Enters a stream or table, in the place of one of the same name if there is one. */
  public synchronized void put(Source source) {
    sources.put(source.name(), source);
  }

  /** Takes a stream or table out; one that does not exist is no error. */
  public synchronized void remove(String name) {
    sources.remove(name);
  }

  /** Enters a named type, in the place of one of the same name if there is one. */
  public synchronized void putType(String name, SqlType type) {
    types.put(name, type);
  }

  /** Takes a named type out; one that does not exist is no error. */
  public synchronized void removeType(String name) {
    types.remove(name);
  }

  /** A catalogue with the same contents that goes its own way, to try statements on. */
  public synchronized InMemoryCatalog copy() {
    InMemoryCatalog copy = new InMemoryCatalog();
    copy.sources.putAll(sources);
    copy.types.putAll(types);
    return copy;
  }
}
