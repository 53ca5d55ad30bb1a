package dev.flagstream.training.features;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.flagstream.training.batch.FeatureNames;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Reads what training needs of the JSON in which SQL writes a decision. Stateless. */
public final class FeatureRowJson {

  private static final JsonFactory JSON = new JsonFactory();
  private static final Map<String, Integer> PLACES = places();

  private FeatureRowJson() {}

  private static Map<String, Integer> places() {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < FeatureNames.ALL.size(); i++) {
      places.put(FeatureNames.ALL.get(i), i);
    }
    return places;
  }

  /**
   * Reads a row.
   *
   * @param row not {@code null}
   * @throws IOException if it is no JSON
   * @throws IllegalStateException saying which column or how many features it lacks
   */
  public static FeatureRow read(byte[] row) throws IOException {
    String id = null;
    String card = null;
    double amount = Double.NaN;
    Long timeMs = null;
    double[] vector = null;
    try (JsonParser parser = JSON.createParser(row)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        if (parser.nextToken() == JsonToken.VALUE_NULL) {
          continue;
        }
        switch (field) {
          case "TRANSACTION_ID" -> id = parser.getText();
          case "CARD_TOKEN" -> card = parser.getText();
          case "AMOUNT" -> amount = parser.getDoubleValue();
          case "EVENT_TIME" -> timeMs = parser.getLongValue();
          case "FEATURES" -> vector = struct(parser);
          default -> parser.skipChildren();
        }
      }
    }
    return new FeatureRow(
        required(id, "TRANSACTION_ID"),
        required(card, "CARD_TOKEN"),
        amount,
        required(timeMs, "EVENT_TIME"),
        required(vector, "FEATURES"));
  }

  private static <T> T required(T value, String column) {
    if (value == null) {
      throw new IllegalStateException("A row of features has no " + column);
    }
    return value;
  }

  private static double[] struct(JsonParser parser) throws IOException {
    double[] vector = new double[PLACES.size()];
    Arrays.fill(vector, Double.NaN);
    int found = 0;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Integer place = PLACES.get(parser.currentName());
      boolean isNull = parser.nextToken() == JsonToken.VALUE_NULL;
      if (place != null) {
        found++;
        vector[place] = isNull ? Double.NaN : parser.getDoubleValue();
      }
    }
    if (found != PLACES.size()) {
      throw new IllegalStateException(
          "The SQL gave %d of %d features".formatted(found, PLACES.size()));
    }
    return vector;
  }
}
