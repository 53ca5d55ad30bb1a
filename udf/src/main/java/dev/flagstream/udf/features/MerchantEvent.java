package dev.flagstream.udf.features;

import org.apache.kafka.connect.data.Struct;

/** What MERCHANT_FEATURES reads of a row: a transaction, or what became known of one later. */
sealed interface MerchantEvent {

  /** The SQL type of the argument of MERCHANT_FEATURES. */
  String STRUCT =
      "STRUCT<MERCHANT_ID VARCHAR, TRANSACTION_ID VARCHAR, TRANSACTION_TIME BIGINT"
          + ", IS_FRAUD BOOLEAN, REPORTED_AT BIGINT>";

  /** When the transaction was made, epoch milliseconds. */
  long timeMs();

  /** Something was paid. */
  record Transaction(int id, long timeMs) implements MerchantEvent {}

  /**
   * The label of a transaction.
   *
   * @param isFraud false takes an earlier label back
   * @param reportedAtMs from when on it is known, epoch milliseconds
   */
  record Label(long id, long timeMs, boolean isFraud, long reportedAtMs) implements MerchantEvent {}

  /**
   * The event in a row. One with a time of report is a label; null where there is no merchant, no
   * time, or a label that does not say of what.
   */
  static MerchantEvent of(Struct row) {
    if (row == null || row.getString("MERCHANT_ID") == null) {
      return null;
    }
    Long timeMs = row.getInt64("TRANSACTION_TIME");
    Long reportedAtMs = row.getInt64("REPORTED_AT");
    String id = row.getString("TRANSACTION_ID");
    if (timeMs == null) {
      return null;
    }
    if (reportedAtMs == null) {
      return new Transaction(TextHash.shortOf(id), timeMs);
    }
    Boolean isFraud = row.getBoolean("IS_FRAUD");
    return isFraud == null || id == null
        ? null
        : new Label(TextHash.of(id), timeMs, isFraud, reportedAtMs);
  }
}
