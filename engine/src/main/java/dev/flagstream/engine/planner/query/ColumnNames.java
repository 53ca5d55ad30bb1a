package dev.flagstream.engine.planner.query;

import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.Dereference;
import dev.flagstream.engine.type.Column;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes names for columns the user gave none, none of which a source of the query has. */
public final class ColumnNames {

  private final Set<String> taken = new HashSet<>();

  public ColumnNames(List<FromSource> sources) {
    for (FromSource source : sources) {
      source.source().schema().columns().stream().map(Column::name).forEach(taken::add);
    }
  }

  /** {@code KSQL_COL_0} and so on; for a field of a struct, the field's name. */
  String forExpression(Expression expression) {
    return expression instanceof Dereference field ? unique(field.field()) : numbered("KSQL_COL_");
  }

  /** The name of the key of a join on expressions: {@code ROWKEY} unless that is taken. */
  String forJoinKey() {
    return unique("ROWKEY");
  }

  private String unique(String name) {
    return taken.add(name) ? name : numberedFrom(name + "_", 1);
  }

  private String numbered(String prefix) {
    return numberedFrom(prefix, 0);
  }

  private String numberedFrom(String prefix, int first) {
    int number = first;
    while (!taken.add(prefix + number)) {
      number++;
    }
    return prefix + number;
  }
}
