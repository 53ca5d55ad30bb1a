package dev.flagstream.engine.function.builtin.aggregate;

import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.schema.ksql.SqlArgument;
import io.confluent.ksql.schema.ksql.types.SqlType;
import io.confluent.ksql.schema.ksql.types.SqlTypes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Struct;

/** The n earliest or latest values of a group, in the order they came. */
final class SeveralByOffset<T> implements Udaf<T, List<Struct>, List<T>> {

  private final boolean latest;
  private final int limit;
  private final boolean ignoreNulls;
  private SqlType valueType;
  private Sequenced<T> states;

  SeveralByOffset(String functionName, boolean latest, int limit, boolean ignoreNulls) {
    if (limit < 1) {
      throw new IllegalArgumentException(functionName + " must keep 1 value or more, not " + limit);
    }
    this.latest = latest;
    this.limit = Limits.most(functionName, limit);
    this.ignoreNulls = ignoreNulls;
  }

  @Override
  public void initializeTypeArguments(List<SqlArgument> arguments) {
    valueType = arguments.get(0).getSqlTypeOrThrow();
    states = new Sequenced<>(valueType);
  }

  @Override
  public Optional<SqlType> getAggregateSqlType() {
    return Optional.of(SqlTypes.array(states.type()));
  }

  @Override
  public Optional<SqlType> getReturnSqlType() {
    return Optional.of(SqlTypes.array(valueType));
  }

  @Override
  public List<Struct> initialize() {
    return List.of();
  }

  @Override
  public List<Struct> aggregate(T current, List<Struct> state) {
    boolean leftOut = ignoreNulls && current == null;
    boolean settled = !latest && state.size() >= limit;
    if (leftOut || settled) {
      return state;
    }
    List<Struct> extended = new ArrayList<>(state);
    extended.add(states.next(current));
    return limited(extended);
  }

  @Override
  public List<Struct> merge(List<Struct> one, List<Struct> other) {
    return limited(
        Stream.concat(one.stream(), other.stream())
            .sorted(Comparator.comparingLong(states::sequence))
            .toList());
  }

  private List<Struct> limited(List<Struct> values) {
    int surplus = Math.max(0, values.size() - limit);
    return latest
        ? values.subList(surplus, values.size())
        : values.subList(0, values.size() - surplus);
  }

  @Override
  public List<T> map(List<Struct> state) {
    List<T> values = new ArrayList<>(state.size());
    state.forEach(entry -> values.add(states.value(entry)));
    return values;
  }
}
