package dev.flagstream.engine.planner.query;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.ColumnName;
import dev.flagstream.engine.ast.Expression.Dereference;
import dev.flagstream.engine.ast.Position;
import dev.flagstream.engine.ast.Query.SelectItem;
import dev.flagstream.engine.ast.print.ExpressionPrinter;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The items of SELECT, stars written out. */
public record Projection(List<Item> items) {

  public Projection {
    items = List.copyOf(items);
  }

  /**
   * One column of the result.
   *
   * @param expression over names inside the query
   */
  public record Item(String name, Expression expression) {}

  /** Writes stars out, in the order ksqlDB has. */
  static final class Builder {

    private final FromClause from;
    private final Optional<List<Column>> wholeRow;
    private final Optional<String> joinKey;
    private final ClauseAnalyzer clauses;
    private final Stage stage;
    private final List<Item> items = new ArrayList<>();

    /**
     * Begins a projection.
     *
     * @param wholeRow what {@code *} stands for where that is not the columns of the sources
     * @param joinKey the key of a join that is no column of a source
     */
    Builder(
        FromClause from,
        Optional<List<Column>> wholeRow,
        Optional<String> joinKey,
        ClauseAnalyzer clauses,
        Stage stage) {
      this.from = from;
      this.wholeRow = wholeRow;
      this.joinKey = joinKey;
      this.clauses = clauses;
      this.stage = stage;
    }

    Projection build(List<SelectItem> select) {
      select.forEach(this::add);
      return new Projection(items);
    }

    private void add(SelectItem item) {
      if (item instanceof SelectItem.Star star) {
        addStar(star);
      } else if (item instanceof SelectItem.StructStar star) {
        addFields(star);
      } else {
        SelectItem.Single single = (SelectItem.Single) item;
        items.add(new Item(single.alias().orElseThrow(), from.toInnerNames(single.expression())));
      }
    }

    private void addStar(SelectItem.Star star) {
      if (star.source().isEmpty() && wholeRow.isPresent()) {
        wholeRow.get().forEach(column -> addColumn(column.name()));
        return;
      }
      if (star.source().isEmpty()) {
        joinKey.ifPresent(this::addColumn);
      }
      for (FromSource source : from.sources()) {
        if (star.source().isEmpty() || star.source().get().equals(source.alias())) {
          source.source().schema().columns().forEach(c -> addColumn(source.innerName(c)));
        }
      }
    }

    private void addColumn(String name) {
      items.add(new Item(name, new ColumnName(Position.NONE, Optional.empty(), name)));
    }

    private void addFields(SelectItem.StructStar star) {
      Expression struct = from.toInnerNames(star.struct());
      TypedExpression typed = clauses.analyze("Select", struct, stage);
      if (!(typed.knownType().orElse(null) instanceof SqlType.Struct type)) {
        throw new SqlException(
            "Cannot select all fields of "
                + ExpressionPrinter.print(struct)
                + ": expected a STRUCT, but it is "
                + typed.knownType().map(SqlType::toString).orElse("NULL"));
      }
      for (SqlType.Field field : type.fields()) {
        items.add(new Item(field.name(), new Dereference(star.at(), struct, field.name())));
      }
    }
  }
}
