package dev.flagstream.dashboard.cases;

import dev.flagstream.dashboard.http.UnusableRequestException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.function.Function;
import org.bson.Document;

/**
 * A place in a list of cases, between one case and the next: what it is ordered by, and its id. A
 * page is asked for by the place it begins behind, so that cases which come meanwhile move nothing.
 *
 * @param <T> what the list is ordered by
 */
record Place<T extends Comparable<T>>(T value, String id) {

  private static final char SEPARATOR = '~';

  static String behind(Document transaction, CaseOrder order) {
    String value =
        switch (order) {
          case NEWEST -> Long.toString(timeOf(transaction).toEpochMilli());
          case RISKIEST -> ExpectedLoss.of(transaction).toPlainString();
        };
    return value + SEPARATOR + transaction.getString("_id");
  }

  private static Instant timeOf(Document transaction) {
    return transaction.get("event_time") instanceof Date time ? time.toInstant() : Instant.EPOCH;
  }

  static Place<Instant> inTime(String text) {
    return parse(text, millis -> Instant.ofEpochMilli(Long.parseLong(millis)));
  }

  static Place<BigDecimal> inLoss(String text) {
    return parse(text, BigDecimal::new);
  }

  private static <T extends Comparable<T>> Place<T> parse(String text, Function<String, T> value) {
    int separator = text.indexOf(SEPARATOR);
    try {
      if (separator > 0) {
        return new Place<>(
            value.apply(text.substring(0, separator)), text.substring(separator + 1));
      }
    } catch (NumberFormatException e) {
      throw unusable(text);
    }
    throw unusable(text);
  }

  private static UnusableRequestException unusable(String text) {
    return new UnusableRequestException(
        "behind=" + text + " is not a place that a page has given; begin at the first page.");
  }
}
