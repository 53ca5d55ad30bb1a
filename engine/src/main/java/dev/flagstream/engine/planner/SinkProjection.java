package dev.flagstream.engine.planner;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.UnsupportedFeature;
import dev.flagstream.engine.UnsupportedFeatureException;
import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.ColumnName;
import dev.flagstream.engine.ast.Query;
import dev.flagstream.engine.ast.Query.SelectItem;
import dev.flagstream.engine.ast.print.ExpressionPrinter;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.plan.PlanStep.NamedExpression;
import dev.flagstream.engine.plan.PlanStep.Project;
import dev.flagstream.engine.planner.query.FromClause;
import dev.flagstream.engine.planner.query.FromSource;
import dev.flagstream.engine.planner.query.Projection;
import dev.flagstream.engine.planner.query.PseudoColumns;
import dev.flagstream.engine.planner.query.QueryPlanner;
import dev.flagstream.engine.planner.query.RowKey;
import dev.flagstream.engine.planner.query.RowKey.KeyColumn;
import dev.flagstream.engine.planner.query.UnselectedKeyException;
import dev.flagstream.engine.planner.query.Words;
import dev.flagstream.engine.planner.with.SchemaRules;
import dev.flagstream.engine.planner.with.Session;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.RowSchema;
import dev.flagstream.engine.type.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which items of SELECT are the key of the rows that a persistent query writes. A stream or
 * table has all of its key, each part once.
 */
final class SinkProjection {

  private static final String KEY_DOCUMENTATION = "https://cnfl.io/2LV7ouS";

  private static final String ONCE =
      "Each key column must only be in the projection once. If you intended to copy the key into the"
          + " value, then consider using the `AS_VALUE` function to indicate which key reference"
          + " should be copied.";

  private static final String NEW_PLANNER = "ksql.new.query.planner.enabled";

  private final String sink;
  private final QueryPlanner.Planned planned;
  private final QueryPlanner planner;
  private final FromClause from;
  private final boolean newPlanner;

  SinkProjection(
      String sink,
      QueryPlanner.Planned planned,
      QueryPlanner planner,
      FromClause from,
      Session session) {
    this.sink = sink;
    this.planned = planned;
    this.planner = planner;
    this.from = from;
    this.newPlanner = session.property(NEW_PLANNER).filter("true"::equals).isPresent();
  }

  /** Checks the names the items of SELECT were given. */
  static void checkNames(Query query) {
    for (SelectItem item : query.select()) {
      // An expression named so is refused by other words.
      if (item instanceof SelectItem.Single single
          && single.expression() instanceof ColumnName column) {
        single.alias().filter(column.name()::equals).ifPresent(SinkProjection::checkName);
      }
    }
  }

  /** Every item with its type, in the order of SELECT. */
  List<Column> columns() {
    return planned.projection().items().stream()
        .map(item -> Column.value(item.name(), typed(item).type()))
        .toList();
  }

  private TypedExpression typed(Projection.Item item) {
    return planner.typed(item, planned.stage());
  }

