package dev.flagstream.engine.scenario;

import dev.flagstream.engine.scenario.RowDifference.Pair;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Shows how rows differ, in columns: {@code -} is missing, {@code +} is unexpected, and carets
 * stand below the values that differ.
 */
final class DifferenceTable {

  private static final String BOTH = "      ";
  private static final String MISSING = "    - ";
  private static final String UNEXPECTED = "    + ";
  private static final String GAP = "  ";

  /** Wider tables leave out columns that agree in all rows. */
  private static final int COMFORTABLE_WIDTH = 120;

  /** What a scenario need not say of a record; shown only where it does. */
  private static final Set<String> ASIDE = Set.of("time", "headers");

  private final List<? extends Pair<? extends Row, ? extends Row>> pairs;
  private final List<String> lines = new ArrayList<>();

  private DifferenceTable(List<? extends Pair<? extends Row, ? extends Row>> pairs) {
    this.pairs = pairs;
  }

  static List<String> show(List<? extends Pair<? extends Row, ? extends Row>> pairs) {
    DifferenceTable table = new DifferenceTable(pairs);
    table.write();
    return table.lines;
  }

  private void write() {
    Set<String> differing = differingColumns();
    List<String> columns = columns();
    List<String> leftOut = new ArrayList<>();
    if (width(columns) > COMFORTABLE_WIDTH && !differing.isEmpty()) {
      for (String column : List.copyOf(columns)) {
        if (!differing.contains(column) && !column.startsWith("key")) {
          columns.remove(column);
          leftOut.add(column);
        }
      }
    }
    if (!columns.equals(List.of(Row.WHOLE))) {
      lines.add(BOTH + padded(columns, columns));
    }
    pairs.forEach(pair -> write(pair, columns));
    if (!leftOut.isEmpty()) {
      lines.add(BOTH + "(agree and are left out: " + String.join(", ", leftOut) + ")");
    }
  }

  private void write(Pair<? extends Row, ? extends Row> pair, List<String> columns) {
    if (pair.agree()) {
      pair.actual().ifPresent(row -> lines.add(BOTH + padded(columns, cells(row, columns))));
      return;
    }
    pair.expected().ifPresent(row -> lines.add(MISSING + padded(columns, cells(row, columns))));
    pair.actual().ifPresent(row -> lines.add(UNEXPECTED + padded(columns, cells(row, columns))));
    boolean inColumns = !columns.equals(List.of(Row.WHOLE));
    if (inColumns && pair.expected().isPresent() && pair.actual().isPresent()) {
      Set<String> differing = differing(pair);
      lines.add(
          BOTH
              + padded(
                  columns,
                  columns.stream()
                      .map(column -> differing.contains(column) ? carets(pair, column) : "")
                      .toList()));
    }
  }

  private static String carets(Pair<? extends Row, ? extends Row> pair, String column) {
    return "^"
        .repeat(
            Math.max(
                1,
                Math.max(
                    cell(pair.expected().orElseThrow(), column).length(),
                    cell(pair.actual().orElseThrow(), column).length())));
  }

  private Set<String> differingColumns() {
    Set<String> differing = new HashSet<>();
    pairs.stream().filter(pair -> !pair.agree()).forEach(pair -> differing.addAll(differing(pair)));
    return differing;
  }

  /** The columns that a pair differs in; all it has, if it is but one row. */
  private static Set<String> differing(Pair<? extends Row, ? extends Row> pair) {
    Map<String, String> expected = pair.expected().map(Row::cells).orElse(Map.of());
    Map<String, String> actual = pair.actual().map(Row::cells).orElse(Map.of());
    Set<String> names = new LinkedHashSet<>(expected.keySet());
    names.addAll(actual.keySet());
    boolean both = pair.expected().isPresent() && pair.actual().isPresent();
    names.removeIf(
        name ->
            both
                && ((ASIDE.contains(name) && !expected.containsKey(name))
                    || Objects.equals(expected.get(name), actual.get(name))));
    return names;
  }

  private List<String> columns() {
    Set<String> expected = new LinkedHashSet<>();
    Set<String> all = new LinkedHashSet<>();
    for (Pair<? extends Row, ? extends Row> pair : pairs) {
      pair.expected().ifPresent(row -> expected.addAll(row.cells().keySet()));
      pair.actual().ifPresent(row -> all.addAll(row.cells().keySet()));
    }
    all.addAll(expected);
    all.removeIf(
        column -> ASIDE.contains(column) && !expected.contains(column) && !expected.isEmpty());
    return new ArrayList<>(all);
  }

  private static List<String> cells(Row row, List<String> columns) {
    return columns.stream().map(column -> cell(row, column)).toList();
  }

  private static String cell(Row row, String column) {
    return row.cells().getOrDefault(column, "");
  }

  private String padded(List<String> columns, List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      String cell = cells.get(i);
      line.append(cell)
          .append(" ".repeat(Math.max(0, width(columns.get(i)) - cell.length())))
          .append(GAP);
    }
    return line.toString().stripTrailing();
  }

  private int width(List<String> columns) {
    return columns.stream().mapToInt(column -> width(column) + GAP.length()).sum();
  }

  private int width(String column) {
    int width = column.length();
    for (Pair<? extends Row, ? extends Row> pair : pairs) {
      width = Math.max(width, pair.expected().map(row -> cell(row, column).length()).orElse(0));
      width = Math.max(width, pair.actual().map(row -> cell(row, column).length()).orElse(0));
    }
    return width;
  }
}
