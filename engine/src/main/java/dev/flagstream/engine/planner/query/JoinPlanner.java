package dev.flagstream.engine.planner.query;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.ColumnName;
import dev.flagstream.engine.ast.Expression.Comparison;
import dev.flagstream.engine.ast.Expression.ComparisonOperator;
import dev.flagstream.engine.ast.Expression.Logical;
import dev.flagstream.engine.ast.Position;
import dev.flagstream.engine.ast.Query.JoinType;
import dev.flagstream.engine.ast.Query.Relation;
import dev.flagstream.engine.ast.Query.Within;
import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.ast.print.ExpressionPrinter;
import dev.flagstream.engine.catalog.Format;
import dev.flagstream.engine.catalog.Source.WindowInfo;
import dev.flagstream.engine.catalog.Source.WindowKind;
import dev.flagstream.engine.expression.ExpressionRewriter;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.expression.TypedExpression.ColumnReference;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.plan.PlanStep.ForeignKeyJoin;
import dev.flagstream.engine.plan.PlanStep.NamedExpression;
import dev.flagstream.engine.plan.PlanStep.SelectKey;
import dev.flagstream.engine.plan.PlanStep.StreamStreamJoin;
import dev.flagstream.engine.plan.PlanStep.StreamTableJoin;
import dev.flagstream.engine.plan.PlanStep.TableTableJoin;
import dev.flagstream.engine.planner.with.FormatRules;
import dev.flagstream.engine.planner.with.SchemaRules;
import dev.flagstream.engine.planner.with.TopicDirectory;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.RowSchema;
import dev.flagstream.engine.type.SqlType;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Plans joins: two sources, or any number from left to right. */
final class JoinPlanner {

  private static final String WITHIN_DOCUMENTATION =
      "https://docs.confluent.io/current/ksql/docs/syntax-reference.html#create-stream-as-select";

  private final FromClause from;
  private final ClauseAnalyzer clauses;
  private final TopicDirectory topics;
  private final FormatRules formats;
  private final String keyName;
  private final boolean persistent;
  private final Map<String, On> conditions = new HashMap<>();

  /**
   * A planner of one FROM clause.
   *
   * @param keyName of a key that is no column of a source
   * @param persistent whether the query writes a stream or table
   */
  JoinPlanner(
      FromClause from,
      ClauseAnalyzer clauses,
      TopicDirectory topics,
      FormatRules formats,
      String keyName,
      boolean persistent) {
    this.from = from;
    this.clauses = clauses;
    this.topics = topics;
    this.formats = formats;
    this.keyName = keyName;
    this.persistent = persistent;
  }

  /**
   * A source, or sources joined.
   *
   * @param sameAsKey expressions (over qualified names) that equal the key in every row
   * @param designators expressions that stand for the key; those that are columns, when selected
   */
  record Joined(
      PlanStep step,
      Set<Expression> sameAsKey,
      Set<Expression> designators,
      boolean foreignKey,
      Format keyFormat,
      Format valueFormat,
      Optional<WindowInfo> window) {}

  /** One side of {@code ON left = right}, with what it refers to. */
  private record Side(Expression expression, FromSource source) {
    @Override
    public String toString() {
      return ExpressionPrinter.print(expression);
    }
  }

  /** A join condition, its sides in the order of the join. */
  private record On(Side left, Side right, Comparison written) {}

  Joined plan(Relation relation) {
    checkSources();
    readConditions(relation);
    return join(relation);
  }

  /** All conditions come first: a senseless one is reported before an impossible join. */
  private void readConditions(Relation relation) {
    if (relation instanceof Relation.Join join) {
      readConditions(join.left());
      FromSource right = from.get(((Relation.Source) join.right()).alias());
      conditions.put(right.alias(), condition(join.on(), right));
    }
  }

