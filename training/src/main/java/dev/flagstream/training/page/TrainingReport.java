package dev.flagstream.training.page;

import dev.flagstream.report.Chart;
import dev.flagstream.report.Chart.Axis;
import dev.flagstream.report.Figure;
import dev.flagstream.report.HtmlReport;
import dev.flagstream.report.Table;
import dev.flagstream.training.bundle.BundleManifest;
import dev.flagstream.training.metrics.CardDays;
import dev.flagstream.training.metrics.CostCurve;
import dev.flagstream.training.metrics.Ranking;
import dev.flagstream.training.metrics.ScenarioRecall;
import dev.flagstream.training.run.ModelResult;
import dev.flagstream.training.run.TrainingRun;
import dev.flagstream.training.table.FeatureTable;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a training came to, on one page. All curves are of the test rows, which no model and no
 * threshold has seen.
 */
public final class TrainingReport {

  private static final int MOST_IMPORTANT = 15;
  private static final int AROUND_BARS_PX = 120;
  private static final int BAR_PX = 16;
  private static final int[] CARDS = {20, 50, 100, 200};

  private final TrainingRun run;
  private final FeatureTable test;
  private final List<ModelResult> models;

  /** The report of a finished run. */
  public TrainingReport(TrainingRun run, List<ModelResult> models) {
    this.run = run;
    this.test = run.test();
    this.models = List.copyOf(models);
  }

  /** Writes the page. */
  public void write(Path file) {
    HtmlReport page = HtmlReport.titled("Training report");
    page.text(
        "Data: "
            + run.input().description()
            + ". Each part of the history comes later than the one before; the delay between them is "
            + days(run.input().split().delay())
            + ", the time until frauds are known. Curves and tables are of the test rows.");
    page.table("The history", parts());
    page.table("The models on the test rows", summary());
    page.section("What the order of the scores is worth");
    page.figures(List.of(roc(), precisionRecall()));
    page.section("What an alert finds");
    page.table("At each model's alert threshold", alerts());
    page.figure(scenarios());
    if (test.hasCards()) {
      page.table(
          "Share of compromised cards among the k cards with the highest scores of a day", cards());
    }
    page.section("What it costs");
    page.text(
        "A missed fraud costs its amount"
            + (hasAmounts() ? "" : " (not known here: " + plain(run.policy().costOfMiss()) + ")")
            + ", looking at an alert "
            + plain(run.policy().costOfAlert())
            + ".");
    page.figure(cost());
    page.section("Probabilities");
    page.text(
        "Fitted on the validation rows; shown on the test rows: what was predicted, and what happened.");
    page.figure(calibration());
    page.section("Features");
    models.stream()
        .filter(model -> !model.importance().isEmpty())
        .forEach(model -> page.figure(importance(model)));
    page.write(file);
  }

  private Table parts() {
    BundleManifest any = models.get(0).manifest();
    BundleManifest.Training train = any.training();
    return new Table(
        List.of("part", "from", "to (exclusive)", "transactions", "frauds", "share"),
        List.of(
            part("training", train.from(), train.to(), train.rows(), train.frauds()),
            part("validation", any.validation()),
            part("test", any.test())));
  }

  private static List<String> part(String name, BundleManifest.Rows rows) {
    return part(name, rows.from(), rows.to(), rows.rows(), rows.frauds());
  }

  private static List<String> part(String name, String from, String to, int rows, int frauds) {
    return List.of(name, from, to, count(rows), count(frauds), percent((double) frauds / rows));
  }

  private Table summary() {
    List<List<String>> rows = new ArrayList<>();
    for (ModelResult model : models) {
      BundleManifest.Metrics metrics = model.manifest().metrics();
      rows.add(
          List.of(
              model.bundle().nameAndVersion(),
              model.manifest().algorithm(),
              number(metrics.aucRoc()),
              number(metrics.averagePrecision()),
              metrics.cardPrecisionAt100() == null ? "-" : number(metrics.cardPrecisionAt100()),
              model
                  .before()
                  .map(old -> number(old.manifest().metrics().averagePrecision()))
                  .orElse("-"),
              String.format(Locale.ROOT, "%.0f s", model.trainingSeconds())));
    }
    return new Table(
        List.of(
            "model",
            "algorithm",
            "AUC ROC",
            "average precision",
            "card precision@100",
            "average precision before",
            "training"),
        rows);
  }

  private Figure roc() {
    Chart chart = Chart.of(Axis.number("false positive rate", 0, 1), Axis.number("recall", 0, 1));
    for (ModelResult model : models) {
      List<Ranking.Point> points =
          Curve.visible(
              ranking(model).points(), Ranking.Point::falsePositiveRate, Ranking.Point::recall);
      chart.line(
          model.name(),
          Curve.values(points, Ranking.Point::falsePositiveRate),
          Curve.values(points, Ranking.Point::recall));
    }
    return chart
        .reference("chance", new double[] {0, 1}, new double[] {0, 1})
        .figure("ROC: the further to the upper left, the better.");
  }

  private Figure precisionRecall() {
    Chart chart = Chart.of(Axis.number("recall", 0, 1), Axis.number("precision", 0, 1));
    for (ModelResult model : models) {
      List<Ranking.Point> points =
          Curve.visible(ranking(model).points(), Ranking.Point::recall, Ranking.Point::precision);
      chart.line(
          model.name(),
          Curve.values(points, Ranking.Point::recall),
          Curve.values(points, Ranking.Point::precision));
    }
    double share = (double) test.frauds() / test.size();
    return chart
        .reference("chance", new double[] {0, 1}, new double[] {share, share})
        .figure(
            "Precision and recall: what share of the alerts is right, as more frauds are found.");
  }

