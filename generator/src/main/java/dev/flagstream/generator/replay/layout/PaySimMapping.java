package dev.flagstream.generator.replay.layout;

import dev.flagstream.generator.replay.csv.CsvRow;
import dev.flagstream.generator.transaction.Acceptor;
import dev.flagstream.generator.transaction.Cardholder;
import dev.flagstream.generator.transaction.Transaction;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * PaySim's columns: {@code step} counts hours; the kind of payment is the category, and who is paid
 * is the merchant. Balances have no place in a transaction. Rows have no id: it is made of the
 * file's name and the line.
 */
final class PaySimMapping implements TransactionMapping {

  private static final long MAX_STEP = 1_000_000;

  private final String idPrefix;
  private final long startTimeMs;
  private final LayoutColumn step;
  private final LayoutColumn type;
  private final LayoutColumn amount;
  private final LayoutColumn payer;
  private final LayoutColumn payee;
  private final LayoutColumn fraud;

  PaySimMapping(Context context) {
    idPrefix = context.fileName() + "-";
    startTimeMs = context.startTime().toEpochMilli();
    step = context.column("step");
    type = context.column("type");
    amount = context.column("amount");
    payer = context.column("nameOrig");
    payee = context.column("nameDest");
    fraud = context.column("isFraud");
  }

  @Override
  public LabeledTransaction read(CsvRow row) {
    String customer = payer.text(row);
    return new LabeledTransaction(
        new Transaction(
            idPrefix + row.line(),
            StandInCards.numberOf(customer),
            new Cardholder(customer, null, null, Double.NaN, Double.NaN),
            amount.amount(row),
            null,
            new Acceptor(payee.text(row), null, type.text(row).toLowerCase(Locale.ROOT), null),
            null,
            null,
            Double.NaN,
            startTimeMs + TimeUnit.HOURS.toMillis(step.integer(row, 0, MAX_STEP))),
        Optional.of(FraudVerdict.of(fraud.flag(row))));
  }
}
