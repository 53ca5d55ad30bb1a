package dev.flagstream.generator.transaction;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * One use of a card: the record that the pipeline judges. No field may be null.
 *
 * @param transactionId never used for two different transactions
 * @param cardNumber the clear number; it must not travel past the input topic
 * @param amount exact, with two decimals and at most ten digits
 * @param currency ISO 4217 code of the amount
 * @param locationRiskScore 0 to 1
 * @param timestampMs event time, milliseconds since the epoch
 */
public record Transaction(
    String transactionId,
    String cardNumber,
    String customerId,
    int customerAge,
    String homeCity,
    BigDecimal amount,
    String currency,
    String merchant,
    String merchantCategory,
    Location location,
    double locationRiskScore,
    long timestampMs) {

  private static final int AMOUNT_DECIMALS = 2;
  private static final int AMOUNT_DIGITS = 10;

  public Transaction {
    Objects.requireNonNull(transactionId, "transactionId");
    Objects.requireNonNull(cardNumber, "cardNumber");
    Objects.requireNonNull(customerId, "customerId");
    Objects.requireNonNull(homeCity, "homeCity");
    Objects.requireNonNull(amount, "amount");
    Objects.requireNonNull(currency, "currency");
    Objects.requireNonNull(merchant, "merchant");
    Objects.requireNonNull(merchantCategory, "merchantCategory");
    Objects.requireNonNull(location, "location");
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
