package dev.flagstream.generator.replay;

import dev.flagstream.generator.replay.csv.CsvFormatException;
import dev.flagstream.generator.transaction.Acceptor;
import dev.flagstream.generator.transaction.Cardholder;
import dev.flagstream.generator.transaction.Channel;
import dev.flagstream.generator.transaction.Location;
import dev.flagstream.generator.transaction.Transaction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Knows in which column of a CSV file each field of a transaction is. */
final class TransactionColumns {

  private static final List<String> NAMES =
      List.of(
          "transaction_id",
          "card_number",
          "customer_id",
          "customer_age",
          "home_city",
          "home_lat",
          "home_lon",
          "amount",
          "currency",
          "merchant_id",
          "merchant",
          "merchant_category",
          "mcc",
          "channel",
          "location.city",
          "location.state",
          "location.country",
          "location.lat",
          "location.lon",
          "location_risk_score",
          "timestamp");

  private static final Pattern CARD_NUMBER = Pattern.compile("[0-9]{12,19}");

  private final int columnCount;
  private final Map<String, Integer> indexByName;

  private TransactionColumns(int columnCount, Map<String, Integer> indexByName) {
    this.columnCount = columnCount;
    this.indexByName = indexByName;
  }

  /**
   * Finds the columns in a header; they may stand in any order, and others among them.
   *
   * @throws CsvFormatException naming every column that is missing
   */
  static TransactionColumns of(Path file, List<String> header) {
    Map<String, Integer> indexByName = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      indexByName.putIfAbsent(header.get(i).strip(), i);
    }
    List<String> missing = new ArrayList<>(NAMES);
    missing.removeAll(indexByName.keySet());
    if (!missing.isEmpty()) {
      throw new CsvFormatException(
          file + " lacks the columns " + String.join(", ", missing) + " in its first line");
    }
    return new TransactionColumns(header.size(), indexByName);
  }

  /**
   * Reads one row.
   *
   * @throws IllegalArgumentException with the column and the reason, without the card number
   */
  Transaction read(List<String> fields) {
    if (fields.size() != columnCount) {
      throw new IllegalArgumentException(
          "has " + fields.size() + " fields instead of " + columnCount);
    }
    Row row = new Row(fields);
    return new Transaction(
        row.text("transaction_id"),
        row.cardNumber(),
        new Cardholder(
            row.text("customer_id"),
            (int) row.integer("customer_age", 0, 150),
            row.text("home_city"),
            row.number("home_lat", -90, 90),
            row.number("home_lon", -180, 180)),
        row.amount(),
        row.text("currency"),
        new Acceptor(
            row.text("merchant_id"),
            row.text("merchant"),
            row.text("merchant_category"),
            row.text("mcc")),
        row.channel(),
        new Location(
            row.text("location.city"),
            row.text("location.state"),
            row.text("location.country"),
            row.number("location.lat", -90, 90),
            row.number("location.lon", -180, 180)),
        row.number("location_risk_score", 0, 1),
        row.integer("timestamp", 0, Long.MAX_VALUE));
  }

  private final class Row {

    private final List<String> fields;

    Row(List<String> fields) {
      this.fields = fields;
    }

    String text(String column) {
      String text = fields.get(indexByName.get(column)).strip();
      if (text.isEmpty()) {
        throw new IllegalArgumentException(column + " is empty");
      }
      return text;
    }

    String cardNumber() {
      String number = text("card_number");
      if (!CARD_NUMBER.matcher(number).matches()) {
        throw new IllegalArgumentException("card_number is not 12 to 19 digits");
      }
      return number;
    }

    BigDecimal amount() {
      String text = text("amount");
      try {
        BigDecimal amount = new BigDecimal(text).setScale(2, RoundingMode.UNNECESSARY);
        if (amount.precision() <= 10) {
          return amount;
        }
      } catch (ArithmeticException | NumberFormatException e) {
        throw notWithin("amount", text, "an amount with at most two decimals", e);
      }
      throw notWithin("amount", text, "an amount of at most ten digits", null);
    }

    Channel channel() {
      String text = text("channel");
      try {
        return Channel.valueOf(text.toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw notWithin("channel", text, "chip or contactless or online or atm", e);
      }
    }

    long integer(String column, long min, long max) {
      String text = text(column);
      try {
        long value = Long.parseLong(text);
        if (value >= min && value <= max) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw notWithin(column, text, "a whole number", e);
      }
      throw notWithin(column, text, "within " + min + " to " + max, null);
    }

    double number(String column, double min, double max) {
      String text = text(column);
      try {
        double value = Double.parseDouble(text);
        if (value >= min && value <= max) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw notWithin(column, text, "a number", e);
      }
      throw notWithin(column, text, "within " + min + " to " + max, null);
    }

    private IllegalArgumentException notWithin(
        String column, String text, String expected, Exception cause) {
      return new IllegalArgumentException(column + " '" + text + "' is not " + expected, cause);
    }
  }
}
