package dev.flagstream.engine.planner.query;

import dev.flagstream.engine.expression.TypedExpression.ColumnReference;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.plan.PlanStep.NamedExpression;
import dev.flagstream.engine.plan.PlanStep.Project;
import dev.flagstream.engine.plan.PlanStep.PseudoColumn;
import dev.flagstream.engine.plan.PlanStep.Read;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.Column.Namespace;
import dev.flagstream.engine.type.RowSchema;
import dev.flagstream.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans the reading of streams and tables. */
final class SourceReader {

  private SourceReader() {}

  /**
   * Reads every column of a source, its pseudo columns included; what the query does not use is
   * dropped when the plan is complete.
   */
  static Read read(FromSource from, boolean materialized) {
    List<String> columns = new ArrayList<>();
    List<Column> value = new ArrayList<>();
    for (Column column : from.source().schema().value()) {
      columns.add(column.name());
      value.add(renamed(column, from.innerName(column)));
    }
    for (PseudoColumn pseudo : PseudoColumns.of(from.source().window().isPresent())) {
      columns.add(pseudo.name());
      value.add(Column.value(from.innerName(pseudo), PseudoColumns.type(pseudo)));
    }
    List<Column> key =
        from.source().schema().key().stream().map(c -> renamed(c, from.innerName(c))).toList();
    return new Read(from.source(), columns, new RowSchema(key, value), materialized);
  }

  private static Column renamed(Column column, String name) {
    return new Column(name, column.type(), column.namespace(), column.headerKey());
  }

  /** What {@code *} shows of a windowed source: its windows stand between key and value. */
  static Optional<List<Column>> wholeRow(FromSource from) {
    if (from.source().window().isEmpty()) {
      return Optional.empty();
    }
    List<Column> columns = new ArrayList<>(from.source().schema().key());
    columns.add(Column.value(PseudoColumn.WINDOWSTART.name(), SqlType.BIGINT));
    columns.add(Column.value(PseudoColumn.WINDOWEND.name(), SqlType.BIGINT));
    columns.addAll(from.source().schema().value());
    return Optional.of(columns);
  }

  /**
   * Reads a side of a join, with its key columns copied into the value: the other side's key
   * becomes the row's, and a side without a match has no key.
   */
  static PlanStep readForJoin(FromSource from) {
    Read read = read(from, from.isTable());
    List<NamedExpression> values = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (Column column : read.schema().columns()) {
      values.add(
          new NamedExpression(column.name(), new ColumnReference(column.name(), column.type())));
      columns.add(new Column(column.name(), column.type(), Namespace.VALUE));
    }
    return new Project(read, values, new RowSchema(read.schema().key(), columns));
  }
}
