package dev.flagstream.engine.function.builtin.aggregate;

import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.schema.ksql.SqlArgument;
import io.confluent.ksql.schema.ksql.types.SqlType;
import io.confluent.ksql.schema.ksql.types.SqlTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The k largest values of a group, largest first; nulls are left out. As in ksqlDB, a group of
 * fewer values gives all of them, and one of none an empty array.
 */
final class Top<T extends Comparable<? super T>> implements Udaf<T, List<T>, List<T>> {

  private final int k;
  private final boolean distinct;
  private SqlType listType;

  Top(int k, boolean distinct) {
    this.k = Limits.most(distinct ? "TOPKDISTINCT" : "TOPK", k);
    this.distinct = distinct;
  }

  @Override
  public void initializeTypeArguments(List<SqlArgument> arguments) {
    listType = SqlTypes.array(arguments.get(0).getSqlTypeOrThrow());
  }

  @Override
  public Optional<SqlType> getAggregateSqlType() {
    return Optional.of(listType);
  }

  @Override
  public Optional<SqlType> getReturnSqlType() {
    return Optional.of(listType);
  }

  @Override
  public List<T> initialize() {
    return List.of();
  }

  @Override
  public List<T> aggregate(T current, List<T> top) {
    if (current == null) {
      return top;
    }
    int position = 0;
    while (position < top.size() && current.compareTo(top.get(position)) <= 0) {
      position++;
    }
    boolean known = distinct && position > 0 && current.compareTo(top.get(position - 1)) == 0;
    if (position >= k || known) {
      return top;
    }
    List<T> changed = new ArrayList<>(top);
    changed.add(position, current);
    return changed.size() > k ? changed.subList(0, k) : changed;
  }

  @Override
  public List<T> merge(List<T> one, List<T> other) {
    List<T> merged = one;
    for (T value : other) {
      merged = aggregate(value, merged);
    }
    return merged;
  }

  @Override
  public List<T> map(List<T> top) {
    return top;
  }
}
