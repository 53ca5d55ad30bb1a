package dev.flagstream.generator.transaction;

import java.util.Arrays;

/**
 * Writes transactions as JSON, field by field, as the topic {@code credit_card_transactions} holds
 * them: one JSON object in UTF-8, without a line end; what is not known is left out. Stateless.
 *
 * <p>Written by hand because this is a good part of what a backfill costs: half of a transaction
 * says the same of the same merchant and place, and is remembered and copied.
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
  private static final byte[] MERCHANT_ID = JsonText.name("merchant_id");
  private static final byte[] MERCHANT = JsonText.name("merchant");
  private static final byte[] MERCHANT_CATEGORY = JsonText.name("merchant_category");
  private static final byte[] MCC = JsonText.name("mcc");
  private static final byte[] CHANNEL = JsonText.name("channel");
  private static final byte[] LOCATION = JsonText.name("location");
  private static final byte[] CITY = JsonText.name("city");
  private static final byte[] STATE = JsonText.name("state");
  private static final byte[] COUNTRY = JsonText.name("country");
  private static final byte[] LAT = JsonText.name("lat");
  private static final byte[] LON = JsonText.name("lon");
  private static final byte[] LOCATION_RISK_SCORE = JsonText.name("location_risk_score");
  private static final byte[] TIMESTAMP = JsonText.name("timestamp");

  /** More than the fields with numbers or channels take, with the braces. */
  private static final int OTHERS_ROOM = 512;

  private static final RememberedJson<Acceptor> ACCEPTORS =
      new RememberedJson<>(TransactionJson::fields);
  private static final RememberedJson<Location> LOCATIONS =
      new RememberedJson<>(TransactionJson::field);

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
        + ACCEPTORS.of(transaction.acceptor()).length
        + (transaction.location() == null ? 0 : LOCATIONS.of(transaction.location()).length);
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
    end = JsonText.copy(ACCEPTORS.of(transaction.acceptor()), to, end);
    if (transaction.channel() != null) {
      end = JsonText.field(CHANNEL, transaction.channel().label(), to, end);
    }
    if (transaction.location() != null) {
      end = JsonText.copy(LOCATIONS.of(transaction.location()), to, end);
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

  /** The fields that tell it, each behind a comma. */
  private static byte[] fields(Acceptor acceptor) {
    int room =
        JsonText.room(MERCHANT_ID, acceptor.merchantId())
            + JsonText.room(MERCHANT, acceptor.name())
            + JsonText.room(MERCHANT_CATEGORY, acceptor.category())
            + JsonText.room(MCC, acceptor.mcc());
    byte[] fields = new byte[room];
    int end = JsonText.field(MERCHANT_ID, acceptor.merchantId(), fields, 0);
    end = JsonText.field(MERCHANT, acceptor.name(), fields, end);
    end = JsonText.field(MERCHANT_CATEGORY, acceptor.category(), fields, end);
    end = JsonText.field(MCC, acceptor.mcc(), fields, end);
    return Arrays.copyOf(fields, end);
  }

  /** The field that tells it, behind a comma: an object, which may be empty. */
  private static byte[] field(Location location) {
    int room =
        LOCATION.length
            + JsonText.room(CITY, location.city())
            + JsonText.room(STATE, location.state())
            + JsonText.room(COUNTRY, location.country())
            + LAT.length
            + LON.length
            + 2 * JsonText.NUMBER_ROOM;
    byte[] field = new byte[room];
    int start = JsonText.copy(LOCATION, field, 0);
    int end = JsonText.field(CITY, location.city(), field, start);
    end = JsonText.field(STATE, location.state(), field, end);
    end = JsonText.field(COUNTRY, location.country(), field, end);
    end = JsonText.field(LAT, location.latDegrees(), field, end);
    end = JsonText.field(LON, location.lonDegrees(), field, end);
    // The comma before the first field, if there is one, makes way for the brace.
    field[start] = '{';
    end = Math.max(end, start + 1);
    field[end] = '}';
    return Arrays.copyOf(field, end + 1);
  }
}
