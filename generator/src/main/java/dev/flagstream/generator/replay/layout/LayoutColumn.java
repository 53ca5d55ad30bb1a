package dev.flagstream.generator.replay.layout;

import dev.flagstream.generator.replay.csv.CsvHeader;
import dev.flagstream.generator.replay.csv.CsvRow;
import dev.flagstream.generator.replay.csv.DateTimeText;
import dev.flagstream.generator.replay.csv.UnfitRowException;
import dev.flagstream.generator.replay.csv.WholeNumberText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Set;

/**
 * Reads one column of a known layout. The methods throw an {@link UnfitRowException} if the field
 * is not what they read; those named {@code optional…} take an empty field, or a column that the
 * file does not have, for unknown.
 */
final class LayoutColumn {

  private static final int MISSING = -1;
  private static final int CENT_DIGITS = 2;
  private static final int AMOUNT_DIGITS = 10;

  /**
   * BigDecimal takes seconds for anything longer, or with such an exponent, and it cannot be money.
   */
  private static final int MAX_AMOUNT_CHARS = 1_000;

  private static final BigDecimal ROUNDING_ERROR = new BigDecimal("0.000001");

  private final String name;
  private final int index;
  private final Set<String> nullTexts;

  LayoutColumn(String name, CsvHeader header, Set<String> nullTexts) {
    this.name = name;
    this.index = header.find(name).orElse(MISSING);
    this.nullTexts = nullTexts;
  }

  boolean exists() {
    return index != MISSING;
  }

  /** The text without surrounding blanks, or null. */
  String optionalText(CsvRow row) {
    if (index == MISSING) {
      return null;
    }
    String text = row.fields().get(index).strip();
    return text.isEmpty() || nullTexts.contains(text) ? null : text;
  }

  String text(CsvRow row) {
    String text = optionalText(row);
    if (text == null) {
      throw new UnfitRowException(name + " is empty");
    }
    return text;
  }

  /** A text of {@code min} to {@code max} digits and nothing else. */
  String digits(CsvRow row, int min, int max) {
    String text = text(row);
    boolean fits = text.length() >= min && text.length() <= max;
    for (int i = 0; fits && i < text.length(); i++) {
      fits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    if (!fits) {
      throw new UnfitRowException(name + " is not " + min + " to " + max + " digits");
    }
    return text;
  }

  /**
   * Money, exact to the cent. The remains of floating-point arithmetic, such as 220.20000000000002,
   * become the cent they stand for.
   */
  BigDecimal amount(CsvRow row) {
    BigDecimal written = decimal(text(row));
    if (written.precision() - written.scale() > AMOUNT_DIGITS - CENT_DIGITS) {
      throw new UnfitRowException(name + " is not an amount of at most ten digits");
    }
    BigDecimal amount = written.setScale(CENT_DIGITS, RoundingMode.HALF_EVEN);
    if (written.subtract(amount).abs().compareTo(ROUNDING_ERROR) > 0) {
      throw new UnfitRowException(name + " is not an amount with at most two decimals");
    }
    if (amount.precision() > AMOUNT_DIGITS) {
      throw new UnfitRowException(name + " is not an amount of at most ten digits");
    }
    return amount;
  }

  private BigDecimal decimal(String text) {
    if (text.length() <= MAX_AMOUNT_CHARS) {
      try {
        BigDecimal number = new BigDecimal(text);
        if (Math.abs((long) number.scale()) <= MAX_AMOUNT_CHARS) {
          return number;
        }
      } catch (NumberFormatException e) {
        throw new UnfitRowException(name + " is not a number");
      }
    }
    throw new UnfitRowException(name + " is not an amount of at most ten digits");
  }

  long integer(CsvRow row, long min, long max) {
    return integer(text(row), min, max);
  }

  /** A whole number, or null. */
  Integer optionalInteger(CsvRow row, int min, int max) {
    String text = optionalText(row);
    return text == null ? null : (Integer) (int) integer(text, min, max);
  }

  double number(CsvRow row, double min, double max) {
    return number(text(row), min, max);
  }

  /** A number, or NaN. */
  double optionalNumber(CsvRow row, double min, double max) {
    String text = optionalText(row);
    return text == null ? Double.NaN : number(text, min, max);
  }

  /** A point in time, in milliseconds since the epoch. */
  long dateTimeMs(CsvRow row) {
    long epochMs = DateTimeText.toEpochMs(text(row));
    if (epochMs == DateTimeText.NONE) {
      throw new UnfitRowException(name + " is not a date and time");
    }
    return epochMs;
  }

  /** 1 or true for a fraud, 0 or false for none. */
  boolean flag(CsvRow row) {
    String text = WholeNumberText.of(text(row));
    if (text.equals("1") || text.equalsIgnoreCase("true")) {
      return true;
    }
    if (text.equals("0") || text.equalsIgnoreCase("false")) {
      return false;
    }
    throw new UnfitRowException(name + " is not 0, 1, true or false");
  }

  private long integer(String text, long min, long max) {
    long value;
    try {
      value = Long.parseLong(WholeNumberText.of(text));
    } catch (NumberFormatException e) {
      throw new UnfitRowException(name + " is not a whole number");
    }
    if (value < min || value > max) {
      throw new UnfitRowException(name + " is not within " + min + " to " + max);
    }
    return value;
  }

  private double number(String text, double min, double max) {
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new UnfitRowException(name + " is not a number");
    }
    // Written so that NaN is outside.
    if (!(value >= min && value <= max)) {
      throw new UnfitRowException(name + " is not within " + min + " to " + max);
    }
    return value;
  }
}
