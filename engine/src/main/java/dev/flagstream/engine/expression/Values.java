package dev.flagstream.engine.expression;

import dev.flagstream.engine.expression.RowEvaluator.ErrorListener;
import dev.flagstream.engine.function.RowBudget;
import dev.flagstream.engine.function.ScalarFunction.Invoker;
import dev.flagstream.engine.value.Structs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** What compiled expressions do with nested values; null in gives null out. */
public final class Values {

  private Values() {}

  /** Calls a function; whatever it throws, checked or not, is thrown on. */
  public static Object call(Invoker function, Object[] arguments) {
    try {
      return function.invoke(arguments);
    } catch (Throwable failure) {
      return Values.<Object, RuntimeException>throwAsIs(failure);
    }
  }

  /** Rethrows, checked or not; generated code catches whatever comes. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Erased: it stays what it is.
  private static <T, E extends Throwable> T throwAsIs(Throwable failure) throws E {
    throw (E) failure;
  }

  /**
   * Throws because values of two types cannot be compared: BETWEEN, and a comparison whose type
   * nothing asks for, let them come so far.
   */
  @SuppressWarnings("DoNotCallSuggester") // Generated code calls it where a boolean is needed.
  public static boolean incomparable(String left, String right) {
    throw new ClassCastException("A " + left + " cannot be compared with a " + right);
  }

  /** Whether one number is below the other; as in ksqlDB, NaN differs from nothing. */
  public static boolean differ(double left, double right) {
    return left < right || left > right;
  }

  /**
   * The field of a struct.
   *
   * @param place where it mostly is: a look at it spares looking the name up
   */
  public static Object field(Struct struct, int place, String name) {
    if (struct == null) {
      return null;
    }
    List<Field> fields = struct.schema().fields();
    if (place < fields.size()) {
      Field there = fields.get(place);
      if (there.name().equals(name)) {
        return struct.get(there);
      }
    }
    return struct.get(name);
  }

  /** The element at a 1-based index, negative from the end; null where there is none. */
  public static Object element(List<?> list, int index) {
    if (list == null) {
      return null;
    }
    int position = index > 0 ? index - 1 : list.size() + index;
    return index == 0 || position < 0 || position >= list.size() ? null : list.get(position);
  }

  /** The value of a key; null where there is none. */
  public static Object element(Map<?, ?> map, Object key) {
    return map == null ? null : map.get(key);
  }

  /** Whether a value equals one of the candidates; null equals nothing. */
  public static boolean in(Object value, Object[] candidates) {
    if (value == null) {
      return false;
    }
    for (Object candidate : candidates) {
      if (value.equals(candidate)) {
        return true;
      }
    }
    return false;
  }

  /** A list of exactly these elements, nulls included. */
  public static List<Object> list(Object[] elements) {
    return new ArrayList<>(Arrays.asList(elements));
  }

  /**
   * A map of these entries; of equal keys the last one counts. Its order is that of a hash map made
   * for so many entries, as in ksqlDB.
   */
  public static Map<Object, Object> map(Object[] keys, Object[] values) {
    Map<Object, Object> map = new HashMap<>(keys.length);
    for (int i = 0; i < keys.length; i++) {
      map.put(keys[i], values[i]);
    }
    return map;
  }

  /** A struct of these values, in the order of the schema's fields. */
  public static Struct struct(Schema schema, Object[] values) {
    return Structs.of(schema, values);
  }

  /** Reports a value that could not be computed, unless the virtual machine itself is failing. */
  public static void report(ErrorListener errors, String expression, Throwable failure) {
    if (failure instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
      throw error;
    }
    errors.onError(expression, failure);
  }

  /**
   * As {@link #report}, inside a lambda, which may fail for each of a million elements.
   *
   * @throws IllegalArgumentException if there were too many reports for one row
   */
  public static void reportOfLambda(ErrorListener errors, String expression, Throwable failure) {
    RowBudget.report(expression.length());
    report(errors, expression, failure);
  }

  /**
   * The second text behind the first; as in ksqlDB, one that is null stands there as {@code null}.
   *
   * @throws IllegalArgumentException if that is too long
   */
  public static String joined(Object first, Object second) {
    String left = String.valueOf(first);
    String right = String.valueOf(second);
    RowBudget.moreCharacters("The operator +", left.length(), right.length());
    return left + right;
  }
}
