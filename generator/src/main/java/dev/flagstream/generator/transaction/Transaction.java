package dev.flagstream.generator.transaction;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * One use of a card: the record that the pipeline judges. It holds what a bank knows at that
 * moment, and nothing of whether it is a fraud.
 *
 * @param transactionId never used for two different transactions
 * @param cardNumber the clear number; it must not travel past the input topic
 * @param cardholder whose card it is
 * @param amount exact, with two decimals and at most ten digits
 * @param currency ISO 4217 code of the amount; null if unknown
 * @param acceptor who took the card
 * @param channel how the card was used; null if unknown
 * @param location where; null if unknown
 * @param locationRiskScore 0 to 1; NaN if unknown
 * @param timestampMs event time, milliseconds since the epoch
 */
public record Transaction(
    String transactionId,
    String cardNumber,
    Cardholder cardholder,
    BigDecimal amount,
    String currency,
    Acceptor acceptor,
    Channel channel,
    Location location,
    double locationRiskScore,
    long timestampMs) {

  private static final int AMOUNT_DECIMALS = 2;
  private static final int AMOUNT_DIGITS = 10;

  public Transaction {
    Objects.requireNonNull(transactionId, "transactionId");
    Objects.requireNonNull(cardNumber, "cardNumber");
    Objects.requireNonNull(cardholder, "cardholder");
    Objects.requireNonNull(amount, "amount");
    Objects.requireNonNull(acceptor, "acceptor");
    if (amount.scale() != AMOUNT_DECIMALS || amount.precision() > AMOUNT_DIGITS) {
      throw new IllegalArgumentException("amount " + amount + " is not a DECIMAL(10,2)");
    }
  }

  /** Only the id: a transaction's contents belong in no log. */
  @Override
  public String toString() {
    return "Transaction[" + transactionId + "]";
  }
}
