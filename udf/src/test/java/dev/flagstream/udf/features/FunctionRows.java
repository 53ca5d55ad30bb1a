package dev.flagstream.udf.features;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** FunctionRows as SQL hands them to the functions, and what comes back. */
public final class FunctionRows {

  private static final Schema CARD =
      SchemaBuilder.struct()
          .field("TRANSACTION_ID", Schema.OPTIONAL_STRING_SCHEMA)
          .field("EVENT_TIME", Schema.OPTIONAL_INT64_SCHEMA)
          .field("AMOUNT", org.apache.kafka.connect.data.Decimal.builder(2).optional().build())
          .field("MERCHANT_ID", Schema.OPTIONAL_STRING_SCHEMA)
          .field("MERCHANT_CATEGORY", Schema.OPTIONAL_STRING_SCHEMA)
          .field("COUNTRY", Schema.OPTIONAL_STRING_SCHEMA)
          .field("LAT", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .field("LON", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .field("HOME_LAT", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .field("HOME_LON", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .optional()
          .build();

  private static final Schema MERCHANT =
      SchemaBuilder.struct()
          .field("MERCHANT_ID", Schema.OPTIONAL_STRING_SCHEMA)
          .field("TRANSACTION_ID", Schema.OPTIONAL_STRING_SCHEMA)
          .field("TRANSACTION_TIME", Schema.OPTIONAL_INT64_SCHEMA)
          .field("IS_FRAUD", Schema.OPTIONAL_BOOLEAN_SCHEMA)
          .field("REPORTED_AT", Schema.OPTIONAL_INT64_SCHEMA)
          .optional()
          .build();

  private FunctionRows() {}

  /** A transaction without a place. */
  static Struct payment(String id, long timeMs, String amount) {
    return new Struct(CARD)
        .put("TRANSACTION_ID", id)
        .put("EVENT_TIME", timeMs)
        .put("AMOUNT", new BigDecimal(amount));
  }

  static Struct emptyPayment() {
    return new Struct(CARD);
  }

  static Struct sale(String id, Long timeMs) {
    return new Struct(MERCHANT)
        .put("MERCHANT_ID", "M1")
        .put("TRANSACTION_ID", id)
        .put("TRANSACTION_TIME", timeMs);
  }

  static Struct label(String id, Long timeMs, Boolean isFraud, Long reportedAtMs) {
    return sale(id, timeMs).put("IS_FRAUD", isFraud).put("REPORTED_AT", reportedAtMs);
  }

  static Struct emptyMerchantRow() {
    return new Struct(MERCHANT);
  }

  /** What is not NULL in a result, by name. */
  static Map<String, Object> values(Struct row) {
    Map<String, Object> values = new TreeMap<>();
    for (Field field : row.schema().fields()) {
      if (row.get(field) != null) {
        values.put(field.name(), row.get(field));
      }
    }
    return values;
  }
}
