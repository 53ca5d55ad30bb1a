package dev.flagstream.udf;

import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * REJECTION_REASON: why a record of the input topic cannot be scored.
 *
 * <p>Two queries split the input between them: the one over the typed stream scores, the one over
 * the raw payloads rejects. Each record must fall to exactly one of them. So this gives a reason
 * where ksqlDB cannot read the record into {@link InputColumn#ALL}, and otherwise exactly where
 * {@link IsScorable}, by which the scoring query filters, is false. Thread-safe.
 */
@UdfDescription(
    name = "REJECTION_REASON",
    description =
        "Why a record of the input topic cannot be scored, NULL if it can: EMPTY, NOT_UTF8,"
            + " NOT_JSON, NOT_OBJECT, or UNREADABLE, MISSING, INVALID, AHEAD or TOO_LONG and the"
            + " name of the field."
            + " Never any content of the record.",
    category = Catalogue.CATEGORY,
    author = Catalogue.AUTHOR,
    version = Catalogue.VERSION)
public class RejectionReason {

  private static final List<String> LATITUDES = List.of("home_lat", "location.lat");
  private static final List<String> LONGITUDES = List.of("home_lon", "location.lon");

  /** What a decoder leaves where bytes were no UTF-8. */
  private static final char REPLACEMENT_CHARACTER = '\uFFFD';

  @Udf(
      description =
          "For a payload read as text. Bytes that were no UTF-8 cannot be told from the character"
              + " U+FFFD any more; both are rejected.")
  public String rejectionReason(
      @UdfParameter(value = "payload", description = "the record's value as text") String payload) {
    if (payload == null || payload.isBlank()) {
      return "EMPTY";
    }
    if (payload.indexOf(REPLACEMENT_CHARACTER) >= 0) {
      return "NOT_UTF8";
    }
    return reasonAgainst(payload.getBytes(StandardCharsets.UTF_8), RejectionReason::reasonAgainst);
  }

  @Udf(description = "For a payload read as bytes, which is exact.")
  public String rejectionReason(
      @UdfParameter(value = "payload", description = "the record's value as bytes")
          ByteBuffer payload) {
    return reasonAgainst(payload, RejectionReason::reasonAgainst);
  }

  @Udf(
      description =
          "Where also a time of more than 10 minutes after the record's own is a reason, a currency"
              + " that is none of ISO 4217, coordinates that are not on Earth, and a text of more than"
              + " 1,000 characters.")
  public String rejectionReason(
      @UdfParameter(value = "payload", description = "the record's value as bytes")
          ByteBuffer payload,
      @UdfParameter(value = "record_time", description = "when the record was made: ROWTIME")
          Long recordTimeMs) {
    return reasonAgainst(
        payload, row -> reasonAgainst(row, values -> strictReason(values, row, recordTimeMs)));
  }

  private static String reasonAgainst(
      ByteBuffer payload, Function<JsonValue.Fields, String> reasonAgainstRow) {
    if (payload == null || !payload.hasRemaining()) {
      return "EMPTY";
    }
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    return reasonAgainst(bytes, reasonAgainstRow);
  }

  private static String reasonAgainst(
      byte[] payload, Function<JsonValue.Fields, String> reasonAgainstRow) {
    try {
      JsonValue value = JsonValue.firstOf(payload);
      if (value == null) {
        return "EMPTY";
      }
      return value instanceof JsonValue.Fields row ? reasonAgainstRow.apply(row) : "NOT_OBJECT";
    } catch (IOException e) {
      return "NOT_JSON";
    }
  }

  private static String reasonAgainst(JsonValue.Fields row) {
    return reasonAgainst(row, values -> null);
  }

  /** What else is a reason, of values that are scorable otherwise; null if nothing is. */
  private static String strictReason(
      Map<String, Object> values, JsonValue.Fields row, Long recordTimeMs) {
    if (Scorability.isAhead((Long) values.get("timestamp"), recordTimeMs)) {
      return "AHEAD timestamp";
    }
    if (!Scorability.isCurrency((String) values.get("currency"))) {
      return "INVALID currency";
    }
    for (String latitude : LATITUDES) {
      if (!Scorability.isLatitude((Double) values.get(latitude))) {
        return "INVALID " + latitude;
      }
    }
    for (String longitude : LONGITUDES) {
      if (!Scorability.isLongitude((Double) values.get(longitude))) {
        return "INVALID " + longitude;
      }
    }
    return tooLong(row, Scorability.MAX_TEXT_LENGTH);
  }

  private static String reasonAgainst(
      JsonValue.Fields row, Function<Map<String, Object>, String> otherReason) {
    Map<String, Object> values = new HashMap<>();
    try {
      for (InputColumn column : InputColumn.ALL) {
        column.readInto(values, row);
      }
    } catch (InputColumn.UnreadableException e) {
      return "UNREADABLE " + e.field();
    }
    BigDecimal amount = (BigDecimal) values.get("amount");
    Long timestamp = (Long) values.get("timestamp");
    String flaw =
        Scorability.flaw(
            (String) values.get("transaction_id"),
            (String) values.get("card_number"),
            amount == null ? null : amount.doubleValue(),
            timestamp);
    return flaw != null ? flaw : otherReason.apply(values);
  }

  private static String tooLong(JsonValue.Fields row, int maxTextLength) {
    for (InputColumn column : InputColumn.ALL) {
      String path = column.longerThan(maxTextLength, row);
      if (path != null) {
        return "TOO_LONG " + path;
      }
    }
    return null;
  }
}
