package dev.flagstream.engine.function.builtin.aggregate;

import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import java.util.List;

/** {@code COUNT_DISTINCT}. */
@UdafDescription(
    name = "COUNT_DISTINCT",
    description =
        "About how many distinct values a group has: exact for small groups, within 2 % usually. NULL is left out. Of a stream only.")
public final class CountDistinct {
  private CountDistinct() {}

  @UdafFactory(description = "The approximate number of distinct values.")
  public static <T> Udaf<T, List<Integer>, Long> approximately() {
    return new Estimate<>();
  }

  private static final class Estimate<T> implements Udaf<T, List<Integer>, Long> {
    @Override
    public List<Integer> initialize() {
      return HyperLogLog.empty();
    }

    @Override
    public List<Integer> aggregate(T current, List<Integer> state) {
      return current == null ? state : HyperLogLog.with(state, ValueHash.of(current));
    }

    @Override
    public List<Integer> merge(List<Integer> one, List<Integer> other) {
      return HyperLogLog.merged(one, other);
    }

    @Override
    public Long map(List<Integer> state) {
      return HyperLogLog.estimate(state);
    }
  }
}
