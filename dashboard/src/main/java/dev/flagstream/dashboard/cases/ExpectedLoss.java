package dev.flagstream.dashboard.cases;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.bson.Document;
import org.bson.types.Decimal128;

/** What a flagged transaction is expected to cost if it is let through: amount × probability. */
final class ExpectedLoss {

  private static final int CENTS = 2;

  private ExpectedLoss() {}

  /**
   * In the transaction's currency, rounded to the cent.
   *
   * @return zero if the amount or the probability of fraud is not known
   */
  static BigDecimal of(Document transaction) {
    if (transaction.get("amount") instanceof Decimal128 amount
        && transaction.get("fraud_probability") instanceof Number probability
        && Double.isFinite(probability.doubleValue())
        && !amount.isNaN()
        && !amount.isInfinite()) {
      return amount
          .bigDecimalValue()
          .multiply(BigDecimal.valueOf(probability.doubleValue()))
          .setScale(CENTS, RoundingMode.HALF_EVEN);
    }
    return BigDecimal.ZERO.setScale(CENTS);
  }
}
