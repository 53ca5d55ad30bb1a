package dev.flagstream.engine.function.builtin.aggregate;

import dev.flagstream.engine.function.signature.KsqlTypes;
import dev.flagstream.engine.value.ConnectSchemas;
import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.function.udaf.VariadicArgs;
import io.confluent.ksql.schema.ksql.SqlArgument;
import io.confluent.ksql.schema.ksql.types.SqlStruct;
import io.confluent.ksql.schema.ksql.types.SqlType;
import io.confluent.ksql.schema.ksql.types.SqlTypes;
import io.confluent.ksql.util.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * The k rows with the largest values in a sort column, largest first, as structs of that column and
 * others; rows without a value in it are left out.
 */
final class TopRows<T extends Comparable<? super T>>
    implements Udaf<Pair<T, VariadicArgs<Object>>, List<Struct>, List<Struct>> {

  private static final String SORT_COLUMN = "sort_col";

  private final int k;
  private SqlType rowType;
  private Schema schema;

  TopRows(int k) {
    this.k = Limits.most("TOPK", k);
  }

  @Override
  public void initializeTypeArguments(List<SqlArgument> arguments) {
    SqlStruct.Builder row = SqlTypes.struct();
    row.field(SORT_COLUMN, arguments.get(0).getSqlTypeOrThrow());
    for (int i = 1; i < arguments.size(); i++) {
      row.field("col" + (i - 1), arguments.get(i).getSqlTypeOrThrow());
    }
    rowType = row.build();
    schema = ConnectSchemas.of(KsqlTypes.fromApi(rowType));
  }

  @Override
  public Optional<SqlType> getAggregateSqlType() {
    return Optional.of(SqlTypes.array(rowType));
  }

  @Override
  public Optional<SqlType> getReturnSqlType() {
    return Optional.of(SqlTypes.array(rowType));
  }

  @Override
  public List<Struct> initialize() {
    return List.of();
  }

  @Override
  public List<Struct> aggregate(Pair<T, VariadicArgs<Object>> current, List<Struct> top) {
    return current.getLeft() == null ? top : inserted(row(current), top);
  }

  private Struct row(Pair<T, VariadicArgs<Object>> current) {
    Struct row = new Struct(schema).put(SORT_COLUMN, current.getLeft());
    for (int i = 0; i < current.getRight().size(); i++) {
      row.put("col" + i, current.getRight().get(i));
    }
    return row;
  }

  private List<Struct> inserted(Struct row, List<Struct> top) {
    T value = sortValue(row);
    int position = 0;
    while (position < top.size() && value.compareTo(sortValue(top.get(position))) <= 0) {
      position++;
    }
    if (position >= k) {
      return top;
    }
    List<Struct> changed = new ArrayList<>(top);
    changed.add(position, row);
    return changed.size() > k ? changed.subList(0, k) : changed;
  }

  // The sort column was written by this class, with values of type T.
  @SuppressWarnings("unchecked")
  private T sortValue(Struct row) {
    return (T) row.get(SORT_COLUMN);
  }

  @Override
  public List<Struct> merge(List<Struct> one, List<Struct> other) {
    List<Struct> merged = one;
    for (Struct row : other) {
      merged = inserted(row, merged);
    }
    return merged;
  }

  @Override
  public List<Struct> map(List<Struct> top) {
    return top;
  }
}
