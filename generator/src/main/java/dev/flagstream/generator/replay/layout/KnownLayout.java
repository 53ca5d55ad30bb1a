package dev.flagstream.generator.replay.layout;

import dev.flagstream.generator.replay.csv.CsvHeader;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Layouts of files that are known well enough to make transactions of their rows. */
public enum KnownLayout {
  /** Flagstream's own: the JSON fields as columns, {@code location.city} for those inside. */
  FLAGSTREAM(
      "Flagstream's transactions",
      List.of("transaction_id", "card_number", "customer_id", "amount", "timestamp"),
      "timestamp",
      "is_fraud",
      "card_number",
      FlagstreamMapping::new),

  /** The simulated transactions of the Fraud Detection Handbook. */
  HANDBOOK(
      "the Fraud Detection Handbook",
      List.of(
          "TRANSACTION_ID", "TX_DATETIME", "CUSTOMER_ID", "TERMINAL_ID", "TX_AMOUNT", "TX_FRAUD"),
      "TX_DATETIME",
      "TX_FRAUD",
      "CUSTOMER_ID",
      HandbookMapping::new),

  /** What the simulator Sparkov writes, as in fraudTrain.csv. */
  SPARKOV(
      "Sparkov",
      List.of("trans_date_trans_time", "cc_num", "merchant", "category", "amt", "trans_num"),
      "trans_date_trans_time",
      "is_fraud",
      "cc_num",
      SparkovMapping::new),

  /** PaySim's simulated mobile money. */
  PAYSIM(
      "PaySim",
      List.of("step", "type", "amount", "nameOrig", "nameDest", "isFraud"),
      "step",
      "isFraud",
      "nameOrig",
      PaySimMapping::new),

  /** The European card payments of creditcard.csv, with their principal components. */
  ULB(
      "ULB's creditcard.csv",
      List.of("Time", "V1", "V2", "V28", "Amount", "Class"),
      "Time",
      "Class",
      null,
      UlbMapping::new);

  /** ULB's payments are of two days of September 2013; nobody says which. */
  private static final Instant ULB_START = Instant.parse("2013-09-01T00:00:00Z");

  private static final int ULB_COMPONENTS = 28;

  /** PaySim has no dates at all; this one is a convention. */
  private static final Instant PAYSIM_START = Instant.parse("2016-01-01T00:00:00Z");

  private final String title;

  // List.of gives an immutable list; the compiler's check cannot see that.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> signature;

  private final String timeColumn;
  private final String labelColumn;
  private final String keyColumn;

  // A constructor reference, which holds no state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Function<TransactionMapping.Context, TransactionMapping> mapping;

  KnownLayout(
      String title,
      List<String> signature,
      String timeColumn,
      String labelColumn,
      String keyColumn,
      Function<TransactionMapping.Context, TransactionMapping> mapping) {
    this.title = title;
    this.signature = signature;
    this.timeColumn = timeColumn;
    this.labelColumn = labelColumn;
    this.keyColumn = keyColumn;
    this.mapping = mapping;
  }

  /** The layout of a header: the first all of whose typical columns it has. */
  public static Optional<KnownLayout> recognise(CsvHeader header) {
    return List.of(values()).stream().filter(layout -> header.hasAll(layout.signature)).findFirst();
  }

  /**
   * Which columns a header lacks for the layout that it comes nearest to.
   *
   * @return empty if it has less than half of the typical columns of every layout that tells who
   *     paid, or all of one
   */
  public static Optional<Lack> lack(CsvHeader header) {
    return Stream.of(values())
        .filter(KnownLayout::tellsWhoPaid)
        .map(layout -> new Lack(layout, layout.missingIn(header)))
        .filter(lack -> 2 * lack.columns().size() <= lack.layout().signature.size())
        .min(Comparator.comparingInt(lack -> lack.columns().size()))
        .filter(lack -> !lack.columns().isEmpty());
  }

  /**
   * What is missing for a layout.
   *
   * @param layout the layout
   * @param columns the typical columns that are not there
   */
  public record Lack(KnownLayout layout, List<String> columns) {

    public Lack {
      columns = List.copyOf(columns);
    }
  }

  private List<String> missingIn(CsvHeader header) {
    return signature.stream().filter(column -> !header.hasAll(List.of(column))).toList();
  }

  /** Its name for people. */
  public String title() {
    return title;
  }

  /** The column that tells when a transaction happened. */
  public String timeColumn() {
    return timeColumn;
  }

  /** The column that tells the frauds; a file may lack it. */
  public String labelColumn() {
    return labelColumn;
  }

  /** The column that tells whose transaction it is; empty if none does. */
  public Optional<String> keyColumn() {
    return Optional.ofNullable(keyColumn);
  }

  /** What a file of this layout counts its time from; empty if its times are absolute. */
  public Optional<Instant> defaultStartTime() {
    return switch (this) {
      case ULB -> Optional.of(ULB_START);
      case PAYSIM -> Optional.of(PAYSIM_START);
      case FLAGSTREAM, HANDBOOK, SPARKOV -> Optional.empty();
    };
  }

  /** The column that tells kinds of frauds, which a file may lack; empty if the layout has none. */
  public Optional<String> scenarioColumn() {
    return switch (this) {
      case FLAGSTREAM -> Optional.of("scenario");
      case HANDBOOK -> Optional.of("TX_FRAUD_SCENARIO");
      case SPARKOV, PAYSIM, ULB -> Optional.empty();
    };
  }

  /** The columns that are fractions by their meaning, whatever the values of one file look like. */
  public List<String> doubleColumns() {
    return this == ULB
        ? Stream.concat(
                Stream.of("Time"), IntStream.rangeClosed(1, ULB_COMPONENTS).mapToObj(i -> "V" + i))
            .toList()
        : List.of();
  }

  /** Whether its time column counts hours. */
  public boolean countsHours() {
    return this == PAYSIM;
  }

  /**
   * Whether its rows say who paid, so that they mean something as transactions of cards. ULB's do
   * not: what they hold is in columns that a transaction does not have.
   */
  public boolean tellsWhoPaid() {
    return keyColumn != null;
  }

  TransactionMapping mapping(TransactionMapping.Context context) {
    return mapping.apply(context);
  }
}
