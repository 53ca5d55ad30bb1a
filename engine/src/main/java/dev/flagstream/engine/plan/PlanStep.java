package dev.flagstream.engine.plan;

import dev.flagstream.engine.ast.Query.JoinType;
import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.catalog.Format;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.function.AggregateFunction;
import dev.flagstream.engine.function.TableFunction;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.RowSchema;
import dev.flagstream.engine.type.SqlType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a query does, as data: each step takes the rows of its inputs and makes rows of its own
 * schema. Nothing here knows of Kafka Streams; {@code topology} turns each step into a part of one.
 *
 * <p>A row is a key and a value as {@link RowSchema} describes, and carries a timestamp. A step
 * refers to columns of its input by their names in the input's schema.
 */
public sealed interface PlanStep {

  /** The rows this step makes. */
  RowSchema schema();

  /** Whether the rows are events or changes of a table. */
  SourceKind kind();

  /** Where the rows come from, in order. */
  List<PlanStep> inputs();

  /** Calls the visitor's method for this kind of step. */
  <R> R accept(Visitor<R> visitor);

  /** A step with one input. */
  sealed interface Unary extends PlanStep {

    /** Where the rows come from. */
    PlanStep input();

    @Override
    default List<PlanStep> inputs() {
      return List.of(input());
    }
  }

  /** A step that joins the rows of two inputs. */
  sealed interface Binary extends PlanStep {

    /** The side that is written before JOIN. */
    PlanStep left();

    /** The side that is written after JOIN. */
    PlanStep right();

    @Override
    default List<PlanStep> inputs() {
      return List.of(left(), right());
    }
  }

  /** One method per kind of step, none with a default: a new kind asks every visitor. */
  interface Visitor<R> {
    R visitRead(Read step);

    R visitFilter(Filter step);

    R visitProject(Project step);

    R visitSelectKey(SelectKey step);

    R visitFlatMap(FlatMap step);

    R visitAggregate(Aggregate step);

    R visitFinalOnly(FinalOnly step);

    R visitStreamStreamJoin(StreamStreamJoin step);

    R visitStreamTableJoin(StreamTableJoin step);

    R visitTableTableJoin(TableTableJoin step);

    R visitForeignKeyJoin(ForeignKeyJoin step);

    R visitWrite(Write step);
  }

  /** A column computed by an expression over the step's input. */
  record NamedExpression(String name, TypedExpression expression) {}

  /** Columns that are not in the record's key or value, but about the record. */
  enum PseudoColumn {
    ROWTIME,
    ROWPARTITION,
    ROWOFFSET,
    WINDOWSTART,
    WINDOWEND
  }

  /**
   * Reads a source's topic.
   *
   * <p>The schema holds the source's key columns, then those of its value columns that the query
   * uses, then the pseudo columns it uses, as value columns of their own names; each may be
   * renamed, as joins need: {@code schema} gives the names, {@code columns} what they are read from
   * (a column name of the source, or that of a {@link PseudoColumn}), value columns only, in order.
   *
   * @param materialized a table read for a query that needs its old values or lookups
   */
  record Read(Source source, List<String> columns, RowSchema schema, boolean materialized)
      implements PlanStep {
    public Read {
      columns = List.copyOf(columns);
      require(columns.size() == schema.value().size(), "A Read names each column's origin");
    }

    @Override
    public SourceKind kind() {
      return source.kind();
    }

    @Override
    public List<PlanStep> inputs() {
      return List.of();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitRead(this);
    }
  }

  /** Keeps the rows for which the predicate is true. On a table, others become deletions. */
  record Filter(PlanStep input, TypedExpression predicate) implements Unary {
    public Filter {
      require(predicate.isOf(SqlType.BOOLEAN), "A Filter's predicate is BOOLEAN");
    }

    @Override
    public RowSchema schema() {
      return input.schema();
    }

    @Override
    public SourceKind kind() {
      return input.kind();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitFilter(this);
    }
  }

  /**
   * Computes new value columns; the key's values stay, its columns may be renamed. The schema's
   * value columns are those of {@code values}, in order.
   */
  record Project(PlanStep input, List<NamedExpression> values, RowSchema schema) implements Unary {
    public Project {
      values = List.copyOf(values);
      requireNames("Project", values, schema);
    }