  private void checkSources() {
    Set<String> seen = new LinkedHashSet<>();
    for (FromSource source : from.sources()) {
      String name = source.source().name();
      if (!seen.add(name)) {
        throw new SqlException(
            from.sources().size() == 2
                ? "Can not join '" + name + "' to '" + name + "': self joins are not yet supported."
                : "N-way joins do not support multiple occurrences of the same source. Source: '"
                    + name
                    + "'");
      }
    }
  }

  private Joined join(Relation relation) {
    if (relation instanceof Relation.Source source) {
      return leaf(from.get(source.alias()));
    }
    Relation.Join join = (Relation.Join) relation;
    Joined left = join(join.left());
    FromSource right = from.get(((Relation.Source) join.right()).alias());
    On on = conditions.get(right.alias());
    SourceKind leftKind = left.step().kind();
    if (leftKind == SourceKind.TABLE && !right.isTable()) {
      throw new SqlException(
          "Invalid join order: table-stream joins are not supported; only stream-table joins. Got "
              + on.left().source().alias()
              + " "
              + shown(join.type())
              + " "
              + right.alias()
              + ".");
    }
    checkWithin(join, leftKind, right);
    checkWindows(left, on.left().source(), right);
    if (leftKind == SourceKind.TABLE) {
      return joinTables(join, left, right, on);
    }
    return right.isTable() ? joinTable(join, left, right, on) : joinStream(join, left, right, on);
  }

  private Joined leaf(FromSource source) {
    List<Expression> key =
        source.source().schema().key().stream().map(c -> column(source, c.name())).toList();
    return new Joined(
        SourceReader.readForJoin(source),
        key.size() == 1 ? Set.of(key.get(0)) : Set.of(),
        new LinkedHashSet<>(key),
        false,
        source.source().keyFormat(),
        source.source().valueFormat(),
        source.source().window());
  }

  private static Expression column(FromSource source, String name) {
    return new ColumnName(Position.NONE, Optional.of(source.alias()), name);
  }

  // ------------------------------------------------------------------------------- the condition

  private On condition(Expression written, FromSource right) {
    from.checkColumns("JOIN ON", written, List.of());
    if (written instanceof Logical) {
      throw new SqlException(
          "Invalid join condition: joins on multiple conditions are not yet supported. Got "
              + ExpressionPrinter.print(written)
              + ".");
    }
    Comparison comparison = equality(written);
    Side first = side(comparison.left(), comparison);
    Side second = side(comparison.right(), comparison);
    boolean firstIsRight = first.source().alias().equals(right.alias());
    boolean secondIsRight = second.source().alias().equals(right.alias());
    if (firstIsRight == secondIsRight) {
      throw new SqlException(
          "Each side of the join must reference exactly one source and not the same source. Left"
              + " side references `"
              + first.source().alias()
              + "` and right references `"
              + second.source().alias()
              + "`");
    }
    return firstIsRight ? new On(second, first, comparison) : new On(first, second, comparison);
  }

  private static Comparison equality(Expression written) {
    if (!(written instanceof Comparison comparison)) {
      throw new SqlException("Unsupported join expression: " + ExpressionPrinter.print(written));
    }
    if (comparison.operator() != ComparisonOperator.EQUAL) {
      throw new SqlException("Only equality join criteria is supported.");
    }
    return comparison;
  }

  private Side side(Expression expression, Comparison comparison) {
    Set<String> aliases = new LinkedHashSet<>();
    ExpressionRewriter.walk(
        expression,
        node -> {
          if (node instanceof ColumnName column) {
            column.source().ifPresent(aliases::add);
          }
        });
    if (aliases.size() != 1) {
      throw new SqlException(
          "Invalid comparison expression '"
              + ExpressionPrinter.print(expression)
              + "' in join '"
              + ExpressionPrinter.print(comparison)
              + "'. Each side of the join comparision must contain references from exactly one"
              + " source.");
    }
    return new Side(expression, from.get(aliases.iterator().next()));
  }

