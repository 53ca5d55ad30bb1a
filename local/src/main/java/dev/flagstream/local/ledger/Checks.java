package dev.flagstream.local.ledger;

import dev.flagstream.local.flow.FlowCounts;
import dev.flagstream.local.settings.Environment;
import java.util.ArrayList;
import java.util.List;

/** What the ledger checks, put into words. */
public final class Checks {

  private Checks() {}

  /**
   * Whether all has come in, and come out of the SQL server.
   *
   * @param generated transactions that this run sent
   * @param arrived records by which the input topic has grown
   * @param counts what the topics hold
   */
  public static List<Check> ofTopics(
      long generated, long arrived, FlowCounts counts, Unaccounted unaccounted) {
    List<Check> checks = new ArrayList<>();
    checks.add(arrival(generated, arrived));
    if (counts.inFlight() == 0) {
      checks.add(
          Check.passed(
              "every record of the input topic is scored (%,d) or rejected (%,d)",
              counts.scored(), counts.rejected() + counts.empty()));
      return checks;
    }
    checks.add(
        Check.failed(
            List.of(),
            "%,d records in the input topic, but %,d scored and %,d rejected",
            counts.input(),
            counts.scored(),
            counts.rejected() + counts.empty()));
    add(checks, unaccounted.nowhere(), "records are neither scored nor rejected");
    add(checks, unaccounted.tooOften(), "transactions were scored more often than they came in");
    return checks;
  }

  /**
   * Others may send transactions meanwhile, too: only fewer than this run's are a loss for certain.
   * The sentence says how many came from elsewhere, since counts cannot tell whose one is missing.
   */
  private static Check arrival(long generated, long arrived) {
    if (arrived == generated) {
      return Check.passed("every transaction of this run is in the input topic (%,d)", arrived);
    }
    return arrived > generated
        ? Check.passed(
            "the input topic grew by %,d: the %,d transactions of this run, and %,d from elsewhere",
            arrived, generated, arrived - generated)
        : Check.failed(
            List.of(),
            "%,d transactions were generated, but the input topic grew by %,d",
            generated,
            arrived);
  }

  private static void add(List<Check> checks, Ids ids, String what) {
    if (!ids.isEmpty()) {
      checks.add(Check.failed(List.of(), "%,d %s: %s", ids.count(), what, ids.text()));
    }
  }

  /**
   * Whether the store holds what it must.
   *
   * @param deadLetters of this run
   */
  public static List<Check> ofStore(
      Findings findings, Expectation expectation, DeadLetters deadLetters) {
    Whereabouts whereabouts = new Whereabouts(expectation, deadLetters);
    List<Check> checks = new ArrayList<>();
    addDecisions(checks, findings.decisions(), whereabouts);
    addFlagged(checks, findings.flagged(), whereabouts);
    addRows(checks, findings.rows(), whereabouts);
    addLake(checks, findings.lake(), whereabouts);
    Findings.Windows windows = findings.windows();
    if (windows.differences() == 0) {
      checks.add(
          Check.passed("every 10-second window of this run adds up (%,d)", windows.checked()));
    } else {
      add(checks, windows.wrong(), "windows are missing or differ");
      add(checks, windows.unexpected(), "windows have nothing flagged in them");
    }
    addAlerts(checks, findings.alerts());
    checks.add(
        deadLetters.count() == 0
            ? Check.passed("nothing went to a dead-letter topic in this run")
            : Check.failed(
                Whereabouts.described(deadLetters),
                "%,d records went to a dead-letter topic (dlq_*)",
                deadLetters.count()));
    return checks;
  }

  private static void addAlerts(List<Check> checks, Findings.Alerts alerts) {
    if (alerts.differences() == 0) {
      if (alerts.told() > 0) {
        checks.add(
            Check.passed(
                "every flagged transaction is told in an alert (%,d) or counted by its incident"
                    + " (%,d)",
                alerts.told(), alerts.counted()));
      }
      return;
    }
    add(checks, alerts.missing(), "alerts are missing");
    add(checks, alerts.unexpected(), "alerts belong to nothing flagged");
    add(checks, alerts.duplicated(), "alerts are there more than once");
    add(checks, alerts.different(), "alerts or incidents differ from what was flagged");
  }

