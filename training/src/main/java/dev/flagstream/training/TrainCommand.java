package dev.flagstream.training;

import com.github.freva.asciitable.AsciiTable;
import dev.flagstream.client.lake.LakeReader;
import dev.flagstream.generator.feed.DurationText;
import dev.flagstream.generator.option.BrokerOptions;
import dev.flagstream.generator.option.DurationConverter;
import dev.flagstream.generator.progress.StepProgress;
import dev.flagstream.report.WritablePlace;
import dev.flagstream.training.bundle.BundleDifference;
import dev.flagstream.training.bundle.BundleFolder;
import dev.flagstream.training.bundle.BundleManifest;
import dev.flagstream.training.csv.LabelledCsv;
import dev.flagstream.training.h2o.H2oProcess;
import dev.flagstream.training.model.NamedModel;
import dev.flagstream.training.page.TrainingReport;
import dev.flagstream.training.pipeline.PipelineHistory;
import dev.flagstream.training.run.AlertPolicy;
import dev.flagstream.training.run.ModelResult;
import dev.flagstream.training.run.TrainingInput;
import dev.flagstream.training.run.TrainingRun;
import dev.flagstream.training.table.FeatureTable;
import dev.flagstream.training.table.TimeSplit;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains the models and writes bundles and report. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = "Trains forest, logistic, boosting and isolation; writes bundles and a report.")
public final class TrainCommand implements Callable<Integer> {

  private static final double REAL_BUDGET = 100;
  private static final double SIMULATION_BUDGET = 30;

  @Option(
      names = "--data",
      paramLabel = "CSV",
      description =
          "A file with a header and a label column, plain or .gz. Default, without --from-topics"
              + " and --from-lake: a simulation, whose features are computed.")
  private Path data;

  @Option(
      names = "--from-topics",
      description =
          "Learn from what a running pipeline has seen, with all that was reported of it: the"
              + " topics scored_transactions and fraud_labels, verdicts of analysts included.")
  private boolean fromTopics;

  @Option(
      names = "--from-lake",
      paramLabel = "PLACE",
      description =
          "Learn the same from the tables decisions and labels of a lake, such as data/lake or"
              + " s3://bucket/prefix.")
  private String lake;

  @Option(
      names = "--lake-plugin",
      paramLabel = "FOLDER",
      defaultValue = "connect/target/plugins-lake/lake",
      description = "Where DuckDB is, which reads the lake. Default: ${DEFAULT-VALUE}.")
  private Path lakePlugin;

  @Option(
      names = "--lake-cache",
      paramLabel = "FOLDER",
      defaultValue = "data/lake-cache",
      description = "Where files of a lake in an object store are kept. Default: ${DEFAULT-VALUE}.")
  private Path lakeCache;

