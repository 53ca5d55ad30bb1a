package dev.flagstream.udf.incident;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.kafka.connect.data.Struct;

/**
 * What FRAUD_INCIDENT reads of a flagged transaction. Immutable.
 *
 * @param id its id
 * @param timeMs when it was made, epoch milliseconds
 * @param amount what was paid; 0 where it is not known
 * @param expectedLoss the amount times the probability of fraud, to the cent
 */
record IncidentTransaction(String id, long timeMs, BigDecimal amount, BigDecimal expectedLoss) {

  /** The SQL type of the argument of FRAUD_INCIDENT. */
  static final String STRUCT =
      "STRUCT<TRANSACTION_ID VARCHAR, EVENT_TIME BIGINT, AMOUNT DECIMAL(10, 2)"
          + ", FRAUD_PROBABILITY DOUBLE>";

  private static final int CENTS = 2;

  /** The transaction in a row; null where there is none, or none with an id and a time. */
  static IncidentTransaction of(Struct row) {
    if (row == null) {
      return null;
    }
    String id = row.getString("TRANSACTION_ID");
    Long timeMs = row.getInt64("EVENT_TIME");
    if (id == null || timeMs == null) {
      return null;
    }
    BigDecimal amount = (BigDecimal) row.get("AMOUNT");
    BigDecimal paid = amount == null ? BigDecimal.ZERO.setScale(CENTS) : amount;
    return new IncidentTransaction(
        id, timeMs, paid, expectedLoss(paid, row.getFloat64("FRAUD_PROBABILITY")));
  }

  /** Whether there is a row, and neither an id nor an amount in it; false for null. */
  static boolean isNone(Struct row) {
    return row != null && row.getString("TRANSACTION_ID") == null && row.get("AMOUNT") == null;
  }

  /**
   * An amount times a probability, half a cent to the even one. What no model judged, or judged to
   * be no number, was flagged by a rule: all of it is at stake.
   */
  private static BigDecimal expectedLoss(BigDecimal amount, Double probability) {
    BigDecimal share =
        probability == null || !Double.isFinite(probability)
            ? BigDecimal.ONE
            : BigDecimal.valueOf(Math.min(1, Math.max(0, probability)));
    return amount.multiply(share).setScale(CENTS, RoundingMode.HALF_EVEN);
  }
}