  private static String shown(JoinType type) {
    return switch (type) {
      case INNER -> "[INNER] JOIN";
      case LEFT -> "LEFT [OUTER] JOIN";
      case RIGHT -> "RIGHT [OUTER] JOIN";
      case FULL -> "[FULL] OUTER JOIN";
    };
  }

  private static void checkWithin(Relation.Join join, SourceKind leftKind, FromSource right) {
    boolean streams = leftKind == SourceKind.STREAM && !right.isTable();
    if (streams && join.within().isEmpty()) {
      throw new SqlException(
          "Stream-Stream joins must have a WITHIN clause specified. None was provided. To learn"
              + " about how to specify a WITHIN clause with a stream-stream join, please visit: "
              + WITHIN_DOCUMENTATION);
    }
    if (!streams && join.within().isPresent()) {
      throw new SqlException(
          leftKind == SourceKind.STREAM
              ? "A window definition was provided for a Stream-Table join. These joins are not"
                  + " windowed. Please drop the window definition (ie. the WITHIN clause) and try to"
                  + " execute your join again."
              : "A window definition was provided for a Table-Table join. These joins are not"
                  + " windowed. Please drop the window definition (i.e. the WITHIN clause) and try"
                  + " to execute your Table-Table join again.");
    }
  }

  private void checkWindows(Joined left, FromSource leftSource, FromSource right) {
    Optional<WindowInfo> rightWindow = right.source().window();
    if (left.window().isPresent() != rightWindow.isPresent()) {
      throw new SqlException(
          "Can not join windowed source to non-windowed source.\n"
              + describe(leftSource, left.window())
              + "\n"
              + describe(right, rightWindow));
    }
    if (rightWindow.isEmpty()) {
      return;
    }
    WindowInfo leftInfo = left.window().orElseThrow();
    WindowInfo rightInfo = rightWindow.get();
    if ((leftInfo.kind() == WindowKind.SESSION) != (rightInfo.kind() == WindowKind.SESSION)) {
      throw new SqlException(
          "Incompatible windowed sources.\nLeft source: "
              + leftInfo.kind()
              + "\nRight source: "
              + rightInfo.kind()
              + "\nSession windowed sources can only be joined to other session windowed sources,"
              + " and may still not result in expected behaviour as session bounds must be an exact"
              + " match for the join to work\nHopping and tumbling windowed sources can only be"
              + " joined to other hopping and tumbling windowed sources");
    }
    if (persistent && (leftSource.isTable() || right.isTable())) {
      throw onWindowedTables();
    }
    if (!leftInfo.equals(rightInfo)) {
      throw windowedRepartition();
    }
  }

  /** A pull query can look into a table with windows, but no persistent query reads it. */
  static SqlException onWindowedTables() {
    return new SqlException("KSQL does not support persistent queries on windowed tables.");
  }

  static SqlException windowedRepartition() {
    return new SqlException(
        "Implicit repartitioning of windowed sources is not supported. See"
            + " https://github.com/confluentinc/ksql/issues/4385.");
  }

  private static String describe(FromSource source, Optional<WindowInfo> window) {
    return "`"
        + source.alias()
        + "` is "
        + window.map(info -> info.kind() + " windowed").orElse("not windowed");
  }

  private void checkPartitions(On on) {
    if (!topics.mustFit()) {
      return;
    }
    FromSource left = on.left().source();
    FromSource right = on.right().source();
    Optional<Integer> leftPartitions = partitions(left);
    Optional<Integer> rightPartitions = partitions(right);
    if (leftPartitions.isPresent()
        && rightPartitions.isPresent()
        && !leftPartitions.equals(rightPartitions)) {
      throw new SqlException(
          "Can't join `%s` with `%s` since the number of partitions don't match. `%s` partitions = %d; `%s` partitions = %d. Please repartition either one so that the number of partitions match."
              .formatted(
                  left.alias(),
                  right.alias(),
                  left.alias(),
                  leftPartitions.get(),
                  right.alias(),
                  rightPartitions.get()));
    }
  }

