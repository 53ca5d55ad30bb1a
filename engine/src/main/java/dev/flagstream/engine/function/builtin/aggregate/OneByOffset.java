package dev.flagstream.engine.function.builtin.aggregate;

import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.schema.ksql.SqlArgument;
import io.confluent.ksql.schema.ksql.types.SqlType;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;

/** The earliest or latest value of a group. */
final class OneByOffset<T> implements Udaf<T, Struct, T> {

  private final boolean latest;
  private final boolean ignoreNulls;
  private SqlType valueType;
  private Sequenced<T> states;

  OneByOffset(boolean latest, boolean ignoreNulls) {
    this.latest = latest;
    this.ignoreNulls = ignoreNulls;
  }

  @Override
  public void initializeTypeArguments(List<SqlArgument> arguments) {
    valueType = arguments.get(0).getSqlTypeOrThrow();
    states = new Sequenced<>(valueType);
  }

  @Override
  public Optional<SqlType> getAggregateSqlType() {
    return Optional.of(states.type());
  }

  @Override
  public Optional<SqlType> getReturnSqlType() {
    return Optional.of(valueType);
  }

  @Override
  public Struct initialize() {
    return states.nothing();
  }

  @Override
  public Struct aggregate(T current, Struct state) {
    boolean leftOut = ignoreNulls && current == null;
    boolean settled = !latest && !states.isNothing(state);
    return leftOut || settled ? state : states.next(current);
  }

  @Override
  public Struct merge(Struct one, Struct other) {
    if (states.isNothing(one) || states.isNothing(other)) {
      return states.isNothing(one) ? other : one;
    }
    boolean oneIsLater = states.sequence(one) > states.sequence(other);
    return oneIsLater == latest ? one : other;
  }

  @Override
  public T map(Struct state) {
    return states.value(state);
  }
}
