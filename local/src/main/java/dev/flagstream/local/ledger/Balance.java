package dev.flagstream.local.ledger;

import com.mongodb.client.MongoDatabase;
import dev.flagstream.client.lake.LakeReader;
import dev.flagstream.local.flow.TopicReader;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.sqlstore.SqlStoreClient;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The books of the pipeline: what came in, what became of it, and what differs from that.
 *
 * <p>It is about the records of the input topic before a cut, so that it can be struck while
 * traffic flows. Its memory grows with the number of transactions as {@link Expectation} says, not
 * with their size.
 *
 * @param in records of the input topic before the cut
 * @param later records that came in since, which it is not about
 * @param flagged records of them that SQL flagged
 * @param cleared records of them that SQL scored and did not flag
 * @param rejected records of them that were rejected, by reason; including those that SQL itself
 *     could not process, with the query that failed
 * @param decisionsStored decisions of them in MongoDB
 * @param flaggedStored flagged transactions of them in MongoDB
 * @param windowsCompared windows that were compared to the cent
 * @param windowsLeftOpen windows that could not be, because late, irregular or later transactions
 *     may be in them
 * @param alerts flagged records that people are told of by an alert
 * @param counted flagged records that only their incident counts
 * @param missing what is neither scored nor rejected, or not in MongoDB; by what it is
 * @param duplicated what is there more often than it came in
 * @param different what is not as the independent recomputation has it
 * @param windows windows that are missing or differ
 * @param deadLetters records that sinks could not store
 * @param erased transactions of which nothing may be in MongoDB, because a person asked for it
 * @param decidedAgain transactions that were decided although their ids had been, for a reason that
 *     is one of the stated limits: no difference
 * @param repetitions what happened to the first that were decided again, a sentence each
 * @param rows what was found about the rows of a SQL store
 * @param lake what was found about the Parquet files of a lake
 */
