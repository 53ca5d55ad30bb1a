package dev.flagstream.engine.function.builtin.aggregate;

import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.schema.ksql.SqlArgument;
import io.confluent.ksql.schema.ksql.types.SqlType;
import java.util.List;
import java.util.Optional;

/** An aggregate whose state and result are of the type of its argument, with its precision. */
abstract class SameTypes<T> implements Udaf<T, T, T> {

  private SqlType type;

  @Override
  public void initializeTypeArguments(List<SqlArgument> arguments) {
    type = arguments.get(0).getSqlTypeOrThrow();
  }

  final SqlType type() {
    return type;
  }

  @Override
  public Optional<SqlType> getAggregateSqlType() {
    return Optional.ofNullable(type);
  }

  @Override
  public Optional<SqlType> getReturnSqlType() {
    return Optional.ofNullable(type);
  }

  @Override
  public T map(T state) {
    return state;
  }
}
