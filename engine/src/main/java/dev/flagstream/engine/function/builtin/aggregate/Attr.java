package dev.flagstream.engine.function.builtin.aggregate;

import dev.flagstream.engine.function.signature.KsqlTypes;
import dev.flagstream.engine.value.ConnectSchemas;
import io.confluent.ksql.function.udaf.TableUdaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import io.confluent.ksql.schema.ksql.SqlArgument;
import io.confluent.ksql.schema.ksql.types.SqlType;
import io.confluent.ksql.schema.ksql.types.SqlTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** {@code ATTR}. */
@UdafDescription(
    name = "ATTR",
    description = "The value that all rows of a group share; NULL if they have different ones.")
public final class Attr {
  private Attr() {}

  @UdafFactory(description = "The shared value of a group.")
  public static <T> TableUdaf<T, List<Struct>, T> shared() {
    return new SharedValue<>();
  }

  /** Counts how often each value is there, so that rows can be taken back. */
  private static final class SharedValue<T> implements TableUdaf<T, List<Struct>, T> {
    private static final String VALUE = "VALUE";
    private static final String COUNT = "COUNT";

    private SqlType valueType;
    private SqlType countedType;
    private Schema schema;

    @Override
    public void initializeTypeArguments(List<SqlArgument> arguments) {
      valueType = arguments.get(0).getSqlTypeOrThrow();
      countedType = SqlTypes.struct().field(VALUE, valueType).field(COUNT, SqlTypes.BIGINT).build();
      schema = ConnectSchemas.of(KsqlTypes.fromApi(countedType));
    }

    @Override
    public Optional<SqlType> getAggregateSqlType() {
      return Optional.of(SqlTypes.array(countedType));
    }

    @Override
    public Optional<SqlType> getReturnSqlType() {
      return Optional.of(valueType);
    }

    @Override
    public List<Struct> initialize() {
      return List.of();
    }

    @Override
    public List<Struct> aggregate(T current, List<Struct> counts) {
      return changed(counts, current, 1);
    }

    @Override
    public List<Struct> undo(T former, List<Struct> counts) {
      return changed(counts, former, -1);
    }

    private List<Struct> changed(List<Struct> counts, Object value, long difference) {
      List<Struct> changed = new ArrayList<>();
      long count = difference;
      for (Struct counted : counts) {
        if (Objects.equals(counted.get(VALUE), value)) {
          count += counted.getInt64(COUNT);
        } else {
          changed.add(counted);
        }
      }
      if (count > 0) {
        changed.add(new Struct(schema).put(VALUE, value).put(COUNT, count));
      }
      return changed;
    }

    @Override
    public List<Struct> merge(List<Struct> one, List<Struct> other) {
      List<Struct> merged = one;
      for (Struct counted : other) {
        merged = changed(merged, counted.get(VALUE), counted.getInt64(COUNT));
      }
      return merged;
    }

    // The values were put in by this class, with type T.
    @SuppressWarnings("unchecked")
    @Override
    public T map(List<Struct> counts) {
      return counts.size() == 1 ? (T) counts.get(0).get(VALUE) : null;
    }
  }
}
