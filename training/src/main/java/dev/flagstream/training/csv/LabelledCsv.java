package dev.flagstream.training.csv;

import dev.flagstream.generator.replay.csv.CsvDialect;
import dev.flagstream.generator.replay.csv.CsvFormatException;
import dev.flagstream.generator.replay.csv.CsvHeader;
import dev.flagstream.generator.replay.csv.CsvRow;
import dev.flagstream.generator.replay.csv.CsvRows;
import dev.flagstream.training.table.Example;
import dev.flagstream.training.table.FeatureTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Any CSV with a label as a training table: read as {@code replay} reads its files, but the first
 * bad row ends the reading, as a model should not learn from what is left. Features are numbers; an
 * empty value is a missing one; a column whose first non-empty value is not a number is left out
 * and reported.
 */
public final class LabelledCsv {

  private static final long NO_TIME_STEP_MS = 1_000;

  /** So many values tell whether a column is of card numbers. */
  private static final int TELLING_VALUES = 100;

  /** Card numbers have 12 to 19 digits. */
  private static final double LEAST_CARD_NUMBER = 1e11;

  private static final double BEYOND_CARD_NUMBERS = 1e19;

  private final FeatureTable table;
  private final CsvColumns columns;
  private final List<String> leftOut;
  private final List<String> identifying;

  private LabelledCsv(
      FeatureTable table, CsvColumns columns, List<String> leftOut, List<String> identifying) {
    this.table = table;
    this.columns = columns;
    this.leftOut = List.copyOf(leftOut);
    this.identifying = List.copyOf(identifying);
  }

  /**
   * Reads all of it.
   *
   * @param label {@code null} to look for a usual name
   * @param time {@code null} to look for a usual name, or do without
   * @param card {@code null} for none
   * @throws CsvDataException if it cannot be read, or naming line, column and value that cannot be
   *     used
   */
  public static LabelledCsv read(
      Path file, String label, String time, String card, Set<String> ignored) {
    try {
      CsvColumns columns;
      List<String> candidates;
      List<String> identifying;
      List<String> features;
      try (CsvRows rows = open(file)) {
        List<String> header = rows.header().names();
        columns = CsvColumns.in(header, label, time, card, ignored);
        candidates = header.stream().filter(columns::mayBeFeature).toList();
        identifying = identifying(candidates, rows);
      }
      candidates = candidates.stream().filter(column -> !identifying.contains(column)).toList();
      try (CsvRows rows = open(file)) {
        features = ofNumbers(candidates, rows);
      }
      if (features.isEmpty()) {
        throw new CsvDataException(file + " has no column of numbers beside label, time and card");
      }
      List<String> leftOut = new ArrayList<>(candidates);
      leftOut.removeAll(features);
      return new LabelledCsv(
          new FeatureTable(features, examples(file, columns, features)),
          columns,
          leftOut,
          identifying);
    } catch (CsvFormatException e) {
      throw new CsvDataException(e.getMessage());
    }
  }

  private static CsvRows open(Path file) {
    return CsvRows.open(
        file,
        CsvDialect.DEFAULT,
        (line, reason, row) -> {
          throw new CsvDataException("%s, line %d %s".formatted(file, line, reason));
        });
  }

  /** The next row; null at the end of the file. */
  private static CsvRow next(CsvRows rows) {
    CsvRow row = rows.next();
    if (row == null) {
      rows.brokenOff()
          .ifPresent(
              why -> {
                throw new CsvDataException(why);
              });
    }
    return row;
  }

  private static List<Example> examples(Path file, CsvColumns columns, List<String> features) {
    List<Example> examples = new ArrayList<>();
    try (CsvRows rows = open(file)) {
      RowReader reader = new RowReader(rows, columns, features);
      for (CsvRow row = next(rows); row != null; row = next(rows)) {
        examples.add(reader.example(row, examples.size() * NO_TIME_STEP_MS));
      }
    }
    examples.sort(Comparator.comparingLong(Example::timeMs));
    return examples;
  }

  /**
   * The columns that say which row or which card it is: those without a name, as the row numbers
   * that pandas writes, and those of whose first values half or more are whole numbers as long as a
   * card number. No model learns anything from them that holds for other rows, and bundles keep
   * some rows as examples.
   */
  private static List<String> identifying(List<String> candidates, CsvRows rows) {
    Map<String, Integer> positions = positions(rows);
    Map<String, Integer> seen = new HashMap<>();
    Map<String, Integer> ofCards = new HashMap<>();
    CsvRow row = next(rows);
    for (int i = 0; row != null && i < TELLING_VALUES; i++) {
      for (String column : candidates) {
        String text = row.fields().get(positions.get(column));
        if (!text.isBlank()) {
          seen.merge(column, 1, Integer::sum);
          ofCards.merge(column, isAsLongAsACardNumber(text) ? 1 : 0, Integer::sum);
        }
      }
      row = next(rows);
    }
    return candidates.stream()
        .filter(
            column ->
                column.equals(CsvHeader.nameOfUnnamed(positions.get(column) + 1))
                    || (seen.containsKey(column) && 2 * ofCards.get(column) >= seen.get(column)))
        .toList();
  }

