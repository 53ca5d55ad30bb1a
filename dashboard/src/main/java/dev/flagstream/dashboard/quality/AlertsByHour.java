package dev.flagstream.dashboard.quality;

import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;

/**
 * What was flagged in each hour of the last day, by the version of the model that was asked, beside
 * what was reported of it. Read by the index of event time, and no more often than once a minute;
 * of more than {@value #MOST} flagged transactions only the newest count. Thread-safe.
 */
final class AlertsByHour {

  /** How many flagged transactions are read at most. */
  static final int MOST = 100_000;

  private static final Duration SPAN = Duration.ofDays(1);
  private static final long AGE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final String NO_MODEL = "no model";

  private final MongoCollection<Document> flagged;
  private List<Flagged> latest = List.of();
  private long readNanos;

  AlertsByHour(MongoCollection<Document> flagged) {
    this.flagged = flagged;
  }

  private record Flagged(String id, Instant time, String model) {}

  private record HourAndModel(Instant hour, String model) {}

  /**
   * A version of the model in an hour.
   *
   * @param hour its beginning, as ISO 8601 in UTC
   * @param flagged how many transactions of that time were flagged
   * @param caught how many of them are reported as frauds
   * @param caughtInHour the same by all versions in this hour
   * @param fraudsInHour how many transactions of the hour are reported as frauds, flagged or not
   */
  record Alerts(
      String hour, String model, long flagged, long caught, long caughtInHour, long fraudsInHour) {}

  /** The newest hour first. The flagged are of up to a minute ago, the labels of now. */
  synchronized List<Alerts> get(Labels labels) {
    if (latest.isEmpty() || System.nanoTime() - readNanos > AGE_NANOS) {
      latest = read();
      readNanos = System.nanoTime();
    }
    Map<HourAndModel, List<Flagged>> groups =
        new TreeMap<>(
            Comparator.comparing(HourAndModel::hour).reversed().thenComparing(HourAndModel::model));
    Map<Instant, Long> caughtByHour = new TreeMap<>();
    for (Flagged each : latest) {
      Instant hour = each.time().truncatedTo(ChronoUnit.HOURS);
      groups
          .computeIfAbsent(new HourAndModel(hour, each.model()), any -> new ArrayList<>())
          .add(each);
      caughtByHour.merge(hour, labels.isFraud(each.id()) ? 1L : 0L, Long::sum);
    }
    Map<Instant, Long> frauds = labels.fraudsByHour();
    List<Alerts> alerts = new ArrayList<>();
    groups.forEach(
        (group, all) ->
            alerts.add(
                new Alerts(
                    group.hour().toString(),
                    group.model(),
                    all.size(),
                    all.stream().filter(each -> labels.isFraud(each.id())).count(),
                    caughtByHour.get(group.hour()),
                    frauds.getOrDefault(group.hour(), 0L))));
    return alerts;
  }

  private List<Flagged> read() {
    List<Flagged> read = new ArrayList<>();
    Instant from = null;
    FindIterable<Document> newestFirst =
        flagged
            .find()
            .projection(include("event_time", "model"))
            .sort(descending("event_time", "_id"))
            .limit(MOST)
            .batchSize(1_000);
    for (Document each : newestFirst) {
      if (each.get("event_time") instanceof Date date) {
        Instant time = date.toInstant();
        if (from == null) {
          from = time.minus(SPAN);
        }
        if (time.isBefore(from)) {
          break;
        }
        String model = each.getString("model");
        read.add(new Flagged(each.getString("_id"), time, model == null ? NO_MODEL : model));
      }
    }
    return read;
  }
}
