package dev.flagstream.training;

import dev.flagstream.generator.feed.LabelDelay;
import dev.flagstream.generator.progress.StepProgress;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.generator.simulation.SimulationParameters;
import dev.flagstream.training.features.FeatureSource;
import dev.flagstream.training.features.TableCache;
import dev.flagstream.training.features.TrainingTable;
import dev.flagstream.training.history.LabelledTransaction;
import dev.flagstream.training.history.SimulatedHistory;
import dev.flagstream.training.run.TrainingInput;
import dev.flagstream.training.table.FeatureTable;
import dev.flagstream.training.table.TimeRange;
import dev.flagstream.training.table.TimeSplit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** History from the generator's simulation, where no CSV is given. */
final class SimulatedHistoryOptions {

  private static final Duration DELAY = FeatureOptions.FEEDBACK_DELAY;
  private static final LabelDelay REPORTS = LabelDelay.parse("7d");

  /**
   * How much passes through a merchant depends on how many cards there are and means nothing in
   * another portfolio; the share of frauds does mean something.
   */
  private static final String DEPENDS_ON_SIZE = "merchant_count_";

  @Option(
      names = "--customers",
      defaultValue = "4000",
      description = "Customers of the simulation. Default: ${DEFAULT-VALUE}.")
  private int customers;

  @Option(
      names = "--merchants",
      defaultValue = "2000",
      description = "Merchants of the simulation. Default: ${DEFAULT-VALUE}.")
  private int merchants;

  @Option(
      names = "--from",
      defaultValue = "2026-01-01T00:00:00Z",
      description = "Where the simulated history begins. Default: ${DEFAULT-VALUE}.")
  private Instant from;

  @Option(
      names = "--train-days",
      defaultValue = "42",
      description =
          "Days to learn from; after them come 7 days of delay, two weeks of"
              + " validation, 7 days of delay and two weeks of test. Default:"
              + " ${DEFAULT-VALUE}.")
  private int trainDays;

  TrainingInput input(FeatureSource features, Path work, long seed) throws IOException {
    TimeSplit split = split();
    TimeRange all = new TimeRange(from, split.test().to());
    Simulation simulation =
        Simulation.of(SimulationParameters.ofCustomers(seed, customers).withMerchants(merchants));
    String description =
        String.format(
            Locale.ROOT,
            "simulation %s: %,d customers, %,d merchants, seed %d, %s",
            simulation.runId(),
            customers,
            merchants,
            seed,
            all);
    String origin = description + " " + features.version();
    TableCache cache = new TableCache(work);
    Optional<FeatureTable> known = cache.find(origin);
    FeatureTable table = known.isPresent() ? known.get() : compute(simulation, all, features, seed);
    if (known.isEmpty()) {
      cache.keep(origin, table);
    }
    return new TrainingInput(description, withoutSizes(table), split);
  }

  /** Without the features that would mislead in another portfolio, or in one that has grown. */
  static FeatureTable withoutSizes(FeatureTable table) {
    return table.select(
        table.features().stream().filter(name -> !name.startsWith(DEPENDS_ON_SIZE)).toList());
  }

  private TimeSplit split() {
    Duration twoWeeks = Duration.ofDays(14);
    TimeRange train = TimeRange.from(from, Duration.ofDays(trainDays));
    TimeRange validation = TimeRange.from(train.to().plus(DELAY), twoWeeks);
    TimeRange test = TimeRange.from(validation.to().plus(DELAY), twoWeeks);
    return new TimeSplit(train, validation, test, DELAY);
  }

  private static FeatureTable compute(
      Simulation simulation, TimeRange all, FeatureSource features, long seed) throws IOException {
    List<LabelledTransaction> history = new ArrayList<>();
    new SimulatedHistory(simulation, all, REPORTS, seed).forEachRemaining(history::add);
    TrainingTable table = new TrainingTable(history, all);
    try (StepProgress progress =
        StepProgress.onStandardError("features", StepProgress.Unit.ROWS, history.size())) {
      features.compute(
          history,
          (row, vector) -> {
            table.accept(row, vector);
            progress.show(row + 1L);
          });
    }
    return table.table();
  }
}
