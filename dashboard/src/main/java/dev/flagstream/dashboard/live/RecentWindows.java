package dev.flagstream.dashboard.live;

import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.client.MongoDatabase;
import dev.flagstream.dashboard.cases.StoreNames;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.types.Decimal128;

/** The newest 10-second windows, added up over the categories that SQL counts them by. */
final class RecentWindows {

  private static final int WINDOWS = 18;

  /** A window has as many documents as categories were flagged in it. */
  private static final int MOST_DOCUMENTS = 400;

  private RecentWindows() {}

  /**
   * A window.
   *
   * @param start its first millisecond
   * @param sum of the amounts, with all digits
   */
  record Window(long start, long transactions, String sum) {}

  private static final class Sums {
    private long transactions;
    private BigDecimal amounts = BigDecimal.ZERO;
  }

  /** The oldest first; those in which nothing was flagged are left out. */
  static List<Window> of(MongoDatabase database) {
    TreeMap<Instant, Sums> byStart = new TreeMap<>();
    for (Document each :
        database
            .getCollection(StoreNames.BY_CATEGORY)
            .find()
            .projection(include("window_start", "transactions", "amount_sum"))
            .sort(descending("window_start"))
            .limit(MOST_DOCUMENTS)) {
      if (each.get("window_start") instanceof Date date) {
        Instant start = date.toInstant();
        if (byStart.size() == WINDOWS && !byStart.containsKey(start)) {
          break;
        }
        add(byStart.computeIfAbsent(start, any -> new Sums()), each);
      }
    }
    List<Window> windows = new ArrayList<>();
    for (Map.Entry<Instant, Sums> each : byStart.entrySet()) {
      Sums sums = each.getValue();
      windows.add(
          new Window(
              each.getKey().toEpochMilli(), sums.transactions, sums.amounts.toPlainString()));
    }
    return windows;
  }

  private static void add(Sums sums, Document window) {
    if (window.get("transactions") instanceof Number transactions) {
      sums.transactions += transactions.longValue();
    }
    if (window.get("amount_sum") instanceof Decimal128 amounts) {
      sums.amounts = sums.amounts.add(amounts.bigDecimalValue());
    }
  }
}
