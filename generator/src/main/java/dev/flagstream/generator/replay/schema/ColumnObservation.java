package dev.flagstream.generator.replay.schema;

import dev.flagstream.generator.replay.csv.DateTimeText;
import java.util.Locale;
import java.util.Set;

/**
 * What the values of one column look like, and the type that follows.
 *
 * <p>A type is taken if all values are of it but one in a thousand at most: those rows are rejected
 * later, so that one slip does not turn a column of numbers into text. What is written as digits
 * but is an identifier stays text: a leading zero, or 16 digits and more, anywhere in the column.
 */
final class ColumnObservation {

  /** One value in this many may be other than a number, a date or a BOOLEAN. */
  private static final long SLIPS_ONE_IN = 1_000;

  /** More digits than a double, and so many a JSON reader, can distinguish: an identifier. */
  private static final int IDENTIFIER_DIGITS = 16;

  private static final int CARD_DIGITS = 12;
  private static final int MONEY_DIGITS = 18;
  private static final int MIN_MONEY_DECIMALS = 2;
  private static final int MAX_MONEY_DECIMALS = 4;
  private static final Set<String> MONEY_WORDS =
      Set.of("amt", "price", "cost", "fee", "amount", "balance");
  private static final Set<String> CARD_WORDS = Set.of("card", "cc", "pan", "iban", "account");

  private final String name;
  private long values;
  private long booleans;
  private long timestamps;
  private long wholes;
  private long plainDecimals;
  private long otherNumbers;
  private boolean leadingZero;
  private boolean finerThanMs;
  private int mostDigits;
  private int mostWholeDigits;
  private int mostDecimals;
  private double sum;
  private boolean beyondInteger;

  ColumnObservation(String name) {
    this.name = name;
  }

  /** Looks at one value, which is not NULL. */
  void add(String text) {
    values++;
    switch (NumberText.of(text)) {
      case WHOLE -> addWhole(text);
      case PLAIN_DECIMAL -> addDecimal(text);
      case OTHER -> {
        otherNumbers++;
        sum += Double.parseDouble(text);
      }
      case LEADING_ZERO -> leadingZero = true;
      case NONE -> addText(text);
    }
  }

  /** The type of the column; VARCHAR if it holds nothing at all. */
  ColumnType type() {
    long enough = values - values / SLIPS_ONE_IN;
    if (values == 0) {
      return ColumnType.VARCHAR;
    }
    if (booleans >= enough) {
      return ColumnType.BOOLEAN;
    }
    if (timestamps >= enough && !finerThanMs) {
      return ColumnType.TIMESTAMP;
    }
    return wholes + plainDecimals + otherNumbers >= enough && !isIdentifier()
        ? numberType()
        : ColumnType.VARCHAR;
  }

  /** Whether all values were NULL. */
  boolean isEmpty() {
    return values == 0;
  }

  /** Whether most values are points in time, whatever the type. */
  boolean isDateTime() {
    return timestamps > values / 2;
  }

  /** The mean of the numbers; not a number if there is none. */
  double mean() {
    return sum / (wholes + plainDecimals + otherNumbers);
  }

  private void addWhole(String text) {
    wholes++;
    int digits = text.length() - (text.charAt(0) == '-' ? 1 : 0);
    mostDigits = Math.max(mostDigits, digits);
    mostWholeDigits = Math.max(mostWholeDigits, digits);
    if (digits < IDENTIFIER_DIGITS) {
      long value = Long.parseLong(text);
      beyondInteger |= value != (int) value;
      sum += value;
    }
  }

  private void addDecimal(String text) {
    plainDecimals++;
    int point = text.indexOf('.');
    mostWholeDigits = Math.max(mostWholeDigits, point - (text.charAt(0) == '-' ? 1 : 0));
    mostDecimals = Math.max(mostDecimals, text.length() - point - 1);
    sum += Double.parseDouble(text);
  }

  private void addText(String text) {
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      booleans++;
    } else if (DateTimeText.toEpochMs(text) != DateTimeText.NONE) {
      timestamps++;
      finerThanMs |= DateTimeText.isFinerThanMs(text);
    }
  }

  private boolean isIdentifier() {
    return leadingZero
        || mostDigits >= IDENTIFIER_DIGITS
        || (mostDigits >= CARD_DIGITS && isNamedWith(CARD_WORDS));
  }

  private ColumnType numberType() {
    boolean plain = otherNumbers == 0;
    if (plain && mostDecimals <= MAX_MONEY_DECIMALS && isMoney()) {
      int decimals = Math.max(MIN_MONEY_DECIMALS, mostDecimals);
      return ColumnType.decimal(Math.max(MONEY_DIGITS, mostWholeDigits + decimals), decimals);
    }
    if (plain && plainDecimals == 0) {
      return beyondInteger ? ColumnType.BIGINT : ColumnType.INTEGER;
    }
    return ColumnType.DOUBLE;
  }

  private boolean isMoney() {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    return isNamedWith(MONEY_WORDS)
        || lowerCase.contains("amount")
        || lowerCase.contains("balance");
  }

  /** Whether a word of the name, as in {@code tx_amount} or {@code cardNumber}, is one of these. */
  private boolean isNamedWith(Set<String> words) {
    for (String word : name.split("[^\\p{L}]+|(?<=\\p{Ll})(?=\\p{Lu})", -1)) {
      if (words.contains(word.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }
}
