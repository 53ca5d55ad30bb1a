package dev.flagstream.generator.transaction;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes transactions as JSON, field by field, as the topic {@code credit_card_transactions} holds
 * them; what is not known is left out. One object serves one thread.
 */
public final class TransactionJson {

  private static final SerializedString TRANSACTION_ID = new SerializedString("transaction_id");
  private static final SerializedString CARD_NUMBER = new SerializedString("card_number");
  private static final SerializedString CUSTOMER_ID = new SerializedString("customer_id");
  private static final SerializedString CUSTOMER_AGE = new SerializedString("customer_age");
  private static final SerializedString HOME_CITY = new SerializedString("home_city");
  private static final SerializedString HOME_LAT = new SerializedString("home_lat");
  private static final SerializedString HOME_LON = new SerializedString("home_lon");
  private static final SerializedString AMOUNT = new SerializedString("amount");
  private static final SerializedString CURRENCY = new SerializedString("currency");
  private static final SerializedString MERCHANT_ID = new SerializedString("merchant_id");
  private static final SerializedString MERCHANT = new SerializedString("merchant");
  private static final SerializedString MERCHANT_CATEGORY =
      new SerializedString("merchant_category");
  private static final SerializedString MCC = new SerializedString("mcc");
  private static final SerializedString CHANNEL = new SerializedString("channel");
  private static final SerializedString LOCATION = new SerializedString("location");
  private static final SerializedString CITY = new SerializedString("city");
  private static final SerializedString STATE = new SerializedString("state");
  private static final SerializedString COUNTRY = new SerializedString("country");
  private static final SerializedString LAT = new SerializedString("lat");
  private static final SerializedString LON = new SerializedString("lon");
  private static final SerializedString LOCATION_RISK_SCORE =
      new SerializedString("location_risk_score");
  private static final SerializedString TIMESTAMP = new SerializedString("timestamp");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private final JsonGenerator json;

  public TransactionJson() {
    try {
      json =
          new JsonFactoryBuilder()
              // Faster, and unlike Double.toString the same digits on every Java version.
              .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
              .rootValueSeparator("")
              .build()
              .createGenerator(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The transaction as one JSON object in UTF-8, without a line end. */
  public byte[] encode(Transaction transaction) {
    bytes.reset();
    try {
      write(transaction);
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array cannot fail to be written", e);
    }
    return bytes.toByteArray();
  }

  private void write(Transaction transaction) throws IOException {
    json.writeStartObject();
    writeString(TRANSACTION_ID, transaction.transactionId());
    writeString(CARD_NUMBER, transaction.cardNumber());
    write(transaction.cardholder());
    json.writeFieldName(AMOUNT);
    json.writeNumber(transaction.amount());
    writeString(CURRENCY, transaction.currency());
    write(transaction.acceptor());
    if (transaction.channel() != null) {
      writeString(CHANNEL, transaction.channel().label());
    }
    if (transaction.location() != null) {
      json.writeFieldName(LOCATION);
      write(transaction.location());
    }
    writeDouble(LOCATION_RISK_SCORE, transaction.locationRiskScore());
    json.writeFieldName(TIMESTAMP);
    json.writeNumber(transaction.timestampMs());
    json.writeEndObject();
  }

  private void write(Cardholder cardholder) throws IOException {
    writeString(CUSTOMER_ID, cardholder.customerId());
    if (cardholder.ageYears() != null) {
      json.writeFieldName(CUSTOMER_AGE);
      json.writeNumber(cardholder.ageYears());
    }
    writeString(HOME_CITY, cardholder.homeCity());
    writeDouble(HOME_LAT, cardholder.homeLatDegrees());
    writeDouble(HOME_LON, cardholder.homeLonDegrees());
  }

  private void write(Acceptor acceptor) throws IOException {
    writeString(MERCHANT_ID, acceptor.merchantId());
    writeString(MERCHANT, acceptor.name());
    writeString(MERCHANT_CATEGORY, acceptor.category());
    writeString(MCC, acceptor.mcc());
  }

  private void write(Location location) throws IOException {
    json.writeStartObject();
    writeString(CITY, location.city());
    writeString(STATE, location.state());
    writeString(COUNTRY, location.country());
    writeDouble(LAT, location.latDegrees());
    writeDouble(LON, location.lonDegrees());
    json.writeEndObject();
  }

  /** Writes a text, or nothing for one that is not known. */
  private void writeString(SerializedString name, String value) throws IOException {
    if (value != null) {
      json.writeFieldName(name);
      json.writeString(value);
    }
  }

  /** Writes a number, or nothing for one that is not known. */
  private void writeDouble(SerializedString name, double value) throws IOException {
    if (!Double.isNaN(value)) {
      json.writeFieldName(name);
      json.writeNumber(value);
    }
  }
}