public record Balance(
    long in,
    long later,
    long flagged,
    long cleared,
    SortedMap<String, Long> rejected,
    long decisionsStored,
    long flaggedStored,
    long windowsCompared,
    long windowsLeftOpen,
    boolean alertsChecked,
    long alerts,
    long counted,
    List<Difference> missing,
    List<Difference> duplicated,
    List<Difference> different,
    Ids windows,
    long deadLetters,
    long erased,
    long decidedAgain,
    List<String> repetitions,
    Findings.Rows rows,
    Findings.Lake lake) {

  /**
   * One kind of difference.
   *
   * @param what in words
   */
  public record Difference(String what, Ids ids) {}

  /** Where the input topic ends now: what a balance may be about. */
  public static Map<Integer, Long> cutNow(StackSettings settings) {
    return new TopicReader(settings.kafka()).ends(Environment.INPUT_TOPIC);
  }

  /**
   * Reads topics and store and compares, once; what is still on its way is missing then.
   *
   * @param cut the offset after the last record that it is about, by partition
   * @param windowsFromMs windows that begin before are not compared
   * @param progress receives how far it has got
   */
  public static Balance strike(
      StackSettings settings,
      MongoDatabase store,
      Map<Integer, Long> cut,
      long windowsFromMs,
      ReadingProgress progress) {
    return strike(
        settings, cut, windowsFromMs, progress, (ledger, dead) -> ledger.check(store, dead));
  }

  /**
   * As above, with the stores beside MongoDB.
   *
   * @param rows the SQL store, if there is one
   * @param lake the lake, if there is one
   * @throws SQLException if one does not answer
   */
  public static Balance strike(
      StackSettings settings,
      MongoDatabase store,
      Optional<SqlStoreClient> rows,
      Optional<LakeReader> lake,
      Map<Integer, Long> cut,
      long windowsFromMs,
      ReadingProgress progress)
      throws SQLException {
    return strike(
        settings,
        cut,
        windowsFromMs,
        progress,
        (ledger, dead) -> {
          Findings findings = ledger.check(store, dead);
          if (rows.isPresent()) {
            findings = ledger.checkRows(store, rows.get(), findings);
          }
          return lake.isPresent()
              ? ledger.checkLake(store, lake.get(), settings.kafka(), findings)
              : findings;
        });
  }

  /** How the stores are read and compared. */
  private interface Comparison<E extends Exception> {
    Findings of(Ledger ledger, long deadLetters) throws E;
  }

  private static <E extends Exception> Balance strike(
      StackSettings settings,
      Map<Integer, Long> cut,
      long windowsFromMs,
      ReadingProgress progress,
      Comparison<E> comparison)
      throws E {
    try (Expectation expectation = Expectation.recompute(settings, cut, progress)) {
      Ledger ledger = new Ledger(expectation, windowsFromMs, DeadLetters.NONE, progress);
      Findings findings = comparison.of(ledger, DeadLetters.count(settings.kafka()));
      long open = ledger.windowsLeftOpen();
      return new Balance(
          expectation.inputRecords(),
          expectation.laterRecords(),
          expectation.flaggedRecords(),
          expectation.clearedRecords(),
          expectation.rejectedByReason(),
          findings.decisions().stored(),
          findings.flagged().stored(),
          findings.windows().checked() - open,
          open,
          findings.alerts().checked(),
          findings.alerts().told(),
          findings.alerts().counted(),
          some(
              new Difference("records neither scored nor rejected", expectation.nowhere()),
              new Difference("decisions not in MongoDB", findings.decisions().missing()),
              new Difference("flagged not in MongoDB", findings.flagged().missing()),
              new Difference("decisions without a row", findings.rows().missing()),
              new Difference("decisions not in the lake", findings.lake().decisions().missing()),
              new Difference("records not in the lake", findings.lake().missing()),
              new Difference("alerts not in fraud_alerts", findings.alerts().missing())),
          some(
              new Difference("records rejected twice", expectation.rejectedTwice()),
              new Difference(
                  "transactions scored more often than they came in", expectation.scoredTooOften()),
              new Difference(
                  "decided twice without a reason", expectation.repetitions().unexplained()),
              new Difference("decisions stored twice", findings.decisions().duplicated()),
              new Difference("flagged stored twice", findings.flagged().duplicated()),
              new Difference("records in the lake twice", findings.lake().twice()),
              new Difference("alerts told twice", findings.alerts().duplicated())),
          some(
              new Difference("faultless records rejected", expectation.wronglyRejected()),
              new Difference("decisions flag or clear wrongly", findings.decisions().wrong()),
              new Difference(
                  "decisions of nothing that came in", findings.decisions().unexpected()),
              new Difference("flagged documents differ", findings.flagged().altered()),
              new Difference(
                  "flagged documents of nothing flagged", findings.flagged().unexpected()),
              new Difference("windows that nothing flagged is in", findings.windows().unexpected()),
              new Difference("rows flag or clear wrongly", findings.rows().wrong()),
              new Difference("rows of nothing that came in", findings.rows().unexpected()),
              new Difference("rows differ from their documents", findings.rows().different()),
              new Difference("rows of the lake are wrong", findings.lake().decisions().wrong()),
              new Difference(
                  "rows of the lake of nothing that came in",
                  findings.lake().decisions().unexpected()),
              new Difference(
                  "rows of the lake differ from their documents",
                  findings.lake().decisions().different()),
              new Difference("alerts of nothing flagged", findings.alerts().unexpected()),
              new Difference("alerts or incidents differ", findings.alerts().different())),
          findings.windows().wrong(),
          findings.deadLetters(),
          expectation.erasedCount(),
          expectation.repetitions().explained(),
          expectation.repetitions().sentences(),
          findings.rows(),
          findings.lake());
    }
  }

  private static List<Difference> some(Difference... differences) {
    return List.of(differences).stream().filter(each -> !each.ids().isEmpty()).toList();
  }

  /** How many records were rejected. */
  public long rejectedRecords() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many single differences there are; none if the books balance. */
  public long differences() {
    return sum(missing) + sum(duplicated) + sum(different) + windows.count() + deadLetters;
  }

  private static long sum(List<Difference> differences) {
    return differences.stream().mapToLong(each -> each.ids().count()).sum();
  }

  /** The balance as lines for the screen. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        figure(
            "in",
            in,
            later == 0
                ? ""
                : String.format(Locale.ROOT, "  and %,d since, which this does not cover", later)));
    lines.add(figure("  flagged", flagged, ""));
    lines.add(figure("  cleared", cleared, ""));
    lines.add(figure("  rejected", rejectedRecords(), ""));
    rejected.forEach((reason, count) -> lines.add(figure("    " + reason, count, "")));
    lines.add(figure("in MongoDB", decisionsStored, "  decisions"));
    lines.add(figure("", flaggedStored, "  flagged transactions"));
    if (rows.checked()) {
      lines.add(figure("in the SQL store", rows.stored(), "  rows of decisions"));
      lines.add(money("  their amounts", rows.amount()));
      lines.add(money("  the same decisions' in MongoDB", rows.documentsAmount()));
    }
    if (lake.checked()) {
      lines.add(figure("in the lake", lake.decisions().stored(), "  decisions"));
      lines.add(money("  their amounts", lake.decisions().amount()));
      lines.add(money("  the same decisions' in MongoDB", lake.decisions().documentsAmount()));
      for (Findings.Lake.Table table : lake.tables()) {
        lines.add(
            figure(
                "  rows of " + table.name(),
                table.rows(),
                table.checked()
                    ? String.format(
                        Locale.ROOT, "  of %,d records of %s", table.records(), table.topic())
                    : "  not compared: people had some of %s erased".formatted(table.topic())));
      }
    }
    if (erased > 0) {
      lines.add(figure("", erased, "  erased: people asked for it"));
    }
    if (alertsChecked) {
      lines.add(figure("alerts", alerts, "  flagged transactions that people are told of"));
      lines.add(figure("", counted, "  that only their incident counts"));
    } else {
      lines.add("alerts are not checked: not all of their topics exist (ksql/12)");
    }
    add(lines, "missing", missing);
    add(lines, "duplicated", duplicated);
    add(lines, "different", different);
    lines.add(
        figure(
            "windows that differ",
            windows.count(),
            String.format(
                Locale.ROOT,
                "  of %,d compared to the cent; %,d left open",
                windowsCompared,
                windowsLeftOpen)));
    if (!windows.isEmpty()) {
      lines.add("    " + windows.text());
    }
    lines.add(figure("dead letters", deadLetters, ""));
    if (decidedAgain > 0) {
      lines.add(
          figure(
              "decided once more",
              decidedAgain,
              "  as their cards could not know the ids: counted each time, and no difference"));
    }
    repetitions.forEach(each -> lines.add("    " + each));
    return lines;
  }

  private static void add(List<String> lines, String name, List<Difference> differences) {
    lines.add(figure(name, sum(differences), ""));
    for (Difference each : differences) {
      lines.add(figure("    " + each.what(), each.ids().count(), "  " + each.ids().text()));
    }
  }

  private static String money(String name, BigDecimal amount) {
    return String.format(Locale.ROOT, "%-49s %,16.2f", name, amount);
  }

  private static String figure(String name, long count, String rest) {
    return String.format(Locale.ROOT, "%-52s %,13d%s", name, count, rest).stripTrailing();
  }
}
