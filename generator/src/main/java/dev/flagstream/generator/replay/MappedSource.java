package dev.flagstream.generator.replay;

import dev.flagstream.generator.replay.layout.FraudVerdict;
import dev.flagstream.generator.replay.layout.LabeledTransaction;
import dev.flagstream.generator.replay.layout.MappedTransactions;
import dev.flagstream.generator.transaction.Transaction;
import dev.flagstream.generator.transaction.TransactionJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The rows of a known layout as transactions, keyed by card number. */
final class MappedSource implements ReplaySource {

  private final MappedTransactions transactions;

  /** Takes the transactions over and closes them in the end. */
  MappedSource(MappedTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public ReplayRow next() {
    if (!transactions.hasNext()) {
      return null;
    }
    LabeledTransaction next = transactions.next();
    Transaction transaction = next.transaction();
    return new ReplayRow(
        transaction.cardNumber().getBytes(StandardCharsets.UTF_8),
        TransactionJson.encode(transaction),
        transaction.timestampMs(),
        next.verdict().map(fraud -> verdictOf(transaction, fraud)));
  }

  @Override
  public void reject(String reason) {
    transactions.reject(reason);
  }

  @Override
  public long rejected() {
    return transactions.rejected();
  }

  @Override
  public long bytesRead() {
    return transactions.bytesRead();
  }

  @Override
  public Optional<String> brokenOff() {
    return transactions.brokenOff();
  }

  @Override
  public void close() {
    transactions.close();
  }

  private static ReplayRow.Verdict verdictOf(Transaction transaction, FraudVerdict fraud) {
    return new ReplayRow.Verdict(
        transaction.transactionId(),
        transaction.acceptor().merchantId(),
        transaction.cardholder().customerId(),
        fraud);
  }
}
