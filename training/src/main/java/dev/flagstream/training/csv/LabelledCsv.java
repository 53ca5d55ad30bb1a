package dev.flagstream.training.csv;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.flagstream.training.table.Example;
import dev.flagstream.training.table.FeatureTable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Reads a CSV (also {@code .gz}) with a header in UTF-8 whose features are numbers. A column whose
 * first value is no number is left out and told; an empty value is a missing one.
 */
public final class LabelledCsv {

  private static final long NO_TIME_STEP_MS = 1_000;

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
   * @throws IOException if the file cannot be read
   * @throws CsvDataException naming line, column and value that cannot be used
   */
  public static LabelledCsv read(
      Path file, String label, String time, String card, Set<String> ignored) throws IOException {
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(open(file))) {
      Iterator<NamedCsvRecord> rows = csv.iterator();
      if (!rows.hasNext()) {
        throw new CsvDataException(file + " has no rows");
      }
      NamedCsvRecord first = rows.next();
      CsvColumns columns = CsvColumns.in(first.getHeader(), label, time, card, ignored);
      List<String> candidates = first.getHeader().stream().filter(columns::mayBeFeature).toList();
      List<String> features =
          candidates.stream().filter(name -> isNumber(first.getField(name))).toList();
      if (features.isEmpty()) {
        throw new CsvDataException(file + " has no column of numbers beside label, time and card");
      }
      RowReader reader = new RowReader(file, columns, features);
      List<Example> examples = new ArrayList<>();
      examples.add(reader.example(first, 0));
      while (rows.hasNext()) {
        examples.add(reader.example(rows.next(), examples.size() * NO_TIME_STEP_MS));
      }
      examples.sort(Comparator.comparingLong(Example::timeMs));
      List<String> leftOut = new ArrayList<>(candidates);
      leftOut.removeAll(features);
      return new LabelledCsv(file, new FeatureTable(features, examples), columns, leftOut);
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
    return file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
  }

  private static boolean isNumber(String text) {
    if (text.isBlank()) {
      return true;
    }
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

  /** Columns of texts, which are no features. */
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
          columns.card().map(row::getField).orElse(null),
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
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw unusable(row, column, "is no number, as in the rows before");
      }
    }

    private long timeMs(NamedCsvRecord row, String column) {
      try {
        return EventTime.parseMs(row.getField(column));
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
