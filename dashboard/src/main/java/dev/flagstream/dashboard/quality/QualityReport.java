package dev.flagstream.dashboard.quality;

import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.flagstream.client.SqlClient;
import dev.flagstream.dashboard.cases.StoreNames;
import dev.flagstream.dashboard.sql.QueryFollower;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * How good the latest decisions were, as far as labels tell, what was flagged in each hour of the
 * last day, and what has moved. Reports are made when they are asked for, and no more often than
 * every few seconds; while nobody asks, nothing is read. Thread-safe.
 */
public final class QualityReport implements AutoCloseable {

  private static final int DECISIONS = 20_000;
  private static final int SCORE_PARTS = 20;
  private static final long REPORT_AGE_NANOS = Duration.ofSeconds(10).toNanos();
  private static final Bson NEWEST_FIRST = descending("event_time", "_id");
  private static final Map<String, String> FROM_THE_BEGINNING =
      Map.of("ksql.streams.auto.offset.reset", "earliest");

  private final SqlClient sql;
  private final MongoCollection<Document> scored;
  private final Labels labels = new Labels();
  private final FeatureDrift drift;
  private final AlertsByHour alerts;
  private final RejectionCounts rejections = new RejectionCounts();
  private QueryFollower labelFollower;
  private QueryFollower rejectionFollower;
  private Map<String, Object> report;
  private long reportNanos;

  /**
   * Reports on what a store and a server have.
   *
   * @param models folder of the models' bundles, whose training drift is measured from; need not
   *     exist
   */
  public QualityReport(SqlClient sql, MongoDatabase database, Path models) {
    this.sql = sql;
    this.scored = database.getCollection(StoreNames.SCORED);
    this.drift = new FeatureDrift(scored, models);
    this.alerts = new AlertsByHour(database.getCollection(StoreNames.FLAGGED));
  }

  /** A decision, as far as it is judged. */
  private record Decision(boolean flagged, boolean fraud, double score, Instant time) {}

  /**
   * The report of now, or of some seconds ago.
   *
   * @param span the decisions whose drift it tells
   */
  public synchronized Map<String, Object> get(DriftSpan span) {
    follow();
    if (report == null || System.nanoTime() - reportNanos > REPORT_AGE_NANOS) {
      report = make();
      reportNanos = System.nanoTime();
    }
    Map<String, Object> withDrift = new LinkedHashMap<>(report);
    withDrift.put("drift", drift(drift.get(span)));
    return withDrift;
  }

  private void follow() {
    if (labelFollower == null) {
      labelFollower =
          QueryFollower.start(
              sql,
              "SELECT transaction_id, is_fraud, transaction_time FROM fraud_labels EMIT CHANGES;",
              FROM_THE_BEGINNING,
              labels::note);
      rejectionFollower =
          QueryFollower.start(
              sql,
              "SELECT reason, COUNT(*) AS records FROM rejected_transactions GROUP BY reason"
                  + " EMIT CHANGES;",
              FROM_THE_BEGINNING,
              rejections::note);
    }
  }

  private Map<String, Object> make() {
    List<Decision> decisions = decisions();
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("trouble", labelFollower.trouble().orElse(null));
    made.put("labels", labels.frauds());
    made.put("decisions", decisions.size());
    made.put("of", scored.estimatedDocumentCount());
    decisions.stream()
        .map(Decision::time)
        .min(Comparator.naturalOrder())
        .ifPresent(time -> made.put("from", time.toString()));
    decisions.stream()
        .map(Decision::time)
        .max(Comparator.naturalOrder())
        .ifPresent(time -> made.put("to", time.toString()));
    made.put("judgement", Judgement.of(decisions));
    made.put("averagePrecision", orNull(averagePrecision(decisions)));
    made.put("scores", scores(decisions));
    made.put("alerts", alerts.get(labels));
    made.put("rejections", rejections.counts());
    return made;
  }

  private static Map<String, Object> drift(FeatureDrift.Report report) {
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("model", report.model());
    made.put("before", report.before());
    made.put("why", report.why());
    made.put("decisions", report.decisions());
    made.put("from", Objects.toString(report.from(), null));
    made.put("to", Objects.toString(report.to(), null));
    made.put("features", report.features());
    return made;
  }

  private List<Decision> decisions() {
    List<Decision> decisions = new ArrayList<>();
    for (Document each :
        scored
            .find()
            .projection(include("is_fraud", "fraud_score", "event_time"))
            .sort(NEWEST_FIRST)
            .limit(DECISIONS)
            .batchSize(1_000)) {
      String id = each.getString("_id");
      decisions.add(
          new Decision(
              each.getBoolean("is_fraud", false),
              labels.isFraud(id),
              each.get("fraud_score") instanceof Number score ? score.doubleValue() : Double.NaN,
              each.get("event_time") instanceof Date time ? time.toInstant() : Instant.EPOCH));
    }
    return decisions;
  }

  /**
   * Decisions beside labels.
   *
   * @param caught flagged, and reported as a fraud
   * @param falseAlarms flagged, and not reported
   * @param missed cleared, and reported as a fraud
   */
  record Judgement(long caught, long falseAlarms, long missed, Double precision, Double recall) {

    private static Judgement of(List<Decision> decisions) {
      long caught = decisions.stream().filter(each -> each.flagged() && each.fraud()).count();
      long flagged = decisions.stream().filter(Decision::flagged).count();
      long frauds = decisions.stream().filter(Decision::fraud).count();
      return new Judgement(
          caught,
          flagged - caught,
          frauds - caught,
          flagged == 0 ? null : (double) caught / flagged,
          frauds == 0 ? null : (double) caught / frauds);
    }
  }

  private static OptionalDouble averagePrecision(List<Decision> decisions) {
    return AveragePrecision.of(scoresOf(decisions, true), scoresOf(decisions, false));
  }

  private static double[] scoresOf(List<Decision> decisions, boolean frauds) {
    return decisions.stream()
        .filter(each -> each.fraud() == frauds && !Double.isNaN(each.score()))
        .mapToDouble(Decision::score)
        .toArray();
  }

  private static Double orNull(OptionalDouble number) {
    return number.isPresent() ? number.getAsDouble() : null;
  }

  /** How many decisions have a score in each twentieth from 0 to 1, by whether it is a fraud. */
  private static Map<String, long[]> scores(List<Decision> decisions) {
    long[] frauds = new long[SCORE_PARTS];
    long[] others = new long[SCORE_PARTS];
    for (Decision each : decisions) {
      if (!Double.isNaN(each.score())) {
        int part = (int) Math.floor(each.score() * SCORE_PARTS);
        (each.fraud() ? frauds : others)[Math.max(0, Math.min(SCORE_PARTS - 1, part))]++;
      }
    }
    return Map.of("frauds", frauds, "others", others);
  }

  @Override
  public synchronized void close() {
    if (labelFollower != null) {
      labelFollower.close();
      rejectionFollower.close();
    }
  }
}
