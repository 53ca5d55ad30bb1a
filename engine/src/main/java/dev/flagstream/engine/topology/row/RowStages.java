package dev.flagstream.engine.topology.row;

import dev.flagstream.engine.expression.RowEvaluator;
import dev.flagstream.engine.function.RowBudget;
import dev.flagstream.engine.function.TableFunction;
import dev.flagstream.engine.plan.PlanStep.PseudoColumn;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** The stages that stateless steps are made of. */
public final class RowStages {

  private RowStages() {}

  /** Lets rows through for which the condition holds; rows without a value never pass. */
  public static RowStage.Factory filter(RowEvaluator.Condition condition) {
    return next ->
        row -> {
          if (row.value != null && condition.test(row.keyColumns, row.value)) {
            next.process(row);
          }
        };
  }

  /** Computes the value anew; a row without a value stays one. */
  public static RowStage.Factory project(RowEvaluator values) {
    return next ->
        row -> {
          if (row.value != null) {
            row.value = values.evaluate(row.keyColumns, row.value);
          }
          next.process(row);
        };
  }

  /** Computes the key columns of a row whose value may be null. */
  public interface KeyOf {
    Object[] compute(Object[] key, Object[] value);
  }

  /**
   * Computes the key and value that a join needs. The key of a row without a value is computed as
   * if all its value columns were null; a key of one column that is null is no key, and such a row
   * joins nothing.
   */
  public static RowStage.Factory joinKey(RowEvaluator key, RowEvaluator values, int inputWidth) {
    Object[] nulls = new Object[inputWidth];
    return selectKey(
        (columns, value) -> noKeyIfNull(key.evaluate(columns, value == null ? nulls : value)),
        values);
  }

  /** Computes key and value anew. */
  public static RowStage.Factory selectKey(KeyOf key, RowEvaluator values) {
    return next ->
        row -> {
          Object[] newKey = key.compute(row.keyColumns, row.value);
          if (row.value != null) {
            row.value = values.evaluate(row.keyColumns, row.value);
          }
          row.key = newKey;
          row.keyColumns = newKey;
          next.process(row);
        };
  }

  private static Object[] noKeyIfNull(Object[] key) {
    return key.length == 1 && key[0] == null ? null : key;
  }

  /** A column that tells about the record, and the place in the value where it goes. */
  public record PseudoSlot(PseudoColumn column, int slot) {}

  /** Fills in the columns that tell about the record. */
  public static RowStage.Factory pseudoColumns(List<PseudoSlot> slots) {
    return next ->
        row -> {
          if (row.value != null) {
            fill(slots, row);
          }
          next.process(row);
        };
  }

  /** Fills in the columns of a row that has a value. */
  public static void fill(List<PseudoSlot> slots, RowInProgress row) {
    for (int i = 0; i < slots.size(); i++) {
      PseudoSlot slot = slots.get(i);
      row.value[slot.slot()] = pseudoValue(slot.column(), row);
    }
  }

  private static Object pseudoValue(PseudoColumn column, RowInProgress row) {
    return switch (column) {
      case ROWTIME -> row.timestampMs;
      case ROWPARTITION -> row.metadata == null ? null : row.metadata.partition();
      case ROWOFFSET -> row.metadata == null ? null : row.metadata.offset();
      case WINDOWSTART -> KeyKind.window(row.key).start();
      case WINDOWEND -> KeyKind.window(row.key).end();
    };
  }

  /** Finds the event time of a row about to be written; empty means the row cannot be written. */
  public interface TimestampOf {
    OptionalLong find(Object[] key, Object[] value);
  }

  /**
   * Gives rows the time that one of their columns holds; drops those without. A row without a value
   * keeps its own.
   */
  public static RowStage.Factory timestamp(TimestampOf timestamp) {
    return next ->
        row -> {
          if (row.value == null) {
            next.process(row);
            return;
          }
          OptionalLong found = timestamp.find(row.keyColumns, row.value);
          if (found.isPresent()) {
            row.timestampMs = found.getAsLong();
            next.process(row);
          }
        };
  }

  /** Called when a table function throws, or its rows would be too much. */
  public interface ExplosionErrors {
    void onError(Throwable error);
  }

  /**
   * Repeats a row for each element of the lists, the shorter ones padded with nulls. Each begins
   * with the key and the time of the input, whatever later stages made of the one before. A row
   * that would be repeated without measure is left out whole.
   */
  public static RowStage.Factory flatMap(
      List<RowEvaluator> arguments,
      List<TableFunction.Exploder> exploders,
      int inputWidth,
      ExplosionErrors errors) {
    int count = exploders.size();
    return next ->
        row -> {
          if (row.value == null) {
            return;
          }
          Object[] input = row.value;
          Object inputKey = row.key;
          Object[] key = row.keyColumns;
          long timestampMs = row.timestampMs;
          List<?>[] lists = new List<?>[count];
          int rows = 0;
          for (int i = 0; i < count; i++) {
            lists[i] = explode(exploders.get(i), arguments.get(i).evaluate(key, input), errors);
            rows = Math.max(rows, lists[i].size());
          }
          if (!mayRepeat(rows, input, errors)) {
            return;
          }
          for (int r = 0; r < rows; r++) {
            Object[] value = Arrays.copyOf(input, inputWidth + count);
            for (int i = 0; i < count; i++) {
              value[inputWidth + i] = r < lists[i].size() ? lists[i].get(r) : null;
            }
            row.key = inputKey;
            row.keyColumns = key;
            row.timestampMs = timestampMs;
            row.value = value;
            next.process(row);
          }
        };
  }

  private static boolean mayRepeat(int rows, Object[] input, ExplosionErrors errors) {
    try {
      RowBudget.rows(rows, input);
      return true;
    } catch (IllegalArgumentException e) {
      errors.onError(e);
      return false;
    }
  }

  /** A table function may be foreign code: whatever it throws must not end the query. */
  private static List<?> explode(
      TableFunction.Exploder exploder, Object[] arguments, ExplosionErrors errors) {
    try {
      List<?> list = exploder.explode(arguments);
      return list == null ? List.of() : list;
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      errors.onError(e);
      return List.of();
    }
  }
}
