package dev.flagstream.training.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.flagstream.training.table.Example;
import dev.flagstream.training.table.FeatureTable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Reads a CSV (also packed with gzip) with a header in UTF-8 whose features are numbers. An empty
 * value is a missing one; a column whose first value that is there is no number is left out and
 * told.
 */
public final class LabelledCsv {

  private static final long NO_TIME_STEP_MS = 1_000;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  private final Path file;
  private final FeatureTable table;
  private final CsvColumns columns;
  private final List<String> leftOut;

  private LabelledCsv(Path file, FeatureTable table, CsvColumns columns, List<String> leftOut) {
    this.file = file;
    this.table = table;
    this.columns = columns;
    this.leftOut = List.copyOf(leftOut);
  }

  /**
   * Reads all of it.
   *
   * @param label {@code null} to look for a usual name
   * @param time {@code null} to look for a usual name, or do without
   * @param card {@code null} for none
   * @throws NoSuchFileException if there is no such file
   * @throws CsvDataException if it cannot be read, or naming line, column and value that cannot be
   *     used
   */
  public static LabelledCsv read(
      Path file, String label, String time, String card, Set<String> ignored) throws IOException {
    try {
      CsvColumns columns;
      List<String> candidates;
      List<String> features;
      try (CsvReader<NamedCsvRecord> csv = open(file)) {
        Iterator<NamedCsvRecord> rows = csv.iterator();
        if (!rows.hasNext()) {
          throw new CsvDataException(file + " has no rows");
        }
        NamedCsvRecord first = rows.next();
        columns = CsvColumns.in(first.getHeader(), label, time, card, ignored);
        candidates = first.getHeader().stream().filter(columns::mayBeFeature).toList();
        features = ofNumbers(candidates, first, rows);
      }
      if (features.isEmpty()) {
        throw new CsvDataException(file + " has no column of numbers beside label, time and card");
      }
      List<String> leftOut = new ArrayList<>(candidates);
      leftOut.removeAll(features);
      return new LabelledCsv(
          file, new FeatureTable(features, examples(file, columns, features)), columns, leftOut);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (CsvParseException | IOException e) {
      throw new CsvDataException(file + " cannot be read as CSV: " + reasonOf(e));
    }
  }

  private static List<Example> examples(Path file, CsvColumns columns, List<String> features)
      throws IOException {
    RowReader reader = new RowReader(file, columns, features);
    List<Example> examples = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> csv = open(file)) {
      for (NamedCsvRecord row : csv) {
        examples.add(reader.example(row, examples.size() * NO_TIME_STEP_MS));
      }
    }
    examples.sort(Comparator.comparingLong(Example::timeMs));
    return examples;
  }

  /** The columns whose first value that is there is a number. */
  private static List<String> ofNumbers(
      List<String> candidates, NamedCsvRecord first, Iterator<NamedCsvRecord> rest) {
    Set<String> undecided = new HashSet<>(candidates);
    Set<String> numbers = new HashSet<>();
    NamedCsvRecord row = first;
    while (true) {
      for (String column : List.copyOf(undecided)) {
        String text = row.findField(column).orElse("");
        if (!text.isBlank()) {
          undecided.remove(column);
          if (isNumber(text)) {
            numbers.add(column);
          }
        }
      }
      if (undecided.isEmpty() || !rest.hasNext()) {
        return candidates.stream().filter(numbers::contains).toList();
      }
      row = rest.next();
    }
  }

  /** Packed or not, whatever its name. */
  private static CsvReader<NamedCsvRecord> open(Path file) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
    try {
      bytes.mark(2);
      boolean packed = bytes.read() == GZIP_FIRST && bytes.read() == GZIP_SECOND;
      bytes.reset();
      return CsvReader.builder()
          .detectBomHeader(true)
          // Told by RowReader, with the line.
          .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
          .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
          .ofNamedCsvRecord(packed ? new GZIPInputStream(bytes) : bytes);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  private static String reasonOf(Exception failure) {
    Throwable cause = failure.getCause() instanceof IOException ? failure.getCause() : failure;
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static boolean isNumber(String text) {
    try {
      Double.parseDouble(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** Its rows in the order of time. */
  public FeatureTable table() {
    return table;
  }

  /** What its columns are for. */
  public CsvColumns columns() {
    return columns;
  }

  /** Columns of texts or of nothing, which are no features. */
  public List<String> leftOut() {
    return leftOut;
  }

  /** One row after the other. */
  private static final class RowReader {

    private final Path file;
    private final CsvColumns columns;
    private final List<String> features;
    private final String amount;

    RowReader(Path file, CsvColumns columns, List<String> features) {
      this.file = file;
      this.columns = columns;
      this.features = features;
      this.amount =
          features.stream()
              .filter(name -> name.toLowerCase(Locale.ROOT).matches("amount|amt|tx_amount"))
              .findFirst()
              .orElse(null);
    }

    Example example(NamedCsvRecord row, long timeWithoutColumnMs) {
      if (row.getFieldCount() != row.getHeader().size()) {
        throw new CsvDataException(
            "%s, line %d: %d fields, the header has %d"
                .formatted(
                    file,
                    row.getStartingLineNumber(),
                    row.getFieldCount(),
                    row.getHeader().size()));
      }
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

    private double number(NamedCsvRecord row, String column) {
      String text = row.getField(column);
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
            "is no number, as in the rows before; --ignore=" + column + " leaves the column out");
      }
      if (Double.isInfinite(number)) {
        throw unusable(row, column, "is no finite number");
      }
      return number;
    }

    private String card(NamedCsvRecord row, String column) {
      String card = row.getField(column).trim();
      if (card.isEmpty()) {
        throw unusable(row, column, "names no card");
      }
      return card;
    }

    private long timeMs(NamedCsvRecord row, String column) {
      try {
        return EventTime.parseMs(row.getField(column), columns.timeUnitMs());
      } catch (IllegalArgumentException e) {
        throw unusable(row, column, e.getMessage());
      }
    }

    private boolean label(NamedCsvRecord row) {
      String text = row.getField(columns.label()).trim().toLowerCase(Locale.ROOT);
      return switch (text) {
        case "1", "1.0", "true" -> true;
        case "0", "0.0", "false" -> false;
        default -> throw unusable(row, columns.label(), "is no label: 0, 1, true or false");
      };
    }

    private CsvDataException unusable(NamedCsvRecord row, String column, String why) {
      return new CsvDataException(
          "%s, line %d, column %s: '%s' %s"
              .formatted(file, row.getStartingLineNumber(), column, row.getField(column), why));
    }
  }
}
