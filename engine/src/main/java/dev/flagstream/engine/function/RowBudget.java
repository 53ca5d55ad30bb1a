package dev.flagstream.engine.function;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/**
 * What one expression of a query may cost for one row, in memory and in time: this is the one place
 * that bounds it. Whatever can make much of little asks here first: functions that pad, repeat,
 * replace and count, lambdas, the search for texts, and for regular expressions.
 *
 * <p>Each thread has a budget of its own, which every expression begins anew: 2<sup>26</sup> units,
 * where a unit is about a byte or a step. A single text has 2<sup>24</sup> characters at most and a
 * single array a million elements, which is far more than a record can carry.
 */
public final class RowBudget {

  /** The most characters, or bytes, of one value. */
  public static final int MOST_CHARACTERS = 1 << 24;

  /** The most elements of one array, and of the state of one aggregate. */
  public static final int MOST_ELEMENTS = 1_000_000;

  private static final long UNITS = 1L << 26;
  private static final long MOST_BYTES_OF_ROWS = 1L << 30;

  /** So few rows of a row that its record could carry are never too much. */
  private static final int ROWS_UNMEASURED = 64;

  private static final int UNITS_OF_AN_ELEMENT = 16;

  private static final int UNITS_OF_A_REPORT = 1 << 12;

  /** What a function does with a character or an element that it is given. */
  static final int UNITS_OF_A_LOOK = 4;

  /** Texts are compared that many characters at once. */
  private static final int LOOKS_OF_A_UNIT = 16;

  private static final ThreadLocal<RowBudget> CURRENT = ThreadLocal.withInitial(RowBudget::new);

  private long left = UNITS;

  private RowBudget() {}

  /** The budget of the current thread. */
  static RowBudget current() {
    return CURRENT.get();
  }

  /** Gives the current thread its whole budget: an expression begins. */
  public static void begin() {
    CURRENT.get().left = UNITS;
  }

  /**
   * Takes what a function needs that is about to make so many characters, or bytes.
   *
   * @throws IllegalArgumentException if it must not
   */
  public static void characters(String function, long count) {
    require(function, count, MOST_CHARACTERS, "characters");
    CURRENT.get().spend(function, count);
  }

  /**
   * Takes what a function needs that is about to make a list of so many elements.
   *
   * @throws IllegalArgumentException if it must not
   */
  public static void elements(String function, long count) {
    require(function, count, MOST_ELEMENTS, "elements");
    CURRENT.get().spend(function, count * UNITS_OF_AN_ELEMENT);
  }

  /**
   * Takes what a function needs that is about to add so many characters to those that it has made,
   * and paid for, before.
   *
   * @throws IllegalArgumentException if it must not
   */
  public static void moreCharacters(String function, long made, long more) {
    require(function, made + more, MOST_CHARACTERS, "characters");
    CURRENT.get().spend(function, more);
  }

  /**
   * Takes what it costs to report that a part of a lambda failed.
   *
   * @throws IllegalArgumentException if there were too many
   */
  public static void report(int lengthOfExpression) {
    CURRENT.get().spend("A lambda", UNITS_OF_A_REPORT + lengthOfExpression);
  }

  /**
   * Takes what it may cost to look for a text in another, which is the product of their lengths
   * where they begin alike everywhere.
   *
   * @throws IllegalArgumentException if that is too much
   */
  public static void search(String function, int length, int lengthOfSought) {
    long places = Math.max(0, (long) length - lengthOfSought + 1);
    CURRENT.get().spend(function, places * lengthOfSought / LOOKS_OF_A_UNIT);
  }

  /**
   * Checks that so many rows may be made of one, each of which repeats its values: a gibibyte in
   * all. Not part of an expression's budget.
   *
   * @param repeated the values, any of which may be null
   * @throws IllegalArgumentException if they must not
   */
  public static void rows(int count, Object[] repeated) {
    if (count <= ROWS_UNMEASURED) {
      return;
    }
    long bytes = 0;
    for (Object value : repeated) {
      bytes += bytes(value);
    }
    if (bytes * count > MOST_BYTES_OF_ROWS) {
      throw new IllegalArgumentException(
          "A row is repeated up to %d bytes in all, not %d times about %d bytes: select the columns that are needed first"
              .formatted(MOST_BYTES_OF_ROWS, count, bytes));
    }
  }

  private static long bytes(Object value) {
    long bytes = UNITS_OF_AN_ELEMENT;
    if (value instanceof CharSequence text) {
      bytes += text.length();
    } else if (value instanceof ByteBuffer binary) {
      bytes += binary.remaining();
    } else if (value instanceof Collection<?> elements) {
      for (Object element : elements) {
        bytes += bytes(element);
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        bytes += bytes(entry.getKey()) + bytes(entry.getValue());
      }
    } else if (value instanceof Struct struct) {
      for (Field field : struct.schema().fields()) {
        bytes += bytes(struct.get(field));
      }
    }
    return bytes;
  }

  private static void require(String function, long count, long most, String what) {
    if (count > most) {
      throw new IllegalArgumentException(
          "%s makes %d %s at most, not %d".formatted(function, most, what, count));
    }
  }

  /**
   * Takes what the value of a lambda needs, which its function may keep, or give back to it.
   *
   * @param value may be null
   * @return the value
   * @throws IllegalArgumentException if all that the lambdas of the expression gave is too much
   */
  public static Object ofLambda(Object value) {
    CURRENT.get().spendOn(value, UNITS_OF_AN_ELEMENT, 1);
    return value;
  }

  /**
   * Takes what a lambda needs to look at a value, which it does once for each element. What is
   * taken out of the value by an index, a key or a name is looked at alone.
   *
   * @param value may be null
   * @return the value
   * @throws IllegalArgumentException if all that the lambdas of the expression looked at is too
   *     much
   */
  public static Object inLambda(Object value) {
    CURRENT.get().spendOn(value, UNITS_OF_A_LOOK, UNITS_OF_A_LOOK);
    return value;
  }

  /** Stops as soon as nothing is left, however large the value is. */
  private void spendOn(Object value, int ofAnElement, int ofAByte) {
    spend("A lambda", ofAnElement);
    if (value instanceof CharSequence text) {
      spend("A lambda", (long) text.length() * ofAByte);
    } else if (value instanceof ByteBuffer bytes) {
      spend("A lambda", (long) bytes.remaining() * ofAByte);
    } else if (value instanceof Collection<?> elements) {
      elements.forEach(element -> spendOn(element, ofAnElement, ofAByte));
    } else if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, held) -> {
            spendOn(key, ofAnElement, ofAByte);
            spendOn(held, ofAnElement, ofAByte);
          });
    } else if (value instanceof Struct struct) {
      for (Field field : struct.schema().fields()) {
        spendOn(struct.get(field), ofAnElement, ofAByte);
      }
    }
  }

  /**
   * Takes units.
   *
   * @param spender who needs them, for the message
   * @throws IllegalArgumentException if there are not so many left
   */
  void spend(String spender, long units) {
    left -= units;
    if (left < 0) {
      throw new IllegalArgumentException(
          spender
              + " takes too long or makes too much: an expression has "
              + UNITS
              + " steps and bytes for a row");
    }
  }
}