  /**
   * The step that computes the columns of the sink.
   *
   * @param selected what {@link #columns} said: the items have types before any is the key
   */
  Project project(List<Column> selected) {
    Set<Projection.Item> keyItems = new LinkedHashSet<>();
    List<Column> key = new ArrayList<>();
    List<Column> stepKey = planned.stage().step().schema().key();
    List<KeyColumn> missing = new ArrayList<>();
    for (int i = 0; i < planned.key().columns().size(); i++) {
      Optional<Projection.Item> item = keyItem(planned.key().columns().get(i));
      if (item.isEmpty()) {
        missing.add(planned.key().columns().get(i));
      } else {
        keyItems.add(item.get());
        key.add(Column.key(item.get().name(), stepKey.get(i).type()));
      }
    }
    checkNewPlanner(missing, keyItems);
    List<NamedExpression> values = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < selected.size(); i++) {
      Projection.Item item = planned.projection().items().get(i);
      if (!keyItems.contains(item)) {
        values.add(new NamedExpression(item.name(), typed(item)));
        columns.add(selected.get(i));
      }
    }
    if (!missing.isEmpty()) {
      boolean foreign = planned.key().kind() == RowKey.Kind.FOREIGN_KEY_JOIN;
      throw new SqlException(
          foreign ? missingForeignKeyJoinKey(missing) : missingKey(sink, planned.key(), missing));
    }
    RowSchema schema = new RowSchema(key, columns);
    SchemaRules.checkKeyTypes(schema.key());
    SchemaRules.checkDuplicates(schema);
    return new Project(planned.stage().step(), values, schema);
  }

  /**
   * ksqlDB's unfinished second planner drops key columns that are not selected, and reorders them.
   */
  private void checkNewPlanner(List<KeyColumn> missing, Set<Projection.Item> keyItems) {
    if (!newPlanner) {
      return;
    }
    List<Projection.Item> inOrder =
        planned.projection().items().stream().filter(keyItems::contains).toList();
    if (!missing.isEmpty() || !inOrder.equals(List.copyOf(keyItems))) {
      throw new UnsupportedFeatureException(UnsupportedFeature.NEW_QUERY_PLANNER);
    }
  }

  private static void checkName(String name) {
    if (PseudoColumns.isReserved(name)) {
      throw new SqlException(
          "Reserved column name in select: `" + name + "`. Please remove or alias the column.");
    }
  }

  /**
   * Checks that something is left for the value without the key's columns; a column that is named
   * as one of the key is none of the value.
   *
   * @param selected what {@link #columns} said
   */
  void checkValues(List<Column> selected) {
    Set<Projection.Item> keyItems = new LinkedHashSet<>();
    planned.key().columns().forEach(column -> keyItem(column).ifPresent(keyItems::add));
    List<Column> values = new ArrayList<>();
    for (int i = 0; i < selected.size(); i++) {
      if (!keyItems.contains(planned.projection().items().get(i))) {
        values.add(selected.get(i));
      }
    }
    SchemaRules.checkDuplicates(new RowSchema(List.of(), values));
    List<String> keyNames = planned.key().columns().stream().map(KeyColumn::name).toList();
    boolean none = values.stream().allMatch(column -> keyNames.contains(column.name()));
    if (none && !keyItems.isEmpty()) {
      throw UnselectedKeyException.noValueColumns();
    }
  }

  /** The first designator of a key column that is selected at all, which it may be only once. */
  private Optional<Projection.Item> keyItem(KeyColumn column) {
    for (Expression designator : column.designators()) {
      List<Projection.Item> items =
          planned.projection().items().stream()
              .filter(item -> item.expression().equals(designator))
              .toList();
      boolean sameNames = items.stream().map(Projection.Item::name).distinct().count() == 1;
      if (items.size() > 1 && sameNames && isOfSource(planned.key().kind())) {
        SqlType type = typed(items.get(0)).type();
        throw new SqlException(
            "Duplicate key columns found in schema: " + Column.key(items.get(0).name(), type));
      }
      if (items.size() > 1) {
        throw new SqlException(selectedTwice(column, items));
      }
      if (!items.isEmpty()) {
        return Optional.of(items.get(0));
      }
    }
    return Optional.empty();
  }

  private static boolean isOfSource(RowKey.Kind kind) {
    return kind == RowKey.Kind.PARTITIONING || kind == RowKey.Kind.SOURCE;
  }

  private String selectedTwice(KeyColumn column, List<Projection.Item> items) {
    if (planned.key().kind() == RowKey.Kind.GROUPING) {
      return "The projection contains a key column more than once: "
          + Words.and(items.stream().map(item -> "`" + item.name() + "`").toList())
          + ".\n"
          + ONCE;
    }
    String name =
        planned.key().kind() == RowKey.Kind.JOIN
            ? ExpressionPrinter.print(items.get(0).expression())
            : column.name();
    return "The projection contains a key column (`"
        + name
        + "`) more than once, aliased as: "
        + Words.and(items.stream().map(Projection.Item::name).sorted().toList())
        + ".\n"
        + ONCE;
  }

  /** The refusal of a query that does not select all of its key, which is of no foreign key. */
  static String missingKey(String sink, RowKey key, List<KeyColumn> missing) {
    boolean join = key.kind() == RowKey.Kind.JOIN || key.kind() == RowKey.Kind.SYNTHETIC_JOIN;
    List<String> names =
        (key.kind() == RowKey.Kind.GROUPING ? missing : key.columns())
            .stream().flatMap(column -> column.shown().stream()).toList();
    boolean synthetic = key.kind() == RowKey.Kind.SYNTHETIC_JOIN;
    String message =
        (names.size() == 1 || join ? "Key" : "Keys")
            + " missing from projection (ie, SELECT). "
            + (synthetic ? "See " + KEY_DOCUMENTATION + "." : "")
            + "\nThe query used to build `"
            + sink
            + "` must include the "
            + key.kind().label()
            + (names.size() == 1 ? " " : "s ")
            + (join ? Words.or(names) : Words.and(names))
            + " in its projection (eg, SELECT "
            + (join ? names.get(0) : String.join(", ", names))
            + "...).";
    return synthetic
        ? message
            + "\n"
            + names.get(0)
            + " was added as a synthetic key column because the join criteria did not match any"
            + " source column. This expression must be included in the projection and may be"
            + " aliased. "
        : message;
  }

  private String missingForeignKeyJoinKey(List<KeyColumn> missing) {
    FromSource left = from.first();
    String prefix = left.alias() + "_";
    List<String> names =
        missing.stream()
            .map(column -> "`" + column.name().substring(prefix.length()) + "`")
            .toList();
    String plural = names.size() == 1 ? "" : "s";
    return "Primary key column"
        + plural
        + " missing in projection. For foreign-key table-table joins, the projection must include"
        + " all primary key columns from the left input table (`"
        + left.alias()
        + "`). Missing column"
        + plural
        + ": "
        + String.join(", ", names)
        + ".";
  }
}
