package dev.flagstream.generator.replay.schema;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SQL type that a column of a file can have.
 *
 * @param precision the digits of a DECIMAL in all; 0 for others
 * @param scale its digits behind the point; 0 for others
 */
public record ColumnType(Kind kind, int precision, int scale) {

  /** The types without their parameters, by the names that SQL has for them. */
  public enum Kind {
    BOOLEAN,
    INTEGER,
    BIGINT,
    DECIMAL,
    DOUBLE,
    TIMESTAMP,
    VARCHAR
  }

  public static final ColumnType BOOLEAN = new ColumnType(Kind.BOOLEAN, 0, 0);
  public static final ColumnType INTEGER = new ColumnType(Kind.INTEGER, 0, 0);
  public static final ColumnType BIGINT = new ColumnType(Kind.BIGINT, 0, 0);
  public static final ColumnType DOUBLE = new ColumnType(Kind.DOUBLE, 0, 0);
  public static final ColumnType TIMESTAMP = new ColumnType(Kind.TIMESTAMP, 0, 0);
  public static final ColumnType VARCHAR = new ColumnType(Kind.VARCHAR, 0, 0);

  private static final Pattern DECIMAL_FORM =
      Pattern.compile("DECIMAL\\s*\\(\\s*([0-9]{1,3})\\s*,\\s*([0-9]{1,3})\\s*\\)");

  /** The digits that every whole number of 32 bits fits in. */
  private static final int INTEGER_DIGITS = 10;

  private static final int BIGINT_DIGITS = 19;

  public ColumnType {
    boolean decimal = kind == Kind.DECIMAL;
    if (decimal ? precision < 1 || scale < 0 || scale > precision : precision != 0 || scale != 0) {
      throw new IllegalArgumentException(
          "a DECIMAL has 1 or more digits, of which 0 to all stand behind the point, not "
              + precision
              + " and "
              + scale);
    }
  }

  public static ColumnType decimal(int precision, int scale) {
    return new ColumnType(Kind.DECIMAL, precision, scale);
  }

  /**
   * Reads a type as SQL writes it, in any case.
   *
   * @throws IllegalArgumentException naming the text and the types there are
   */
  public static ColumnType parse(String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT);
    Matcher decimal = DECIMAL_FORM.matcher(upper);
    if (decimal.matches()) {
      return decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    return switch (upper) {
      case "BOOLEAN" -> BOOLEAN;
      case "INTEGER", "INT" -> INTEGER;
      case "BIGINT" -> BIGINT;
      case "DOUBLE" -> DOUBLE;
      case "TIMESTAMP" -> TIMESTAMP;
      case "VARCHAR", "STRING" -> VARCHAR;
      default ->
          throw new IllegalArgumentException(
              "'"
                  + text
                  + "' is not a column type: give BOOLEAN, INTEGER, BIGINT, DECIMAL(digits,"
                  + " decimals), DOUBLE, TIMESTAMP or VARCHAR");
    };
  }

  /** As SQL writes it. */
  public String sql() {
    return kind == Kind.DECIMAL ? "DECIMAL(" + precision + ", " + scale + ")" : kind.name();
  }

  /** Whether every value of another type is one of this type, written the same way in a file. */
  public boolean holds(ColumnType other) {
    if (equals(other) || kind == Kind.VARCHAR) {
      return true;
    }
    return switch (kind) {
      case BIGINT -> other.kind == Kind.INTEGER;
      case DOUBLE ->
          other.kind == Kind.INTEGER || other.kind == Kind.BIGINT || other.kind == Kind.DECIMAL;
      case DECIMAL -> holdsExactly(other);
      case BOOLEAN, INTEGER, TIMESTAMP, VARCHAR -> false;
    };
  }

  private boolean holdsExactly(ColumnType other) {
    int wholeDigits = precision - scale;
    return switch (other.kind) {
      case INTEGER -> wholeDigits >= INTEGER_DIGITS;
      case BIGINT -> wholeDigits >= BIGINT_DIGITS;
      case DECIMAL -> scale >= other.scale && wholeDigits >= other.precision - other.scale;
      case BOOLEAN, DOUBLE, TIMESTAMP, VARCHAR -> false;
    };
  }

  @Override
  public String toString() {
    return sql();
  }
}
