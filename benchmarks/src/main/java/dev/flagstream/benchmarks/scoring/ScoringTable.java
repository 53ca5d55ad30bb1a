package dev.flagstream.benchmarks.scoring;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import dev.flagstream.benchmarks.Median;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Ours beside the other scorers, a line a model: nanoseconds of CPU time a row, and how many times
 * ours that is. Medians of all iterations of all rounds.
 */
final class ScoringTable {

  private final Map<ScoringCase, List<Double>> nanosByCase = new LinkedHashMap<>();

  /** Adds the averages of one case's iterations, in nanoseconds a row. */
  void add(ScoringCase measured, List<Double> nanos) {
    nanosByCase.computeIfAbsent(measured, unused -> new ArrayList<>()).addAll(nanos);
  }

  String print() {
    List<String> lines = nanosByCase.keySet().stream().map(ScoringCase::line).distinct().toList();
    List<ColumnData<String>> columns = new ArrayList<>();
    columns.add(new Column().header("one row").dataAlign(HorizontalAlign.LEFT).with(line -> line));
    for (String by : ScoringCase.COLUMNS) {
      columns.add(new Column().header(by + " ns").with(line -> nanos(line, by)));
      if (!by.equals(ScoringCase.OURS)) {
        columns.add(new Column().header("× ours").with(line -> ratio(line, by)));
      }
    }
    return AsciiTable.getTable(AsciiTable.NO_BORDERS, lines, columns);
  }

  private String nanos(String line, String by) {
    OptionalDouble median = median(line, by);
    return median.isPresent() ? String.format(Locale.ROOT, "%,.0f", median.getAsDouble()) : "";
  }

  private String ratio(String line, String by) {
    OptionalDouble ours = median(line, ScoringCase.OURS);
    OptionalDouble theirs = median(line, by);
    return ours.isPresent() && theirs.isPresent()
        ? String.format(Locale.ROOT, "%.1f", theirs.getAsDouble() / ours.getAsDouble())
        : "";
  }

  private OptionalDouble median(String line, String by) {
    double[] nanos =
        nanosByCase.entrySet().stream()
            .filter(entry -> entry.getKey().line().equals(line))
            .filter(entry -> entry.getKey().column().equals(by))
            .flatMap(entry -> entry.getValue().stream())
            .mapToDouble(Double::doubleValue)
            .toArray();
    return nanos.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(Median.of(nanos));
  }
}
