package dev.flagstream.udf.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.ksql.function.udaf.Udaf;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

/** What travels packed between the statements says the same as the rows it stands for. */
class PackedTransactionsTest {

  private static final long T = Instant.parse("2025-11-20T12:00:00Z").toEpochMilli();

  /** As it lies in topics: a change of it asks for a new version. */
  private static final String VERSION_1 =
      "01010274310105633165336401043131313100015401074368696361676f014044400000"
          + "0000000001a413010355534401024d310000000103706f7301000001025553013fe00000"
          + "0000000000013fd00000000000000180f89592d466";

  private final PackTransaction pack = new PackTransaction();
  private final UnpackTransaction unpack = new UnpackTransaction();
  private final UnpackCardFeatures unpackCard = new UnpackCardFeatures();
  private final AllFeatures all = new AllFeatures();

  @Test
  void givesEveryTransactionBackAsItWasWhateverItDoesNotTell() {
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      Struct row = transaction(random, "t" + i, T + random.nextInt()).toStruct();

      Struct back = unpack.unpackTransaction(pack.packTransaction(row));

      assertThat(back).isEqualTo(row);
      assertThat((BigDecimal) back.get("AMOUNT")).isEqualTo(row.get("AMOUNT"));
    }
    Struct nothing = new Struct(ValidTransaction.SCHEMA);
    assertThat(unpack.unpackTransaction(pack.packTransaction(nothing))).isEqualTo(nothing);
    assertThat(pack.packTransaction(null)).isNull();
    assertThat(unpack.unpackTransaction(null)).isNull();
  }

  @Test
  void measuresAPackedTransactionAsItsRow() {
    Random random = new Random(2);
    Udaf<Struct, ByteBuffer, Struct> ofRows = CardFeatures.cardFeatures();
    Udaf<ByteBuffer, ByteBuffer, ByteBuffer> ofPacked = CardFeatures.cardFeaturesOfPacked();
    ByteBuffer stateOfRows = ofRows.initialize();
    ByteBuffer stateOfPacked = ofPacked.initialize();
    for (int i = 0; i < 500; i++) {
      ValidTransaction transaction =
          transaction(random, "t" + random.nextInt(400), T + random.nextInt(1_000_000_000));
      Struct merchant = merchantFeatures(random);
      stateOfRows = ofRows.aggregate(eventRow(transaction), stateOfRows);
      stateOfPacked = ofPacked.aggregate(transaction.toBytes(), stateOfPacked);
      Struct expected = ofRows.map(stateOfRows);

      ByteBuffer card = ofPacked.map(stateOfPacked);
      Struct features = all.allFeatures(transaction.toBytes(), card, merchant);

      assertThat(stateOfPacked).isEqualTo(stateOfRows);
      assertThat(unpackCard.unpackCardFeatures(card))
          .isEqualTo(card == null ? null : expected)
          .isSameAs(unpackCard.unpackCardFeatures(card));
      for (TransactionFeature feature : TransactionFeature.values()) {
        Object value =
            switch (feature.source()) {
              case CARD -> expected.get(feature.lowerCaseName());
              case MERCHANT -> merchant.get(feature.lowerCaseName());
              case TRANSACTION ->
                  feature == TransactionFeature.CUSTOMER_AGE
                      ? transaction.customerAge() == null
                          ? null
                          : transaction.customerAge().doubleValue()
                      : transaction.locationRiskScore();
            };
        assertThat(features.get(feature.lowerCaseName())).as(feature.name()).isEqualTo(value);
      }
    }
  }

  @Test
  void measuresTheSameObjectsOnceAndOthersAnew() {
    Random random = new Random(6);
    ByteBuffer transaction = transaction(random, "t1", T).toBytes();
    Udaf<ByteBuffer, ByteBuffer, ByteBuffer> function = CardFeatures.cardFeaturesOfPacked();
    ByteBuffer card = function.map(function.aggregate(transaction, function.initialize()));
    Struct merchant = merchantFeatures(random);
    Struct otherMerchant = merchantFeatures(random);

    Struct features = all.allFeatures(transaction, card, merchant);

    assertThat(all.allFeatures(transaction, card, merchant)).isSameAs(features);
    assertThat(all.allFeatures(transaction, card, otherMerchant)).isNotEqualTo(features);
    assertThat(all.allFeatures(transaction, null, merchant)).isNotEqualTo(features);
    assertThat(all.allFeatures(transaction, card, merchant)).isEqualTo(features);
  }

  @Test
  void hasNullFeaturesWhereThereIsNothingToMeasure() {
    ByteBuffer transaction = transaction(new Random(3), "t1", T).toBytes();

    Struct features = all.allFeatures(transaction, null, null);

    assertThat(FunctionRows.values(features).keySet()).isSubsetOf("customer_age", "location_risk");
    assertThat(all.allFeatures(null, null, null)).isNull();
    assertThat(unpackCard.unpackCardFeatures(null)).isNull();
  }

  @Test
  void refusesBytesWithAnAmountOfMoreDigitsThanItsTypeHas() {
    Struct row = transaction(new Random(5), "t1", T).toStruct();
    for (String amount : new String[] {"99999999.99", "-99999999.99"}) {
      ByteBuffer packed = pack.packTransaction(row.put("AMOUNT", new BigDecimal(amount)));
      assertThat(unpack.unpackTransaction(packed).get("AMOUNT")).isEqualTo(new BigDecimal(amount));
    }
    for (String amount : new String[] {"100000000.00", "-100000000.00", "92233720368547758.07"}) {
      ByteBuffer packed = pack.packTransaction(row.put("AMOUNT", new BigDecimal(amount)));
      assertThatThrownBy(() -> unpack.unpackTransaction(packed))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("These bytes hold an amount that is no DECIMAL(10, 2): ");
    }
  }

  @Test
  void refusesBytesThatHoldNoTransactionAndTheStateOfTheCardGoesOn() {
    ByteBuffer packed = transaction(new Random(4), "t1", T).toBytes();
    for (int length = 0; length < packed.remaining(); length++) {
      ByteBuffer cut = packed.duplicate().limit(length);
      assertThatThrownBy(() -> unpack.unpackTransaction(cut))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("These");
    }
    ByteBuffer later =
        ByteBuffer.allocate(packed.remaining()).put(packed.duplicate()).flip().put(0, (byte) 2);
    assertThatThrownBy(() -> unpack.unpackTransaction(later))
        .hasMessage("These are no bytes of PACK_TRANSACTION, or those of another version of it");

    Udaf<ByteBuffer, ByteBuffer, ByteBuffer> function = CardFeatures.cardFeaturesOfPacked();
    ByteBuffer state = function.aggregate(packed, function.initialize());
    ByteBuffer after = function.aggregate(later, state);
    assertThat(function.map(after)).isNull();
    assertThat(function.map(function.aggregate(null, state))).isNull();
    assertThat(CardHistory.read(after).size()).isEqualTo(1);
    assertThat(function.map(ByteBuffer.wrap(new byte[] {1}))).isNull();
  }

  @Test
  void aTransactionThatIsNoneHasItsCardForgotten() {
    Udaf<ByteBuffer, ByteBuffer, ByteBuffer> function = CardFeatures.cardFeaturesOfPacked();
    ByteBuffer state =
        function.aggregate(transaction(new Random(5), "t1", T).toBytes(), function.initialize());
    Struct none = new Struct(ValidTransaction.SCHEMA).put("EVENT_TIME", T + 1);

    ByteBuffer after = function.aggregate(pack.packTransaction(none), state);

    assertThat(after).isEqualTo(function.initialize());
    assertThat(function.map(after)).isNull();
  }

  @Test
  void readsWhatWasPackedByVersion1() {
    ValidTransaction some =
        new ValidTransaction(
            "t1",
            "c1e3d",
            "1111",
            null,
            42,
            "Chicago",
            40.5,
            null,
            new BigDecimal("12.34"),
            "USD",
            "M1",
            null,
            null,
            null,
            "pos",
            new ValidTransaction.Location(null, null, "US", 0.5, null),
            0.25,
            T);

    assertThat(some.toBytes()).isEqualTo(ByteBuffer.wrap(HexFormat.of().parseHex(VERSION_1)));
    assertThat(ValidTransaction.read(ByteBuffer.wrap(HexFormat.of().parseHex(VERSION_1))))
        .isEqualTo(some);
  }

  @Test
  void declaresTheSameTypeToSqlAndToJava() {
    assertThat(sqlTypeOf(ValidTransaction.SCHEMA)).isEqualTo(ValidTransaction.STRUCT);
  }

  private static String sqlTypeOf(Schema schema) {
    if (schema.name() != null) {
      return "DECIMAL(10, 2)";
    }
    return switch (schema.type()) {
      case STRUCT ->
          schema.fields().stream()
              .map(field -> field.name() + " " + sqlTypeOf(field.schema()))
              .collect(Collectors.joining(", ", "STRUCT<", ">"));
      case STRING -> "VARCHAR";
      case INT32 -> "INTEGER";
      case INT64 -> "BIGINT";
      case FLOAT64 -> "DOUBLE";
      default -> throw new AssertionError("No SQL type is " + schema.type());
    };
  }

  // --------------------------------------------------------------------------------------- samples

  private static ValidTransaction transaction(Random random, String id, long timeMs) {
    return new ValidTransaction(
        id,
        orNull(random, () -> HexFormat.of().formatHex(new byte[32])),
        orNull(random, () -> "1111"),
        orNull(random, () -> "C" + random.nextInt(100)),
        orNull(random, () -> random.nextInt(200) - 50),
        orNull(random, () -> "São Paulo \uD83D\uDE00"),
        orNull(random, () -> random.nextDouble() * 90),
        orNull(random, () -> random.nextDouble() * 180),
        orNull(random, () -> BigDecimal.valueOf(random.nextInt(), 2)),
        orNull(random, () -> "EUR"),
        orNull(random, () -> "M" + random.nextInt(9)),
        orNull(random, () -> ""),
        orNull(random, () -> "category" + random.nextInt(3)),
        orNull(random, () -> "5411"),
        orNull(random, () -> "pos"),
        orNull(
            random,
            () ->
                new ValidTransaction.Location(
                    orNull(random, () -> "Chicago"),
                    orNull(random, () -> "Illinois"),
                    orNull(random, () -> random.nextInt(4) == 0 ? "FR" : "US"),
                    orNull(random, () -> random.nextDouble() * 90),
                    orNull(random, () -> random.nextDouble() * 180))),
        orNull(random, random::nextDouble),
        orNull(random, () -> timeMs));
  }

  private static <T> T orNull(Random random, Supplier<T> value) {
    return random.nextInt(8) == 0 ? null : value.get();
  }

  private static Struct eventRow(ValidTransaction transaction) {
    Struct row = FunctionRows.emptyPayment();
    row.put("TRANSACTION_ID", transaction.transactionId());
    row.put("EVENT_TIME", transaction.eventTime());
    row.put("AMOUNT", transaction.amount());
    row.put("MERCHANT_ID", transaction.merchantId());
    row.put("MERCHANT_CATEGORY", transaction.merchantCategory());
    row.put("COUNTRY", transaction.place().country());
    row.put("LAT", transaction.place().lat());
    row.put("LON", transaction.place().lon());
    row.put("HOME_LAT", transaction.homeLat());
    row.put("HOME_LON", transaction.homeLon());
    return row;
  }

  private static Struct merchantFeatures(Random random) {
    Struct row = MerchantMeasurement.nothing();
    for (Field field : row.schema().fields()) {
      if (field.schema().type() == Schema.Type.FLOAT64) {
        row.put(field, orNull(random, random::nextDouble));
      }
    }
    return row;
  }
}
