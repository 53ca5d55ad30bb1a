package dev.flagstream.engine.function.builtin.aggregate;

import io.confluent.ksql.function.udaf.TableUdaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import java.util.HashMap;
import java.util.Map;

/** {@code HISTOGRAM}. */
@UdafDescription(
    name = "histogram",
    description =
        "How often each distinct string occurs in a group, as a map; NULL counts once, as the string"
            + " null, further strings than 1000 distinct ones are left out.")
public final class Histogram {
  private Histogram() {}

  private static final int MAX_ENTRIES = 1000;

  @UdafFactory(description = "The number of each distinct string.")
  public static TableUdaf<String, Map<String, Long>, Map<String, Long>> counts() {
    return new Counts();
  }

  private static final class Counts
      implements TableUdaf<String, Map<String, Long>, Map<String, Long>> {
    @Override
    public Map<String, Long> initialize() {
      return Map.of();
    }

    @Override
    public Map<String, Long> aggregate(String current, Map<String, Long> counts) {
      if (current == null) {
        // ksqlDB keeps it under no key and reads it back as the string: it never counts further.
        Map<String, Long> marked = new HashMap<>(counts.size());
        marked.put("null", 1L); // The hash of no key is 0, so it stands before the others.
        counts.forEach(marked::putIfAbsent);
        return marked;
      }
      return merge(counts, Map.of(current, 1L));
    }

    @Override
    public Map<String, Long> undo(String former, Map<String, Long> counts) {
      Map<String, Long> reduced = copy(counts);
      reduced.computeIfPresent(
          String.valueOf(former), (value, count) -> count > 1 ? count - 1 : null);
      return reduced;
    }

    @Override
    public Map<String, Long> merge(Map<String, Long> one, Map<String, Long> other) {
      Map<String, Long> merged = copy(one);
      other.forEach(
          (value, count) -> {
            if (merged.size() < MAX_ENTRIES || merged.containsKey(value)) {
              merged.merge(value, count, Long::sum);
            }
          });
      return merged;
    }

    /** Orders the entries as ksqlDB does: as a hash map of that capacity. */
    private static Map<String, Long> copy(Map<String, Long> counts) {
      Map<String, Long> copy = new HashMap<>(counts.size());
      counts.forEach(copy::put);
      return copy;
    }

    @Override
    public Map<String, Long> map(Map<String, Long> counts) {
      return counts;
    }
  }
}
