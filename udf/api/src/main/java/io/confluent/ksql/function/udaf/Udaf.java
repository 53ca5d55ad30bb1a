package io.confluent.ksql.function.udaf;

import io.confluent.ksql.schema.ksql.SqlArgument;
import io.confluent.ksql.schema.ksql.types.SqlType;
import java.util.List;
import java.util.Optional;

/**
 * An aggregate function. Several columns arrive as one {@link io.confluent.ksql.util.Pair}, {@link
 * io.confluent.ksql.util.Triple} and so on.
 *
 * @param <I> the Java type of the input
 * @param <A> the Java type of the intermediate state, which is kept in the state store
 * @param <O> the Java type of the result
 */
public interface Udaf<I, A, O> {

  /** The state of a group that has seen nothing yet. */
  A initialize();

  /** The state after one more row. */
  A aggregate(I current, A aggregate);

  /** The state of two session windows that have grown together. */
  A merge(A aggOne, A aggTwo);

  /** The result for a state. */
  O map(A agg);

  /** Tells the SQL types of the arguments before first use. */
  default void initializeTypeArguments(List<SqlArgument> argTypeList) {}

  /** The SQL type of the state, where it depends on the arguments' types. */
  default Optional<SqlType> getAggregateSqlType() {
    return Optional.empty();
  }

  /** The SQL type of the result, where it depends on the arguments' types. */
  default Optional<SqlType> getReturnSqlType() {
    return Optional.empty();
  }
}