  private Table alerts() {
    List<List<String>> rows = new ArrayList<>();
    for (ModelResult model : models) {
      BundleManifest.Thresholds thresholds = model.manifest().thresholds();
      Alerts alerts = Alerts.at(thresholds.alert(), model.scores(), test.labels());
      rows.add(
          List.of(
              model.name(),
              number(thresholds.alert()),
              thresholds.basis(),
              count(alerts.alerts()),
              test.hasCards()
                  ? number(
                      CardDays.of(test.rows(), model.scores())
                          .alertsPerDay(thresholds.alert(), run.input().split().test().days()))
                  : "-",
              alerts.alerts() == 0 ? "-" : percent(alerts.precision()),
              percent(alerts.recall())));
    }
    return new Table(
        List.of(
            "model",
            "threshold",
            "chosen by",
            "transactions alerted",
            "cards a day",
            "precision",
            "recall"),
        rows);
  }

  private Figure scenarios() {
    List<ScenarioRecall> any = recalls(models.get(0));
    Chart chart =
        Chart.of(
                Axis.number("recall", 0, 1),
                Axis.categories(
                    "",
                    any.stream().map(s -> s.scenario() + " (" + count(s.frauds()) + ")").toList()))
            .heightPx(AROUND_BARS_PX + any.size() * models.size() * BAR_PX);
    for (ModelResult model : models) {
      chart.bars(
          model.name(), recalls(model).stream().mapToDouble(ScenarioRecall::recall).toArray());
    }
    return chart.figure("Share of the frauds found at the alert threshold, by kind of fraud.");
  }

  private List<ScenarioRecall> recalls(ModelResult model) {
    return ScenarioRecall.of(test.rows(), model.scores(), model.manifest().thresholds().alert());
  }

  private Table cards() {
    List<String> header = new ArrayList<>(List.of("model"));
    for (int k : CARDS) {
      header.add("k = " + k);
    }
    List<List<String>> rows = new ArrayList<>();
    for (ModelResult model : models) {
      CardDays days = CardDays.of(test.rows(), model.scores());
      List<String> row = new ArrayList<>(List.of(model.name()));
      for (int k : CARDS) {
        row.add(number(days.precisionAt(k)));
      }
      rows.add(row);
    }
    return new Table(header, rows);
  }

  private boolean hasAmounts() {
    return test.rows().stream().noneMatch(row -> Double.isNaN(row.amount()));
  }

  private Figure cost() {
    Chart chart = Chart.of(Axis.logarithmic("transactions alerted"), Axis.number("cost"));
    for (ModelResult model : models) {
      List<CostCurve.Point> points =
          CostCurve.of(
                  test.rows(),
                  model.scores(),
                  run.policy().costOfAlert(),
                  run.policy().costOfMiss())
              .points();
      List<CostCurve.Point> alerting = points.subList(1, points.size());
      List<CostCurve.Point> visible =
          Curve.visible(
              alerting, point -> Math.log((double) point.alerts()), CostCurve.Point::cost);
      chart.line(
          model.name(),
          Curve.values(visible, point -> (double) point.alerts()),
          Curve.values(visible, CostCurve.Point::cost));
    }
    return chart.figure(
        "Missed frauds and alerts together, as the threshold falls and more is alerted.");
  }

  private Figure calibration() {
    Chart chart =
        Chart.of(Axis.number("probability said", 0, 1), Axis.number("share of frauds", 0, 1));
    for (ModelResult model : models) {
      model
          .calibration()
          .ifPresent(
              calibration -> {
                List<Reliability> groups =
                    Reliability.of(calibration, model.scores(), test.labels());
                chart.line(
                    model.name(),
                    Curve.values(groups, Reliability::predicted),
                    Curve.values(groups, Reliability::observed));
              });
    }
    return chart
        .reference("as said", new double[] {0, 1}, new double[] {0, 1})
        .figure(
            "Calibration: on the dashed line, 30 % of what is predicted as 30 % fraud is fraud.");
  }

  private static Figure importance(ModelResult model) {
    List<Map.Entry<String, Double>> most =
        new ArrayList<>(model.importance().entrySet().stream().limit(MOST_IMPORTANT).toList());
    Collections.reverse(most);
    return Chart.of(
            Axis.number("share"),
            Axis.categories("", most.stream().map(Map.Entry::getKey).toList()))
        .bars(model.name(), most.stream().mapToDouble(Map.Entry::getValue).toArray())
        .figure(
            "What moves "
                + model.name()
                + (model.manifest().algorithm().equals("glm")
                    ? ": the coefficients of the standardized features, without their signs."
                    : ": how much the splits at each feature separate."));
  }

  private Ranking ranking(ModelResult model) {
    return Ranking.of(model.scores(), test.labels());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%,.0f" : "%.3f", value);
  }

  /** As short as it can be said: 5 or 0.25. */
  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private static String days(Duration duration) {
    return plain((double) duration.toMillis() / Duration.ofDays(1).toMillis()) + " days";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", share * 100);
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** What a threshold alerts. */
  private record Alerts(int alerts, int found, int frauds) {

    static Alerts at(double threshold, double[] scores, boolean[] labels) {
      int alerts = 0;
      int found = 0;
      int frauds = 0;
      for (int i = 0; i < scores.length; i++) {
        frauds += labels[i] ? 1 : 0;
        if (scores[i] >= threshold) {
          alerts++;
          found += labels[i] ? 1 : 0;
        }
      }
      return new Alerts(alerts, found, frauds);
    }

    double precision() {
      return (double) found / alerts;
    }

    double recall() {
      return (double) found / frauds;
    }
  }
}
