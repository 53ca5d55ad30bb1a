package dev.flagstream.engine.casefunctions;

import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.schema.ksql.SqlArgument;
import io.confluent.ksql.schema.ksql.types.SqlArray;
import io.confluent.ksql.schema.ksql.types.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Lists the first argument of the rows in which nothing is NULL; its type is that of the column.
 */
final class CompleteRows<I, A> implements Udaf<I, List<A>, List<A>> {

  private final Function<I, A> first;
  private final Function<I, Stream<?>> all;
  private SqlType listType;

  CompleteRows(Function<I, A> first, Function<I, Stream<?>> all) {
    this.first = first;
    this.all = all;
  }

  @Override
  public void initializeTypeArguments(List<SqlArgument> argumentTypes) {
    listType = SqlArray.of(argumentTypes.get(0).getSqlTypeOrThrow());
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
  public List<A> initialize() {
    return new ArrayList<>();
  }

  @Override
  public List<A> aggregate(I row, List<A> list) {
    if (all.apply(row).allMatch(value -> value != null)) {
      list.add(first.apply(row));
    }
    return list;
  }

  @Override
  public List<A> merge(List<A> one, List<A> other) {
    List<A> merged = new ArrayList<>(one);
    merged.addAll(other);
    return merged;
  }

  @Override
  public List<A> map(List<A> list) {
    return list;
  }
}
