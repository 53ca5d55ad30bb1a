package dev.flagstream.udf;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A column of the typed stream over the input topic, and what ksqlDB reads into it from JSON.
 *
 * @param name in lower case, as generators and scripts write it
 * @param path the same with the name of the STRUCT before it, as in {@code location.city}
 * @param upperCaseName the name as ksqlDB knows it
 * @param fields the fields of a STRUCT column, empty for others
 */
record InputColumn(
    String name, String path, String upperCaseName, Type type, List<InputColumn> fields) {

  /** The columns that {@code ksql/01-transactions.sql} declares. */
  static final List<InputColumn> ALL =
      List.of(
          column("transaction_id", Type.VARCHAR),
          column("card_number", Type.VARCHAR),
          column("customer_id", Type.VARCHAR),
          column("customer_age", Type.INTEGER),
          column("home_city", Type.VARCHAR),
          column("home_lat", Type.DOUBLE),
          column("home_lon", Type.DOUBLE),
          column("amount", Type.MONEY),
          column("currency", Type.VARCHAR),
          column("merchant_id", Type.VARCHAR),
          column("merchant", Type.VARCHAR),
          column("merchant_category", Type.VARCHAR),
          column("mcc", Type.VARCHAR),
          column("channel", Type.VARCHAR),
          struct(
              "location",
              column("city", Type.VARCHAR),
              column("state", Type.VARCHAR),
              column("country", Type.VARCHAR),
              column("lat", Type.DOUBLE),
              column("lon", Type.DOUBLE)),
          column("location_risk_score", Type.DOUBLE),
          column("timestamp", Type.BIGINT));

  private static InputColumn column(String name, Type type) {
    return new InputColumn(name, name, name.toUpperCase(Locale.ROOT), type, List.of());
  }

  private static InputColumn struct(String name, InputColumn... fields) {
    List<InputColumn> inside = Stream.of(fields).map(field -> field.inside(name)).toList();
    return new InputColumn(name, name, name.toUpperCase(Locale.ROOT), Type.STRUCT, inside);
  }

  private InputColumn inside(String struct) {
    return new InputColumn(name, struct + "." + path, upperCaseName, type, fields);
  }

  /**
   * Puts the value of this column in a record under its path, and those of its fields under theirs;
   * nothing where the record has none.
   *
   * @throws UnreadableException if ksqlDB cannot read what the record has
   */
  void readInto(Map<String, Object> values, JsonValue.Fields row) throws UnreadableException {
    JsonValue value = row.get(this);
    if (value == null || value == JsonValue.Simple.NULL) {
      return;
    }
    if (type != Type.STRUCT) {
      values.put(path, readScalar(value));
    } else if (value instanceof JsonValue.Fields struct) {
      for (InputColumn field : fields) {
        field.readInto(values, struct);
      }
    } else {
      throw new UnreadableException(path);
    }
  }

  /** The first VARCHAR with more than so many characters, as a path; null if there is none. */
  String longerThan(int maxLength, JsonValue.Fields row) {
    JsonValue value = row.get(this);
    if (type == Type.VARCHAR) {
      boolean isLong =
          value != null && value != JsonValue.Simple.NULL && value.textLength() > maxLength;
      return isLong ? path : null;
    }
    if (value instanceof JsonValue.Fields struct) {
      for (InputColumn field : fields) {
        String tooLong = field.longerThan(maxLength, struct);
        if (tooLong != null) {
          return tooLong;
        }
      }
    }
    return null;
  }

  private Object readScalar(JsonValue value) throws UnreadableException {
    try {
      return type.read(value);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UnreadableException(path);
    }
  }

  /** A type of column; each reads a value, or throws where a number cannot be had from it. */
  enum Type {
    VARCHAR {
      @Override
      Object read(JsonValue value) {
        return value.asText();
      }
    },
    INTEGER {
      @Override
      Object read(JsonValue value) {
        return value instanceof JsonValue.Text text
            ? Integer.valueOf(Integer.parseInt(text.asText()))
            : Integer.valueOf(number(value).intValue());
      }
    },
    BIGINT {
      @Override
      Object read(JsonValue value) {
        return value instanceof JsonValue.Text text
            ? Long.valueOf(Long.parseLong(text.asText()))
            : Long.valueOf(number(value).longValue());
      }
    },
    DOUBLE {
      @Override
      Object read(JsonValue value) {
        return value instanceof JsonValue.Text text
            ? Double.valueOf(Double.parseDouble(text.asText()))
            : Double.valueOf(number(value).doubleValue());
      }
    },
    /** DECIMAL(10,2). Digits are never rounded away; what does not fit is an error. */
    MONEY {
      @Override
      Object read(JsonValue value) {
        BigDecimal amount =
            value instanceof JsonValue.Text text ? decimal(text.asText()) : number(value);
        BigDecimal shortest = amount.stripTrailingZeros();
        // Digits are counted instead of rescaling: 1E999999999 must not become a billion digits.
        long integerDigits = (long) shortest.precision() - shortest.scale();
        if (shortest.scale() > MONEY_SCALE || integerDigits > MONEY_PRECISION - MONEY_SCALE) {
          throw new IllegalArgumentException();
        }
        return amount;
      }
    },
    STRUCT {
      @Override
      Object read(JsonValue value) {
        throw new IllegalStateException("A STRUCT is read field by field");
      }
    };

    private static final int MONEY_PRECISION = 10;
    private static final int MONEY_SCALE = 2;
    private static final int SHORT_NUMBER = 1_000;

    abstract Object read(JsonValue value);

    /** A text of many digits costs more than it deserves: the zeros around them do not matter. */
    private static BigDecimal decimal(String text) {
      return new BigDecimal(text.length() <= SHORT_NUMBER ? text : withoutZeros(text));
    }

    private static String withoutZeros(String text) {
      int exponent = text.length();
      for (int i = text.length() - 1; i >= 0; i--) {
        exponent = (text.charAt(i) | 0x20) == 'e' ? i : exponent;
      }
      boolean signed = text.startsWith("-") || text.startsWith("+");
      int first = signed ? 1 : 0;
      while (first < exponent && text.charAt(first) == '0') {
        first++;
      }
      int end = exponent;
      boolean fraction = text.lastIndexOf('.', exponent - 1) >= 0;
      while (fraction && end > first && text.charAt(end - 1) == '0') {
        end--;
      }
      if (end - first > SHORT_NUMBER || text.length() - exponent > SHORT_NUMBER) {
        throw new NumberFormatException();
      }
      return text.substring(0, signed ? 1 : 0)
          + "0"
          + text.substring(first, end)
          + text.substring(exponent);
    }

    private static BigDecimal number(JsonValue value) {
      if (value instanceof JsonValue.Numeric number) {
        return number.value();
      }
      throw new IllegalArgumentException();
    }
  }

  /**
   * A field holds what ksqlDB cannot read into its column. Cheap to throw: it has no stack trace.
   */
  static final class UnreadableException extends Exception {

    private final String field;

    private UnreadableException(String field) {
      super(field, null, false, false);
      this.field = field;
    }

    /** The path of the field, such as {@code location.lat}. */
    String field() {
      return field;
    }
  }
}
