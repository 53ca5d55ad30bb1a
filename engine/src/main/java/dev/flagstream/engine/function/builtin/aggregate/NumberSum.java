package dev.flagstream.engine.function.builtin.aggregate;

import io.confluent.ksql.function.udaf.TableUdaf;
import java.util.function.BinaryOperator;

/** A sum that leaves nulls out and starts from zero. */
class NumberSum<T> extends SameTypes<T> implements TableUdaf<T, T, T> {

  private final T zero;
  private final BinaryOperator<T> plus;
  private final BinaryOperator<T> minus;

  NumberSum(T zero, BinaryOperator<T> plus, BinaryOperator<T> minus) {
    this.zero = zero;
    this.plus = plus;
    this.minus = minus;
  }

  @Override
  public T initialize() {
    return zero;
  }

  @Override
  public T aggregate(T current, T sum) {
    return current == null ? sum : plus.apply(sum, current);
  }

  @Override
  public T undo(T former, T sum) {
    return former == null ? sum : minus.apply(sum, former);
  }

  @Override
  public T merge(T one, T other) {
    return plus.apply(one, other);
  }
}
