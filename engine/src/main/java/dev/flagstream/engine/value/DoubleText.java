package dev.flagstream.engine.value;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;

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
   * The same for a value of any type: what is no double has its own text.
   *
   * @param value may be null, whose text is {@code null}
   */
  public static String ofAny(Object value) {
    return value instanceof Double number ? of(number) : String.valueOf(value);
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
