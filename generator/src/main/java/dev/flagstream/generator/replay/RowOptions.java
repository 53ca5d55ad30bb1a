package dev.flagstream.generator.replay;

import dev.flagstream.generator.replay.csv.CsvHeader;
import dev.flagstream.generator.replay.layout.KnownLayout;
import dev.flagstream.generator.replay.layout.MappedTransactions;
import dev.flagstream.generator.replay.schema.ColumnType;
import dev.flagstream.generator.replay.schema.SqlName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How the rows of files are to become the rows of a stream.
 *
 * @param stream the stream's name
 * @param topic the topic's name
 * @param key the column that becomes the record's key
 * @param timeColumn the column that tells the event time
 * @param timeUnit the unit of that column; empty if it is to be inferred
 * @param startTime what it counts from, if it does not count from 1970
 * @param label the column that tells frauds and is taken out of the rows
 * @param scenario the column that tells kinds of frauds and is taken out too
 * @param id the column that names a row in the labels' topics
 * @param types of columns whose types are not to be inferred, by column
 */
record RowOptions(
    String stream,
    String topic,
    Optional<String> key,
    Optional<String> timeColumn,
    Optional<TimeColumn.Unit> timeUnit,
    Optional<Instant> startTime,
    Optional<String> label,
    Optional<String> scenario,
    Optional<String> id,
    Map<String, ColumnType> types) {

  RowOptions {
    types = Map.copyOf(types);
  }

  /** What the options say, and for the rest what the layout of the first file suggests. */
  static RowOptions of(ReplayOptions options, CsvHeader header, Optional<KnownLayout> layout) {
    Path first = options.files().get(0);
    String stream =
        options.stream().orElseGet(() -> SqlName.like(MappedTransactions.plainNameOf(first)));
    Map<String, ColumnType> types = new LinkedHashMap<>();
    layout
        .map(KnownLayout::doubleColumns)
        .orElse(List.of())
        .forEach(column -> types.put(column, ColumnType.DOUBLE));
    types.keySet().removeIf(column -> header.find(column).isEmpty());
    types.putAll(options.types());
    Optional<String> label =
        options
            .label()
            .or(() -> layout.map(KnownLayout::labelColumn).filter(has(header)))
            .filter(column -> !column.isEmpty());
    return new RowOptions(
        stream,
        options.topic().orElse(stream),
        options.key(),
        options.timeColumn().or(() -> layout.map(KnownLayout::timeColumn)),
        options
            .timeUnit()
            .or(() -> layout.filter(KnownLayout::countsHours).map(known -> TimeColumn.Unit.H)),
        options.startTime().or(() -> layout.flatMap(KnownLayout::defaultStartTime)),
        label,
        options
            .scenario()
            .or(() -> label.isEmpty() ? Optional.empty() : scenarioOf(layout, header)),
        options.id(),
        types);
  }

  private static Optional<String> scenarioOf(Optional<KnownLayout> layout, CsvHeader header) {
    return layout.flatMap(KnownLayout::scenarioColumn).filter(has(header));
  }

  private static Predicate<String> has(CsvHeader header) {
    return column -> header.find(column).isPresent();
  }
}
