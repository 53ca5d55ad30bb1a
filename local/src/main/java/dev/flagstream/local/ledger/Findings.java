package dev.flagstream.local.ledger;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * What the ledger found when it compared the store with the input topic. Ids are named, never
 * contents.
 *
 * @param flagged about the documents of flagged transactions
 * @param decisions about the documents of decisions
 * @param windows about the windows
 * @param alerts about the alerts
 * @param deadLetters records that went to a dead-letter topic in this run
 * @param rows about the rows of decisions in a SQL store
 * @param lake about the Parquet files of a lake
 */
public record Findings(
    Flagged flagged,
    Decisions decisions,
    Windows windows,
    Alerts alerts,
    long deadLetters,
    Rows rows,
    Lake lake) {

  /** Where MongoDB is the only store. */
  Findings(Flagged flagged, Decisions decisions, Windows windows, Alerts alerts, long deadLetters) {
    this(flagged, decisions, windows, alerts, deadLetters, Rows.NONE, Lake.NONE);
  }

  /** The same with what was found about rows. */
  Findings with(Rows found) {
    return new Findings(flagged, decisions, windows, alerts, deadLetters, found, lake);
  }

  /** The same with what was found about a lake. */
  Findings with(Lake found) {
    return new Findings(flagged, decisions, windows, alerts, deadLetters, rows, found);
  }

  /**
   * About the documents of flagged transactions.
   *
   * @param expected documents there must be
   * @param stored documents there are of transactions that the ledger is about
   * @param missing flagged transactions that are not in the store
   * @param unexpected documents that no flagged transaction accounts for
   * @param duplicated transactions with more than one document
   * @param altered documents whose contents or types are not what they must be
   */
  public record Flagged(
      long expected, long stored, Ids missing, Ids unexpected, Ids duplicated, Ids altered) {

    long differences() {
      return missing.count() + unexpected.count() + duplicated.count() + altered.count();
    }
  }

  /**
   * About the documents of decisions.
   *
   * @param expected scored transactions
   * @param stored documents there are of transactions that the ledger is about
   * @param missing scored transactions whose decision is not in the store
   * @param unexpected decisions that no scored transaction accounts for
   * @param duplicated transactions with more than one decision
   * @param wrong decisions that flag what the ledger clears, or the other way round
   */
  public record Decisions(
      long expected, long stored, Ids missing, Ids unexpected, Ids duplicated, Ids wrong) {

    long differences() {
      return missing.count() + unexpected.count() + duplicated.count() + wrong.count();
    }
  }

  /**
   * About the windows by card and by category.
   *
   * @param checked how many were compared
   * @param wrong windows that are missing or differ
   * @param unexpected windows of the store that nothing flagged is in
   */
  public record Windows(long checked, Ids wrong, Ids unexpected) {

    long differences() {
      return wrong.count() + unexpected.count();
    }
  }

  /**
   * About the alerts that people are told by, and the incidents which count what they are not told.
   *
   * @param checked false if one of the topics that they are in does not exist
   * @param told flagged records, of those the ledger is about, that an alert is due for
   * @param counted flagged records, of the same, that only their incident counts
   * @param missing alerts that are due, and not there
   * @param unexpected alerts that nothing flagged accounts for
   * @param duplicated alerts that are there more than once
   * @param different alerts and incidents that say something else than they must
   */
  public record Alerts(
      boolean checked,
      long told,
      long counted,
      Ids missing,
      Ids unexpected,
      Ids duplicated,
      Ids different) {

    /** Where no alerts are made. */
    static final Alerts NONE = new Alerts(false, 0, 0, Ids.NONE, Ids.NONE, Ids.NONE, Ids.NONE);

    long differences() {
      return missing.count() + unexpected.count() + duplicated.count() + different.count();
    }
  }

  /**
   * About the rows of decisions in a SQL store.
   *
   * @param checked false if there is no such store
   * @param expected scored transactions
   * @param stored rows there are of transactions that the ledger is about
   * @param amount what these rows' amounts come to
   * @param documentsAmount what the amounts of the documents of the same transactions come to
   * @param missing scored transactions without a row
   * @param unexpected rows that no scored transaction accounts for
   * @param wrong rows that flag what the ledger clears, or the other way round
   * @param different rows that do not say what their document in MongoDB says
   */
  public record Rows(
      boolean checked,
      long expected,
      long stored,
      BigDecimal amount,
      BigDecimal documentsAmount,
      Ids missing,
      Ids unexpected,
      Ids wrong,
      Ids different) {

    /** Where decisions are no rows. */
    static final Rows NONE =
        new Rows(
            false, 0, 0, BigDecimal.ZERO, BigDecimal.ZERO, Ids.NONE, Ids.NONE, Ids.NONE, Ids.NONE);

    long differences() {
      return missing.count() + unexpected.count() + wrong.count() + different.count();
    }
  }

  /**
   * About the Parquet files of a lake.
   *
   * @param decisions the latest row of each transaction, beside its document
   * @param tables each record beside its row
   */
  public record Lake(Rows decisions, List<Table> tables) {

    /** Where there is no lake. */
    static final Lake NONE = new Lake(Rows.NONE, List.of());

    public Lake {
      tables = List.copyOf(tables);
    }

    /**
     * A table and the topic whose records are its rows.
     *
     * @param checked false if it cannot be said how many rows there must be
     * @param records how many the topic has, without dead letters and what people had erased
     * @param rows how many of them are rows
     * @param missing how many are no rows, by what each partition lacks
     * @param twice rows of a record that is a row already
     */
    public record Table(
        String name,
        String topic,
        boolean checked,
        long records,
        long rows,
        long missing,
        long twice) {}

    /** Whether there is one. */
    boolean checked() {
      return decisions.checked();
    }

    /** The tables that lack records, with how many. */
    Ids missing() {
      return ids(Table::missing);
    }

    /** The tables that have records twice, with how many. */
    Ids twice() {
      return ids(Table::twice);
    }

    private Ids ids(ToLongFunction<Table> count) {
      return new Ids(
          tables.stream().mapToLong(count).sum(),
          tables.stream()
              .filter(table -> count.applyAsLong(table) > 0)
              .map(table -> table.name() + " " + count.applyAsLong(table))
              .toList());
    }

    long differences() {
      return decisions.differences() + missing().count() + twice().count();
    }
  }

  /** Documents of flagged transactions that there must be. */
  public long expected() {
    return flagged.expected();
  }

  /** Documents that there are of flagged transactions that the ledger is about. */
  public long stored() {
    return flagged.stored();
  }

  /** Windows by card and by category that were compared. */
  public long windowsChecked() {
    return windows.checked();
  }

  /** Whether everything is as it must be. */
  public boolean balanced() {
    return differences() == 0;
  }

  /** How many single differences there are. */
  public long differences() {
    return storeDifferences() + deadLetters;
  }

  /** As above, without dead letters, which waiting does not mend. */
  public long storeDifferences() {
    return flagged.differences()
        + decisions.differences()
        + windows.differences()
        + alerts.differences()
        + rows.differences()
        + lake.differences();
  }

  /** One sentence for each kind of difference, naming ids. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    add(problems, flagged.missing(), "flagged transactions are missing in the store");
    add(problems, flagged.unexpected(), "documents belong to no flagged transaction");
    add(problems, flagged.duplicated(), "transactions are stored more than once");
    add(problems, flagged.altered(), "documents differ from their transaction");
    add(problems, decisions.missing(), "scored transactions have no decision in the store");
    add(problems, decisions.unexpected(), "decisions belong to no scored transaction");
    add(problems, decisions.duplicated(), "transactions have more than one decision");
    add(problems, decisions.wrong(), "decisions are not what the rules and the model's score say");
    add(problems, windows.wrong(), "windows are missing or differ");
    add(problems, windows.unexpected(), "windows have nothing flagged in them");
    add(problems, alerts.missing(), "alerts are missing");
    add(problems, alerts.unexpected(), "alerts belong to nothing flagged");
    add(problems, alerts.duplicated(), "alerts are there more than once");
    add(problems, alerts.different(), "alerts or incidents differ from what was flagged");
    add(problems, rows.missing(), "scored transactions have no row in the SQL store");
    add(problems, rows.unexpected(), "rows belong to no scored transaction");
    add(problems, rows.wrong(), "rows are not what the rules and the model's score say");
    add(problems, rows.different(), "rows differ from their documents in MongoDB");
    add(problems, lake.missing(), "records are not in the lake");
    add(problems, lake.twice(), "records are in the lake twice");
    Rows inLake = lake.decisions();
    add(problems, inLake.missing(), "scored transactions have no row in the lake");
    add(problems, inLake.unexpected(), "rows of the lake belong to no scored transaction");
    add(problems, inLake.wrong(), "rows of the lake flag or clear wrongly");
    add(problems, inLake.different(), "rows of the lake differ from their documents in MongoDB");
    if (deadLetters != 0) {
      problems.add(
          String.format(
              Locale.ROOT, "%,d records went to a dead-letter topic (dlq_*)", deadLetters));
    }
    return problems;
  }

  private static void add(List<String> problems, Ids ids, String what) {
    if (!ids.isEmpty()) {
      problems.add(String.format(Locale.ROOT, "%,d %s: %s", ids.count(), what, ids.text()));
    }
  }
}
