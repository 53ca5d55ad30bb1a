package dev.flagstream.training.run;

import dev.flagstream.generator.progress.StepProgress;
import dev.flagstream.training.bundle.BundleFolder;
import dev.flagstream.training.bundle.BundleManifest;
import dev.flagstream.training.bundle.FeatureHistograms;
import dev.flagstream.training.calibration.IsotonicCalibration;
import dev.flagstream.training.h2o.H2oProcess;
import dev.flagstream.training.h2o.TrainedModel;
import dev.flagstream.training.metrics.CardDays;
import dev.flagstream.training.metrics.CostCurve;
import dev.flagstream.training.metrics.Ranking;
import dev.flagstream.training.model.NamedModel;
import dev.flagstream.training.table.FeatureTable;
import dev.flagstream.training.table.TimeRange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Trains models on the first part of the history, calibrates on the second, judges on the third,
 * writes bundles.
 */
public final class TrainingRun {

  private static final int CARDS = 100;
  private static final double NANOS_PER_SECOND = 1e9;

  private final TrainingInput input;
  private final AlertPolicy policy;
  private final long seed;
  private final Clock clock;
  private final FeatureTable train;
  private final FeatureTable validation;
  private final FeatureTable test;
  private final FeatureTable canaries;

  /**
   * Trains nothing yet.
   *
   * @param seed of all chance
   * @param clock tells when a model was trained
   */
  public TrainingRun(TrainingInput input, AlertPolicy policy, long seed, Clock clock) {
    this.input = input;
    this.policy = policy;
    this.seed = seed;
    this.clock = clock;
    this.train = input.train();
    this.validation = input.validation();
    this.test = input.test();
    this.canaries = Canaries.from(test, seed);
  }

  /** The rows that the models are judged by. */
  public FeatureTable test() {
    return test;
  }

  /** What it starts from. */
  public TrainingInput input() {
    return input;
  }

  /** How thresholds are chosen. */
  public AlertPolicy policy() {
    return policy;
  }

  /**
   * Trains one model and puts its bundle into the folder.
   *
   * @param work for the MOJO before it moves
   * @throws IOException if files cannot be written or H2O ended
   */
  public ModelResult train(
      NamedModel model, H2oProcess h2o, BundleFolder folder, Path work, StepProgress progress)
      throws IOException {
    // First, so that an unreadable one is reported before there is a model that cannot be kept.
    Optional<BundleFolder.Installed> before = folder.read(model.name());
    long start = System.nanoTime();
    TrainedModel trained =
        h2o.train(
            model.settings(),
            seed,
            train,
            List.of(validation, test, canaries),
            work.resolve(model.name() + ".zip"),
            progress::showShare);
    progress.showShare(1);
    double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
    double[] validationScores = trained.scores().get(0);
    double[] testScores = trained.scores().get(1);
    Optional<IsotonicCalibration> calibration =
        model.settings().supervised()
            ? Optional.of(IsotonicCalibration.fit(validationScores, validation.labels()))
            : Optional.empty();
    FeatureHistograms histograms = FeatureHistograms.of(train.select(trained.features()));
    BundleManifest manifest =
        new BundleManifest(
            BundleManifest.FORMAT,
            model.name(),
            model.settings().algorithm(),
            new BundleManifest.Mojo(BundleFolder.MOJO, BundleFolder.sha256(trained.mojo())),
            trained.features(),
            model.settings().missing(),
            training(),
            rows(input.split().validation(), validation),
            rows(input.split().test(), test),
            metrics(testScores),
            thresholds(validationScores),
            calibration.map(BundleManifest.Calibration::of).orElse(null),
            BundleFolder.describe(histograms),
            Canaries.of(canaries, trained.features(), trained.scores().get(2)));
    return new ModelResult(
        folder.write(manifest, trained.mojo(), histograms),
        before,
        trained.importance(),
        Arrays.stream(testScores).boxed().toList(),
        calibration,
        seconds);
  }

  private BundleManifest.Training training() {
    TimeRange range = input.split().train();
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return new BundleManifest.Training(
        input.description(),
        range.from().toString(),
        range.to().toString(),
        train.size(),
        train.frauds(),
        seed,
        now.toString());
  }

  private static BundleManifest.Rows rows(TimeRange range, FeatureTable table) {
    return new BundleManifest.Rows(
        range.from().toString(), range.to().toString(), table.size(), table.frauds());
  }

  private BundleManifest.Metrics metrics(double[] scores) {
    Ranking ranking = Ranking.of(scores, test.labels());
    return new BundleManifest.Metrics(
        ranking.aucRoc(),
        ranking.averagePrecision(),
        test.hasCards() ? CardDays.of(test.rows(), scores).precisionAt(CARDS) : null);
  }

  private BundleManifest.Thresholds thresholds(double[] scores) {
    FeatureTable alerted = validation.hasCards() ? validation : eachRowACard(validation);
    double byBudget =
        CardDays.of(alerted.rows(), scores)
            .thresholdFor(policy.cardsPerDay(), input.split().validation().days());
    double byCost =
        CostCurve.of(validation.rows(), scores, policy.costOfAlert(), policy.costOfMiss())
            .cheapest()
            .threshold();
    return policy.basis() == AlertPolicy.Basis.BUDGET
        ? new BundleManifest.Thresholds(byBudget, budgetInWords(), byBudget, byCost)
        : new BundleManifest.Thresholds(byCost, costInWords(), byBudget, byCost);
  }

  private String budgetInWords() {
    return String.format(
        Locale.ROOT,
        "alert budget of %s %s a day",
        plain(policy.cardsPerDay()),
        validation.hasCards() ? "cards" : "transactions");
  }

  private String costInWords() {
    return String.format(
        Locale.ROOT, "least cost at %s for looking at an alert", plain(policy.costOfAlert()));
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  /** Where no card is known, every transaction is an alert of its own. */
  private static FeatureTable eachRowACard(FeatureTable table) {
    int[] next = {0};
    return new FeatureTable(
        table.features(),
        table.rows().stream().map(row -> row.with(Integer.toString(next[0]++))).toList());
  }
}