  private static boolean isAsLongAsACardNumber(String text) {
    if (!isNumber(text)) {
      return false;
    }
    double value = Double.parseDouble(text);
    return value >= LEAST_CARD_NUMBER && value < BEYOND_CARD_NUMBERS && value == Math.rint(value);
  }

  /** The columns whose first non-empty value is a number. */
  private static List<String> ofNumbers(List<String> candidates, CsvRows rows) {
    CsvRow row = next(rows);
    if (row == null) {
      throw new CsvDataException(rows.file() + " has no rows");
    }
    Map<String, Integer> positions = positions(rows);
    Set<String> undecided = new HashSet<>(candidates);
    Set<String> numbers = new HashSet<>();
    while (row != null && !undecided.isEmpty()) {
      for (String column : List.copyOf(undecided)) {
        String text = row.fields().get(positions.get(column));
        if (!text.isBlank()) {
          undecided.remove(column);
          if (isNumber(text)) {
            numbers.add(column);
          }
        }
      }
      row = undecided.isEmpty() ? null : next(rows);
    }
    return candidates.stream().filter(numbers::contains).toList();
  }

  /** The position, from 0, of each column's field in a row, by the column's name. */
  private static Map<String, Integer> positions(CsvRows rows) {
    Map<String, Integer> positions = new HashMap<>();
    for (String name : rows.header().names()) {
      positions.put(name, positions.size());
    }
    return positions;
  }

  private static boolean isNumber(String text) {
    try {
      Double.parseDouble(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Its rows in the order of time. */
  public FeatureTable table() {
    return table;
  }

  /** What its columns are for. */
  public CsvColumns columns() {
    return columns;
  }

  /** Columns of card numbers, or without a name, which are no features. */
  public List<String> identifying() {
    return identifying;
  }

  /** Columns of texts or of nothing, which are no features. */
  public List<String> leftOut() {
    return leftOut;
  }

  /** One row after the other. */
  private static final class RowReader {

    private final Path file;
    private final Map<String, Integer> positions;
    private final CsvColumns columns;
    private final List<String> features;
    private final String amount;

    RowReader(CsvRows rows, CsvColumns columns, List<String> features) {
      this.file = rows.file();
      this.positions = positions(rows);
      this.columns = columns;
      this.features = features;
      this.amount =
          features.stream()
              .filter(name -> name.toLowerCase(Locale.ROOT).matches("amount|amt|tx_amount"))
              .findFirst()
              .orElse(null);
    }

    Example example(CsvRow row, long timeWithoutColumnMs) {
      double[] values = new double[features.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = number(row, features.get(i));
      }
      long timeMs = columns.time().map(name -> timeMs(row, name)).orElse(timeWithoutColumnMs);
      return new Example(
          timeMs,
          columns.card().map(name -> card(row, name)).orElse(null),
          label(row),
          timeMs,
          null,
          amount == null ? Double.NaN : values[features.indexOf(amount)],
          values);
    }

    private String field(CsvRow row, String column) {
      return row.fields().get(positions.get(column));
    }

    private double number(CsvRow row, String column) {
      String text = field(row, column);
      if (text.isBlank()) {
        return Double.NaN;
      }
      double number;
      try {
        number = Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw unusable(
            row,
            column,
            "is not a number, as in the rows before; --ignore="
                + column
                + " leaves the column out");
      }
      if (Double.isInfinite(number)) {
        throw unusable(row, column, "is not a finite number");
      }
      return number;
    }

    private String card(CsvRow row, String column) {
      String card = field(row, column).trim();
      if (card.isEmpty()) {
        throw unusable(row, column, "names no card");
      }
      return card;
    }

    private long timeMs(CsvRow row, String column) {
      try {
        return EventTime.parseMs(field(row, column), columns.timeUnitMs());
      } catch (IllegalArgumentException e) {
        throw unusable(row, column, e.getMessage());
      }
    }

    private boolean label(CsvRow row) {
      String text = field(row, columns.label()).trim().toLowerCase(Locale.ROOT);
      return switch (text) {
        case "1", "1.0", "true" -> true;
        case "0", "0.0", "false" -> false;
        default -> throw unusable(row, columns.label(), "is not a label: 0, 1, true or false");
      };
    }

    private CsvDataException unusable(CsvRow row, String column, String why) {
      return new CsvDataException(
          "%s, line %d, column %s: '%s' %s"
              .formatted(file, row.line(), column, field(row, column), why));
    }
  }
}
