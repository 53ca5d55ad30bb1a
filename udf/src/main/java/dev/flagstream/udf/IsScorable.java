package dev.flagstream.udf;

import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.List;

/** IS_SCORABLE: the other side of {@link RejectionReason}, over the typed columns. Thread-safe. */
@UdfDescription(
    name = "IS_SCORABLE",
    description =
        "Whether a transaction has what scoring needs: an id, a card number with a valid check"
            + " digit, an amount of 0 or more and a time from 1970 to 2099. Never NULL. True exactly"
            + " where REJECTION_REASON of the same record, with the same arguments, is NULL.",
    category = Catalogue.CATEGORY,
    author = Catalogue.AUTHOR,
    version = Catalogue.VERSION)
public class IsScorable {

  @Udf(
      description =
          "For the columns of the stream over the input topic. The time must be 10 minutes ahead of"
              + " the record's own at most, the currency one of ISO 4217 if there is one, coordinates on"
              + " Earth, and no text longer than 1,000 characters.")
  public boolean isScorable(
      @UdfParameter(value = "transaction_id", description = "not empty") String transactionId,
      @UdfParameter(value = "card_number", description = "12 to 19 digits, possibly grouped")
          String cardNumber,
      @UdfParameter(value = "amount", description = "0 or more") Double amount,
      @UdfParameter(value = "timestamp", description = "event time in epoch milliseconds")
          Long timestamp,
      @UdfParameter(value = "record_time", description = "when the record was made: ROWTIME")
          Long recordTimeMs,
      @UdfParameter(value = "currency", description = "a code such as USD, or NULL")
          String currency,
      @UdfParameter(
              value = "coordinates",
              description = "latitudes and longitudes by turns, in degrees, or NULL")
          List<Double> coordinates,
      @UdfParameter(value = "texts", description = "all other VARCHAR columns and fields")
          List<String> texts) {
    if (!isScorable(transactionId, cardNumber, amount, timestamp)
        || Scorability.isAhead(timestamp, recordTimeMs)
        || !Scorability.isCurrency(currency)
        || !areOnEarth(coordinates)
        || Scorability.isTooLong(transactionId)
        || Scorability.isTooLong(cardNumber)) {
      return false;
    }
    return texts == null || texts.stream().noneMatch(Scorability::isTooLong);
  }

  private static boolean areOnEarth(List<Double> coordinates) {
    if (coordinates == null) {
      return true;
    }
    for (int i = 0; i < coordinates.size(); i++) {
      Double degrees = coordinates.get(i);
      if (!(i % 2 == 0 ? Scorability.isLatitude(degrees) : Scorability.isLongitude(degrees))) {
        return false;
      }
    }
    return true;
  }

  @Udf(
      description =
          "Whatever the record's own time, currency and coordinates, and however long its texts.")
  public boolean isScorable(
      @UdfParameter(value = "transaction_id", description = "not empty") String transactionId,
      @UdfParameter(value = "card_number", description = "12 to 19 digits, possibly grouped")
          String cardNumber,
      @UdfParameter(value = "amount", description = "0 or more") Double amount,
      @UdfParameter(value = "timestamp", description = "event time in epoch milliseconds")
          Long timestamp) {
    return Scorability.flaw(transactionId, cardNumber, amount, timestamp) == null;
  }
}
