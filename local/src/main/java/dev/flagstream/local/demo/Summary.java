package dev.flagstream.local.demo;

import static dev.flagstream.report.PlainText.text;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.flagstream.local.latency.LatencyFigures;
import dev.flagstream.local.quality.Quality;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a run ended. The totals are of everything the topics and the store hold, earlier runs
 * included; that is what the ledger balances.
 *
 * @param startedAt ISO 8601
 * @param generated transactions of this run that the broker acknowledged
 * @param arrived records that this run added to the input topic
 * @param inputRecords records of the input topic
 * @param scored records with a verdict
 * @param rejected records with a reason why they have none
 * @param empty records without a value, which SQL never sees: rejected too
 * @param flaggedExpected flagged transactions, recomputed from the input topic
 * @param flaggedStored documents in the store
 * @param windowsChecked windows of this run that were compared
 * @param deadLetters records that this run sent to a dead-letter topic
 * @param transactionsPerSecond from the first transaction until all were processed
 * @param run when it got where, how far behind it fell, and what it cost
 * @param latency how long transactions took, the first ones of a cold start included unless they
 *     were left out
 * @param quality of this run's verdicts, measured against the generator's truth
 * @param problems what does not balance, naming ids; empty if all is well
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Summary(
    String startedAt,
    double seconds,
    long seed,
    long generated,
    long arrived,
    long inputRecords,
    long scored,
    long rejected,
    long empty,
    long flaggedExpected,
    long flaggedStored,
    long windowsChecked,
    long deadLetters,
    double transactionsPerSecond,
    RunFacts.Figures run,
    LatencyFigures latency,
    Quality.Figures quality,
    List<String> problems) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  Summary {
    problems = List.copyOf(problems);
  }

  /** Whether everything that was generated is accounted for. */
  @JsonProperty
  boolean balanced() {
    return problems.isEmpty();
  }

  void write(Path file) {
    try {
      Files.writeString(file, JSON.writeValueAsString(this) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the summary " + file, e);
    }
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(balanced() ? "Everything is accounted for." : "THE LEDGER DOES NOT BALANCE:");
    problems.forEach(problem -> lines.add("  - " + problem));
    lines.add(
        text("  this run   generated %,d, arrived in the input topic %,d", generated, arrived));
    lines.add(
        text(
            "  in all     input %,d = scored %,d + rejected %,d",
            inputRecords, scored, rejected + empty));
    lines.add(
        text(
            "  flagged    %,d recomputed from the input topic, %,d documents in the store",
            flaggedExpected, flaggedStored));
    lines.add(
        text(
            "  windows    %,d of this run compared; dead letters %,d",
            windowsChecked, deadLetters));
    lines.add(
        text(
            "  speed      %,.0f transactions/s over %.0f s; at most %,d waited for the SQL, none longer"
                + " than %.1f s",
            transactionsPerSecond, seconds, run.mostWaiting(), run.longestWaitSeconds()));
    lines.add(
        text(
            "  start      ready after %s, first decision after %s, first flagged document after %s",
            seconds(run.secondsToReady()),
            seconds(run.secondsToFirstDecision()),
            seconds(run.secondsToFirstFlagged())));
    List<String> stages = latency.lines();
    for (int i = 0; i < stages.size(); i++) {
      lines.add((i == 0 ? "  latency    " : "             ") + stages.get(i));
    }
    lines.add(
        text(
            "  quality    precision %s, recall %s, average precision %s: %,d of %,d frauds flagged, %,d"
                + " honest flagged, %,d reported so far",
            share(quality.precision()),
            share(quality.recall()),
            share(quality.averagePrecision()),
            quality.truePositives(),
            quality.frauds(),
            quality.falsePositives(),
            quality.labels()));
    if (run.mostResidentMemoryMiB() != null) {
      lines.add(
          text(
              "  memory     %,d MiB resident at most, all parts together; %.0f CPU-seconds",
              run.mostResidentMemoryMiB(), run.cpuSeconds()));
    }
    return lines;
  }

  private static String seconds(Double value) {
    return value == null ? "–" : text("%.1f s", value);
  }

  private static String share(Double value) {
    return value == null ? "–" : text("%.3f", value);
  }
}
