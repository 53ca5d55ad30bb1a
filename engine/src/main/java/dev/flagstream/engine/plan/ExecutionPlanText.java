package dev.flagstream.engine.plan;

import dev.flagstream.engine.ast.Query.JoinType;
import dev.flagstream.engine.expression.ColumnUses;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.expression.TypedExpression.ColumnReference;
import dev.flagstream.engine.plan.PlanStep.Aggregate;
import dev.flagstream.engine.plan.PlanStep.Binary;
import dev.flagstream.engine.plan.PlanStep.Filter;
import dev.flagstream.engine.plan.PlanStep.FinalOnly;
import dev.flagstream.engine.plan.PlanStep.FlatMap;
import dev.flagstream.engine.plan.PlanStep.Project;
import dev.flagstream.engine.plan.PlanStep.PseudoColumn;
import dev.flagstream.engine.plan.PlanStep.Read;
import dev.flagstream.engine.plan.PlanStep.SelectKey;
import dev.flagstream.engine.plan.PlanStep.StreamStreamJoin;
import dev.flagstream.engine.plan.PlanStep.TableTableJoin;
import dev.flagstream.engine.plan.PlanStep.Write;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.RowSchema;
import dev.flagstream.engine.type.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The execution plan of a query as EXPLAIN tells it, in ksqlDB's form: the last step first, each
 * with its columns and with the name that its entries in the processing log have there.
 *
 * <pre>
 *  &gt; [ SINK ] | Schema: CARD STRING KEY, AMOUNT DOUBLE | Logger: CSAS_FLAGGED_1.FLAGGED
 *  		 &gt; [ PROJECT ] | Schema: CARD STRING KEY, AMOUNT DOUBLE | Logger: CSAS_FLAGGED_1.Project
 *  				 &gt; [ SOURCE ] | Schema: … | Logger: CSAS_FLAGGED_1.KsqlTopic.Source
 * </pre>
 *
 * <p>A row has all columns of its source here, as in ksqlDB. What this engine reads is less: see
 * {@link PlanPrinter}.
 */
public final class ExecutionPlanText {

  private static final String NESTED = "\t\t";

  private final String queryId;
  private final StringBuilder text = new StringBuilder();

  private ExecutionPlanText(String queryId) {
    this.queryId = queryId;
  }

  /** The plan of a query, each line ended by a line feed. */
  public static String of(String queryId, PlanStep plan) {
    ExecutionPlanText printed = new ExecutionPlanText(queryId);
    printed.print(plan, "", Side.NONE);
    return printed.text.toString();
  }

  /** Where a step is: in the query itself or on a side of a join, which its name tells. */
  private enum Side {
    NONE("KsqlTopic", "", "PartitionBy"),
    LEFT("KafkaTopic_Left", "PrependAliasLeft", "LeftSourceKeyed"),
    RIGHT("KafkaTopic_Right", "PrependAliasRight", "RightSourceKeyed");

    private final String source;
    private final String project;
    private final String rekey;

    Side(String source, String project, String rekey) {
      this.source = source;
      this.project = project;
      this.rekey = rekey;
    }
  }

  private void print(PlanStep step, String indent, Side side) {
    String below = indent + NESTED;
    if (step instanceof Write write) {
      line(indent, "SINK", write.schema(), write.sink().name());
      print(write.input(), below, side);
    } else if (step instanceof FinalOnly finalOnly) {
      print(finalOnly.input(), indent, side);
    } else if (step instanceof Aggregate aggregate) {
      print(aggregate, indent, side);
    } else if (step instanceof Binary join) {
      line(indent, "JOIN", rowOf(join), "Join");
      print(join.left(), below, Side.LEFT);
      print(join.right(), below, Side.RIGHT);
    } else if (step instanceof Read read) {
      line(indent, "SOURCE", sourceRow(read), side.source + ".Source");
    } else if (step instanceof Project project) {
      line(indent, "PROJECT", rowOf(project), projectName(project, side));
      print(project.input(), below, side);
    } else if (step instanceof Filter filter) {
      boolean having = isOverGroups(filter.input());
      line(indent, "FILTER", rowOf(filter), having ? "Aggregate.HavingFilter" : "WhereFilter");
      print(filter.input(), below, side);
    } else if (step instanceof SelectKey selectKey) {
      line(indent, "REKEY", rowOf(selectKey), side.rekey);
      print(selectKey.input(), below, side);
    } else if (step instanceof FlatMap flatMap) {
      line(indent, "FLAT_MAP", rowOf(flatMap), "FlatMap");
      print(flatMap.input(), below, side);
    }
  }

