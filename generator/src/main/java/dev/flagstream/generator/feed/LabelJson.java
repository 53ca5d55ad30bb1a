package dev.flagstream.generator.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes labels and truth as the topics {@code fraud_labels} and {@code fraud_truth} hold them:
 * JSON in UTF-8 without a line end; what is not known is left out. Stateless and thread-safe.
 */
public final class LabelJson {

  private static final JsonFactory JSON = new JsonFactory();

  private LabelJson() {}

  public static byte[] encode(FraudLabel label) {
    return write(
        json -> {
          json.writeStringField("transaction_id", label.transactionId());
          if (label.merchantId() != null) {
            json.writeStringField("merchant_id", label.merchantId());
          }
          if (label.customerId() != null) {
            json.writeStringField("customer_id", label.customerId());
          }
          json.writeBooleanField("is_fraud", label.fraud());
          json.writeNumberField("transaction_time", label.transactionTimeMs());
          json.writeNumberField("reported_at", label.reportedAtMs());
        });
  }

  public static byte[] encode(FraudTruth truth) {
    return write(
        json -> {
          json.writeStringField("transaction_id", truth.transactionId());
          json.writeStringField("scenario", truth.scenario());
          json.writeNumberField("transaction_time", truth.transactionTimeMs());
        });
  }

  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private static byte[] write(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(192);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array cannot fail to be written", e);
    }
    return bytes.toByteArray();
  }
}
