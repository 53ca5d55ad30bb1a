package dev.flagstream.geojson;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.cache.Cache;
import org.apache.kafka.common.cache.LRUCache;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.transforms.Transformation;

/**
 * Adds a GeoJSON point to a record's value: <code>{type: "Point", coordinates: [longitude,
 * latitude]}</code>, made of a struct that has the fields {@code lat} and {@code lon}. All other
 * fields stay as they are.
 *
 * <p>The point is null where the struct or one of the two is, and where they name no place on Earth
 * (a latitude beyond ±90 degrees, a longitude beyond ±180, NaN): an index for maps refuses such a
 * point, and with it the document. A record without a value, whose value has no schema or whose
 * schema has no such struct, is refused ({@link DataException}) and so becomes a dead letter. For
 * one thread at a time, as Connect calls it.
 *
 * @param <R> the type of record
 */
public final class LocationPoint<R extends ConnectRecord<R>>
    implements Transformation<R>, Versioned {

  private static final String FROM = "from";
  private static final String TO = "to";
  private static final String LATITUDE = "lat";
  private static final String LONGITUDE = "lon";
  private static final double MAX_LATITUDE = 90;
  private static final double MAX_LONGITUDE = 180;

  private static final ConfigDef SETTINGS =
      new ConfigDef()
          .define(
              FROM,
              ConfigDef.Type.STRING,
              "location",
              ConfigDef.Importance.HIGH,
              "The field with a struct of lat and lon, in degrees.")
          .define(
              TO,
              ConfigDef.Type.STRING,
              "location_point",
              ConfigDef.Importance.HIGH,
              "The field that the point becomes.");

  private static final Schema POINT =
      SchemaBuilder.struct()
          .field("type", Schema.STRING_SCHEMA)
          .field("coordinates", SchemaBuilder.array(Schema.FLOAT64_SCHEMA).build())
          .optional()
          .build();

  /** A topic has one schema, and another one for as long as a feature is being added. */
  private static final int SCHEMAS = 16;

  private final Cache<Schema, Schema> schemas = new LRUCache<>(SCHEMAS);

  private String from;
  private String to;

  @Override
  public void configure(Map<String, ?> settings) {
    AbstractConfig config = new AbstractConfig(SETTINGS, settings);
    from = config.getString(FROM);
    to = config.getString(TO);
  }

  @Override
  public R apply(R row) {
    if (!(row.value() instanceof Struct value)) {
      throw new DataException(
          row.value() == null
              ? "The record has no value, to which a point could be added"
              : "The record's value is no struct with a schema, to which a point could be added");
    }
    Schema schema = schemas.get(value.schema());
    if (schema == null) {
      schema = withPoint(value.schema());
      schemas.put(value.schema(), schema);
    }
    Struct document = new Struct(schema);
    for (Field field : value.schema().fields()) {
      document.put(field.name(), value.get(field));
    }
    document.put(to, point(value.getStruct(from)));
    return row.newRecord(
        row.topic(),
        row.kafkaPartition(),
        row.keySchema(),
        row.key(),
        schema,
        document,
        row.timestamp());
  }

  private Schema withPoint(Schema schema) {
    Field location = schema.field(from);
    if (location == null
        || location.schema().type() != Schema.Type.STRUCT
        || !isNumber(location.schema().field(LATITUDE))
        || !isNumber(location.schema().field(LONGITUDE))) {
      throw new DataException(
          "The record has no struct '%s' with the numbers '%s' and '%s' (FLOAT64), of which a point could be made"
              .formatted(from, LATITUDE, LONGITUDE));
    }
    if (schema.field(to) != null) {
      throw new DataException("The record has a field '" + to + "' already");
    }
    SchemaBuilder more = SchemaBuilder.struct().name(schema.name()).version(schema.version());
    schema.fields().forEach(field -> more.field(field.name(), field.schema()));
    return more.field(to, POINT).build();
  }

  private static boolean isNumber(Field field) {
    return field != null && field.schema().type() == Schema.Type.FLOAT64;
  }

  private static Struct point(Struct location) {
    Double latitude = location == null ? null : location.getFloat64(LATITUDE);
    Double longitude = location == null ? null : location.getFloat64(LONGITUDE);
    if (!isWithin(latitude, MAX_LATITUDE) || !isWithin(longitude, MAX_LONGITUDE)) {
      return null;
    }
    return new Struct(POINT).put("type", "Point").put("coordinates", List.of(longitude, latitude));
  }

  private static boolean isWithin(Double degrees, double most) {
    return degrees != null && Math.abs(degrees) <= most;
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public ConfigDef config() {
    return SETTINGS;
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
