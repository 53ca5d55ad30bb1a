package dev.flagstream.dashboard.cases;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The flagged transactions, a page at a time or all of them. Thread-safe. */
public final class Cases {

  static final int PAGE_SIZE = 50;

  /** How many of the newest that match are put in the order of their risk. */
  private static final int MOST_RANKED = 200_000;

  private static final int CHOICES_FROM = 2_000;
  private static final Bson NEWEST_FIRST = descending("event_time", "_id");

  private final MongoCollection<Document> flagged;

  /** The cases that a database holds. */
  public Cases(MongoDatabase database) {
    this.flagged = database.getCollection(StoreNames.FLAGGED);
  }

  /**
   * A page of cases.
   *
   * @param behind the place that the page before it gave; empty for the first page
   * @return {@code cases}, and {@code next}, the place behind the last one, or null if no more
   *     match
   */
  public Map<String, Object> page(CaseFilter filter, CaseOrder order, Optional<String> behind) {
    List<Document> found =
        switch (order) {
          case NEWEST -> newest(filter, behind.map(Place::inTime));
          case RISKIEST -> riskiest(filter, behind.map(Place::inLoss));
        };
    boolean more = found.size() > PAGE_SIZE;
    List<Document> shown = more ? found.subList(0, PAGE_SIZE) : found;
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("cases", shown.stream().map(Cases::json).toList());
    page.put("first", shown.isEmpty() ? null : Place.behind(shown.get(0), order));
    page.put("next", more ? Place.behind(shown.get(shown.size() - 1), order) : null);
    return page;
  }

  private static Map<String, Object> json(Document transaction) {
    Map<String, Object> json = DocumentJson.of(transaction);
    json.put("expected_loss", ExpectedLoss.of(transaction).toPlainString());
    return json;
  }

  private List<Document> newest(CaseFilter filter, Optional<Place<Instant>> behind) {
    CaseFilter rest =
        behind
            .map(
                place ->
                    filter.with(
                        and(
                            // For the index: the other condition alone would not narrow it.
                            lte("event_time", place.value()),
                            or(lt("event_time", place.value()), lt("_id", place.id())))))
            .orElse(filter);
    return flagged
        .find(rest.query())
        .projection(exclude("features"))
        .sort(NEWEST_FIRST)
        .limit(PAGE_SIZE + 1)
        .into(new ArrayList<>());
  }

  private record Ranked(BigDecimal loss, String id) {}

  /**
   * Sorts here, since no index has what is computed; only a page is in memory, however many match.
   */
  private List<Document> riskiest(CaseFilter filter, Optional<Place<BigDecimal>> behind) {
    Comparator<Ranked> leastFirst = Comparator.comparing(Ranked::loss).thenComparing(Ranked::id);
    PriorityQueue<Ranked> first = new PriorityQueue<>(leastFirst);
    Optional<Ranked> last = behind.map(place -> new Ranked(place.value(), place.id()));
    for (Document each :
        flagged
            .find(filter.query())
            .projection(include("amount", "fraud_probability"))
            .sort(NEWEST_FIRST)
            .limit(MOST_RANKED)
            .batchSize(1_000)) {
      Ranked ranked = new Ranked(ExpectedLoss.of(each), each.getString("_id"));
      if (last.isEmpty() || leastFirst.compare(ranked, last.get()) < 0) {
        first.add(ranked);
        if (first.size() > PAGE_SIZE + 1) {
          first.poll();
        }
      }
    }
    List<Ranked> ids = new ArrayList<>(first);
    ids.sort(leastFirst.reversed());
    return byIds(ids.stream().map(Ranked::id).toList());
  }

  private List<Document> byIds(List<String> ids) {
    Map<String, Document> byId = new HashMap<>();
    flagged
        .find(in("_id", ids))
        .projection(exclude("features"))
        .forEach(each -> byId.put(each.getString("_id"), each));
    return ids.stream().filter(byId::containsKey).map(byId::get).toList();
  }

  /** How many cases that match are newer than a place, that of the first case of a page. */
  public Map<String, Object> newer(CaseFilter filter, String place) {
    Place<Instant> first = Place.inTime(place);
    long newer =
        flagged.countDocuments(
            filter
                .with(
                    and(
                        gte("event_time", first.value()),
                        or(gt("event_time", first.value()), gt("_id", first.id()))))
                .query());
    return Map.of("newer", newer);
  }

  /** All cases that match, newest first; read as they are asked for. */
  FindIterable<Document> all(CaseFilter filter) {
    return flagged
        .find(filter.query())
        .projection(exclude("features"))
        .sort(NEWEST_FIRST)
        .batchSize(500);
  }

  /** What the filters can choose from: the values of the latest cases, and how often each is. */
  public Map<String, Object> choices() {
    Map<String, Integer> rules = new TreeMap<>();
    Map<String, Integer> categories = new TreeMap<>();
    Map<String, Integer> reasons = new TreeMap<>();
    for (Document each :
        flagged
            .find()
            .projection(include("rule_hits", "merchant_category", "reasons.feature"))
            .sort(descending("event_time"))
            .limit(CHOICES_FROM)) {
      each.getList("rule_hits", String.class, List.of()).forEach(rule -> count(rules, rule));
      count(categories, each.getString("merchant_category"));
      each.getList("reasons", Document.class, List.of())
          .forEach(reason -> count(reasons, reason.getString("feature")));
    }
    return Map.of("rules", rules, "categories", categories, "reasons", reasons);
  }

  private static void count(Map<String, Integer> counts, String value) {
    if (value != null) {
      counts.merge(value, 1, Integer::sum);
    }
  }
}
