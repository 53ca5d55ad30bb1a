package dev.flagstream.engine.function.builtin.aggregate;

import io.confluent.ksql.function.udaf.TableUdaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;

/** {@code COUNT}, and {@code COUNT(*)}, which has no argument. */
@UdafDescription(
    name = "COUNT",
    description = "The number of rows, or of the rows whose value is not NULL.")
public final class Count {
  private Count() {}

  @UdafFactory(description = "The number of rows: COUNT(*).")
  public static TableUdaf<Void, Long, Long> rows() {
    return new Counter<>(true);
  }

  @UdafFactory(description = "The number of rows whose value is not NULL.")
  public static <T> TableUdaf<T, Long, Long> values() {
    return new Counter<>(false);
  }

  private static final class Counter<T> implements TableUdaf<T, Long, Long> {
    private final boolean countsNulls;

    Counter(boolean countsNulls) {
      this.countsNulls = countsNulls;
    }

    @Override
    public Long initialize() {
      return 0L;
    }

    @Override
    public Long aggregate(T current, Long count) {
      return countsNulls || current != null ? count + 1 : count;
    }

    @Override
    public Long undo(T former, Long count) {
      return countsNulls || former != null ? count - 1 : count;
    }

    @Override
    public Long merge(Long one, Long other) {
      return one + other;
    }

    @Override
    public Long map(Long count) {
      return count;
    }
  }
}
