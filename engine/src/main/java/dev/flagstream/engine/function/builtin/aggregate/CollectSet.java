package dev.flagstream.engine.function.builtin.aggregate;

import dev.flagstream.engine.function.RowBudget;
import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Configurable;

/** {@code COLLECT_SET}. */
@UdafDescription(
    name = "collect_set",
    description =
        "The distinct values of a group as an array, NULL among them;"
            + " ksql.functions.collect_set.limit bounds how many. Of a stream only.")
public final class CollectSet {
  private CollectSet() {}

  @UdafFactory(description = "Distinct values in the order they first came.")
  public static <T> Udaf<T, List<T>, List<T>> distinct() {
    return new DistinctCollection<>();
  }

  private static final class DistinctCollection<T>
      implements Udaf<T, List<T>, List<T>>, Configurable {
    private int limit = RowBudget.MOST_ELEMENTS;

    @Override
    public void configure(Map<String, ?> settings) {
      limit = Limits.read(settings, "ksql.functions.collect_set.limit");
    }

    @Override
    public List<T> initialize() {
      return List.of();
    }

    @Override
    public List<T> aggregate(T current, List<T> collected) {
      return merge(collected, Collections.singletonList(current));
    }

    @Override
    public List<T> merge(List<T> one, List<T> other) {
      Set<T> merged = new LinkedHashSet<>(one);
      for (T value : other) {
        if (merged.size() >= limit) {
          break;
        }
        merged.add(value);
      }
      return new ArrayList<>(merged);
    }

    @Override
    public List<T> map(List<T> collected) {
      return collected;
    }
  }
}
