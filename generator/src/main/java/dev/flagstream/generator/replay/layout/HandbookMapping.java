package dev.flagstream.generator.replay.layout;

import dev.flagstream.generator.replay.csv.CsvRow;
import dev.flagstream.generator.simulation.FraudScenario;
import dev.flagstream.generator.transaction.Acceptor;
import dev.flagstream.generator.transaction.Cardholder;
import dev.flagstream.generator.transaction.Transaction;
import java.util.Map;
import java.util.Optional;

/**
 * The Handbook's columns: a customer has one card, and a terminal is a merchant. Its three
 * scenarios get this project's names for them.
 */
final class HandbookMapping implements TransactionMapping {

  private static final Map<String, FraudVerdict> VERDICT_BY_SCENARIO =
      Map.of(
          "1", fraud(FraudScenario.HIGH_AMOUNT),
          "2", fraud(FraudScenario.COMPROMISED_MERCHANT),
          "3", fraud(FraudScenario.ACCOUNT_TAKEOVER));

  private final LayoutColumn transactionId;
  private final LayoutColumn dateTime;
  private final LayoutColumn customerId;
  private final LayoutColumn terminalId;
  private final LayoutColumn amount;
  private final LayoutColumn fraud;
  private final LayoutColumn scenario;

  HandbookMapping(Context context) {
    transactionId = context.column("TRANSACTION_ID");
    dateTime = context.column("TX_DATETIME");
    customerId = context.column("CUSTOMER_ID");
    terminalId = context.column("TERMINAL_ID");
    amount = context.column("TX_AMOUNT");
    fraud = context.column("TX_FRAUD");
    scenario = context.column("TX_FRAUD_SCENARIO");
  }

  @Override
  public LabeledTransaction read(CsvRow row) {
    String customer = customerId.text(row);
    return new LabeledTransaction(
        new Transaction(
            "handbook-" + transactionId.text(row),
            StandInCards.numberOf(customer),
            new Cardholder(customer, null, null, Double.NaN, Double.NaN),
            amount.amount(row),
            null,
            new Acceptor(terminalId.text(row), null, null, null),
            null,
            null,
            Double.NaN,
            dateTime.dateTimeMs(row)),
        Optional.of(verdict(row)));
  }

  private FraudVerdict verdict(CsvRow row) {
    if (!fraud.flag(row)) {
      return FraudVerdict.HONEST;
    }
    String number = scenario.optionalText(row);
    return number == null
        ? FraudVerdict.FRAUD
        : VERDICT_BY_SCENARIO.getOrDefault(number, FraudVerdict.FRAUD);
  }

  private static FraudVerdict fraud(FraudScenario scenario) {
    return new FraudVerdict(true, Optional.of(scenario.label()));
  }
}
