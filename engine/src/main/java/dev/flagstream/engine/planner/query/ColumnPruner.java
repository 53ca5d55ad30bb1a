package dev.flagstream.engine.planner.query;

import dev.flagstream.engine.expression.ColumnUses;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.plan.PlanStep.Aggregate;
import dev.flagstream.engine.plan.PlanStep.AggregateCall;
import dev.flagstream.engine.plan.PlanStep.Filter;
import dev.flagstream.engine.plan.PlanStep.FinalOnly;
import dev.flagstream.engine.plan.PlanStep.FlatMap;
import dev.flagstream.engine.plan.PlanStep.ForeignKeyJoin;
import dev.flagstream.engine.plan.PlanStep.NamedExpression;
import dev.flagstream.engine.plan.PlanStep.Project;
import dev.flagstream.engine.plan.PlanStep.Read;
import dev.flagstream.engine.plan.PlanStep.SelectKey;
import dev.flagstream.engine.plan.PlanStep.StreamStreamJoin;
import dev.flagstream.engine.plan.PlanStep.StreamTableJoin;
import dev.flagstream.engine.plan.PlanStep.TableFunctionCall;
import dev.flagstream.engine.plan.PlanStep.TableTableJoin;
import dev.flagstream.engine.plan.PlanStep.Write;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.RowSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Drops every column that nothing above it uses, down to what is read from topics.
 *
 * <pre>
 *   Project [A]                 Project [A]
 *     Filter B &gt; 1       →        Filter B &gt; 1
 *       Read [A, B, C, D]           Read [A, B]
 * </pre>
 */
public final class ColumnPruner implements PlanStep.Visitor<PlanStep> {

  private final Set<String> used;

  private ColumnPruner(Set<String> used) {
    this.used = used;
  }

  /** The plan with all of its own columns, and no others below. */
  public static PlanStep prune(PlanStep plan) {
    Set<String> all = new HashSet<>();
    plan.schema().value().forEach(column -> all.add(column.name()));
    return prune(plan, all);
  }

  private static PlanStep prune(PlanStep step, Set<String> used) {
    return step.accept(new ColumnPruner(used));
  }

  private List<Column> kept(List<Column> columns) {
    return columns.stream().filter(column -> used.contains(column.name())).toList();
  }

  private RowSchema kept(RowSchema schema) {
    return new RowSchema(schema.key(), kept(schema.value()));
  }

  private List<NamedExpression> keptValues(List<NamedExpression> values) {
    return values.stream().filter(value -> used.contains(value.name())).toList();
  }

  private static Set<String> uses(Stream<TypedExpression> expressions) {
    Set<String> names = new HashSet<>();
    expressions.forEach(expression -> names.addAll(ColumnUses.of(expression)));
    return names;
  }

  private Set<String> usedAlsoBy(Stream<TypedExpression> expressions) {
    Set<String> names = uses(expressions);
    names.addAll(used);
    return names;
  }

  @Override
  public PlanStep visitRead(Read step) {
    List<String> columns = new ArrayList<>();
    List<Column> value = new ArrayList<>();
    for (int i = 0; i < step.columns().size(); i++) {
      Column column = step.schema().value().get(i);
      if (used.contains(column.name())) {
        columns.add(step.columns().get(i));
        value.add(column);
      }
    }
    return new Read(
        step.source(), columns, new RowSchema(step.schema().key(), value), step.materialized());
  }

  @Override
  public PlanStep visitFilter(Filter step) {
    return new Filter(
        prune(step.input(), usedAlsoBy(Stream.of(step.predicate()))), step.predicate());
  }

  @Override
  public PlanStep visitProject(Project step) {
    List<NamedExpression> values = keptValues(step.values());
    PlanStep input = prune(step.input(), uses(values.stream().map(NamedExpression::expression)));
    return new Project(input, values, kept(step.schema()));
  }

  @Override
  public PlanStep visitSelectKey(SelectKey step) {
    List<NamedExpression> values = keptValues(step.values());
    PlanStep input =
        prune(
            step.input(),
            uses(
                Stream.concat(
                    step.key().stream(), values.stream().map(NamedExpression::expression))));
    return new SelectKey(input, step.key(), values, kept(step.schema()));
  }

  @Override
  public PlanStep visitFlatMap(FlatMap step) {
    PlanStep input =
        prune(
            step.input(),
            usedAlsoBy(
                step.functions().stream().map(TableFunctionCall::arguments).flatMap(List::stream)));
    int results = step.functions().size();
    List<Column> columns = step.schema().value();
    List<Column> appended = columns.subList(columns.size() - results, columns.size());
    List<Column> value = Stream.concat(input.schema().value().stream(), appended.stream()).toList();
    return new FlatMap(input, step.functions(), new RowSchema(step.schema().key(), value));
  }

  @Override
  public PlanStep visitAggregate(Aggregate step) {
    Stream<TypedExpression> arguments =
        step.aggregates().stream().map(AggregateCall::arguments).flatMap(List::stream);
    PlanStep input = prune(step.input(), uses(Stream.concat(step.groupBy().stream(), arguments)));
    return new Aggregate(
        input,
        step.groupBy(),
        step.regrouped(),
        step.aggregates(),
        step.windowing(),
        step.keyFormat(),
        step.stateFormat(),
        step.schema());
  }

  @Override
  public PlanStep visitFinalOnly(FinalOnly step) {
    return new FinalOnly(prune(step.input(), used));
  }

  @Override
  public PlanStep visitStreamStreamJoin(StreamStreamJoin step) {
    PlanStep left = prune(step.left(), used);
    PlanStep right = prune(step.right(), used);
    return new StreamStreamJoin(
        step.type(),
        left,
        right,
        step.before(),
        step.after(),
        step.grace(),
        step.keyFormat(),
        step.leftFormat(),
        step.rightFormat(),
        joined(step.schema(), left, right));
  }

  @Override
  public PlanStep visitStreamTableJoin(StreamTableJoin step) {
    PlanStep left = prune(step.left(), used);
    PlanStep right = prune(step.right(), used);
    return new StreamTableJoin(
        step.type(),
        left,
        right,
        step.keyFormat(),
        step.leftFormat(),
        joined(step.schema(), left, right));
  }

  @Override
  public PlanStep visitTableTableJoin(TableTableJoin step) {
    PlanStep left = prune(step.left(), used);
    PlanStep right = prune(step.right(), used);
    return new TableTableJoin(
        step.type(), left, right, step.keyFormat(), joined(step.schema(), left, right));
  }

  @Override
  public PlanStep visitForeignKeyJoin(ForeignKeyJoin step) {
    PlanStep left = prune(step.left(), usedAlsoBy(Stream.of(step.foreignKey())));
    PlanStep right = prune(step.right(), used);
    return new ForeignKeyJoin(
        step.type(),
        left,
        right,
        step.foreignKey(),
        step.keyFormat(),
        step.leftFormat(),
        joined(step.schema(), left, right));
  }

  private static RowSchema joined(RowSchema schema, PlanStep left, PlanStep right) {
    return new RowSchema(
        schema.key(),
        Stream.concat(left.schema().value().stream(), right.schema().value().stream()).toList());
  }

  @Override
  public PlanStep visitWrite(Write step) {
    return new Write(prune(step.input(), used), step.sink());
  }
}
