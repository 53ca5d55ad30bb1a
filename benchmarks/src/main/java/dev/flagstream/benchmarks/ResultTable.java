package dev.flagstream.benchmarks;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The programs side by side, a line a job. */
final class ResultTable {

  private final List<String> programs;
  private final int records;
  private final List<Measurement> measurements;

  ResultTable(List<String> programs, int records, List<Measurement> measurements) {
    this.programs = programs;
    this.records = records;
    this.measurements = measurements;
  }

  private record Line(
      Workload workload,
      String program,
      String coldMicros,
      String micros,
      String range,
      String ratio,
      String perSecond) {}

  /** The table as text: medians of the rounds after the first. */
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
            new Column().header("first round, CPU µs").with(l -> l.coldMicros),
            new Column().header("CPU µs a record").with(l -> l.micros),
            new Column().header("least … most").with(l -> l.range),
            new Column().header("CPU ratio").with(l -> l.ratio),
            new Column().header("records/s").with(l -> l.perSecond)));
  }

  private Line line(Workload workload, String program) {
    List<Double> micros = warm(workload, program, m -> m.cpuMicros(records));
    double median = Measurement.median(micros);
    double reference =
        Measurement.median(
            warm(workload, programs.get(programs.size() - 1), m -> m.cpuMicros(records)));
    return new Line(
        workload,
        program,
        "%.1f".formatted(of(workload, program).get(0).cpuMicros(records)),
        "%.2f".formatted(median),
        "%.2f … %.2f"
            .formatted(
                micros.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                micros.stream().mapToDouble(Double::doubleValue).max().orElseThrow()),
        "%.2f".formatted(median / reference),
        String.format(
            Locale.ROOT,
            "%,.0f",
            Measurement.median(warm(workload, program, m -> m.perSecond(records)))));
  }

  /**
   * All rounds but the first, in which the JVM is still compiling; that one if there is no other.
   */
  private List<Double> warm(
      Workload workload, String program, ToDoubleFunction<Measurement> figure) {
    List<Measurement> all = of(workload, program);
    return all.subList(all.size() > 1 ? 1 : 0, all.size()).stream()
        .map(figure::applyAsDouble)
        .toList();
  }

  private List<Measurement> of(Workload workload, String program) {
    return measurements.stream()
        .filter(m -> m.workload() == workload && m.program().equals(program))
        .toList();
  }
}
