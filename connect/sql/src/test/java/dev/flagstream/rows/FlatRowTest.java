package dev.flagstream.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class FlatRowTest {

  private static final Schema PLACE =
      SchemaBuilder.struct()
          .field("city", Schema.STRING_SCHEMA)
          .field("lat", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .optional()
          .build();
  private static final Schema LIST =
      SchemaBuilder.array(Decimal.builder(2).optional().build()).optional().build();
  private static final Schema DECISION =
      SchemaBuilder.struct()
          .field("id", Schema.STRING_SCHEMA)
          .field("amount", Decimal.builder(2).optional().build())
          .field("place", PLACE)
          .field("parts", LIST)
          .field("at", Timestamp.builder().optional().build())
          .build();

  private static final Date AT = Date.from(Instant.ofEpochMilli(1_123));

  private final FlatRow<SinkRecord> transformation = new FlatRow<>();

  private Struct row(Struct value) {
    return (Struct) transformation.apply(record(value)).value();
  }

  private static SinkRecord record(Object value) {
    return new SinkRecord(
        "decisions", 0, null, null, value instanceof Struct s ? s.schema() : null, value, 7);
  }

  @Test
  void namesColumnsAfterTheWayToTheField() {
    assertThat(row(new Struct(DECISION).put("id", "a")).schema().fields())
        .extracting(Field::name)
        .containsExactly("id", "amount", "place_city", "place_lat", "parts", "at");
  }

  @Test
  void keepsMoneyAndTimesAsTheyAre() {
    Struct row =
        row(
            new Struct(DECISION)
                .put("id", "a")
                .put("amount", new BigDecimal("12345678901234567.89"))
                .put("at", AT));

    assertThat(row.get("amount")).isEqualTo(new BigDecimal("12345678901234567.89"));
    assertThat(row.schema().field("amount").schema().name()).isEqualTo(Decimal.LOGICAL_NAME);
    assertThat(row.schema().field("amount").schema().parameters()).containsEntry("scale", "2");
    assertThat(row.get("at")).isEqualTo(AT);
  }

  @Test
  void makesJsonOfListsWithExactNumbers() {
    Struct row =
        row(
            new Struct(DECISION)
                .put("id", "a")
                .put(
                    "parts", List.of(new BigDecimal("0.10"), new BigDecimal("99999999999999.99"))));

    assertThat(row.get("parts")).isEqualTo("[0.10,99999999999999.99]");
  }

  @Test
  void givesNullInEachColumnOfAStructThatIsNull() {
    Struct row = row(new Struct(DECISION).put("id", "a"));

    assertThat(row.get("place_city")).isNull();
    assertThat(row.schema().field("place_city").schema().isOptional()).isTrue();
    assertThat(row.schema().field("id").schema().isOptional()).isFalse();
    row.validate();
  }

  @Test
  void replacesTheCharacterThatPostgresqlCannotHold() {
    assertThat(row(new Struct(DECISION).put("id", "a\0b")).get("id")).isEqualTo("a\uFFFDb");
  }

  @Test
  void refusesWhatIsNoStruct() {
    assertThatThrownBy(() -> transformation.apply(record(null)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no value");
    assertThatThrownBy(() -> transformation.apply(record("text")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no struct");
  }

  @Test
  void refusesTwoFieldsThatWouldBeOneColumn() {
    Schema ambiguous =
        SchemaBuilder.struct()
            .field("place_city", Schema.STRING_SCHEMA)
            .field("place", PLACE)
            .build();

    assertThatThrownBy(
            () -> transformation.apply(record(new Struct(ambiguous).put("place_city", "x"))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("place_city");
  }
}
