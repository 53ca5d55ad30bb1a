package dev.flagstream.engine.function.builtin.aggregate;

import io.confluent.ksql.function.udaf.TableUdaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import java.util.List;

/** {@code SUM_LIST}. */
@UdafDescription(
    name = "sum_list",
    description = "The sum of all elements of all arrays of a group; NULL is left out.")
public final class SumList {
  private SumList() {}

  @UdafFactory(description = "The sum of INTEGER elements.")
  public static TableUdaf<List<Integer>, Integer, Integer> ofInteger() {
    return new ElementSum<>(Sum.ofInteger());
  }

  @UdafFactory(description = "The sum of BIGINT elements.")
  public static TableUdaf<List<Long>, Long, Long> ofLong() {
    return new ElementSum<>(Sum.ofLong());
  }

  @UdafFactory(description = "The sum of DOUBLE elements.")
  public static TableUdaf<List<Double>, Double, Double> ofDouble() {
    return new ElementSum<>(Sum.ofDouble());
  }

  private static final class ElementSum<T> implements TableUdaf<List<T>, T, T> {
    private final TableUdaf<T, T, T> sum;

    ElementSum(TableUdaf<T, T, T> sum) {
      this.sum = sum;
    }

    @Override
    public T initialize() {
      return sum.initialize();
    }

    @Override
    public T aggregate(List<T> current, T state) {
      T total = state;
      for (T element : current == null ? List.<T>of() : current) {
        total = sum.aggregate(element, total);
      }
      return total;
    }

    @Override
    public T undo(List<T> former, T state) {
      T total = state;
      for (T element : former == null ? List.<T>of() : former) {
        total = sum.undo(element, total);
      }
      return total;
    }

    @Override
    public T merge(T one, T other) {
      return sum.merge(one, other);
    }

    @Override
    public T map(T state) {
      return state;
    }
  }
}