    @Override
    public SourceKind kind() {
      return input.kind();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitProject(this);
    }
  }

  /**
   * Gives each row a new key (PARTITION BY, or what a join or GROUP BY needs). The schema says
   * which columns the value then has: all of the input's, former key columns included, since the
   * planner still needs them; {@code values} computes them.
   */
  record SelectKey(
      PlanStep input, List<TypedExpression> key, List<NamedExpression> values, RowSchema schema)
      implements Unary {
    public SelectKey {
      key = List.copyOf(key);
      values = List.copyOf(values);
      require(key.size() == schema.key().size(), "A SelectKey computes each column of its key");
      requireNames("SelectKey", values, schema);
    }

    @Override
    public SourceKind kind() {
      return input.kind();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitSelectKey(this);
    }
  }

  /**
   * One output row for each element of the table functions' lists, the shorter lists padded with
   * nulls; their results are appended to the input's value columns.
   */
  record FlatMap(PlanStep input, List<TableFunctionCall> functions, RowSchema schema)
      implements Unary {
    public FlatMap {
      functions = List.copyOf(functions);
      int results = schema.value().size() - functions.size();
      require(
          results >= 0 && schema.value().subList(0, results).equals(input.schema().value()),
          "A FlatMap appends one column per function to those of its input");
    }

    @Override
    public SourceKind kind() {
      return input.kind();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitFlatMap(this);
    }
  }

  /** A call of a table function on a row. */
  record TableFunctionCall(TableFunction function, List<TypedExpression> arguments) {
    public TableFunctionCall {
      arguments = List.copyOf(arguments);
    }
  }

  /** The windows of a windowed aggregation. */
  record Windowing(
      Source.WindowKind windowKind,
      Duration size,
      Optional<Duration> advance,
      Optional<Duration> grace,
      Optional<Duration> retention) {

    private static final Duration A_DAY = Duration.ofHours(24);

    /**
     * How long windows wait for late records if the query does not say. A window takes records for
     * a day from its beginning (a session, from its last record). So the grace period is what is
     * left of the day after its size (or gap), and nothing if that is longer. A query that waits
     * for final results waits for no late records.
     *
     * @param size of the windows, or the gap of sessions
     */
    public static Duration defaultGrace(Duration size, boolean finalOnly) {
      return finalOnly || size.compareTo(A_DAY) > 0 ? Duration.ZERO : A_DAY.minus(size);
    }
  }

  /**
   * Groups rows by {@code groupBy} and folds each group.
   *
   * <p>The schema's key columns are the groups'; its value columns are one per aggregate, then
   * WINDOWSTART and WINDOWEND where windowed.
   *
   * @param regrouped false when the input's key already is the group, so that no repartition is
   *     needed
   * @param stateFormat how rows are written when they are repartitioned
   */
  record Aggregate(
      PlanStep input,
      List<TypedExpression> groupBy,
      boolean regrouped,
      List<AggregateCall> aggregates,
      Optional<Windowing> windowing,
      Format keyFormat,
      Format stateFormat,
      RowSchema schema)
      implements Unary {
    public Aggregate {
      groupBy = List.copyOf(groupBy);
      aggregates = List.copyOf(aggregates);
      require(groupBy.size() == schema.key().size(), "An Aggregate's key is what it groups by");
      require(
          aggregates.size() + (windowing.isPresent() ? 2 : 0) == schema.value().size(),
          "An Aggregate has a column for each aggregate, and two for its window");
    }

    @Override
    public SourceKind kind() {
      return SourceKind.TABLE;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitAggregate(this);
    }
  }

  /** A call of an aggregate function over the rows of a group. */
  record AggregateCall(AggregateFunction function, List<TypedExpression> arguments) {
    public AggregateCall {
      arguments = List.copyOf(arguments);
    }
  }

  /** EMIT FINAL: lets a windowed group out once, when its window has closed. */
  record FinalOnly(PlanStep input) implements Unary {
    public FinalOnly {
      require(
          input instanceof Aggregate aggregate && aggregate.windowing().isPresent(),
          "Only a windowed Aggregate has final results");
    }

    @Override
    public RowSchema schema() {
      return input.schema();
    }

    @Override
    public SourceKind kind() {
      return input.kind();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitFinalOnly(this);
    }
  }

