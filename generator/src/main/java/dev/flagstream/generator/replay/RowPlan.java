package dev.flagstream.generator.replay;

import dev.flagstream.generator.replay.csv.CsvFormatException;
import dev.flagstream.generator.replay.csv.CsvHeader;
import dev.flagstream.generator.replay.layout.MappedTransactions;
import dev.flagstream.generator.replay.schema.ColumnType;
import dev.flagstream.generator.replay.schema.FileSchema;
import dev.flagstream.generator.replay.schema.KeyWriter;
import dev.flagstream.generator.replay.schema.StreamColumn;
import dev.flagstream.generator.replay.schema.StreamDefinition;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What each column of a file is for, and the stream that the file alone would make.
 *
 * @param idPrefix begins the ids of rows if no column of the file names them; empty if one does
 */
record RowPlan(
    Path file,
    FileSchema schema,
    StreamDefinition definition,
    int keyIndex,
    int timeIndex,
    int labelIndex,
    int scenarioIndex,
    int idIndex,
    Optional<TimeColumn> eventTime,
    Optional<String> idPrefix) {

  /** As an index: no column has that part. */
  static final int NONE = -1;

  /** The column that is added where labels need to name rows and no column does. */
  static final String ROW_ID = "row_id";

  /** Columns that are taken for a row's id if none is given. */
  private static final List<String> USUAL_IDS = List.of("transaction_id", "trans_num", ROW_ID);

  /** Whether a column, by its position, is part of the record's value. */
  boolean isInRow(int index) {
    return index != keyIndex && index != labelIndex && index != scenarioIndex;
  }

  /**
   * Decides by the options and by what the values look like.
   *
   * @throws CsvFormatException if a column that the options name is not there, or cannot be what
   *     they say
   */
  static RowPlan of(Path file, FileSchema schema, RowOptions options) {
    CsvHeader header = schema.header();
    int key = indexOf(options.key(), "--key", file, header);
    int time = indexOf(options.timeColumn(), "--time-column", file, header);
    int label = indexOf(options.label(), "--label", file, header);
    int scenario = indexOf(options.scenario(), "--scenario", file, header);
    int id = label == NONE ? NONE : idIndex(options, file, header);
    if (scenario != NONE && label == NONE) {
      throw new CsvFormatException("--scenario needs --label: only frauds have one");
    }
    if (Stream.of(label, scenario).anyMatch(i -> i != NONE && List.of(key, time, id).contains(i))) {
      throw new CsvFormatException(
          "the label, column "
              + options.label().get()
              + ", or the scenario, is also key, time or id: they are taken out of the rows");
    }
    if (label != NONE && time == NONE) {
      throw new CsvFormatException(
          "--label needs --time-column: a label tells when its transaction was");
    }
    Optional<TimeColumn> eventTime =
        time == NONE ? Optional.empty() : Optional.of(eventTime(file, schema, time, options));
    Optional<String> idPrefix =
        label != NONE && id == NONE
            ? Optional.of(MappedTransactions.plainNameOf(file) + "-")
            : Optional.empty();
    return new RowPlan(
        file,
        schema,
        definition(
            schema,
            options,
            key,
            time,
            new HashSet<>(List.of(label, scenario)),
            eventTime,
            idPrefix.isPresent()),
        key,
        time,
        label,
        scenario,
        id,
        eventTime,
        idPrefix);
  }

  private static StreamDefinition definition(
      FileSchema schema,
      RowOptions options,
      int key,
      int time,
      Set<Integer> takenOut,
      Optional<TimeColumn> eventTime,
      boolean addsId) {
    List<StreamColumn> columns = new ArrayList<>();
    if (addsId) {
      columns.add(new StreamColumn(ROW_ID, ColumnType.VARCHAR));
    }
    for (int i = 0; i < schema.columns().size(); i++) {
      if (i != key && !takenOut.contains(i)) {
        columns.add(schema.columns().get(i));
      }
    }
    Optional<StreamColumn> keyColumn =
        key == NONE ? Optional.empty() : Optional.of(keyColumn(schema.columns().get(key)));
    boolean serverCanRead = time != NONE && time != key && canRead(schema, time, eventTime);
    return new StreamDefinition(
        options.stream(),
        options.topic(),
        keyColumn,
        columns,
        serverCanRead ? Optional.of(schema.columns().get(time).name()) : Optional.empty());
  }

  private static StreamColumn keyColumn(StreamColumn column) {
    return new StreamColumn(column.name(), KeyWriter.typeFor(column.type()));
  }

  /** Whether the column itself means the event time to the server too. */
  private static boolean canRead(FileSchema schema, int time, Optional<TimeColumn> eventTime) {
    return switch (schema.columns().get(time).type().kind()) {
      case TIMESTAMP -> true;
      case BIGINT -> eventTime.map(TimeColumn::isEpochMs).orElse(false);
      case BOOLEAN, INTEGER, DECIMAL, DOUBLE, VARCHAR -> false;
    };
  }

  private static TimeColumn eventTime(Path file, FileSchema schema, int time, RowOptions options) {
    String column = schema.header().names().get(time);
    boolean date =
        schema.isDateTime(time) || schema.columns().get(time).type().equals(ColumnType.VARCHAR);
    if (date && options.timeUnit().isEmpty()) {
      return TimeColumn.ofText(column);
    }
    TimeColumn.Unit unit =
        options.timeUnit().orElseGet(() -> TimeColumn.Unit.guess(schema.meanNumber(time)));
    if (!unit.sinceEpoch() && options.startTime().isEmpty()) {
      throw new CsvFormatException(
          "column %s of %s counts from a start that the file does not tell: give --start-time, such as 2013-09-01T00:00:00Z, and --time-unit if it does not count seconds"
              .formatted(column, file));
    }
    return TimeColumn.ofNumbers(column, unit, options.startTime().orElse(Instant.EPOCH));
  }

  private static int idIndex(RowOptions options, Path file, CsvHeader header) {
    if (options.id().isPresent()) {
      return indexOf(options.id(), "--id", file, header);
    }
    return USUAL_IDS.stream()
        .map(header::find)
        .filter(index -> index.isPresent())
        .findFirst()
        .map(index -> index.getAsInt())
        .orElse(NONE);
  }

  private static int indexOf(Optional<String> column, String option, Path file, CsvHeader header) {
    if (column.isEmpty()) {
      return NONE;
    }
    return header
        .find(column.get())
        .orElseThrow(
            () ->
                new CsvFormatException(
                    String.format(
                        Locale.ROOT,
                        "%s names column %s, which %s does not have; its columns are %s",
                        option,
                        column.get(),
                        file,
                        header)));
  }
}