  private static void addDecisions(
      List<Check> checks, Findings.Decisions decisions, Whereabouts whereabouts) {
    if (decisions.differences() == 0) {
      checks.add(
          Check.passed("every scored transaction has its decision (%,d)", decisions.expected()));
      return;
    }
    if (!decisions.missing().isEmpty()) {
      checks.add(
          Check.failed(
              whereabouts.of(decisions.missing(), Environment.SCORED_TOPIC),
              "%,d scored transactions have no decision in the store",
              decisions.missing().count()));
    }
    add(checks, decisions.unexpected(), "decisions belong to no scored transaction");
    add(checks, decisions.duplicated(), "transactions have more than one decision");
    add(checks, decisions.wrong(), "decisions flag or clear wrongly");
  }

  private static void addRows(List<Check> checks, Findings.Rows rows, Whereabouts whereabouts) {
    if (!rows.checked()) {
      return;
    }
    if (rows.differences() == 0) {
      checks.add(
          Check.passed(
              "every decision is a row as well, and they agree to the cent (%,d, %,.2f in all)",
              rows.stored(), rows.amount()));
      return;
    }
    if (!rows.missing().isEmpty()) {
      checks.add(
          Check.failed(
              whereabouts.of(rows.missing(), Environment.SCORED_TOPIC),
              "%,d scored transactions have no row in the SQL store",
              rows.missing().count()));
    }
    add(checks, rows.unexpected(), "rows belong to no scored transaction");
    add(checks, rows.wrong(), "rows flag or clear wrongly");
    add(checks, rows.different(), "rows differ from their documents in MongoDB");
  }

  private static void addLake(List<Check> checks, Findings.Lake lake, Whereabouts whereabouts) {
    if (!lake.checked()) {
      return;
    }
    if (lake.differences() == 0) {
      checks.add(
          Check.passed(
              "every record is in the lake once (%,d), and its decisions agree to the cent (%,d,"
                  + " %,.2f in all)",
              lake.tables().stream().mapToLong(Findings.Lake.Table::rows).sum(),
              lake.decisions().stored(),
              lake.decisions().amount()));
      return;
    }
    add(checks, lake.missing(), "records are not in the lake");
    add(checks, lake.twice(), "records are in the lake twice");
    Findings.Rows decisions = lake.decisions();
    if (!decisions.missing().isEmpty()) {
      checks.add(
          Check.failed(
              whereabouts.of(decisions.missing(), Environment.SCORED_TOPIC),
              "%,d scored transactions are not in the lake",
              decisions.missing().count()));
    }
    add(checks, decisions.unexpected(), "rows of the lake belong to no scored transaction");
    add(checks, decisions.wrong(), "rows of the lake flag or clear wrongly");
    add(checks, decisions.different(), "rows of the lake differ from their documents in MongoDB");
  }

  private static void addFlagged(
      List<Check> checks, Findings.Flagged flagged, Whereabouts whereabouts) {
    if (flagged.differences() == 0) {
      checks.add(
          Check.passed(
              "every flagged transaction is stored once, exact to the cent (%,d)",
              flagged.expected()));
      return;
    }
    if (!flagged.missing().isEmpty()) {
      checks.add(
          Check.failed(
              whereabouts.of(flagged.missing(), Environment.FLAGGED_TOPIC),
              "%,d flagged transactions are missing in the store",
              flagged.missing().count()));
    }
    add(checks, flagged.unexpected(), "documents belong to no flagged transaction");
    add(checks, flagged.duplicated(), "transactions are stored more than once");
    add(checks, flagged.altered(), "documents differ from their transaction");
  }
}
