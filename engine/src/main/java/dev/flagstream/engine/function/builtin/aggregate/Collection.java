package dev.flagstream.engine.function.builtin.aggregate;

import dev.flagstream.engine.function.RowBudget;
import io.confluent.ksql.function.udaf.TableUdaf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Configurable;

/** All values of a group as an array, up to a configured number. */
final class Collection<T> implements TableUdaf<T, List<T>, List<T>>, Configurable {

  private final String limitKey;
  private int limit = RowBudget.MOST_ELEMENTS;

  /** The setting {@code ksql.functions.<name>.limit} bounds the number of values. */
  Collection(String functionName) {
    this.limitKey = "ksql.functions." + functionName + ".limit";
  }

  @Override
  public void configure(Map<String, ?> settings) {
    limit = Limits.read(settings, limitKey);
  }

  /** One that can be asked for NULL, as List.of() cannot. */
  @Override
  public List<T> initialize() {
    return new ArrayList<>();
  }

  @Override
  public List<T> aggregate(T current, List<T> collected) {
    if (collected.size() >= limit) {
      return collected;
    }
    List<T> extended = new ArrayList<>(collected.size() + 1);
    extended.addAll(collected);
    extended.add(current);
    return extended;
  }

  @Override
  public List<T> undo(T former, List<T> collected) {
    int last = collected.lastIndexOf(former);
    if (last < 0) {
      return collected;
    }
    List<T> reduced = new ArrayList<>(collected);
    reduced.remove(last);
    return reduced;
  }

  @Override
  public List<T> merge(List<T> one, List<T> other) {
    List<T> merged = new ArrayList<>(one);
    merged.addAll(other);
    return merged.size() > limit ? merged.subList(0, limit) : merged;
  }

  @Override
  public List<T> map(List<T> collected) {
    return collected;
  }
}
