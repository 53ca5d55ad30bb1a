package dev.flagstream.engine.planner.query;

import dev.flagstream.engine.plan.PlanStep.PseudoColumn;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.RowSchema;
import dev.flagstream.engine.type.SqlType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The columns every row has besides its own: when and where it was read, and its window. */
public final class PseudoColumns {

  private static final List<PseudoColumn> OF_EVERY_SOURCE =
      List.of(PseudoColumn.ROWTIME, PseudoColumn.ROWPARTITION, PseudoColumn.ROWOFFSET);
  private static final List<PseudoColumn> OF_WINDOWS =
      List.of(PseudoColumn.WINDOWSTART, PseudoColumn.WINDOWEND);

  private PseudoColumns() {}

  static Optional<PseudoColumn> named(String name) {
    return Arrays.stream(PseudoColumn.values()).filter(p -> p.name().equals(name)).findFirst();
  }

  /** Whether the name cannot be that of a column. */
  public static boolean isReserved(String name) {
    return named(name).isPresent();
  }

  static boolean isWindowBound(String name) {
    return named(name).filter(OF_WINDOWS::contains).isPresent();
  }

  static List<PseudoColumn> of(boolean windowed) {
    return windowed
        ? Stream.concat(OF_EVERY_SOURCE.stream(), OF_WINDOWS.stream()).toList()
        : OF_EVERY_SOURCE;
  }

  /**
   * The columns of a row in a query as ksqlDB lists them: key, values, and what it adds to both.
   */
  static String schemaText(RowSchema schema) {
    Set<String> keys = schema.key().stream().map(Column::name).collect(Collectors.toSet());
    Stream<String> own =
        schema.value().stream()
            .filter(column -> named(column.name()).isEmpty() && !keys.contains(column.name()))
            .map(Column::toString);
    Stream<String> added = OF_EVERY_SOURCE.stream().map(p -> "`" + p + "` " + type(p));
    Stream<String> copies = schema.key().stream().map(key -> "`" + key.name() + "` " + key.type());
    return Stream.of(schema.key().stream().map(Column::toString), own, added, copies)
        .flatMap(parts -> parts)
        .collect(Collectors.joining(", "));
  }

  static SqlType type(PseudoColumn column) {
    return column == PseudoColumn.ROWPARTITION ? SqlType.INTEGER : SqlType.BIGINT;
  }
}
