package dev.flagstream.fuzz;

import dev.flagstream.engine.function.AggregateFunction;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.FunctionCatalog.Argument;
import dev.flagstream.engine.function.FunctionCatalog.FunctionDescription;
import dev.flagstream.engine.function.FunctionCatalog.Kind;
import dev.flagstream.engine.function.FunctionException;
import dev.flagstream.engine.function.RowBudget;
import dev.flagstream.engine.property.GuidedExamples;
import dev.flagstream.engine.property.ValueOfType;
import dev.flagstream.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Aggregates rows, merges and undoes, and looks at what the states hold. */
final class AggregateCalls implements FuzzTarget {

  private static final int MOST_ROWS = 24;

  private final FunctionCatalog functions = ProjectFunctions.catalog();
  private final List<Form> forms = new ArrayList<>();

  private record Form(String name, FunctionCatalog.Variant variant) {}

  AggregateCalls() {
    for (FunctionDescription function : functions.descriptions()) {
      if (function.kind() == Kind.AGGREGATE) {
        function.variants().forEach(variant -> forms.add(new Form(function.name(), variant)));
      }
    }
  }

  @Override
  public void tryOut(byte[] input) {
    Draws draws = new Draws(input);
    Form form = forms.get(draws.below(forms.size()));
    List<Argument> arguments =
        GuidedExamples.drawArguments(form.variant(), draws.some()).orElse(List.of());
    int constants = draws.below(3);
    AggregateFunction function;
    AggregateFunction.Aggregator aggregator;
    try {
      function = functions.aggregate(form.name(), withConstants(arguments, constants, draws));
      aggregator = function.newAggregator(ProjectFunctions.SETTINGS);
    } catch (FunctionException e) {
      return;
    } catch (RuntimeException e) {
      // Initial arguments that a function refuses: a query with them does not start.
      GuidedExamples.refuseInternal(form.name(), e);
      return;
    }
    try {
      aggregate(form.name(), function, aggregator, draws);
    } catch (RuntimeException e) {
      GuidedExamples.refuseInternal(form.name(), e);
    }
  }

  /** The last arguments as constants, which are initial arguments where a function has some. */
  private static List<Argument> withConstants(
      List<Argument> arguments, int constants, Draws draws) {
    List<Argument> written = new ArrayList<>(arguments);
    for (int i = Math.max(0, written.size() - constants); i < written.size(); i++) {
      SqlType type = ((Argument.Value) written.get(i)).type();
      written.set(i, new Argument.Constant(draws.value(type), type));
    }
    return written;
  }

  private static void aggregate(
      String name,
      AggregateFunction function,
      AggregateFunction.Aggregator aggregator,
      Draws draws) {
    Object state = aggregator.initialize();
    Object other = aggregator.initialize();
    int rows = draws.below(MOST_ROWS);
    for (int i = 0; i < rows; i++) {
      Object[] row = function.parameterTypes().stream().map(draws::value).toArray();
      RowBudget.begin();
      int deed = draws.below(8);
      if (deed == 7 && function.supportsUndo()) {
        state = aggregator.undo(row, state);
      } else if (deed == 6) {
        other = aggregator.aggregate(row, other);
      } else {
        state = aggregator.aggregate(row, state);
      }
      ValueOfType.check(name, state, function.aggregateType());
    }
    RowBudget.begin();
    ValueOfType.check(name, aggregator.result(state), function.returnType());
    ValueOfType.check(
        name, aggregator.result(aggregator.merge(state, other)), function.returnType());
  }
}
