package dev.flagstream.udf.features;

import dev.flagstream.udf.features.state.StateReader;
import dev.flagstream.udf.features.state.StateWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * A transaction that can be scored, as it travels between the statements that compute features:
 * they pass it on unread, so it is packed into bytes once, where it enters, and unpacked once,
 * where all its features are there. Each component is null where the transaction does not tell it.
 * Immutable.
 *
 * <p>In bytes: the version of this form, then the components in order, each with a byte before it
 * that tells whether there is one.
 *
 * @param cardToken what stands for its card
 * @param amount of {@value #AMOUNT_SCALE} decimal places, exact
 * @param eventTime epoch milliseconds
 */
record ValidTransaction(
    String transactionId,
    String cardToken,
    String cardLast4,
    String customerId,
    Integer customerAge,
    String homeCity,
    Double homeLat,
    Double homeLon,
    BigDecimal amount,
    String currency,
    String merchantId,
    String merchant,
    String merchantCategory,
    String mcc,
    String channel,
    Location location,
    Double locationRiskScore,
    Long eventTime) {

  /** Where it took place; each component is null where it is not known. */
  record Location(String city, String state, String country, Double lat, Double lon) {

    private static final Location UNKNOWN = new Location(null, null, null, null, null);
  }

  /** The SQL type of what PACK_TRANSACTION takes and UNPACK_TRANSACTION gives. */
  static final String STRUCT =
      "STRUCT<TRANSACTION_ID VARCHAR, CARD_TOKEN VARCHAR, CARD_LAST4 VARCHAR, CUSTOMER_ID VARCHAR,"
          + " CUSTOMER_AGE INTEGER, HOME_CITY VARCHAR, HOME_LAT DOUBLE, HOME_LON DOUBLE, AMOUNT"
          + " DECIMAL(10, 2), CURRENCY VARCHAR, MERCHANT_ID VARCHAR, MERCHANT VARCHAR,"
          + " MERCHANT_CATEGORY VARCHAR, MCC VARCHAR, CHANNEL VARCHAR, LOCATION STRUCT<CITY"
          + " VARCHAR, STATE VARCHAR, COUNTRY VARCHAR, LAT DOUBLE, LON DOUBLE>, LOCATION_RISK_SCORE"
          + " DOUBLE, EVENT_TIME BIGINT>";

  private static final int VERSION = 1;
  private static final int BYTES_EXPECTED = 320;

  private static final int AMOUNT_SCALE = 2;
  private static final int AMOUNT_PRECISION = 10;

  /** More than any DECIMAL(10, 2) has. */
  private static final long CENTS_END = 10_000_000_000L;

  private static final Schema TEXT = Schema.OPTIONAL_STRING_SCHEMA;
  private static final Schema DOUBLE = Schema.OPTIONAL_FLOAT64_SCHEMA;

  private static final Schema LOCATION_SCHEMA =
      SchemaBuilder.struct()
          .field("CITY", TEXT)
          .field("STATE", TEXT)
          .field("COUNTRY", TEXT)
          .field("LAT", DOUBLE)
          .field("LON", DOUBLE)
          .optional()
          .build();

  /** The same as {@link #STRUCT}. */
  static final Schema SCHEMA =
      SchemaBuilder.struct()
          .field("TRANSACTION_ID", TEXT)
          .field("CARD_TOKEN", TEXT)
          .field("CARD_LAST4", TEXT)
          .field("CUSTOMER_ID", TEXT)
          .field("CUSTOMER_AGE", Schema.OPTIONAL_INT32_SCHEMA)
          .field("HOME_CITY", TEXT)
          .field("HOME_LAT", DOUBLE)
          .field("HOME_LON", DOUBLE)
          .field(
              "AMOUNT",
              Decimal.builder(AMOUNT_SCALE)
                  .parameter("connect.decimal.precision", String.valueOf(AMOUNT_PRECISION))
                  .optional()
                  .build())
          .field("CURRENCY", TEXT)
          .field("MERCHANT_ID", TEXT)
          .field("MERCHANT", TEXT)
          .field("MERCHANT_CATEGORY", TEXT)
          .field("MCC", TEXT)
          .field("CHANNEL", TEXT)
          .field("LOCATION", LOCATION_SCHEMA)
          .field("LOCATION_RISK_SCORE", DOUBLE)
          .field("EVENT_TIME", Schema.OPTIONAL_INT64_SCHEMA)
          .optional()
          .build();

  private static final Field[] FIELDS = SCHEMA.fields().toArray(Field[]::new);
  private static final Field[] LOCATION_FIELDS = LOCATION_SCHEMA.fields().toArray(Field[]::new);

  // ----------------------------------------------------------------------------------- as a STRUCT

  /** The transaction in a row of the type {@link #STRUCT}. */
  static ValidTransaction of(Struct row) {
    return new ValidTransaction(
        row.getString("TRANSACTION_ID"),
        row.getString("CARD_TOKEN"),
        row.getString("CARD_LAST4"),
        row.getString("CUSTOMER_ID"),
        row.getInt32("CUSTOMER_AGE"),
        row.getString("HOME_CITY"),
        row.getFloat64("HOME_LAT"),
        row.getFloat64("HOME_LON"),
        (BigDecimal) row.get("AMOUNT"),
        row.getString("CURRENCY"),
        row.getString("MERCHANT_ID"),
        row.getString("MERCHANT"),
        row.getString("MERCHANT_CATEGORY"),
        row.getString("MCC"),
        row.getString("CHANNEL"),
        locationOf(row.getStruct("LOCATION")),
        row.getFloat64("LOCATION_RISK_SCORE"),
        row.getInt64("EVENT_TIME"));
  }

  private static Location locationOf(Struct row) {
    return row == null
        ? null
        : new Location(
            row.getString("CITY"),
            row.getString("STATE"),
            row.getString("COUNTRY"),
            row.getFloat64("LAT"),
            row.getFloat64("LON"));
  }

  /** The same as a STRUCT. */
  Struct toStruct() {
    return structOf(
        SCHEMA,
        FIELDS,
        transactionId,
        cardToken,
        cardLast4,
        customerId,
        customerAge,
        homeCity,
        homeLat,
        homeLon,
        amount,
        currency,
        merchantId,
        merchant,
        merchantCategory,
        mcc,
        channel,
        location == null
            ? null
            : structOf(
                LOCATION_SCHEMA,
                LOCATION_FIELDS,
                location.city,
                location.state,
                location.country,
                location.lat,
                location.lon),
        locationRiskScore,
        eventTime);
  }

  private static Struct structOf(Schema schema, Field[] fields, Object... values) {
    Struct struct = new Struct(schema);
    for (int i = 0; i < fields.length; i++) {
      struct.put(fields[i], values[i]);
    }
    return struct;
  }

  /**
   * Whether it has neither id nor amount: no transaction, but the request to forget those of its
   * card.
   */
  boolean isNone() {
    return transactionId == null && amount == null;
  }

  /** Where it took place; all of it unknown if the transaction tells nothing. */
  Location place() {
    return location == null ? Location.UNKNOWN : location;
  }

  // -------------------------------------------------------------------------------------- as bytes

  /**
   * The same, packed.
   *
   * @throws ArithmeticException for an amount that is none of a DECIMAL(10, 2)
   */
  ByteBuffer toBytes() {
    StateWriter out = new StateWriter(BYTES_EXPECTED);
    out.writeByte(VERSION);
    write(out, transactionId);
    write(out, cardToken);
    write(out, cardLast4);
    write(out, customerId);
    write(out, customerAge == null ? null : customerAge.longValue());
    write(out, homeCity);
    write(out, homeLat);
    write(out, homeLon);
    write(
        out,
        amount == null ? null : amount.setScale(AMOUNT_SCALE).unscaledValue().longValueExact());
    write(out, currency);
    write(out, merchantId);
    write(out, merchant);
    write(out, merchantCategory);
    write(out, mcc);
    write(out, channel);
    out.writeByte(location == null ? 0 : 1);
    if (location != null) {
      write(out, location.city);
      write(out, location.state);
      write(out, location.country);
      write(out, location.lat);
      write(out, location.lon);
    }
    write(out, locationRiskScore);
    write(out, eventTime);
    return out.toBuffer();
  }

  private static void write(StateWriter out, String text) {
    out.writeByte(text == null ? 0 : 1);
    if (text != null) {
      out.writeText(text);
    }
  }

  private static void write(StateWriter out, Long number) {
    out.writeByte(number == null ? 0 : 1);
    if (number != null) {
      out.writeSigned(number);
    }
  }

  private static void write(StateWriter out, Double number) {
    out.writeByte(number == null ? 0 : 1);
    if (number != null) {
      out.writeDouble(number);
    }
  }

  /**
   * What {@link #toBytes} packed. The work is in proportion to the bytes.
   *
   * @throws IllegalArgumentException for other bytes
   */
  static ValidTransaction read(ByteBuffer packed) {
    try {
      StateReader in = new StateReader(packed);
      if (in.readByte() == VERSION) {
        return read(in);
      }
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "These bytes end before the transaction that they should hold", e);
    }
    throw new IllegalArgumentException(
        "These are no bytes of PACK_TRANSACTION, or those of another version of it");
  }

  private static ValidTransaction read(StateReader in) {
    String transactionId = readText(in);
    String cardToken = readText(in);
    String cardLast4 = readText(in);
    String customerId = readText(in);
    Long customerAge = readWhole(in);
    String homeCity = readText(in);
    Double homeLat = readDouble(in);
    Double homeLon = readDouble(in);
    Long cents = readWhole(in);
    String currency = readText(in);
    String merchantId = readText(in);
    String merchant = readText(in);
    String merchantCategory = readText(in);
    String mcc = readText(in);
    String channel = readText(in);
    Location location =
        in.readByte() == 0
            ? null
            : new Location(
                readText(in), readText(in), readText(in), readDouble(in), readDouble(in));
    return new ValidTransaction(
        transactionId,
        cardToken,
        cardLast4,
        customerId,
        ageOf(customerAge),
        homeCity,
        homeLat,
        homeLon,
        amountOf(cents),
        currency,
        merchantId,
        merchant,
        merchantCategory,
        mcc,
        channel,
        location,
        readDouble(in),
        readWhole(in));
  }

  private static Integer ageOf(Long packed) {
    if (packed == null) {
      return null;
    }
    if (packed.intValue() != packed) {
      throw new IllegalArgumentException("These bytes hold an age that is no INTEGER: " + packed);
    }
    return packed.intValue();
  }

  private static BigDecimal amountOf(Long cents) {
    if (cents == null) {
      return null;
    }
    if (cents >= CENTS_END || cents <= -CENTS_END) {
      throw new IllegalArgumentException(
          "These bytes hold an amount that is no DECIMAL(10, 2): %d cents".formatted(cents));
    }
    return new BigDecimal(BigInteger.valueOf(cents), AMOUNT_SCALE);
  }

  private static String readText(StateReader in) {
    return in.readByte() == 0 ? null : in.readText();
  }

  private static Long readWhole(StateReader in) {
    return in.readByte() == 0 ? null : (Long) in.readSigned();
  }

  private static Double readDouble(StateReader in) {
    return in.readByte() == 0 ? null : (Double) in.readDouble();
  }
}
