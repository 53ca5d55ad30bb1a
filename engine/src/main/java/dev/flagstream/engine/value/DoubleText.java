package dev.flagstream.engine.value;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;

/**
 * Doubles as text, with no more digits than tell them apart from their neighbours: what {@code
 * Double.toString} gives on Java 19 and later, on which ksqlDB's images run. Java 17 gives one
 * digit too many for some, such as {@code 2.8421709430404007E-14} for 2⁻⁴⁵, and takes twice the
 * time. Thread-safe.
 */
public final class DoubleText {

  private DoubleText() {}

  /** The digits of a number; {@code NaN}, {@code Infinity} or {@code -Infinity} of what is none. */
  public static String of(double value) {
    return NumberOutput.toString(value, true);
  }

  /**
   * The text of a value of any type, as its own class writes it, but for the doubles in it.
   *
   * @param value may be null, whose text is {@code null}
   */
  public static String ofAny(Object value) {
    if (value instanceof Double number) {
      return of(number);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(DoubleText::ofAny).collect(joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> ofAny(entry.getKey()) + "=" + ofAny(entry.getValue()))
          .collect(joining(", ", "{", "}"));
    }
    if (value instanceof Struct struct) {
      return struct.schema().fields().stream()
          .filter(field -> struct.get(field) != null)
          .map(field -> field.name() + "=" + ofAny(struct.get(field)))
          .collect(joining(",", "Struct{", "}"));
    }
    return String.valueOf(value);
  }

  /**
   * The decimal number of the same digits.
   *
   * @throws NumberFormatException if it is infinite or no number
   */
  public static BigDecimal toDecimal(double value) {
    return new BigDecimal(of(value));
  }
}
