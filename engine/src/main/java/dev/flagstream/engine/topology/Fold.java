package dev.flagstream.engine.topology;

import dev.flagstream.engine.function.AggregateFunction;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.plan.PlanStep.AggregateCall;
import dev.flagstream.engine.topology.row.KeyKind;
import dev.flagstream.engine.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.kstream.Aggregator;
import org.apache.kafka.streams.kstream.Initializer;
import org.apache.kafka.streams.kstream.Window;

/**
 * Folds rows of a group, each cut down to the functions' arguments, into the group's state.
 * Thread-safe as far as the aggregate functions are.
 */
final class Fold implements Initializer<Object[]>, Aggregator<Object, Object[], Object[]> {

  private final AggregateFunction.Aggregator[] functions;

  /** Where the arguments of each function begin in a row, and where the last ones end. */
  private final int[] argumentStarts;

  private final List<SqlType> stateTypes;

  private Fold(
      AggregateFunction.Aggregator[] functions, int[] argumentStarts, List<SqlType> stateTypes) {
    this.functions = functions;
    this.argumentStarts = argumentStarts;
    this.stateTypes = stateTypes;
  }

  static Fold of(PlanStep.Aggregate step, Map<String, ?> properties) {
    int count = step.aggregates().size();
    AggregateFunction.Aggregator[] functions = new AggregateFunction.Aggregator[count];
    int[] starts = new int[count + 1];
    List<SqlType> stateTypes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      AggregateCall call = step.aggregates().get(i);
      functions[i] = call.function().newAggregator(properties);
      starts[i + 1] = starts[i] + call.arguments().size();
      stateTypes.add(call.function().aggregateType());
    }
    return new Fold(functions, starts, stateTypes);
  }

  /** The types of a state's parts. */
  List<SqlType> stateTypes() {
    return stateTypes;
  }

  @Override
  public Object[] apply() {
    Object[] state = new Object[functions.length];
    for (int i = 0; i < functions.length; i++) {
      state[i] = functions[i].initialize();
    }
    return state;
  }

  @Override
  public Object[] apply(Object key, Object[] row, Object[] state) {
    Object[] next = new Object[state.length];
    for (int i = 0; i < functions.length; i++) {
      next[i] = functions[i].aggregate(arguments(row, i), state[i]);
    }
    return next;
  }

  /** The state without a row that was folded before. */
  Object[] undo(Object key, Object[] row, Object[] state) {
    Object[] next = new Object[state.length];
    for (int i = 0; i < functions.length; i++) {
      next[i] = functions[i].undo(arguments(row, i), state[i]);
    }
    return next;
  }

  /** The state of two sessions that became one. */
  Object[] merge(Object[] left, Object[] right) {
    Object[] next = new Object[left.length];
    for (int i = 0; i < functions.length; i++) {
      next[i] = functions[i].merge(left[i], right[i]);
    }
    return next;
  }

  /** What the step shows of a state: results, and the window's bounds. */
  Object[] result(Object key, Object[] state, boolean windowed) {
    Object[] result = Arrays.copyOf(state, state.length + (windowed ? 2 : 0));
    for (int i = 0; i < functions.length; i++) {
      result[i] = functions[i].result(state[i]);
    }
    if (windowed) {
      Window window = KeyKind.window(key);
      result[state.length] = window.start();
      result[state.length + 1] = window.end();
    }
    return result;
  }

  private Object[] arguments(Object[] row, int function) {
    return Arrays.copyOfRange(row, argumentStarts[function], argumentStarts[function + 1]);
  }
}
