package dev.flagstream.generator.transaction;

import java.util.Arrays;

/**
 * Writes transactions as JSON, field by field, as the topic {@code credit_card_transactions} holds
 * them: one JSON object in UTF-8, without a line end; what is not known is left out. Stateless.
 *
 * <p>Written by hand because this is a good part of what a backfill costs: half of a transaction
 * says the same of the same merchant and place, and is copied.
 */
public final class TransactionJson {

  private static final byte[] TRANSACTION_ID = JsonText.name("transaction_id");
  private static final byte[] CARD_NUMBER = JsonText.name("card_number");
  private static final byte[] CUSTOMER_ID = JsonText.name("customer_id");
  private static final byte[] CUSTOMER_AGE = JsonText.name("customer_age");
  private static final byte[] HOME_CITY = JsonText.name("home_city");
  private static final byte[] HOME_LAT = JsonText.name("home_lat");
  private static final byte[] HOME_LON = JsonText.name("home_lon");
  private static final byte[] AMOUNT = JsonText.name("amount");
  private static final byte[] CURRENCY = JsonText.name("currency");
  private static final byte[] LOCATION_RISK_SCORE = JsonText.name("location_risk_score");
  private static final byte[] TIMESTAMP = JsonText.name("timestamp");

  /** More than the fields take that hold numbers or channels, with the braces. */
  private static final int OTHERS_ROOM = 512;

  private TransactionJson() {}

  /** The transaction in an array of its own. */
  public static byte[] encode(Transaction transaction) {
    byte[] to = new byte[room(transaction)];
    return Arrays.copyOf(to, write(transaction, to, 0));
  }

  /** The most bytes that a transaction takes. */
  public static int room(Transaction transaction) {
    return OTHERS_ROOM
        + JsonText.room(TRANSACTION_ID, transaction.transactionId())
        + JsonText.room(CARD_NUMBER, transaction.cardNumber())
        + JsonText.room(CUSTOMER_ID, transaction.cardholder().customerId())
        + JsonText.room(HOME_CITY, transaction.cardholder().homeCity())
        + JsonText.room(CURRENCY, transaction.currency())
        + transaction.acceptor().json().length
        + (transaction.location() == null ? 0 : transaction.location().json().length);
  }

  /**
   * Writes the transaction at a position behind which there is {@link #room} for it.
   *
   * @return the position behind it
   */
  public static int write(Transaction transaction, byte[] to, int at) {
    int end = JsonText.field(TRANSACTION_ID, transaction.transactionId(), to, at);
    end = JsonText.field(CARD_NUMBER, transaction.cardNumber(), to, end);
    end = write(transaction.cardholder(), to, end);
    end = JsonText.number(transaction.amount(), to, JsonText.copy(AMOUNT, to, end));
    end = JsonText.field(CURRENCY, transaction.currency(), to, end);
    end = JsonText.copy(transaction.acceptor().json(), to, end);
    if (transaction.channel() != null) {
      end = JsonText.copy(transaction.channel().json(), to, end);
    }
    if (transaction.location() != null) {
      end = JsonText.copy(transaction.location().json(), to, end);
    }
    end = JsonText.field(LOCATION_RISK_SCORE, transaction.locationRiskScore(), to, end);
    end = JsonText.number(transaction.timestampMs(), to, JsonText.copy(TIMESTAMP, to, end));
    // The comma before the first field makes way for the brace.
    to[at] = '{';
    to[end] = '}';
    return end + 1;
  }

  private static int write(Cardholder cardholder, byte[] to, int at) {
    int end = JsonText.field(CUSTOMER_ID, cardholder.customerId(), to, at);
    if (cardholder.ageYears() != null) {
      end = JsonText.copy(CUSTOMER_AGE, to, end);
      end = JsonText.number((long) cardholder.ageYears(), to, end);
    }
    end = JsonText.field(HOME_CITY, cardholder.homeCity(), to, end);
    end = JsonText.field(HOME_LAT, cardholder.homeLatDegrees(), to, end);
    return JsonText.field(HOME_LON, cardholder.homeLonDegrees(), to, end);
  }
}