  private void print(Aggregate aggregate, String indent, Side side) {
    RowSchema needed = neededRow(aggregate);
    RowSchema input = rowOf(aggregate.input());
    String below = indent + NESTED;
    line(indent, "AGGREGATE", rowOf(aggregate), "Aggregate.Aggregate");
    line(below, "GROUP_BY", needed, "Aggregate.GroupBy");
    line(
        below + NESTED, "PROJECT", new RowSchema(input.key(), needed.value()), "Aggregate.Prepare");
    print(aggregate.input(), below + NESTED + NESTED, side);
  }

  private void line(String indent, String step, RowSchema schema, String name) {
    String columns =
        schema.columns().stream()
            .map(column -> column.toString().replace("`", ""))
            .collect(Collectors.joining(", "));
    text.append(
            "%s > [ %s ] | Schema: %s | Logger: %s.%s"
                .formatted(indent, step, columns, queryId, name))
        .append('\n');
  }

  private static String projectName(Project project, Side side) {
    if (isSideOfJoin(project) && side != Side.NONE) {
      return side.project;
    }
    return isOverGroups(project.input()) ? "Aggregate.Project" : "Project";
  }

  private static boolean isOverGroups(PlanStep step) {
    PlanStep below = step instanceof Filter filter ? filter.input() : step;
    return below instanceof Aggregate || below instanceof FinalOnly;
  }

  // --------------------------------------------------------------------------------------- columns

  /** The columns that the rows of a step have in ksqlDB. */
  private static RowSchema rowOf(PlanStep step) {
    if (step instanceof Read read) {
      return sourceRow(read);
    }
    if (step instanceof Filter filter) {
      return rowOf(filter.input());
    }
    if (step instanceof FinalOnly finalOnly) {
      return rowOf(finalOnly.input());
    }
    if (step instanceof Aggregate aggregate) {
      return groupsRow(aggregate);
    }
    if (step instanceof Binary join) {
      List<Column> both = new ArrayList<>(rowOf(join.left()).value());
      both.addAll(rowOf(join.right()).value());
      return new RowSchema(named(join.schema().key(), keyName(join)), both);
    }
    if (step instanceof SelectKey selectKey) {
      return rekeyed(selectKey);
    }
    if (step instanceof FlatMap flatMap) {
      return exploded(flatMap);
    }
    return step instanceof Project project && isSideOfJoin(project)
        ? prefixed((Read) project.input())
        : step.schema();
  }

  private static RowSchema sourceRow(Read read) {
    RowSchema source = read.source().schema();
    List<Column> value = new ArrayList<>();
    source.value().forEach(column -> value.add(Column.value(column.name(), column.type())));
    value.add(Column.value(PseudoColumn.ROWTIME.name(), SqlType.BIGINT));
    value.add(Column.value(PseudoColumn.ROWPARTITION.name(), SqlType.INTEGER));
    value.add(Column.value(PseudoColumn.ROWOFFSET.name(), SqlType.BIGINT));
    source.key().forEach(column -> value.add(Column.value(column.name(), column.type())));
    if (read.source().window().isPresent()) {
      value.add(Column.value(PseudoColumn.WINDOWSTART.name(), SqlType.BIGINT));
      value.add(Column.value(PseudoColumn.WINDOWEND.name(), SqlType.BIGINT));
    }
    return new RowSchema(source.key(), value);
  }