  private Optional<Integer> partitions(FromSource source) {
    return topics.find(source.source().topic()).map(TopicDirectory.TopicInfo::partitions);
  }

  // ----------------------------------------------------------------------------- kinds of joins

  private Joined joinStream(Relation.Join join, Joined left, FromSource right, On on) {
    checkPartitions(on);
    Joined rightLeaf = leaf(right);
    checkKeyTypes(on, left, rightLeaf);
    Joined keyedLeft = keyed(left, on.left());
    Joined keyedRight = keyed(rightLeaf, on.right());
    checkKeyFormats(on, left, rightLeaf, keyedLeft.step().schema().key().get(0).type());
    Format keyFormat = formats.orDefaultKey(usable(left.keyFormat(), right.source().keyFormat()));
    Within within = join.within().orElseThrow();
    WindowRules.requireCountable(
        within.before(), within.after(), within.grace().orElse(Duration.ZERO));
    RowSchema schema = schema(keyedLeft, keyedRight);
    PlanStep step =
        new StreamStreamJoin(
            join.type(),
            keyedLeft.step(),
            keyedRight.step(),
            within.before(),
            within.after(),
            within.grace(),
            FormatRules.holding(keyFormat, schema.key()),
            left.valueFormat(),
            right.source().valueFormat(),
            schema);
    return joined(step, join.type(), left, on, keyFormat);
  }

  /**
   * Checks that both sides end up in one format. A side whose key is made anew is written in the
   * left one's, or in JSON where ksqlDB takes that for decimals in the place of DELIMITED; a side
   * that stays as it is may then have no counterpart.
   */
  private static void checkKeyFormats(On on, Joined left, Joined right, SqlType key) {
    boolean leftStays = left.sameAsKey().contains(on.left().expression());
    boolean rightHasKey = right.sameAsKey().contains(on.right().expression());
    Format wanted = usable(left.keyFormat(), right.keyFormat());
    Format leftFormat = leftStays ? wanted : madeAnew(wanted, key);
    boolean rightStays = rightHasKey && right.keyFormat().equals(leftFormat);
    Format rightFormat = rightStays ? leftFormat : madeAnew(leftFormat, key);
    if (!leftFormat.equals(rightFormat)) {
      throw new SqlException(
          "Key format mismatch in join. left: "
              + SchemaRules.formatInfo(leftFormat)
              + ", right: "
              + SchemaRules.formatInfo(rightFormat));
    }
  }

  private static Format madeAnew(Format format, SqlType key) {
    return format.kind() == Format.Kind.DELIMITED && key instanceof SqlType.Decimal
        ? Format.of(Format.Kind.JSON)
        : format;
  }

  private Joined joinTable(Relation.Join join, Joined left, FromSource right, On on) {
    if (join.type() == JoinType.FULL) {
      throw new SqlException(
          "Invalid join type: full-outer join not supported for stream-table join. Got "
              + on.left().source().alias()
              + " "
              + shown(join.type())
              + " "
              + right.alias()
              + ".");
    }
    if (join.type() == JoinType.RIGHT) {
      throw new SqlException("Invalid join type encountered: " + shown(join.type()));
    }
    if (!isPrimaryKey(on.right())) {
      throw new SqlException(
          "Invalid join condition: stream-table joins require to join on the table's primary key."
              + " Got "
              + withoutParentheses(on.written())
              + ".");
    }
    checkPartitions(on);
    Joined rightLeaf = leaf(right);
    checkTypes(on, left, rightLeaf);
    Format keyFormat = right.source().keyFormat();
    boolean sameFormat = left.keyFormat().equals(keyFormat);
    Joined keyedLeft = sameFormat ? keyed(left, on.left()) : rekeyed(left, on.left());
    PlanStep step =
        new StreamTableJoin(
            join.type(),
            keyedLeft.step(),
            rightLeaf.step(),
            keyFormat,
            left.valueFormat(),
            schema(keyedLeft, rightLeaf));
    return joined(step, join.type(), left, on, usable(left.keyFormat(), keyFormat));
  }

