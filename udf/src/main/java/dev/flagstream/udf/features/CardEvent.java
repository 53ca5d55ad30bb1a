package dev.flagstream.udf.features;

import java.math.BigDecimal;
import org.apache.kafka.connect.data.Struct;

/**
 * What CARD_FEATURES reads of a transaction. Texts are hashes; NaN stands for a coordinate that is
 * not known.
 *
 * @param arrival where it is in the input topic
 * @param id hash of the transaction's id
 * @param timeMs event time, epoch milliseconds
 */
record CardEvent(
    Arrival arrival,
    long id,
    long timeMs,
    long amountCents,
    int merchant,
    int category,
    int country,
    double lat,
    double lon,
    double homeLat,
    double homeLon) {

  /** The SQL type of the argument of CARD_FEATURES. */
  static final String STRUCT =
      "STRUCT<TRANSACTION_ID VARCHAR, EVENT_TIME BIGINT, AMOUNT DECIMAL(10, 2)"
          + ", MERCHANT_ID VARCHAR, MERCHANT_CATEGORY VARCHAR, COUNTRY VARCHAR"
          + ", LAT DOUBLE, LON DOUBLE, HOME_LAT DOUBLE, HOME_LON DOUBLE>";

  /** The event in a row; null where there is none, or it lacks its time or its amount. */
  static CardEvent of(Struct row) {
    if (row == null || row.getInt64("EVENT_TIME") == null) {
      return null;
    }
    long cents = Money.cents((BigDecimal) row.get("AMOUNT"));
    if (cents == Money.NO_CENTS) {
      return null;
    }
    return new CardEvent(
        Arrival.UNKNOWN,
        TextHash.of(row.getString("TRANSACTION_ID")),
        row.getInt64("EVENT_TIME"),
        cents,
        TextHash.shortOf(row.getString("MERCHANT_ID")),
        TextHash.shortOf(row.getString("MERCHANT_CATEGORY")),
        TextHash.shortOf(row.getString("COUNTRY")),
        coordinate(row, "LAT"),
        coordinate(row, "LON"),
        coordinate(row, "HOME_LAT"),
        coordinate(row, "HOME_LON"));
  }

  /** The event that a transaction is; null if it lacks its time or its amount. */
  static CardEvent of(ValidTransaction transaction, Arrival arrival) {
    long cents = Money.cents(transaction.amount());
    if (transaction.eventTime() == null || cents == Money.NO_CENTS) {
      return null;
    }
    ValidTransaction.Location place = transaction.place();
    return new CardEvent(
        arrival,
        TextHash.of(transaction.transactionId()),
        transaction.eventTime(),
        cents,
        TextHash.shortOf(transaction.merchantId()),
        TextHash.shortOf(transaction.merchantCategory()),
        TextHash.shortOf(place.country()),
        coordinate(place.lat()),
        coordinate(place.lon()),
        coordinate(transaction.homeLat()),
        coordinate(transaction.homeLon()));
  }

  private static double coordinate(Struct row, String field) {
    return coordinate(row.getFloat64(field));
  }

  private static double coordinate(Double degrees) {
    return degrees == null || degrees.isInfinite() ? Double.NaN : degrees;
  }
}
