package dev.flagstream.training.features;

import dev.flagstream.training.batch.FeatureNames;
import dev.flagstream.training.history.LabelledTransaction;
import dev.flagstream.training.table.Example;
import dev.flagstream.training.table.FeatureTable;
import dev.flagstream.training.table.TimeRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects vectors with their labels: the rows of a period, for training. For one thread. */
public final class TrainingTable implements FeatureSource.VectorConsumer {

  private final List<LabelledTransaction> history;
  private final TimeRange wanted;
  private final List<Example> rows = new ArrayList<>();

  /** No card number may reach a table, which may lie on a disk. */
  private final Map<String, String> cards = new HashMap<>();

  /**
   * Has no rows yet.
   *
   * @param history the transactions that the vectors are of
   * @param wanted only vectors of transactions in this range are kept
   */
  public TrainingTable(List<LabelledTransaction> history, TimeRange wanted) {
    this.history = history;
    this.wanted = wanted;
  }

  @Override
  public void accept(int row, double[] vector) {
    LabelledTransaction labelled = history.get(row);
    long timeMs = labelled.transaction().timestampMs();
    if (wanted.contains(timeMs)) {
      rows.add(
          new Example(
              timeMs,
              cards.computeIfAbsent(
                  labelled.transaction().cardNumber(), number -> "card " + (cards.size() + 1)),
              labelled.fraud().isPresent(),
              labelled.fraud().map(LabelledTransaction.Fraud::reportedAtMs).orElse(timeMs),
              labelled.fraud().map(LabelledTransaction.Fraud::scenario).orElse(null),
              labelled.transaction().amount().doubleValue(),
              vector));
    }
  }

  /** What was collected. */
  public FeatureTable table() {
    return new FeatureTable(FeatureNames.ALL, rows);
  }
}
