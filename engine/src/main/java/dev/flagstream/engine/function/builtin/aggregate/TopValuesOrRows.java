package dev.flagstream.engine.function.builtin.aggregate;

import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.function.udaf.VariadicArgs;
import io.confluent.ksql.schema.ksql.SqlArgument;
import io.confluent.ksql.schema.ksql.types.SqlType;
import io.confluent.ksql.util.Pair;
import java.util.List;
import java.util.Optional;

/** The k largest values of a column, or, where further columns are asked for, their rows. */
final class TopValuesOrRows<T extends Comparable<? super T>>
    implements Udaf<Pair<T, VariadicArgs<Object>>, List<Object>, List<Object>> {

  private final int k;
  private Udaf<Object, Object, Object> top;
  private boolean rows;

  TopValuesOrRows(int k) {
    this.k = Limits.most("TOPK", k);
  }

  // Each of the two is handed what it takes and gives.
  @SuppressWarnings("unchecked")
  @Override
  public void initializeTypeArguments(List<SqlArgument> arguments) {
    rows = arguments.size() > 1;
    Udaf<?, ?, ?> chosen = rows ? new TopRows<T>(k) : new Top<T>(k, false);
    top = (Udaf<Object, Object, Object>) chosen;
    top.initializeTypeArguments(arguments);
  }

  @Override
  public Optional<SqlType> getAggregateSqlType() {
    return top.getAggregateSqlType();
  }

  @Override
  public Optional<SqlType> getReturnSqlType() {
    return top.getReturnSqlType();
  }

  @Override
  public List<Object> initialize() {
    return List.of();
  }

  @Override
  public List<Object> aggregate(Pair<T, VariadicArgs<Object>> current, List<Object> state) {
    return list(top.aggregate(rows ? current : current.getLeft(), state));
  }

  @Override
  public List<Object> merge(List<Object> one, List<Object> other) {
    return list(top.merge(one, other));
  }

  @Override
  public List<Object> map(List<Object> state) {
    return state;
  }

  @SuppressWarnings("unchecked") // Both keep a list.
  private static List<Object> list(Object state) {
    return (List<Object>) state;
  }
}
