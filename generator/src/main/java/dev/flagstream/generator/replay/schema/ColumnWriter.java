package dev.flagstream.generator.replay.schema;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.flagstream.generator.replay.csv.DateTimeText;
import dev.flagstream.generator.replay.csv.UnfitRowException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Set;

/**
 * Writes one column's fields as JSON, as ksqlDB reads its type. What is not of the type makes the
 * row unfit; nothing is rounded, cut or guessed. A NULL is left out. For one thread.
 */
public final class ColumnWriter {

  /** Numbers up to this length are written as they are; JSON readers take them quickly. */
  private static final int SHORT_NUMBER = 25;

  /** BigDecimal takes seconds for anything longer, or with such an exponent, and it is no value. */
  private static final int MAX_DECIMAL_CHARS = 1_000;

  private final StreamColumn column;
  private final SerializedString fieldName;
  private final Set<String> nullTexts;

  public ColumnWriter(StreamColumn column, Set<String> nullTexts) {
    this.column = column;
    this.fieldName = new SerializedString(column.name());
    this.nullTexts = nullTexts;
  }

  /** The text that a field stands for, or null for NULL. */
  public String valueOf(String field) {
    boolean text = column.type().kind() == ColumnType.Kind.VARCHAR;
    String value = text ? field : field.strip();
    return value.isEmpty() || nullTexts.contains(value) ? null : value;
  }

  /**
   * Writes name and value, or nothing at all.
   *
   * @throws UnfitRowException if the field is not of the column's type
   */
  public void write(String field, JsonGenerator json) throws IOException {
    String value = valueOf(field);
    if (value == null) {
      return;
    }
    switch (column.type().kind()) {
      case BOOLEAN -> {
        boolean truth = booleanOf(value);
        named(json).writeBoolean(truth);
      }
      case INTEGER -> {
        long number = wholeOf(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
        named(json).writeNumber(number);
      }
      case BIGINT -> {
        long number = wholeOf(value, Long.MIN_VALUE, Long.MAX_VALUE);
        named(json).writeNumber(number);
      }
      case DECIMAL -> {
        String number = decimalOf(value).toPlainString();
        named(json).writeNumber(number);
      }
      case DOUBLE -> writeDouble(value, json);
      case TIMESTAMP -> {
        long epochMs = timestampOf(value);
        named(json).writeNumber(epochMs);
      }
      case VARCHAR -> named(json).writeString(value);
    }
  }

  private JsonGenerator named(JsonGenerator json) throws IOException {
    json.writeFieldName(fieldName);
    return json;
  }

  boolean booleanOf(String value) {
    if (value.equalsIgnoreCase("true")) {
      return true;
    }
    if (value.equalsIgnoreCase("false")) {
      return false;
    }
    throw unfit();
  }

  /** A whole number within bounds. */
  long wholeOf(String value, long min, long max) {
    if (NumberText.of(value) == NumberText.WHOLE) {
      try {
        long number = Long.parseLong(value);
        if (number >= min && number <= max) {
          return number;
        }
      } catch (NumberFormatException e) {
        throw unfit();
      }
    }
    throw unfit();
  }

  /** A finite number. */
  double doubleOf(String value) {
    NumberText form = NumberText.of(value);
    double number =
        form == NumberText.NONE || form == NumberText.LEADING_ZERO
            ? Double.NaN
            : Double.parseDouble(value);
    if (!Double.isFinite(number)) {
      throw unfit();
    }
    return number;
  }

  private void writeDouble(String value, JsonGenerator json) throws IOException {
    NumberText form = NumberText.of(value);
    if (value.length() <= SHORT_NUMBER
        && (form == NumberText.WHOLE || form == NumberText.PLAIN_DECIMAL)) {
      named(json).writeNumber(value);
    } else {
      double number = doubleOf(value);
      named(json).writeNumber(number);
    }
  }

  private BigDecimal decimalOf(String value) {
    NumberText form = NumberText.of(value);
    if (form == NumberText.NONE
        || form == NumberText.LEADING_ZERO
        || value.length() > MAX_DECIMAL_CHARS) {
      throw unfit();
    }
    try {
      BigDecimal number = new BigDecimal(value);
      if (Math.abs((long) number.scale()) > MAX_DECIMAL_CHARS) {
        throw unfit();
      }
      int wholeDigits = column.type().precision() - column.type().scale();
      if (number.precision() - number.scale() <= wholeDigits) {
        return number.setScale(column.type().scale(), RoundingMode.UNNECESSARY);
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw unfit();
    }
    throw unfit();
  }

  private long timestampOf(String value) {
    long epochMs = DateTimeText.toEpochMs(value);
    if (epochMs == DateTimeText.NONE || DateTimeText.isFinerThanMs(value)) {
      throw unfit();
    }
    return epochMs;
  }

  private UnfitRowException unfit() {
    return new UnfitRowException("column " + column.name() + " is not " + column.type());
  }
}
