package dev.flagstream.dashboard.quality;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.client.MongoCollection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Decisions of a span of time with their features: all of them if they are few, else a sample of
 * bounded size.
 *
 * <p>The first and the latest are found by the index of event time. In between it would give one
 * moment after the other, so the index of cards is used for a sample: a card's token is a keyed
 * hash, so that a place drawn among the tokens is one drawn among the cards, and what a few cards
 * did in the span, or, if that is long, in a day drawn from it, is read there. Thread-safe.
 */
final class DecisionSample {

  /** How many decisions there are at most. */
  static final int MOST = 5_000;

  private static final int AT_ONE_PLACE = 20;
  private static final int PLACES = MOST / AT_ONE_PLACE;

  /** However long they take: fewer would say little of all. */
  private static final int FEWEST_PLACES = 50;

  /** The same places each time, so that two reports on the same decisions agree. */
  private static final long SEED = 20_240_229;

  /**
   * Of a longer span, so much is looked at in one place: few cards have more in it than is read.
   */
  private static final Duration SLICE = Duration.ofDays(1);

  /** In a store of which the span is a small part, places take long; fewer must do then. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Of so many, the one in the middle says what time it is: one may be dated ahead. */
  private static final int CLOCK = 501;

  private static final Bson NEWEST_FIRST = descending("event_time", "_id");
  private static final Bson OLDEST_FIRST = ascending("event_time", "_id");
  private static final Bson COLUMNS = include("features", "model", "event_time", "card_token");

  private final MongoCollection<Document> scored;

  DecisionSample(MongoCollection<Document> scored) {
    this.scored = scored;
  }

  /** The earliest decisions, at most {@link #MOST}. */
  List<Document> first() {
    return inStore(OLDEST_FIRST, MOST);
  }

  /** Decisions of a span, the newest first; at most {@link #MOST}. */
  List<Document> of(DriftSpan span) {
    List<Document> newest = inStore(NEWEST_FIRST, MOST);
    if (span == DriftSpan.LATEST || (newest.size() < MOST && span == DriftSpan.ALL)) {
      return newest;
    }
    Instant to = middle(newest.subList(0, Math.min(CLOCK, newest.size())));
    Instant from =
        span.length().map(to::minus).orElseGet(() -> middle(inStore(OLDEST_FIRST, CLOCK)));
    List<Document> ofSpan =
        new ArrayList<>(newest.stream().filter(each -> !time(each).isBefore(from)).toList());
    if (newest.size() == MOST && ofSpan.size() == MOST) {
      // There may be more of them than the latest.
      ofSpan = drawn(from, to, newest);
    }
    ofSpan.sort(Comparator.comparing(DecisionSample::time).reversed());
    return ofSpan;
  }

  private List<Document> drawn(Instant from, Instant to, List<Document> newest) {
    Random random = new Random(SEED);
    Map<Object, Document> byId = new HashMap<>();
    long begin = System.nanoTime();
    for (int i = 0; i < PLACES; i++) {
      if (i >= FEWEST_PLACES && System.nanoTime() - begin > PATIENCE.toNanos()) {
        break;
      }
      String card = place(newest.get(random.nextInt(newest.size())), random);
      scored
          .find(and(gte("card_token", card), slice(from, to, random)))
          .projection(COLUMNS)
          .sort(ascending("card_token", "event_time"))
          .limit(AT_ONE_PLACE)
          .forEach(each -> byId.put(each.get("_id"), each));
    }
    return new ArrayList<>(byId.values());
  }

  /** A place among the tokens of the key that another decision's token was made with. */
  private static String place(Document decision, Random random) {
    String token = decision.get("card_token") instanceof String text ? text : "";
    String key = token.substring(0, token.lastIndexOf('.') + 1);
    return key + "%08x".formatted(random.nextInt());
  }

  /**
   * All of a span that is short, else a part of it; each moment is as likely in it as any other.
   */
  private static Bson slice(Instant from, Instant to, Random random) {
    Duration length = Duration.between(from, to);
    if (length.compareTo(SLICE) <= 0) {
      return gte("event_time", Date.from(from));
    }
    // From a slice's length before the span on, or its first day would be drawn less often.
    Instant first =
        from.minus(SLICE).plusMillis((long) (random.nextDouble() * length.plus(SLICE).toMillis()));
    return and(
        gte("event_time", Date.from(first.isBefore(from) ? from : first)),
        lt("event_time", Date.from(first.plus(SLICE))));
  }

  private List<Document> inStore(Bson order, int most) {
    return scored
        .find()
        .projection(COLUMNS)
        .sort(order)
        .limit(most)
        .batchSize(500)
        .into(new ArrayList<>());
  }

  private static Instant middle(List<Document> decisions) {
    List<Instant> times = decisions.stream().map(DecisionSample::time).sorted().toList();
    return times.isEmpty() ? Instant.EPOCH : times.get(times.size() / 2);
  }

  private static Instant time(Document decision) {
    return decision.get("event_time") instanceof Date time ? time.toInstant() : Instant.EPOCH;
  }
}
