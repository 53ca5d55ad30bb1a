package dev.flagstream.benchmarks;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.flagstream.benchmarks.workload.Workload;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The programs side by side, a line a job. */
final class ResultTable {

  private final List<String> programs;
  private final String reference;
  private final int records;
  private final List<Measurement> measurements;

  /**
   * A table with a line for each program and job.
   *
   * @param reference the program, one of {@code programs}, to which the others are ratios
   */
  ResultTable(
      List<String> programs, String reference, int records, List<Measurement> measurements) {
    this.programs = programs;
    this.reference = reference;
    this.records = records;
    this.measurements = measurements;
  }

  private record Line(
      Workload workload,
      String program,
      String rounds,
      String micros,
      String ratio,
      String perSecond) {}

  /** The table as text: each round, and medians of those after the warm-up. */
  String print() {
    List<Line> lines = new ArrayList<>();
    for (Workload workload : Workload.values()) {
      for (String program : programs) {
        if (!of(workload, program).isEmpty()) {
          lines.add(line(workload, program));
        }
      }
    }
    return AsciiTable.getTable(
        AsciiTable.NO_BORDERS,
        lines,
        List.of(
            new Column()
                .header("job")
                .dataAlign(HorizontalAlign.LEFT)
                .with(l -> l.workload.toString()),
            new Column().header("program").dataAlign(HorizontalAlign.LEFT).with(l -> l.program),
            new Column().header("each round").dataAlign(HorizontalAlign.LEFT).with(l -> l.rounds),
            new Column().header("CPU µs a record").with(l -> l.micros),
            new Column().header("CPU ratio").with(l -> l.ratio),
            new Column().header("records/s").with(l -> l.perSecond)));
  }

  /** What each job costs the first program, as a ratio to the reference. */
  Map<Workload, Double> ratios() {
    Map<Workload, Double> ratios = new EnumMap<>(Workload.class);
    for (Workload workload : Workload.values()) {
      if (!of(workload, programs.get(0)).isEmpty()) {
        ratios.put(workload, micros(workload, programs.get(0)) / micros(workload, reference));
      }
    }
    return ratios;
  }

  private double micros(Workload workload, String program) {
    return median(workload, program, m -> m.cpuMicros(records));
  }

  private Line line(Workload workload, String program) {
    double micros = micros(workload, program);
    return new Line(
        workload,
        program,
        of(workload, program).stream()
            .map(m -> format("%.1f", m.cpuMicros(records)))
            .collect(Collectors.joining(" ")),
        format("%.2f", micros),
        format("%.2f", micros / micros(workload, reference)),
        format("%,.0f", median(workload, program, m -> m.perSecond(records))));
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }

  /** The median of the rounds after those in which the JVM warms up. */
  private double median(Workload workload, String program, ToDoubleFunction<Measurement> figure) {
    return Median.of(
        of(workload, program).stream().filter(m -> !m.warmUp()).mapToDouble(figure).toArray());
  }

  private List<Measurement> of(Workload workload, String program) {
    return measurements.stream()
        .filter(m -> m.workload() == workload && m.program().equals(program))
        .toList();
  }
}