  /** Joins two streams that have the same key, within a time. The value is left's then right's. */
  record StreamStreamJoin(
      JoinType type,
      PlanStep left,
      PlanStep right,
      Duration before,
      Duration after,
      Optional<Duration> grace,
      Format keyFormat,
      Format leftFormat,
      Format rightFormat,
      RowSchema schema)
      implements Binary {
    public StreamStreamJoin {
      requireKinds("StreamStreamJoin", left, SourceKind.STREAM, right, SourceKind.STREAM);
      requireBoth("StreamStreamJoin", left, right, schema);
    }

    @Override
    public SourceKind kind() {
      return SourceKind.STREAM;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitStreamStreamJoin(this);
    }
  }

  /** Looks each event of a stream up in a table of the same key (INNER or LEFT). */
  record StreamTableJoin(
      JoinType type,
      PlanStep left,
      PlanStep right,
      Format keyFormat,
      Format leftFormat,
      RowSchema schema)
      implements Binary {
    public StreamTableJoin {
      requireKinds("StreamTableJoin", left, SourceKind.STREAM, right, SourceKind.TABLE);
      requireInnerOrLeft("StreamTableJoin", type);
      requireBoth("StreamTableJoin", left, right, schema);
    }

    @Override
    public SourceKind kind() {
      return SourceKind.STREAM;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitStreamTableJoin(this);
    }
  }

  /**
   * Joins two tables of the same key. A side that is a {@link SelectKey} has the right key already,
   * but written in another format: it is rewritten in {@code keyFormat}.
   */
  record TableTableJoin(
      JoinType type, PlanStep left, PlanStep right, Format keyFormat, RowSchema schema)
      implements Binary {
    public TableTableJoin {
      requireKinds("TableTableJoin", left, SourceKind.TABLE, right, SourceKind.TABLE);
      requireBoth("TableTableJoin", left, right, schema);
    }

    @Override
    public SourceKind kind() {
      return SourceKind.TABLE;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitTableTableJoin(this);
    }
  }

  /**
   * Joins a table's rows to those of another whose primary key an expression names (INNER or LEFT).
   */
  record ForeignKeyJoin(
      JoinType type,
      PlanStep left,
      PlanStep right,
      TypedExpression foreignKey,
      Format keyFormat,
      Format leftFormat,
      RowSchema schema)
      implements Binary {
    public ForeignKeyJoin {
      requireKinds("ForeignKeyJoin", left, SourceKind.TABLE, right, SourceKind.TABLE);
      requireInnerOrLeft("ForeignKeyJoin", type);
      requireBoth("ForeignKeyJoin", left, right, schema);
    }

    @Override
    public SourceKind kind() {
      return SourceKind.TABLE;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitForeignKeyJoin(this);
    }
  }

  /** Writes rows to the sink's topic, with the event time of its timestamp column if it has one. */
  record Write(PlanStep input, Source sink) implements Unary {
    public Write {
      require(
          input.kind() == sink.kind()
              && input.schema().value().size() == sink.schema().value().size(),
          "A Write's sink is of the kind and columns of its input");
    }

    @Override
    public RowSchema schema() {
      return sink.schema();
    }

    @Override
    public SourceKind kind() {
      return sink.kind();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitWrite(this);
    }
  }

  private static void requireNames(String step, List<NamedExpression> values, RowSchema schema) {
    List<String> computed = values.stream().map(NamedExpression::name).toList();
    List<String> named = schema.value().stream().map(Column::name).toList();
    require(computed.equals(named), step + " computes " + computed + ", not " + named);
  }

  private static void requireInnerOrLeft(String step, JoinType type) {
    require(type == JoinType.INNER || type == JoinType.LEFT, step + " cannot be " + type);
  }

  private static void requireBoth(String step, PlanStep left, PlanStep right, RowSchema schema) {
    List<Column> both = new ArrayList<>(left.schema().value());
    both.addAll(right.schema().value());
    require(
        schema.value().equals(both), step + " has the columns of its left, then its right side");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what);
    }
  }

  private static void requireKinds(
      String step, PlanStep left, SourceKind leftKind, PlanStep right, SourceKind rightKind) {
    if (left.kind() != leftKind || right.kind() != rightKind) {
      throw new IllegalArgumentException(
          "%s joins %s with %s, not %s with %s"
              .formatted(step, leftKind, rightKind, left.kind(), right.kind()));
    }
  }
}
