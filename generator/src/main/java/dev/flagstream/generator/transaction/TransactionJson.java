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
 * them. One object serves one thread.
 */
public final class TransactionJson {

  private static final SerializedString TRANSACTION_ID = new SerializedString("transaction_id");
  private static final SerializedString CARD_NUMBER = new SerializedString("card_number");
  private static final SerializedString CUSTOMER_ID = new SerializedString("customer_id");
  private static final SerializedString CUSTOMER_AGE = new SerializedString("customer_age");
  private static final SerializedString HOME_CITY = new SerializedString("home_city");
  private static final SerializedString AMOUNT = new SerializedString("amount");
  private static final SerializedString CURRENCY = new SerializedString("currency");
  private static final SerializedString MERCHANT = new SerializedString("merchant");
  private static final SerializedString MERCHANT_CATEGORY =
      new SerializedString("merchant_category");
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
    writeString(CUSTOMER_ID, transaction.customerId());
    json.writeFieldName(CUSTOMER_AGE);
    json.writeNumber(transaction.customerAge());
    writeString(HOME_CITY, transaction.homeCity());
    json.writeFieldName(AMOUNT);
    json.writeNumber(transaction.amount());
    writeString(CURRENCY, transaction.currency());
    writeString(MERCHANT, transaction.merchant());
    writeString(MERCHANT_CATEGORY, transaction.merchantCategory());
    json.writeFieldName(LOCATION);
    write(transaction.location());
    writeDouble(LOCATION_RISK_SCORE, transaction.locationRiskScore());
    json.writeFieldName(TIMESTAMP);
    json.writeNumber(transaction.timestampMs());
    json.writeEndObject();
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

  private void writeString(SerializedString name, String value) throws IOException {
    json.writeFieldName(name);
    json.writeString(value);
  }

  private void writeDouble(SerializedString name, double value) throws IOException {
    json.writeFieldName(name);
    json.writeNumber(value);
  }
}
