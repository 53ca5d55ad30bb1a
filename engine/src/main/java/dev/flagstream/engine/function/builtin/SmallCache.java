package dev.flagstream.engine.function.builtin;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Remembers what was compiled from a text that is nearly always the same, such as a pattern.
 *
 * <p>It forgets everything when it grows too large, as it does when the texts come from a column.
 * Thread-safe.
 */
public final class SmallCache<V> {

  private static final int MAX_ENTRIES = 256;

  private final Map<String, V> entries = new ConcurrentHashMap<>();
  private final Function<String, V> compiler;

  public SmallCache(Function<String, V> compiler) {
    this.compiler = compiler;
  }

  /** What the text compiles to. */
  public V get(String text) {
    V known = entries.get(text);
    if (known != null) {
      return known;
    }
    if (entries.size() >= MAX_ENTRIES) {
      entries.clear();
    }
    return entries.computeIfAbsent(text, compiler);
  }
}