  private Joined joinTables(Relation.Join join, Joined left, FromSource right, On on) {
    if (!isPrimaryKey(on.right())) {
      throw new SqlException(
          "Invalid join condition: table-table joins require to join on the primary key of the"
              + " right input table. Got "
              + withoutParentheses(on.written())
              + ".");
    }
    Joined rightLeaf = leaf(right);
    boolean nested = join.left() instanceof Relation.Join;
    if (nested && !isPrimaryKey(on.left())) {
      throw nestedForeignKey(on);
    }
    checkTypes(on, left, rightLeaf);
    if (!left.sameAsKey().contains(on.left().expression())) {
      if (nested) {
        throw left.foreignKey() ? nestedForeignKey(on) : tableRepartition(left, on.left());
      }
      return joinByForeignKey(join, left, rightLeaf, on);
    }
    checkPartitions(on);
    Format keyFormat = left.keyFormat();
    boolean sameFormat = right.source().keyFormat().equals(keyFormat);
    Joined keyedRight = sameFormat ? rightLeaf : rekeyed(rightLeaf, on.right());
    PlanStep step =
        new TableTableJoin(
            join.type(), left.step(), keyedRight.step(), keyFormat, schema(left, keyedRight));
    return joined(step, join.type(), left, on, keyFormat);
  }

  private static SqlException nestedForeignKey(On on) {
    return new SqlException(
        "Invalid join condition: foreign-key table-table joins are not supported as part of n-way"
            + " joins. Got "
            + withoutParentheses(on.written())
            + ".");
  }

  private SqlException tableRepartition(Joined table, Side side) {
    String key =
        table.designators().isEmpty()
            ? keyName
            : ExpressionPrinter.print(from.toInnerNames(table.designators().iterator().next()));
    return tableRepartition(key, ExpressionPrinter.print(from.toInnerNames(side.expression())));
  }

  /** A table's key is that of its rows: another would need a table of its own. */
  static SqlException tableRepartition(String key, String asked) {
    return new SqlException(
        "Cannot repartition a TABLE source. If this is a join, make sure that the criteria uses the"
            + " TABLE's key column "
            + key
            + " instead of ["
            + asked
            + "]");
  }

  private static String withoutParentheses(Comparison condition) {
    return ExpressionPrinter.print(condition).replaceAll("^\\((.*)\\)$", "$1");
  }

  private Joined joinByForeignKey(Relation.Join join, Joined left, Joined right, On on) {
    if (join.type() != JoinType.INNER && join.type() != JoinType.LEFT) {
      if (join.type() == JoinType.RIGHT) {
        throw new SqlException("RIGHT OUTER JOIN on a foreign key is not supported");
      }
      throw new SqlException(
          "Invalid join type: full-outer join not supported for foreign-key table-table join. Got "
              + on.left().source().alias()
              + " "
              + shown(join.type())
              + " "
              + on.right().source().alias()
              + ".");
    }
    PlanStep step =
        new ForeignKeyJoin(
            join.type(),
            left.step(),
            right.step(),
            typed(on.left(), left.step()),
            left.keyFormat(),
            left.valueFormat(),
            new RowSchema(left.step().schema().key(), values(left, right)));
    return new Joined(
        step,
        left.sameAsKey(),
        left.designators(),
        true,
        left.keyFormat(),
        left.valueFormat(),
        left.window());
  }

  private boolean isPrimaryKey(Side side) {
    List<Column> key = side.source().source().schema().key();
    return key.size() == 1
        && side.expression() instanceof ColumnName column
        && column.name().equals(key.get(0).name());
  }

