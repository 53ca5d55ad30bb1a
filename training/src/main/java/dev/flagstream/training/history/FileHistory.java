package dev.flagstream.training.history;

import dev.flagstream.generator.progress.StepProgress;
import dev.flagstream.generator.replay.layout.FraudVerdict;
import dev.flagstream.generator.replay.layout.LabeledTransaction;
import dev.flagstream.generator.replay.layout.MappedTransactions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file of a known layout, with labels, as a history: every fraud is reported after the same
 * delay.
 */
public final class FileHistory {

  private static final String UNTOLD = "fraud";

  private FileHistory() {}

  /**
   * Reads all of it.
   *
   * @param file of a known layout, in the order of time
   * @param reportedAfter how long after a fraud it is reported
   * @throws dev.flagstream.generator.replay.csv.CsvFormatException naming line and reason of a row
   *     that cannot be read
   */
  public static List<LabelledTransaction> read(Path file, Duration reportedAfter) {
    List<LabelledTransaction> history = new ArrayList<>();
    try (MappedTransactions rows = MappedTransactions.open(file);
        StepProgress progress =
            StepProgress.onStandardError(
                "reading " + file.getFileName(), StepProgress.Unit.BYTES, file.toFile().length())) {
      while (rows.hasNext()) {
        history.add(labelled(rows.next(), reportedAfter));
        progress.show(rows.bytesRead());
      }
    }
    return history;
  }

  private static LabelledTransaction labelled(LabeledTransaction row, Duration reportedAfter) {
    FraudVerdict verdict =
        row.verdict()
            .orElseThrow(
                () -> new IllegalArgumentException("The file has no labels to learn from"));
    return new LabelledTransaction(
        row.transaction(),
        verdict.isFraud()
            ? Optional.of(
                new LabelledTransaction.Fraud(
                    verdict.scenario().orElse(UNTOLD),
                    row.transaction().timestampMs() + reportedAfter.toMillis()))
            : Optional.empty());
  }
}
