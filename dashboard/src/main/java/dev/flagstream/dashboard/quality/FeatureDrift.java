package dev.flagstream.dashboard.quality;

import com.mongodb.client.MongoCollection;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.bson.Document;

/**
 * How far the features of decisions are from those that their model learned from, or, where its
 * bundle does not tell, from those of the first decisions in the store. Computed at most once a
 * minute for a span. Thread-safe.
 */
public final class FeatureDrift {

  private static final long AGE_NANOS = Duration.ofMinutes(1).toNanos();

  private final DecisionSample decisions;
  private final Path models;
  private final Map<DriftSpan, Made> latest = new EnumMap<>(DriftSpan.class);

  /**
   * Has computed nothing yet.
   *
   * @param models folder of the models' bundles; need not exist
   */
  public FeatureDrift(MongoCollection<Document> scored, Path models) {
    this.decisions = new DecisionSample(scored);
    this.models = models;
  }

  /** How far a feature has moved, by {@link StabilityIndex}. */
  public record Drift(String feature, double index) {}

  /**
   * What has moved since when.
   *
   * @param model the name and version of the model whose training the decisions are compared with;
   *     {@code null} if it is the first decisions
   * @param before how many rows they are compared with
   * @param why why it is not the model's training, as the end of a sentence; else {@code null}
   * @param decisions how many decisions are compared
   * @param from the earliest of them; {@code null} if there are none, as is {@code to}
   * @param to the latest of them
   * @param features the furthest first
   */
  public record Report(
      String model,
      long before,
      String why,
      int decisions,
      Instant from,
      Instant to,
      List<Drift> features) {}

  private record Made(Report report, long nanos) {}

  /** The report of now, or of up to a minute ago. */
  public synchronized Report get(DriftSpan span) {
    Made made = latest.get(span);
    if (made == null
        || made.report().features().isEmpty()
        || System.nanoTime() - made.nanos() > AGE_NANOS) {
      made = new Made(make(span), System.nanoTime());
      latest.put(span, made);
    }
    return made.report();
  }

  private Report make(DriftSpan span) {
    List<Document> now = decisions.of(span);
    try {
      TrainingValues training = TrainingValues.read(models, modelOf(now));
      return report(now, training.model(), training.rows(), null, training.features());
    } catch (TrainingValues.UnknownException e) {
      List<Document> first = decisions.first();
      Map<String, ValueCounts> before = new TreeMap<>();
      values(first).forEach((feature, values) -> before.put(feature, ValueCounts.of(values)));
      return report(now, null, first.size(), e.getMessage(), before);
    }
  }

  /** The model of the latest decision that a model made. */
  private static String modelOf(List<Document> newestFirst) {
    return newestFirst.stream()
        .map(each -> each.getString("model"))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("no model");
  }

  private static Report report(
      List<Document> now, String model, long rows, String why, Map<String, ValueCounts> before) {
    List<Drift> moved = new ArrayList<>();
    values(now)
        .forEach(
            (feature, values) -> {
              ValueCounts reference = before.get(feature);
              if (reference != null) {
                moved.add(new Drift(feature, StabilityIndex.of(reference, values)));
              }
            });
    moved.sort(Comparator.comparingDouble(Drift::index).reversed());
    List<Instant> times =
        now.stream()
            .map(each -> each.get("event_time"))
            .filter(Date.class::isInstance)
            .map(time -> ((Date) time).toInstant())
            .sorted()
            .toList();
    return new Report(
        model,
        rows,
        why,
        now.size(),
        times.isEmpty() ? null : times.get(0),
        times.isEmpty() ? null : times.get(times.size() - 1),
        List.copyOf(moved));
  }

  /** The values of each feature that the first of the decisions has, NaN where one has none. */
  private static Map<String, double[]> values(List<Document> decisions) {
    List<Document> rows =
        decisions.stream()
            .map(each -> each.get("features"))
            .filter(Document.class::isInstance)
            .map(Document.class::cast)
            .toList();
    Map<String, double[]> byName = new TreeMap<>();
    if (!rows.isEmpty()) {
      for (String name : rows.get(0).keySet()) {
        byName.put(
            name,
            rows.stream()
                .mapToDouble(
                    row ->
                        row.get(name) instanceof Number number ? number.doubleValue() : Double.NaN)
                .toArray());
      }
    }
    return byName;
  }
}