  /** Whether a projection puts the name of a source before its columns, as joins need it. */
  private static boolean isSideOfJoin(Project project) {
    return project.input() instanceof Read read && !prefix(read).isEmpty();
  }

  /** What stands before the columns of a source, as far as any of them is read. */
  private static String prefix(Read read) {
    List<Column> declared = read.source().schema().key();
    if (!declared.isEmpty()) {
      return before(declared.get(0).name(), read.schema().key().get(0).name());
    }
    return read.columns().isEmpty()
        ? ""
        : before(read.columns().get(0), read.schema().value().get(0).name());
  }

  private static String before(String name, String prefixed) {
    return prefixed.substring(0, prefixed.length() - name.length());
  }

  private static List<Column> named(List<Column> key, Optional<String> name) {
    return key.size() == 1 && name.isPresent()
        ? List.of(Column.key(name.get(), key.get(0).type()))
        : key;
  }

  /** The column that a join's key, or that of one of its sides, is named after. */
  private static Optional<String> keyName(PlanStep step) {
    if (step instanceof Binary join) {
      return isFull(join) ? Optional.empty() : keyName(join.left()).or(() -> keyName(join.right()));
    }
    if (step instanceof SelectKey rekey && rekey.key().size() == 1) {
      return rekey.key().get(0) instanceof ColumnReference column
          ? Optional.of(column.name())
          : Optional.empty();
    }
    return step instanceof Project project
            && isSideOfJoin(project)
            && project.schema().key().size() == 1
        ? Optional.of(project.schema().key().get(0).name())
        : Optional.empty();
  }

  private static boolean isFull(Binary join) {
    return (join instanceof StreamStreamJoin streams && streams.type() == JoinType.FULL)
        || (join instanceof TableTableJoin tables && tables.type() == JoinType.FULL);
  }

  private static RowSchema prefixed(Read read) {
    String prefix = prefix(read);
    RowSchema row = sourceRow(read);
    return new RowSchema(
        row.key(),
        row.value().stream()
            .map(column -> Column.value(prefix + column.name(), column.type()))
            .toList());
  }

  private static RowSchema rekeyed(SelectKey step) {
    Set<String> newKey = step.schema().key().stream().map(Column::name).collect(Collectors.toSet());
    List<Column> value =
        rowOf(step.input()).value().stream()
            .filter(column -> !newKey.contains(column.name()))
            .toList();
    return new RowSchema(named(step.schema().key(), keyName(step)), value);
  }

  private static RowSchema exploded(FlatMap step) {
    RowSchema input = rowOf(step.input());
    List<Column> value = new ArrayList<>(input.value());
    List<Column> all = step.schema().value();
    value.addAll(all.subList(all.size() - step.functions().size(), all.size()));
    return new RowSchema(input.key(), value);
  }

  private static RowSchema groupsRow(Aggregate step) {
    List<Column> value = new ArrayList<>(neededRow(step).value());
    value.addAll(step.schema().value());
    return new RowSchema(step.schema().key(), value);
  }

  /** The columns that groups and aggregates are made of, in the order in which they are met. */
  private static RowSchema neededRow(Aggregate step) {
    List<TypedExpression> expressions = new ArrayList<>(step.groupBy());
    step.aggregates().forEach(call -> expressions.addAll(call.arguments()));
    Set<String> names = new LinkedHashSet<>();
    expressions.forEach(expression -> names.addAll(ColumnUses.of(expression)));
    RowSchema input = rowOf(step.input());
    List<Column> value = new ArrayList<>();
    for (String name : names) {
      input.find(name).ifPresent(column -> value.add(Column.value(name, column.type())));
    }
    return new RowSchema(step.schema().key(), value);
  }
}
