package dev.flagstream.geojson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocationPointTest {

  private static final Schema LOCATION =
      SchemaBuilder.struct()
          .field("city", Schema.OPTIONAL_STRING_SCHEMA)
          .field("lat", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .field("lon", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .optional()
          .build();
  private static final Schema DECISION =
      SchemaBuilder.struct().field("id", Schema.STRING_SCHEMA).field("location", LOCATION).build();

  private final LocationPoint<SinkRecord> transformation = new LocationPoint<>();

  @BeforeEach
  void configureAsTheConnectorsDo() {
    transformation.configure(Map.of("from", "location", "to", "location_point"));
  }

  private Struct document(Object value) {
    Schema schema = value instanceof Struct struct ? struct.schema() : null;
    return (Struct)
        transformation.apply(new SinkRecord("decisions", 0, null, null, schema, value, 7)).value();
  }

  private static Struct at(Double latitude, Double longitude) {
    return new Struct(DECISION)
        .put("id", "a")
        .put(
            "location",
            new Struct(LOCATION).put("city", "Rome").put("lat", latitude).put("lon", longitude));
  }

  @Test
  void aPointHasItsLongitudeFirst() {
    Struct point = document(at(41.9, 12.5)).getStruct("location_point");

    assertThat(point.getString("type")).isEqualTo("Point");
    assertThat(point.getArray("coordinates")).isEqualTo(List.of(12.5, 41.9));
  }

  @Test
  void everythingElseStaysAsItIs() {
    Struct before = at(41.9, 12.5);
    Struct after = document(before);

    assertThat(after.get("id")).isEqualTo("a");
    assertThat(after.get("location")).isEqualTo(before.get("location"));
    assertThat(after.schema().fields()).hasSize(3);
    assertThat(document(at(1.0, 2.0)).schema()).isSameAs(after.schema());
  }

  @ParameterizedTest
  @CsvSource({"90.1, 0", "-91, 0", "0, 180.5", "0, -181", "NaN, 0", "0, Infinity", ", 0", "0,"})
  void aPlaceThatIsNotOnEarthIsNoPoint(Double latitude, Double longitude) {
    assertThat(document(at(latitude, longitude)).get("location_point")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"90, 180", "-90, -180", "0, 0"})
  void theEndsOfTheEarthArePoints(double latitude, double longitude) {
    assertThat(
            document(at(latitude, longitude)).getStruct("location_point").getArray("coordinates"))
        .isEqualTo(List.of(longitude, latitude));
  }

  @Test
  void aDecisionWithoutALocationHasNoPoint() {
    assertThat(document(new Struct(DECISION).put("id", "a")).get("location_point")).isNull();
  }

  @Test
  void saysWhatTheRecordLacks() {
    Schema bare = SchemaBuilder.struct().field("id", Schema.STRING_SCHEMA).build();

    assertThatThrownBy(() -> document(new Struct(bare).put("id", "a")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no struct 'location' with the numbers 'lat' and 'lon'");
    assertThatThrownBy(() -> document(null))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no value");
    assertThatThrownBy(() -> document(Map.of("id", "a")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no struct with a schema");
  }
}
