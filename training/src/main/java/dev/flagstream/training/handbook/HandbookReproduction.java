package dev.flagstream.training.handbook;

import dev.flagstream.generator.progress.StepProgress;
import dev.flagstream.training.batch.FeatureNames;
import dev.flagstream.training.features.FeatureSource;
import dev.flagstream.training.features.TableCache;
import dev.flagstream.training.features.TrainingTable;
import dev.flagstream.training.h2o.H2oProcess;
import dev.flagstream.training.history.LabelledTransaction;
import dev.flagstream.training.table.FeatureTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs the experiment, from histories to tables. For one thread. */
public final class HandbookReproduction {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MICROS_PER_SECOND = 1e6;

  private final FeatureSource features;
  private final Path work;
  private final PrintWriter out;
  private final TableCache cache;

  /**
   * Computes nothing yet.
   *
   * @param features computes them
   * @param work for tables that were computed, and for H2O
   * @param out receives what was done
   */
  public HandbookReproduction(FeatureSource features, Path work, PrintWriter out) {
    this.features = features;
    this.work = work;
    this.out = out;
    this.cache = new TableCache(work);
  }

  /**
   * The rows that the splits need, computed or from an earlier run.
   *
   * @param origin what the history is, in words that differ if it does
   * @param history made only if needed
   */
  public FeatureTable table(String origin, Supplier<List<LabelledTransaction>> history)
      throws IOException {
    Optional<FeatureTable> known = cache.find(keyOf(origin));
    if (known.isPresent()) {
      say("Features of %s: from an earlier run", origin);
      return known.get();
    }
    List<LabelledTransaction> transactions = history.get();
    tellCounts(origin, transactions);
    TrainingTable table = new TrainingTable(transactions, HandbookExperiment.NEEDED);
    timed(origin, transactions, table);
    FeatureTable computed = table.table();
    cache.keep(keyOf(origin), computed);
    return computed;
  }

  /**
   * Every row's features by the source and by another, compared; empty if there is no other, or the
   * rows are known from an earlier run, which compared them.
   *
   * @param origin what the history is, in words that differ if it does
   * @param history made only if needed
   * @param other to compare with, or {@code null}; all its vectors are in memory
   */
  public Optional<FeatureComparison> compareUnlessDone(
      String origin, Supplier<List<LabelledTransaction>> history, FeatureSource other)
      throws IOException {
    if (other == null || cache.find(keyOf(origin)).isPresent()) {
      return Optional.empty();
    }
    List<LabelledTransaction> transactions = history.get();
    tellCounts(origin, transactions);
    double[][] expected = new double[transactions.size()][];
    other.compute(transactions, (row, vector) -> expected[row] = vector);
    FeatureComparison comparison = new FeatureComparison(FeatureNames.ALL);
    TrainingTable table = new TrainingTable(transactions, HandbookExperiment.NEEDED);
    timed(
        origin,
        transactions,
        (row, vector) -> {
          comparison.compare(
              transactions.get(row).transaction().transactionId(), vector, expected[row]);
          table.accept(row, vector);
        });
    say(
        "By %s and by %s: %s",
        features.version(), other.version(), comparison.summary(transactions.size()));
    if (comparison.isEqual()) {
      cache.keep(keyOf(origin), table.table());
    }
    return Optional.of(comparison);
  }

  private String keyOf(String origin) {
    return origin + " " + features.version() + " " + HandbookExperiment.NEEDED;
  }

  private void timed(
      String origin, List<LabelledTransaction> transactions, FeatureSource.VectorConsumer consumer)
      throws IOException {
    long start = System.nanoTime();
    try (StepProgress progress =
        StepProgress.onStandardError("features", StepProgress.Unit.ROWS, transactions.size())) {
      features.compute(
          transactions,
          (row, vector) -> {
            consumer.accept(row, vector);
            progress.show(row + 1L);
          });
    }
    double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
    say(
        "Features of %s by %s: %.0f s, %.0f µs a transaction",
        origin, features.version(), seconds, seconds * MICROS_PER_SECOND / transactions.size());
  }

  private void tellCounts(String origin, List<LabelledTransaction> transactions) {
    long frauds = transactions.stream().filter(each -> each.fraud().isPresent()).count();
    say("%s: %,d transactions, %,d frauds", origin, transactions.size(), frauds);
  }

  /**
   * Trains every model on every split.
   *
   * @param title of the data
   * @param seeds one training each
   */
  public List<List<HandbookExperiment.Outcome>> train(
      String title, FeatureTable table, List<Long> seeds, H2oProcess h2o) throws IOException {
    List<List<HandbookExperiment.Outcome>> runs = new ArrayList<>();
    for (long seed : seeds) {
      runs.add(
          new HandbookExperiment(table, h2o, work, seed).run(title + ", training seed " + seed));
      say("%s, training seed %d:", title, seed);
      print(List.of(runs.get(runs.size() - 1)));
    }
    return runs;
  }

  /** Prints the table of means and deviations over runs. */
  public void print(List<List<HandbookExperiment.Outcome>> runs) {
    out.println(new HandbookTable(runs).print());
    out.flush();
  }

  /** Prints which aims are met, and returns whether all are. */
  public boolean judge(List<List<HandbookExperiment.Outcome>> runs) {
    List<String> aims = new HandbookTable(runs).aims();
    aims.forEach(out::println);
    out.flush();
    return aims.stream().allMatch(aim -> aim.startsWith("met"));
  }

  private void say(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
    out.flush();
  }
}
