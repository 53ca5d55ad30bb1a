package dev.flagstream.generator.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Writes transactions as JSON, field by field, as the topic {@code credit_card_transactions} holds
 * them; what is not known is left out. One object serves one thread.
 *
 * <p>Written by hand because this is half of what a backfill costs: most of a transaction says the
 * same of the same merchant and is remembered.
 */
public final class TransactionJson {

  private static final byte[] TRANSACTION_ID = "{\"transaction_id\":".getBytes(UTF_8);
  private static final byte[] CARD_NUMBER = name("card_number");
  private static final byte[] CUSTOMER_ID = name("customer_id");
  private static final byte[] CUSTOMER_AGE = name("customer_age");
  private static final byte[] HOME_CITY = name("home_city");
  private static final byte[] HOME_LAT = name("home_lat");
  private static final byte[] HOME_LON = name("home_lon");
  private static final byte[] AMOUNT = name("amount");
  private static final byte[] CURRENCY = name("currency");
  private static final byte[] MERCHANT_ID = name("merchant_id");
  private static final byte[] MERCHANT = name("merchant");
  private static final byte[] MERCHANT_CATEGORY = name("merchant_category");
  private static final byte[] MCC = name("mcc");
  private static final byte[] CHANNEL = name("channel");
  private static final byte[] LOCATION = name("location");
  private static final byte[] CITY = name("city");
  private static final byte[] STATE = name("state");
  private static final byte[] COUNTRY = name("country");
  private static final byte[] LAT = name("lat");
  private static final byte[] LON = name("lon");
  private static final byte[] LOCATION_RISK_SCORE = name("location_risk_score");
  private static final byte[] TIMESTAMP = name("timestamp");

  private final JsonBytes json = new JsonBytes();
  private final Fragments<Acceptor> acceptors = new Fragments<>(TransactionJson::write);
  private final Fragments<Location> locations = new Fragments<>(TransactionJson::write);

  private static byte[] name(String name) {
    return (",\"" + name + "\":").getBytes(UTF_8);
  }

  /** The transaction as one JSON object in UTF-8, without a line end. */
  public byte[] encode(Transaction transaction) {
    json.clear();
    json.raw(TRANSACTION_ID);
    json.string(transaction.transactionId());
    writeString(json, CARD_NUMBER, transaction.cardNumber());
    write(json, transaction.cardholder());
    json.raw(AMOUNT);
    // With two decimals this never has an exponent.
    json.digits(transaction.amount().toString());
    writeString(json, CURRENCY, transaction.currency());
    json.raw(acceptors.of(transaction.acceptor()));
    if (transaction.channel() != null) {
      writeString(json, CHANNEL, transaction.channel().label());
    }
    if (transaction.location() != null) {
      json.raw(locations.of(transaction.location()));
    }
    writeDouble(json, LOCATION_RISK_SCORE, transaction.locationRiskScore());
    json.raw(TIMESTAMP);
    json.number(transaction.timestampMs());
    json.raw('}');
    return json.toArray();
  }

  private static void write(JsonBytes json, Cardholder cardholder) {
    writeString(json, CUSTOMER_ID, cardholder.customerId());
    if (cardholder.ageYears() != null) {
      json.raw(CUSTOMER_AGE);
      json.number((long) cardholder.ageYears());
    }
    writeString(json, HOME_CITY, cardholder.homeCity());
    writeDouble(json, HOME_LAT, cardholder.homeLatDegrees());
    writeDouble(json, HOME_LON, cardholder.homeLonDegrees());
  }

  private static void write(JsonBytes json, Acceptor acceptor) {
    writeString(json, MERCHANT_ID, acceptor.merchantId());
    writeString(json, MERCHANT, acceptor.name());
    writeString(json, MERCHANT_CATEGORY, acceptor.category());
    writeString(json, MCC, acceptor.mcc());
  }

  private static void write(JsonBytes json, Location location) {
    JsonBytes fields = new JsonBytes();
    writeString(fields, CITY, location.city());
    writeString(fields, STATE, location.state());
    writeString(fields, COUNTRY, location.country());
    writeDouble(fields, LAT, location.latDegrees());
    writeDouble(fields, LON, location.lonDegrees());
    byte[] written = fields.toArray();
    // Each field begins with a comma; that of the first becomes the brace, if there is a first.
    json.raw(LOCATION);
    json.raw('{');
    json.raw(written.length == 0 ? written : Arrays.copyOfRange(written, 1, written.length));
    json.raw('}');
  }

  /** Writes a text, or nothing for one that is not known. */
  private static void writeString(JsonBytes json, byte[] name, String value) {
    if (value != null) {
      json.raw(name);
      json.string(value);
    }
  }

  /** Writes a number, or nothing for one that is not known. */
  private static void writeDouble(JsonBytes json, byte[] name, double value) {
    if (!Double.isNaN(value)) {
      json.raw(name);
      json.number(value);
    }
  }
}
