package dev.flagstream.generator.replay.layout;

import dev.flagstream.generator.replay.csv.CsvRow;
import dev.flagstream.generator.transaction.Acceptor;
import dev.flagstream.generator.transaction.Cardholder;
import dev.flagstream.generator.transaction.Transaction;
import java.util.Optional;

/**
 * The columns of creditcard.csv: seconds since its start, and an amount in euro. It does not say
 * who paid whom; each row becomes a customer of its own, as any grouping would be invented.
 */
final class UlbMapping implements TransactionMapping {

  private static final double MAX_SECONDS = 1e10;
  private static final double MS_PER_SECOND = 1_000;

  private final String idPrefix;
  private final long startTimeMs;
  private final LayoutColumn time;
  private final LayoutColumn amount;
  private final LayoutColumn fraud;

  UlbMapping(Context context) {
    idPrefix = context.fileName() + "-";
    startTimeMs = context.startTime().toEpochMilli();
    time = context.column("Time");
    amount = context.column("Amount");
    fraud = context.column("Class");
  }

  @Override
  public LabeledTransaction read(CsvRow row) {
    String id = idPrefix + row.line();
    return new LabeledTransaction(
        new Transaction(
            id,
            StandInCards.numberOf(Long.toString(row.line())),
            new Cardholder(id, null, null, Double.NaN, Double.NaN),
            amount.amount(row),
            "EUR",
            new Acceptor(null, null, null, null),
            null,
            null,
            Double.NaN,
            startTimeMs + Math.round(time.number(row, 0, MAX_SECONDS) * MS_PER_SECOND)),
        Optional.of(FraudVerdict.of(fraud.flag(row))));
  }
}
