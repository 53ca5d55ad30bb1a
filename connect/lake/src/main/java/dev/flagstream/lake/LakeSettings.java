package dev.flagstream.lake;

import dev.flagstream.client.lake.LakeStore;
import dev.flagstream.client.lake.LakeStores;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;

/** The sink's own settings, checked when the connector is registered. */
final class LakeSettings extends AbstractConfig {

  static final String URL = "lake.url";
  private static final String TABLE = "lake.table";
  private static final String SCHEMA = "lake.schema";
  private static final String DAY_COLUMN = "lake.day.column";
  private static final String KEY_COLUMN = "lake.key.column";
  private static final String ROW_COLUMN = "lake.row.column";
  private static final String FLUSH_RECORDS = "lake.flush.records";
  private static final String FLUSH_INTERVAL = "lake.flush.interval.ms";

  static final ConfigDef DEFINITION =
      new ConfigDef()
          .define(
              URL,
              ConfigDef.Type.STRING,
              ConfigDef.NO_DEFAULT_VALUE,
              (name, value) -> requireUrl((String) value),
              Importance.HIGH,
              "Where the lake is: the path of a folder, or s3://bucket/prefix, whose credentials"
                  + " are in the environment of the worker or in a file.")
          .define(
              TABLE,
              ConfigDef.Type.STRING,
              ConfigDef.NO_DEFAULT_VALUE,
              (name, value) -> requireName(name, (String) value),
              Importance.HIGH,
              "The folder of the files within the lake: letters, digits and _.")
          .define(
              SCHEMA,
              ConfigDef.Type.STRING,
              ConfigDef.NO_DEFAULT_VALUE,
              (name, value) -> parsed((String) value),
              Importance.HIGH,
              "The columns, as JsonConverter's value.converter.schema.content has them.")
          .define(
              DAY_COLUMN,
              ConfigDef.Type.STRING,
              "",
              Importance.MEDIUM,
              "The column of the time whose day (UTC) a row belongs to. Default, and where it is"
                  + " NULL: the record's own time.")
          .define(
              KEY_COLUMN,
              ConfigDef.Type.STRING,
              "",
              Importance.MEDIUM,
              "A column for the record's key, a text. Default: it is not stored.")
          .define(
              ROW_COLUMN,
              ConfigDef.Type.STRING,
              "",
              Importance.MEDIUM,
              "A column without which a record is no row and is passed over, as a mark among"
                  + " transactions is no transaction. Default: every record is a row.")
          .define(
              FLUSH_RECORDS,
              ConfigDef.Type.INT,
              50_000,
              Range.between(1, 5_000_000),
              Importance.MEDIUM,
              "How many rows a task keeps in memory before it writes them.")
          .define(
              FLUSH_INTERVAL,
              ConfigDef.Type.LONG,
              300_000,
              Range.between(1, Duration.ofDays(1).toMillis()),
              Importance.MEDIUM,
              "How long a row waits in memory at most.");

  private final LakeSchema schema;

  /**
   * Settings.
   *
   * @throws ConfigException naming the setting that is wrong, and why
   */
  LakeSettings(Map<String, String> properties) {
    super(DEFINITION, properties, false);
    schema = parsed(getString(SCHEMA));
    int day = dayIndex();
    if (!getString(DAY_COLUMN).isEmpty()
        && (day < 0 || schema.columns().get(day).kind() != LakeColumn.Kind.TIME)) {
      throw new ConfigException(
          DAY_COLUMN, getString(DAY_COLUMN), "is no column of type Timestamp of " + SCHEMA);
    }
    if (!getString(ROW_COLUMN).isEmpty() && rowIndex() < 0) {
      throw new ConfigException(ROW_COLUMN, getString(ROW_COLUMN), "is no column of " + SCHEMA);
    }
    if (schema.indexOf(keyColumn()) >= 0 || LakeSchema.ORIGIN.contains(keyColumn())) {
      throw new ConfigException(KEY_COLUMN, keyColumn(), "is a column already");
    }
  }

  private static LakeSchema parsed(String json) {
    try {
      return LakeSchema.of(json);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(SCHEMA + " is no schema of a row: " + e.getMessage());
    }
  }

  private static void requireName(String setting, String name) {
    if (!name.matches("[A-Za-z0-9_]*[A-Za-z0-9]") || name.startsWith("_")) {
      throw new ConfigException(
          setting, name, "must be of letters, digits and _, with which it may not begin");
    }
  }

  private static void requireUrl(String url) {
    if (url.isBlank()) {
      throw new ConfigException(
          URL, url, "says no place; is LAKE_URL in the environment of the Connect worker?");
    }
    if (url.startsWith(S3Location.SCHEME + "://")) {
      try {
        S3Location.parse(url);
      } catch (IllegalArgumentException e) {
        // Without the value, in which somebody may have put a secret.
        throw new ConfigException(URL + " is wrong: " + e.getMessage());
      }
    } else if (!LakeStores.isFolder(url)) {
      throw new ConfigException(URL, url, "must be the path of a folder, or s3://bucket/prefix");
    }
  }

  /** Opens the place where the files are. */
  LakeStore openStore() {
    try {
      return LakeStores.open(getString(URL), LakeSettings.class.getClassLoader());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(e.getMessage());
    }
  }

  /** The folder of the files. */
  String table() {
    return getString(TABLE);
  }

  LakeSchema schema() {
    return schema;
  }

  /** Where the time of a row's day is; -1 if it is the record's. */
  int dayIndex() {
    return schema.indexOf(getString(DAY_COLUMN));
  }

  /** The column without which a record is passed over; -1 if every record is a row. */
  int rowIndex() {
    return schema.indexOf(getString(ROW_COLUMN));
  }

  /** The column of the key; empty for none. */
  String keyColumn() {
    return getString(KEY_COLUMN);
  }

  int flushRecords() {
    return getInt(FLUSH_RECORDS);
  }

  Duration flushInterval() {
    return Duration.ofMillis(getLong(FLUSH_INTERVAL));
  }
}
