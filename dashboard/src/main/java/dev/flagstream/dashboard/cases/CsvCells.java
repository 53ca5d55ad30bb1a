package dev.flagstream.dashboard.cases;

import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.types.Decimal128;

/**
 * Values as cells of a CSV file that spreadsheets open. Numbers stay as they are, to the last
 * digit; a text that a spreadsheet would take for a formula gets an apostrophe before it.
 */
final class CsvCells {

  private static final String BEGINS_A_FORMULA = "=+-@\t\r\n";

  private CsvCells() {}

  /** The cell of a value: empty for null. */
  static String cell(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Decimal128 decimal) {
      return DocumentJson.textOf(decimal);
    }
    if (value instanceof Date time) {
      return time.toInstant().toString();
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    return harmless(value instanceof List<?> list ? joined(list) : value.toString());
  }

  private static String joined(List<?> list) {
    return list.stream()
        .map(
            each ->
                each instanceof Document reason
                    ? reason.getString("feature") + "=" + reason.get("contribution")
                    : String.valueOf(each))
        .collect(Collectors.joining(" "));
  }

  private static String harmless(String text) {
    return text.isEmpty() || BEGINS_A_FORMULA.indexOf(text.charAt(0)) < 0 ? text : "'" + text;
  }
}
