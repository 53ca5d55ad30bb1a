package dev.flagstream.engine.function.builtin;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;

/** Checks that values have an order: lists, maps and structs have none. */
public final class Ordered {

  private Ordered() {}

  /**
   * Refuses lists of values without an order.
   *
   * @param function the name of the function that needs one
   * @param values may be null among them
   * @throws IllegalArgumentException if one of them is a list, map or struct
   */
  public static void require(String function, List<?> values) {
    for (Object value : values) {
      if (value instanceof List || value instanceof Map || value instanceof Struct) {
        throw new IllegalArgumentException(
            function + " takes values that have an order, which arrays, maps and structs have not");
      }
    }
  }
}