  private void checkTypes(On on, Joined left, Joined right) {
    SqlType leftType = typed(on.left(), left.step()).type();
    SqlType rightType = typed(on.right(), right.step()).type();
    if (!rightType.equals(leftType)) {
      boolean flipped = on.written().left() == on.right().expression();
      String leftShown = on.left() + "{" + leftType + "}";
      String rightShown = on.right() + "{" + rightType + "}";
      throw new SqlException(
          "Invalid join condition: types don't match. Got "
              + (flipped ? rightShown + " = " + leftShown : leftShown + " = " + rightShown)
              + ".");
    }
    checkKeyType(on, leftType);
  }

  /** The sides of streams are compared once both have their keys. */
  private void checkKeyTypes(On on, Joined left, Joined right) {
    SqlType leftType = typed(on.left(), left.step()).type();
    SqlType rightType = typed(on.right(), right.step()).type();
    if (!rightType.equals(leftType)) {
      throw new SqlException("Invalid join. Key types differ: " + leftType + " vs " + rightType);
    }
    checkKeyType(on, leftType);
  }

  private void checkKeyType(On on, SqlType leftType) {
    Expression inner = from.toInnerNames(on.left().expression());
    String name = inner instanceof ColumnName column ? column.name() : keyName;
    SchemaRules.checkKeyTypes(List.of(Column.key(name, leftType)));
  }

  private TypedExpression typed(Side side, PlanStep step) {
    return clauses.analyze(from.toInnerNames(side.expression()), Stage.of(step));
  }

  // ------------------------------------------------------------------------------------- results

  private static Format usable(Format left, Format right) {
    return left.kind() == Format.Kind.NONE ? right : left;
  }

  private Joined keyed(Joined joined, Side side) {
    return joined.sameAsKey().contains(side.expression()) ? joined : rekeyed(joined, side);
  }

  private Joined rekeyed(Joined joined, Side side) {
    if (joined.window().isPresent()) {
      throw windowedRepartition();
    }
    TypedExpression key = typed(side, joined.step());
    List<Column> columns = joined.step().schema().value();
    List<NamedExpression> values =
        columns.stream()
            .map(c -> new NamedExpression(c.name(), new ColumnReference(c.name(), c.type())))
            .toList();
    RowSchema schema = new RowSchema(List.of(Column.key(keyName, key.type())), columns);
    return new Joined(
        new SelectKey(joined.step(), List.of(key), values, schema),
        Set.of(side.expression()),
        Set.of(),
        false,
        joined.keyFormat(),
        joined.valueFormat(),
        joined.window());
  }

  /** The key has a name of its own: in a row without a match, no side's column equals it. */
  private RowSchema schema(Joined left, Joined right) {
    SqlType type = left.step().schema().key().get(0).type();
    return new RowSchema(List.of(Column.key(keyName, type)), values(left, right));
  }

  private static List<Column> values(Joined left, Joined right) {
    return Stream.concat(
            left.step().schema().value().stream(), right.step().schema().value().stream())
        .toList();
  }

  private static Joined joined(PlanStep step, JoinType type, Joined left, On on, Format keyFormat) {
    Expression leftKey = on.left().expression();
    Expression rightKey = on.right().expression();
    Set<Expression> leftKeys = new LinkedHashSet<>();
    leftKeys.addAll(left.sameAsKey().contains(leftKey) ? left.sameAsKey() : Set.of(leftKey));
    Set<Expression> same = new LinkedHashSet<>();
    if (type == JoinType.INNER || type == JoinType.LEFT) {
      same.addAll(leftKeys);
    }
    if (type == JoinType.INNER || type == JoinType.RIGHT) {
      same.add(rightKey);
    }
    Set<Expression> designators = new LinkedHashSet<>();
    if (type != JoinType.FULL) {
      designators.addAll(
          left.designators().contains(leftKey) && left.step().schema().key().size() == 1
              ? left.designators()
              : Set.of(leftKey));
      designators.add(rightKey);
    }
    return new Joined(step, same, designators, false, keyFormat, left.valueFormat(), left.window());
  }
}
