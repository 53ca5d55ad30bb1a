package dev.flagstream.engine.topology.source;

import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.format.ColumnLayout;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.plan.PlanStep.PseudoColumn;
import dev.flagstream.engine.topology.row.RowStages.PseudoSlot;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.Column.Namespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where each part of a record goes in the array that becomes a row's value.
 *
 * <p>The array has a place for each column of the step's schema. If the source has a timestamp
 * column, places follow for that column, unless it is among them, and for the bytes of the value,
 * so that a row without a time can be shown with all its columns.
 *
 * @param timestampSlot the place of the timestamp column; negative if the value has none
 * @param bytesSlot the place of the value's bytes; {@link #NOT_IN_VALUE} if nobody asks for them
 */
public record ReadLayout(
    ColumnLayout columns,
    HeaderColumns headers,
    List<PseudoSlot> pseudoSlots,
    int timestampSlot,
    int bytesSlot) {

  /** The slot of what the row does not hold. */
  static final int NOT_IN_VALUE = -1;

  static ReadLayout of(PlanStep.Read step) {
    Source source = step.source();
    List<String> wanted = step.columns();
    int width = wanted.size();
    List<Column> declared =
        source.schema().value().stream().filter(c -> c.namespace() == Namespace.VALUE).toList();
    List<Integer> slots = new ArrayList<>();
    declared.forEach(column -> slots.add(wanted.indexOf(column.name())));

    Optional<String> timestamp = source.timestamp().map(Source.TimestampColumn::column);
    int timestampIndex = timestamp.map(name -> indexOf(declared, name)).orElse(NOT_IN_VALUE);
    if (timestampIndex != NOT_IN_VALUE && slots.get(timestampIndex) == ColumnLayout.UNUSED) {
      slots.set(timestampIndex, width);
      width++;
    }
    int bytesSlot = timestamp.isPresent() ? width++ : NOT_IN_VALUE;
    return new ReadLayout(
        new ColumnLayout(declared, slots, width),
        HeaderColumns.of(source.schema(), wanted),
        pseudoSlots(source, wanted),
        timestampIndex == NOT_IN_VALUE ? NOT_IN_VALUE : slots.get(timestampIndex),
        bytesSlot);
  }

  private static int indexOf(List<Column> columns, String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    return NOT_IN_VALUE;
  }

  private static List<PseudoSlot> pseudoSlots(Source source, List<String> wanted) {
    List<PseudoSlot> slots = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      String name = wanted.get(i);
      if (source.schema().find(name).isEmpty()) {
        slots.add(new PseudoSlot(PseudoColumn.valueOf(name), i));
      }
    }
    return slots;
  }
}
