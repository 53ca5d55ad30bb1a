package dev.flagstream.engine.plan;

import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.expression.TypedExpression;
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
import dev.flagstream.engine.plan.PlanStep.Windowing;
import dev.flagstream.engine.plan.PlanStep.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Prints a plan as an indented tree, the last step first:
 *
 * <pre>
 * Write stream FLAGGED to flagged (key KAFKA, value JSON)
 *   Project [`CARD` STRING KEY, `AMOUNT` DOUBLE] AMOUNT := AMOUNT
 *     Filter (AMOUNT &gt; 500)
 *       Read stream TX [`CARD` STRING KEY, `AMOUNT` DOUBLE]
 * </pre>
 */
public final class PlanPrinter implements PlanStep.Visitor<String> {

  private static final PlanPrinter LINE = new PlanPrinter();

  private PlanPrinter() {}

  /** The tree, each line ended by a line feed. */
  public static String print(PlanStep plan) {
    StringBuilder tree = new StringBuilder();
    print(plan, "", tree);
    return tree.toString();
  }

  /** The line of one step, without those of its inputs. */
  public static String line(PlanStep step) {
    return step.accept(LINE);
  }

  private static void print(PlanStep step, String indent, StringBuilder tree) {
    tree.append(indent).append(step.accept(LINE)).append('\n');
    for (PlanStep input : step.inputs()) {
      print(input, indent + "  ", tree);
    }
  }

  @Override
  public String visitRead(Read step) {
    String materialized = step.materialized() ? " materialized" : "";
    return "Read "
        + name(step.source())
        + materialized
        + " ["
        + step.schema()
        + "]"
        + renamed(step);
  }

  private static String renamed(Read step) {
    List<String> changes = new ArrayList<>();
    for (int i = 0; i < step.columns().size(); i++) {
      String name = step.schema().value().get(i).name();
      if (!name.equals(step.columns().get(i))) {
        changes.add(name + " := " + step.columns().get(i));
      }
    }
    return changes.isEmpty() ? "" : " " + String.join(", ", changes);
  }

  private static String name(Source source) {
    return (source.kind() + " ").toLowerCase(Locale.ROOT) + source.name();
  }

  @Override
  public String visitFilter(Filter step) {
    return "Filter " + step.predicate().sql();
  }

  @Override
  public String visitProject(Project step) {
    return "Project [" + step.schema() + "]" + values(step.values());
  }

  private static String values(List<NamedExpression> values) {
    return values.isEmpty()
        ? ""
        : " "
            + values.stream()
                .map(value -> value.name() + " := " + value.expression().sql())
                .collect(Collectors.joining(", "));
  }

  @Override
  public String visitSelectKey(SelectKey step) {
    return "SelectKey (" + expressions(step.key()) + ") [" + step.schema() + "]";
  }

  private static String expressions(List<TypedExpression> expressions) {
    return expressions.stream().map(TypedExpression::sql).collect(Collectors.joining(", "));
  }

  @Override
  public String visitFlatMap(FlatMap step) {
    return "FlatMap "
        + step.functions().stream().map(PlanPrinter::call).collect(Collectors.joining(", "))
        + " ["
        + step.schema()
        + "]";
  }

  private static String call(TableFunctionCall call) {
    return call.function().name() + "(" + expressions(call.arguments()) + ")";
  }

  private static String call(AggregateCall call) {
    return call.function().name().toUpperCase(Locale.ROOT)
        + "("
        + expressions(call.arguments())
        + ")";
  }

  @Override
  public String visitAggregate(Aggregate step) {
    return "Aggregate "
        + step.aggregates().stream().map(PlanPrinter::call).collect(Collectors.joining(", "))
        + " by ("
        + expressions(step.groupBy())
        + ")"
        + (step.regrouped() ? "" : " in place")
        + step.windowing().map(PlanPrinter::windowing).orElse("")
        + " ["
        + step.schema()
        + "]";
  }

  private static String windowing(Windowing windowing) {
    return " "
        + windowing.windowKind()
        + " "
        + ms(windowing.size())
        + windowing.advance().map(advance -> " advance " + ms(advance)).orElse("")
        + windowing.grace().map(grace -> " grace " + ms(grace)).orElse("")
        + windowing.retention().map(retention -> " retention " + ms(retention)).orElse("");
  }

  private static String ms(Duration duration) {
    return duration.toMillis() + " ms";
  }

  @Override
  public String visitFinalOnly(FinalOnly step) {
    return "FinalOnly";
  }

  @Override
  public String visitStreamStreamJoin(StreamStreamJoin step) {
    return "StreamStreamJoin "
        + step.type()
        + " within ("
        + ms(step.before())
        + ", "
        + ms(step.after())
        + ")"
        + step.grace().map(grace -> " grace " + ms(grace)).orElse("")
        + " ["
        + step.schema()
        + "]";
  }

  @Override
  public String visitStreamTableJoin(StreamTableJoin step) {
    return "StreamTableJoin " + step.type() + " [" + step.schema() + "]";
  }

  @Override
  public String visitTableTableJoin(TableTableJoin step) {
    return "TableTableJoin " + step.type() + " [" + step.schema() + "]";
  }

  @Override
  public String visitForeignKeyJoin(ForeignKeyJoin step) {
    return "ForeignKeyJoin "
        + step.type()
        + " on "
        + step.foreignKey().sql()
        + " ["
        + step.schema()
        + "]";
  }

  @Override
  public String visitWrite(Write step) {
    Source sink = step.sink();
    return "Write "
        + name(sink)
        + " to "
        + sink.topic()
        + " (key "
        + sink.keyFormat().kind()
        + ", value "
        + sink.valueFormat().kind()
        + ")"
        + sink.timestamp().map(timestamp -> " at " + timestamp.column()).orElse("");
  }
}
