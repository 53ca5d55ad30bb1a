package dev.flagstream.udf;

import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

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
            + " NOT_JSON, NOT_OBJECT, or UNREADABLE, MISSING or INVALID and the name of the field."
            + " Never any content of the record.",
    category = Catalogue.CATEGORY,
    author = Catalogue.AUTHOR,
    version = Catalogue.VERSION)
public class RejectionReason {

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
    return reasonAgainst(payload.getBytes(StandardCharsets.UTF_8));
  }

  @Udf(description = "For a payload read as bytes, which is exact.")
  public String rejectionReason(
      @UdfParameter(value = "payload", description = "the record's value as bytes")
          ByteBuffer payload) {
    if (payload == null || !payload.hasRemaining()) {
      return "EMPTY";
    }
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    return reasonAgainst(bytes);
  }

  private String reasonAgainst(byte[] payload) {
    try {
      JsonValue value = JsonValue.firstOf(payload);
      if (value == null) {
        return "EMPTY";
      }
      return value instanceof JsonValue.Fields row ? reasonAgainst(row) : "NOT_OBJECT";
    } catch (IOException e) {
      return "NOT_JSON";
    }
  }

  private String reasonAgainst(JsonValue.Fields row) {
    Map<String, Object> values = new HashMap<>();
    try {
      for (InputColumn column : InputColumn.ALL) {
        values.put(column.name(), column.readFrom(row));
      }
    } catch (InputColumn.UnreadableException e) {
      return "UNREADABLE " + e.field();
    }
    BigDecimal amount = (BigDecimal) values.get("amount");
    return Scorability.flaw(
        (String) values.get("transaction_id"),
        (String) values.get("card_number"),
        amount == null ? null : amount.doubleValue(),
        (Long) values.get("timestamp"));
  }
}