  @Mixin private BrokerOptions brokers = new BrokerOptions();

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "Column of the label, 0 or 1. Default: a column with a usual name.")
  private String label;

  @Option(
      names = "--time-column",
      paramLabel = "COLUMN",
      description =
          "Column of the event time. Default: a column with a usual name; without one,"
              + " the order of the rows is that of time.")
  private String timeColumn;

  @Option(
      names = "--key",
      paramLabel = "COLUMN",
      description =
          "Column of the card, by which alerts are counted. Default: each row is an"
              + " alert of its own.")
  private String key;

  @Option(
      names = "--ignore",
      split = ",",
      paramLabel = "COLUMN",
      description = "Columns that must not become features.")
  private Set<String> ignored = new TreeSet<>();

  @Option(
      names = "--delay",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "How long it takes until frauds are known; kept free between training,"
              + " validation and test, as in 7d. Default: 7 days, or a twentieth of the data"
              + " where they are shorter than 140 days.")
  private Duration delay;

  @Option(
      names = "--validation-share",
      defaultValue = "0.2",
      description = "Share of the rows. Default: ${DEFAULT-VALUE}.")
  private double validationShare;

  @Option(
      names = "--test-share",
      defaultValue = "0.2",
      description = "Share of the rows, the last ones. Default: ${DEFAULT-VALUE}.")
  private double testShare;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder of the bundles. Default: models, where the pipeline finds its own; with --data"
              + " target/models, as the columns of a file are not the pipeline's features.")
  private Path out;

  @Option(
      names = "--report",
      defaultValue = "target/training-report.html",
      paramLabel = "FILE",
      description = "The report to write. Default: ${DEFAULT-VALUE}.")
  private Path report;

  @Option(
      names = "--models",
      split = ",",
      paramLabel = "NAME",
      description = "Only these of forest, logistic, boosting, isolation.")
  private Set<String> only = new TreeSet<>();

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "Seed of all that is drawn at random. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--threshold-by",
      defaultValue = "budget",
      description = "How the alert threshold is chosen: budget or cost. Default: ${DEFAULT-VALUE}.")
  private AlertPolicy.Basis basis;

  @Option(
      names = "--alerts-per-day",
      paramLabel = "CARDS",
      description =
          "The alert budget, in cards a day. Default: 100; 30 of the simulation, about as many as"
              + " it has compromised cards a day.")
  private Double alertsPerDay;

  @Option(
      names = "--cost-of-alert",
      defaultValue = "5",
      description =
          "What an alert costs, in the currency of the amounts. Default:" + " ${DEFAULT-VALUE}.")
  private double costOfAlert;

  @Option(
      names = "--cost-of-miss",
      defaultValue = "100",
      description =
          "What a missed fraud costs whose amount is not known. Default:" + " ${DEFAULT-VALUE}.")
  private double costOfMiss;

  @Mixin private SimulatedHistoryOptions simulation = new SimulatedHistoryOptions();

  @Mixin private FeatureOptions features = new FeatureOptions();

  @Mixin private H2oOptions h2oOptions = new H2oOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    AlertPolicy policy = new AlertPolicy(basis, budget(), costOfAlert, costOfMiss);
    List<NamedModel> models = chosenModels();
    refuse("--out", WritablePlace.reasonAgainstFolder(bundles()));
    refuse("--report", WritablePlace.reasonAgainstFile(report));
    TrainingRun run = new TrainingRun(input(), policy, seed, Clock.systemUTC());
    List<ModelResult> results = train(run, models);
    new TrainingReport(run, results).write(report);
    tell(results);
    return CommandLine.ExitCode.OK;
  }

  /** What could not be written after an hour is refused before it. */
  private void refuse(String option, Optional<String> reason) {
    if (reason.isPresent()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "%s: %s".formatted(option, reason.get()));
    }
  }

  /** Where the bundles are written. */
  Path bundles() {
    return out != null ? out : Path.of(data == null ? "models" : "target/models");
  }

  private double budget() {
    if (alertsPerDay != null) {
      return alertsPerDay;
    }
    return data == null && !fromTopics && lake == null ? SIMULATION_BUDGET : REAL_BUDGET;
  }

  private List<NamedModel> chosenModels() {
    List<NamedModel> all = NamedModel.defaults();
    List<String> names = all.stream().map(NamedModel::name).toList();
    for (String name : only) {
      if (!names.contains(name)) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "No model " + name + "; there are " + names);
      }
    }
    return all.stream().filter(model -> only.isEmpty() || only.contains(model.name())).toList();
  }

  private TrainingInput input() throws IOException {
    if (Stream.of(fromTopics, lake != null, data != null).filter(given -> given).count() > 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--data, --from-topics and --from-lake are different sources: give one of them");
    }
    if (fromTopics) {
      return historyInput(
          "topics %s and %s".formatted(PipelineHistory.DECISIONS, PipelineHistory.LABELS),
          PipelineHistory.read(brokers.settings()));
    }
    if (lake != null) {
      return historyInput("lake " + lake, lakeHistory());
    }
    return data == null ? simulation.input(features.source(), h2oOptions.work(), seed) : csvInput();
  }

  private PipelineHistory lakeHistory() throws IOException {
    try {
      return PipelineHistory.read(LakeReader.of(lakePlugin, lake, lakeCache));
    } catch (SQLException | IllegalStateException e) {
      throw new IOException("The lake %s cannot be read: %s".formatted(lake, e.getMessage()), e);
    }
  }

  private TrainingInput historyInput(String source, PipelineHistory history) {
    Duration late = delayOf(history.table());
    FeatureTable table = SimulatedHistoryOptions.withoutSizes(history.reportable(late));
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.printf(
        Locale.ROOT,
        "From %s: %,d transactions, of which %,d are left out, since their frauds may not"
            + " be reported yet (%s); %,d frauds are reported, %,d of them of these transactions%n",
        source,
        history.table().size(),
        history.table().size() - table.size(),
        DurationText.of(late),
        history.frauds(),
        table.frauds());
    terminal.flush();
    return new TrainingInput(
        source, table, TimeSplit.byShare(table, validationShare, testShare, late));
  }

  private TrainingInput csvInput() throws IOException {
    LabelledCsv csv = LabelledCsv.read(data, label, timeColumn, key, ignored);
    FeatureTable table = csv.table();
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.printf(
        Locale.ROOT,
        "%s: %,d rows, %,d frauds; label %s, time %s, card %s%n",
        data,
        table.size(),
        table.frauds(),
        csv.columns().label(),
        csv.columns().time().orElse("by the order of the rows"),
        csv.columns().card().orElse("not told"));
    terminal.println("Features: " + String.join(", ", table.features()));
    if (!csv.leftOut().isEmpty()) {
      terminal.println("Left out, since they hold no numbers: " + String.join(", ", csv.leftOut()));
    }
    if (!csv.identifying().isEmpty()) {
      terminal.println(
          "Left out, since they have no name, or whole numbers as long as those of cards: "
              + String.join(", ", csv.identifying()));
    }
    terminal.flush();
    TimeSplit split = TimeSplit.byShare(table, validationShare, testShare, delayOf(table));
    return new TrainingInput(data.getFileName().toString(), table, split);
  }

  private Duration delayOf(FeatureTable table) {
    if (delay != null) {
      return delay;
    }
    long spanMs = table.rows().get(table.size() - 1).timeMs() - table.rows().get(0).timeMs();
    Duration share = Duration.ofMillis(spanMs / 20);
    Duration week = Duration.ofDays(7);
    return share.compareTo(week) < 0 ? share : week;
  }

  private List<ModelResult> train(TrainingRun run, List<NamedModel> models) throws IOException {
    List<ModelResult> results = new ArrayList<>();
    BundleFolder folder = new BundleFolder(bundles());
    try (H2oProcess h2o = h2oOptions.start()) {
      for (NamedModel model : models) {
        try (StepProgress progress = StepProgress.ofShares("training " + model.name())) {
          results.add(run.train(model, h2o, folder, h2oOptions.work(), progress));
        }
      }
    }
    return results;
  }

  private void tell(List<ModelResult> results) {
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.println(
        AsciiTable.getTable(
            AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
            new String[] {"model", "AUC ROC", "avg. precision", "card prec.@100", "alert from"},
            null,
            results.stream().map(TrainCommand::row).toArray(String[][]::new)));
    for (ModelResult result : results) {
      BundleDifference.lines(result.before(), result.bundle()).forEach(terminal::println);
    }
    terminal.println("Bundles are in " + bundles() + ", the report is " + report + ".");
    terminal.println(
        data == null
            ? "Next: open the report; 'make demo' scores with the bundles in models/."
            : "Next: open the report. The bundles take the columns of "
                + data.getFileName()
                + ", which the pipeline's transactions do not have: docs/training.md says how to"
                + " score with them.");
    terminal.flush();
  }

  private static String[] row(ModelResult result) {
    BundleManifest.Metrics metrics = result.manifest().metrics();
    return new String[] {
      result.bundle().nameAndVersion(),
      number(metrics.aucRoc()),
      number(metrics.averagePrecision()),
      metrics.cardPrecisionAt100() == null ? "-" : number(metrics.cardPrecisionAt100()),
      String.format(Locale.ROOT, "%.3g", result.manifest().thresholds().alert())
    };
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
