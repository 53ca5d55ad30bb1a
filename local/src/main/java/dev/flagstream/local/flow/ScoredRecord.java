package dev.flagstream.local.flow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The few fields of a scored transaction that make up its verdict. They stand before the hundred
 * values that explain it, and nothing after them is read.
 *
 * @param id of the transaction; empty if the record has none
 * @param flagged what SQL decided
 * @param score what the model gave it; NaN without a model
 * @param threshold from which on a score is an alert; NaN without a model
 */
public record ScoredRecord(String id, boolean flagged, double score, double threshold) {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int FIELDS = 4;

  /**
   * Reads a record.
   *
   * @throws UncheckedIOException naming its place if it is no object of JSON up to the last of the
   *     fields
   */
  public static ScoredRecord parse(ConsumerRecord<byte[], byte[]> each) {
    byte[] value = each.value() == null ? new byte[0] : each.value();
    try (JsonParser parser = JSON.createParser(value)) {
      return parse(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Offset %d of partition %d of %s is not JSON"
              .formatted(each.offset(), each.partition(), each.topic()),
          e);
    }
  }

  private static ScoredRecord parse(JsonParser parser) throws IOException {
    String id = "";
    boolean flagged = false;
    double score = Double.NaN;
    double threshold = Double.NaN;
    int missing = FIELDS;
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("There is no object");
    }
    while (missing > 0 && parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      missing--;
      switch (name) {
        case "TRANSACTION_ID" -> id = value == JsonToken.VALUE_NULL ? "" : parser.getText();
        case "IS_FRAUD" -> flagged = value == JsonToken.VALUE_TRUE;
        case "FRAUD_SCORE" -> score = number(parser);
        case "FRAUD_THRESHOLD" -> threshold = number(parser);
        default -> {
          missing++;
          parser.skipChildren();
        }
      }
    }
    return new ScoredRecord(id, flagged, score, threshold);
  }

  private static double number(JsonParser parser) throws IOException {
    return parser.currentToken().isNumeric() ? parser.getDoubleValue() : Double.NaN;
  }

  /** Whether the model alone is reason enough to flag it. */
  public boolean isAlert() {
    return score >= threshold;
  }
}
