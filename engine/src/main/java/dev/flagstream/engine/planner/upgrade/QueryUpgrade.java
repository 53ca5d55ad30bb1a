package dev.flagstream.engine.planner.upgrade;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.expression.ColumnUses;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.plan.PlanPrinter;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.plan.PlanStep.Aggregate;
import dev.flagstream.engine.plan.PlanStep.FinalOnly;
import dev.flagstream.engine.plan.PlanStep.FlatMap;
import dev.flagstream.engine.plan.PlanStep.ForeignKeyJoin;
import dev.flagstream.engine.plan.PlanStep.Read;
import dev.flagstream.engine.plan.PlanStep.SelectKey;
import dev.flagstream.engine.planner.with.SchemaRules;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks that a query may take the place of another, and go on with its state: what it selects and
 * filters may change, what it keeps may not.
 *
 * <pre>
 *   Write              Write
 *     Project            Project         may differ
 *       Aggregate          Aggregate     must be the same
 *         Filter             Read        filters may come and go
 *           Read
 * </pre>
 */
public final class QueryUpgrade {

  private static final String NOT_UPGRADABLE = "Query is not upgradeable. ";

  private QueryUpgrade() {}

  /**
   * Checks that one query may take the place of another.
   *
   * @throws SqlException naming the step that does not allow it
   */
  public static void check(PlanStep.Write replaced, PlanStep.Write replacement) {
    List<PlanStep> before = lastingSteps(replaced);
    List<PlanStep> after = lastingSteps(replacement);
    if (!names(before).equals(names(after))) {
      throw new SqlException(
          NOT_UPGRADABLE
              + "Its steps must stay the same but for filters and columns. They differ: "
              + names(before)
              + " vs. "
              + names(after));
    }
    for (int i = 0; i < before.size(); i++) {
      checkSame(before.get(i), after.get(i));
    }
  }

  /** The steps from the last to the first, without those that may come and go. */
  private static List<PlanStep> lastingSteps(PlanStep last) {
    List<PlanStep> steps = new ArrayList<>();
    PlanStep step = last;
    while (true) {
      if (!(step instanceof PlanStep.Filter) && !(step instanceof PlanStep.Project)) {
        steps.add(step);
      }
      if (step.inputs().isEmpty()) {
        return steps;
      }
      if (!isUpgradable(step)) {
        throw new SqlException("Upgrades not yet supported for " + name(step));
      }
      step = step.inputs().get(0);
    }
  }

  private static boolean isUpgradable(PlanStep step) {
    boolean join = step.inputs().size() > 1;
    boolean ofTable = step instanceof Aggregate aggregate && isTable(aggregate.input());
    return !join && !ofTable && !(step instanceof FlatMap) && !(step instanceof FinalOnly);
  }

  private static boolean isTable(PlanStep step) {
    return step.kind() == SourceKind.TABLE;
  }

  private static void checkSame(PlanStep before, PlanStep after) {
    if (before instanceof Aggregate aggregate) {
      requireSame(
          before,
          "columns not part of aggregate",
          columnsOf(aggregate).toString(),
          columnsOf((Aggregate) after).toString());
      requireSame(before, "aggregations", PlanPrinter.line(before), PlanPrinter.line(after));
    }
    if (before instanceof SelectKey key) {
      requireSame(before, "key", sql(key), sql((SelectKey) after));
    }
    if (before instanceof Read read) {
      checkSame(read, (Read) after);
    }
  }

  private static String sql(SelectKey step) {
    return step.key().stream().map(TypedExpression::sql).toList().toString();
  }

  /** The columns that groups, arguments and filters before them use: the state depends on them. */
  private static List<String> columnsOf(Aggregate aggregate) {
    List<TypedExpression> expressions = new ArrayList<>(aggregate.groupBy());
    aggregate.aggregates().forEach(call -> expressions.addAll(call.arguments()));
    PlanStep step = aggregate.input();
    while (step.inputs().size() == 1) {
      if (step instanceof PlanStep.Filter filter) {
        expressions.add(filter.predicate());
      }
      step = step.inputs().get(0);
    }
    return expressions.stream()
        .flatMap(expression -> ColumnUses.of(expression).stream().sorted())
        .distinct()
        .map(name -> "`" + name + "`")
        .toList();
  }

  private static void checkSame(Read before, Read after) {
    requireSame(before, "topicName", before.source().topic(), after.source().topic());
    requireSame(before, "formats", formats(before.source()), formats(after.source()));
    if (before.source().window().isPresent()) {
      throw new SqlException("Upgrades not yet supported for Windowed" + name(before));
    }
    if (before.materialized()) {
      requireSame(before, "columns", before.columns().toString(), after.columns().toString());
    }
  }

  private static String formats(Source source) {
    return SchemaRules.formatInfo(source.keyFormat())
        + " and "
        + SchemaRules.formatInfo(source.valueFormat());
  }

  private static void requireSame(PlanStep step, String what, String before, String after) {
    if (!before.equals(after)) {
      throw new SqlException(
          NOT_UPGRADABLE
              + "Plan step of type %s must have matching %s. Values differ: %s vs. %s"
                  .formatted(name(step), what, before, after));
    }
  }

  private static List<String> names(List<PlanStep> steps) {
    return steps.stream().map(QueryUpgrade::name).toList();
  }

  /** As ksqlDB calls the step. */
  private static String name(PlanStep step) {
    if (step instanceof ForeignKeyJoin) {
      return "ForeignKeyTableTableJoin";
    }
    if (step instanceof FinalOnly) {
      return "TableSuppress";
    }
    String name = step instanceof Read ? "Source" : step.getClass().getSimpleName();
    PlanStep kind = step instanceof Aggregate aggregate ? aggregate.input() : step;
    return name.contains("Join") ? name : (isTable(kind) ? "Table" : "Stream") + name;
  }
}
