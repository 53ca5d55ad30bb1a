package dev.flagstream.engine.conformance.transcripts;

import java.util.ArrayList;
import java.util.List;

/** What became of all files. Not thread-safe. */
public final class TranscriptSummary {

  private final List<Outcome> outcomes = new ArrayList<>();

  void add(Outcome outcome) {
    outcomes.add(outcome);
  }

  /** How many files came out in this way. */
  public long count(Outcome.Kind kind) {
    return outcomes.stream().filter(outcome -> outcome.kind() == kind).count();
  }

  /** The last line of a run. */
  public String line() {
    return "transcripts: %d same, %d different, %d skipped"
        .formatted(
            count(Outcome.Kind.SAME), count(Outcome.Kind.DIFFERENT), count(Outcome.Kind.SKIPPED));
  }

  /** Every file in one line, then each difference in full. */
  public String report() {
    StringBuilder report = new StringBuilder();
    outcomes.forEach(outcome -> report.append(outcome.line()).append('\n'));
    report.append(line()).append('\n');
    outcomes.stream()
        .filter(outcome -> outcome.kind() == Outcome.Kind.DIFFERENT)
        .forEach(
            outcome -> {
              report.append("\n== ").append(outcome.name()).append('\n');
              outcome.remarks().forEach(remark -> report.append("- ").append(remark).append('\n'));
            });
    return report.toString();
  }
}
