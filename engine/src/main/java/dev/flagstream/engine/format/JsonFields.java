package dev.flagstream.engine.format;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the column that a JSON field means, as ksqlDB does: the one of exactly that name, else the
 * one whose name is the field's in upper case. Thread-safe.
 */
final class JsonFields {

  /** No column has such a name. */
  static final int NONE = -1;

  /** Enough for any real topic; beyond it, fields that no column has are looked up each time. */
  private static final int MAX_REMEMBERED = 1_000;

  private static final int EXACT = 1 << 30;

  private final Map<String, Integer> exact = new HashMap<>();
  private final Map<String, Integer> remembered = new ConcurrentHashMap<>();

  JsonFields(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      exact.put(names.get(i), i);
    }
  }

  /** What the name means, for {@link #index} and {@link #isExact}; {@link #NONE} if nothing. */
  int find(String jsonName) {
    Integer known = remembered.get(jsonName);
    return known != null ? known : findAndRemember(jsonName);
  }

  /** The column's index. */
  static int index(int match) {
    return match & ~EXACT;
  }

  /** Whether the name is exactly the column's, which wins over others. */
  static boolean isExact(int match) {
    return (match & EXACT) != 0;
  }

  private int findAndRemember(String jsonName) {
    int match = match(jsonName);
    if (remembered.size() < MAX_REMEMBERED) {
      remembered.put(jsonName, match);
    }
    return match;
  }

  private int match(String jsonName) {
    Integer index = exact.get(jsonName);
    if (index != null) {
      return index | EXACT;
    }
    Integer upperCased = exact.get(jsonName.toUpperCase(Locale.ROOT));
    return upperCased == null ? NONE : upperCased;
  }
}
