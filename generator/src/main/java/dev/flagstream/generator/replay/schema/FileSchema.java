package dev.flagstream.generator.replay.schema;

import dev.flagstream.generator.replay.csv.CsvFormatException;
import dev.flagstream.generator.replay.csv.CsvHeader;
import dev.flagstream.generator.replay.csv.CsvRow;
import dev.flagstream.generator.replay.csv.CsvRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The columns of a file with the types that its values have. */
public final class FileSchema {

  /** As a number of rows: all there are. */
  public static final long ALL_ROWS = Long.MAX_VALUE;

  private final CsvHeader header;
  private final List<ColumnObservation> observations;
  private final List<StreamColumn> columns;
  private final long rows;

  private FileSchema(
      CsvHeader header,
      List<ColumnObservation> observations,
      Map<String, ColumnType> given,
      long rows) {
    this.header = header;
    this.observations = observations;
    this.rows = rows;
    Map<Integer, ColumnType> givenByIndex = new HashMap<>();
    given.forEach((name, type) -> header.find(name).ifPresent(i -> givenByIndex.put(i, type)));
    List<StreamColumn> found = new ArrayList<>();
    Map<String, String> writtenByName = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      String written = header.names().get(i);
      ColumnType type = givenByIndex.get(i);
      StreamColumn column =
          new StreamColumn(
              SqlName.ofColumn(written), type == null ? observations.get(i).type() : type);
      String other = writtenByName.putIfAbsent(SqlName.onServer(column.name()), written);
      if (other != null) {
        throw new CsvFormatException(
            "the columns %s and %s would both be %s on the server, which has names of its own: rename one"
                .formatted(other, written, column.name()));
      }
      found.add(column);
    }
    this.columns = List.copyOf(found);
  }

  /**
   * Looks at the rows of a file.
   *
   * @param given types that are not to be inferred, by column
   * @param nullTexts field contents that mean NULL
   * @param maxRows how many rows to look at, or {@link #ALL_ROWS}
   * @param stopped asked before each row; ends the look if true
   */
  public static FileSchema infer(
      CsvRows file,
      Map<String, ColumnType> given,
      Set<String> nullTexts,
      long maxRows,
      BooleanSupplier stopped) {
    List<ColumnObservation> observations = new ArrayList<>();
    file.header().names().forEach(name -> observations.add(new ColumnObservation(name)));
    long rows = 0;
    while (rows < maxRows && !stopped.getAsBoolean()) {
      CsvRow row = file.next();
      if (row == null) {
        break;
      }
      rows++;
      for (int i = 0; i < observations.size(); i++) {
        String text = row.fields().get(i).strip();
        if (!text.isEmpty() && !nullTexts.contains(text)) {
          observations.get(i).add(text);
        }
      }
    }
    return new FileSchema(file.header(), observations, given, rows);
  }

  public CsvHeader header() {
    return header;
  }

  /** One for each of the header's names, in its order. */
  public List<StreamColumn> columns() {
    return columns;
  }

  /** The names of columns that are NULL in every row. */
  public Set<String> emptyColumns() {
    Set<String> empty = new HashSet<>();
    for (int i = 0; i < columns.size(); i++) {
      if (observations.get(i).isEmpty()) {
        empty.add(columns.get(i).name());
      }
    }
    return empty;
  }

  /** How many rows were looked at. */
  public long rows() {
    return rows;
  }

  /** Whether most values of a column, by its position, are dates with times. */
  public boolean isDateTime(int index) {
    return observations.get(index).isDateTime();
  }

  /** The mean of the numbers in a column; not a number if there is none. */
  public double meanNumber(int index) {
    return observations.get(index).mean();
  }
}
