package dev.flagstream.engine.planner.with;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.flagstream.engine.NearMiss;
import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.BooleanLiteral;
import dev.flagstream.engine.ast.Expression.DecimalLiteral;
import dev.flagstream.engine.ast.Expression.IntegerLiteral;
import dev.flagstream.engine.ast.Expression.LongLiteral;
import dev.flagstream.engine.ast.Expression.NullLiteral;
import dev.flagstream.engine.ast.Expression.StringLiteral;
import dev.flagstream.engine.ast.Interval;
import dev.flagstream.engine.ast.print.ExpressionPrinter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The properties of a WITH clause. */
public final class WithClause {

  public static final String KAFKA_TOPIC = "KAFKA_TOPIC";
  public static final String PARTITIONS = "PARTITIONS";
  public static final String REPLICAS = "REPLICAS";
  public static final String RETENTION_MS = "RETENTION_MS";
  public static final String CLEANUP_POLICY = "CLEANUP_POLICY";
  public static final String FORMAT = "FORMAT";
  public static final String KEY_FORMAT = "KEY_FORMAT";
  public static final String VALUE_FORMAT = "VALUE_FORMAT";
  public static final String KEY_DELIMITER = "KEY_DELIMITER";
  public static final String VALUE_DELIMITER = "VALUE_DELIMITER";
  public static final String WRAP_SINGLE_VALUE = "WRAP_SINGLE_VALUE";
  public static final String QUERY_ID = "QUERY_ID";
  static final String TIMESTAMP = "TIMESTAMP";
  static final String TIMESTAMP_FORMAT = "TIMESTAMP_FORMAT";
  public static final String WINDOW_TYPE = "WINDOW_TYPE";
  public static final String WINDOW_SIZE = "WINDOW_SIZE";
  static final String KEY_SCHEMA_ID = "KEY_SCHEMA_ID";
  static final String VALUE_SCHEMA_ID = "VALUE_SCHEMA_ID";
  static final String VALUE_SCHEMA_FULL_NAME = "VALUE_SCHEMA_FULL_NAME";

  static final String VALUE_AVRO_SCHEMA_NAME = "VALUE_AVRO_SCHEMA_FULL_NAME";

  /** The end of the names of two properties, of keys and of values. */
  static final String PROTOBUF_NULLS = "_PROTOBUF_NULLABLE_REPRESENTATION";

  private static final Set<String> INTEGERS = Set.of(PARTITIONS, KEY_SCHEMA_ID, VALUE_SCHEMA_ID);
  private static final Set<String> NUMBERS =
      Set.of(PARTITIONS, KEY_SCHEMA_ID, VALUE_SCHEMA_ID, REPLICAS, RETENTION_MS);
  private static final Set<String> TRUTHS = Set.of(WRAP_SINGLE_VALUE, "SOURCED_BY_CONNECTOR");
  private static final List<String> WINDOW_TYPES = List.of("SESSION", "HOPPING", "TUMBLING");
  private static final List<String> PROTOBUF_NULL_FORMS = List.of("OPTIONAL", "WRAPPER");
  private static final Set<String> OF_EVERY_CREATE =
      Set.of(
          KAFKA_TOPIC,
          PARTITIONS,
          REPLICAS,
          RETENTION_MS,
          CLEANUP_POLICY,
          FORMAT,
          KEY_FORMAT,
          VALUE_FORMAT,
          KEY_DELIMITER,
          VALUE_DELIMITER,
          WRAP_SINGLE_VALUE,
          TIMESTAMP,
          TIMESTAMP_FORMAT,
          KEY_SCHEMA_ID,
          VALUE_SCHEMA_ID,
          "KEY_SCHEMA_FULL_NAME",
          VALUE_SCHEMA_FULL_NAME,
          VALUE_AVRO_SCHEMA_NAME,
          "KEY" + PROTOBUF_NULLS,
          "VALUE" + PROTOBUF_NULLS);
  private static final Set<String> OF_CREATE_SOURCE =
      Set.of(WINDOW_TYPE, WINDOW_SIZE, "SOURCED_BY_CONNECTOR");
  private static final Set<String> OF_INSERT = Set.of(QUERY_ID);

  private final Map<String, Expression> properties;

  private WithClause(Map<String, Expression> properties) {
    this.properties = new TreeMap<>(properties);
  }

  /** The properties of CREATE STREAM or TABLE over a topic. */
  public static WithClause ofCreate(Map<String, Expression> properties) {
    return checked(properties, Stream.concat(OF_EVERY_CREATE.stream(), OF_CREATE_SOURCE.stream()));
  }

  public static WithClause ofCreateAsSelect(Map<String, Expression> properties) {
    return checked(properties, OF_EVERY_CREATE.stream());
  }

  /** The properties of INSERT INTO … SELECT. */
  public static WithClause ofInsert(Map<String, Expression> properties) {
    return checked(properties, OF_INSERT.stream());
  }

  private static WithClause checked(Map<String, Expression> properties, Stream<String> known) {
    Set<String> unknown = new TreeSet<>(properties.keySet());
    List<String> names = known.toList();
    names.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new SqlException(
          "Invalid config variable(s) in the WITH clause: "
              + String.join(",", unknown)
              + NearMiss.hint(NearMiss.of(unknown.iterator().next(), names)));
    }
    WithClause with = new WithClause(properties);
    with.checkTypes();
    with.check();
    return with;
  }

  /** Every value is of the type its property has. */
  private void checkTypes() {
    for (String name : properties.keySet()) {
      if (INTEGERS.contains(name) || name.equals(REPLICAS)) {
        integer(name);
      } else if (NUMBERS.contains(name)) {
        number(name);
      } else if (TRUTHS.contains(name)) {
        truth(name);
      } else if (!(properties.get(name) instanceof StringLiteral)) {
        throw invalid(name, "Expected value to be a string, but it was " + javaType(name), null);
      }
    }
    if (text(KAFKA_TOPIC).filter(String::isEmpty).isPresent()) {
      throw invalid(KAFKA_TOPIC, "String must be non-empty", null);
    }
    oneOf(WINDOW_TYPE, WINDOW_TYPES);
    oneOf("KEY" + PROTOBUF_NULLS, PROTOBUF_NULL_FORMS);
    oneOf("VALUE" + PROTOBUF_NULLS, PROTOBUF_NULL_FORMS);
    duration(WINDOW_SIZE);
  }

  private void oneOf(String name, List<String> values) {
    if (text(name).filter(v -> !values.contains(v.toUpperCase(Locale.ROOT))).isPresent()) {
      throw invalid(name, "String must be one of: " + String.join(", ", values) + ", null", null);
    }
  }

  /** What ksqlDB calls a literal that is no text. */
  private String javaType(String name) {
    Expression value = properties.get(name);
    if (value instanceof NullLiteral) {
      return "NULL";
    }
    Class<?> type =
        value instanceof IntegerLiteral
            ? Integer.class
            : value instanceof LongLiteral
                ? Long.class
                : value instanceof BooleanLiteral
                    ? Boolean.class
                    : value instanceof DecimalLiteral ? BigDecimal.class : Double.class;
    return "a " + type.getName();
  }

  private void check() {
    checkFormats(KEY_FORMAT);
    checkFormats(VALUE_FORMAT);
    if (has(VALUE_AVRO_SCHEMA_NAME) && has(VALUE_SCHEMA_FULL_NAME)) {
      throw new SqlException(
          "Cannot supply both '%1$s' and '%2$s' properties. Please only set '%2$s'."
              .formatted(VALUE_AVRO_SCHEMA_NAME, VALUE_SCHEMA_FULL_NAME));
    }
    checkDelimiter(KEY_DELIMITER);
    checkDelimiter(VALUE_DELIMITER);
    if (properties.containsKey(TIMESTAMP_FORMAT)) {
      checkTimestampFormat();
    }
  }

  /**
   * Refuses what only the engine says of the topic. ksqlDB looks at this after the rest of the
   * clause, when it makes the topic.
   */
  public void checkNoCleanupPolicy() {
    if (properties.containsKey(CLEANUP_POLICY)) {
      throw new SqlException(
          "Invalid config variable in the WITH clause: CLEANUP_POLICY.\n"
              + "The CLEANUP_POLICY config is automatically inferred based on the type of source"
              + " (STREAM or TABLE).\n"
              + "Users can't set the CLEANUP_POLICY config manually.");
    }
  }

  private void checkFormats(String format) {
    if (properties.containsKey(FORMAT) && properties.containsKey(format)) {
      throw new SqlException(
          "Cannot supply both '"
              + format
              + "' and 'FORMAT' properties, as 'FORMAT' sets both key and value formats. Either use"
              + " just 'FORMAT', or use 'KEY_FORMAT' and 'VALUE_FORMAT'.");
    }
  }

  private void checkDelimiter(String name) {
    Optional<String> delimiter = text(name);
    if (delimiter.filter(String::isBlank).isPresent()) {
      throw new SqlException(
          "Configuration "
              + name
              + " is invalid: Delimiter cannot be empty, if you meant to have a tab or space for"
              + " delimiter, please use the special values 'TAB' or 'SPACE'\nExample valid value:"
              + " ';'");
    }
    if (delimiter.filter("\""::equals).isPresent()) {
      throw new SqlException(
          "Configuration "
              + name
              + " is invalid: The quoteChar character and the delimiter cannot be the same ('\"')."
              + " Texts are quoted by it; use another delimiter.\nExample valid value: ';'");
    }
    if (delimiter.filter(d -> d.length() > 1 && !isNamedDelimiter(d)).isPresent()) {
      throw new SqlException(
          "Configuration "
              + name
              + " is invalid: Invalid delimiter value: '"
              + delimiter.get()
              + "'. Delimiter must be a single character or TAB,SPACE\nExample valid value: ';'");
    }
  }

  private static boolean isNamedDelimiter(String delimiter) {
    return delimiter.equalsIgnoreCase("TAB") || delimiter.equalsIgnoreCase("SPACE");
  }

  private void checkTimestampFormat() {
    try {
      timestampFormat();
    } catch (IllegalArgumentException e) {
      throw new SqlException(
          "Invalid datetime format for config:TIMESTAMP_FORMAT, reason:" + e.getMessage(), e);
    }
  }

  /** The pattern that text in the TIMESTAMP column follows. */
  @CanIgnoreReturnValue
  private Optional<DateTimeFormatter> timestampFormat() {
    return text(TIMESTAMP_FORMAT).map(DateTimeFormatter::ofPattern);
  }

  /** The clause with further properties; those written stay as they are. */
  public WithClause withDefaults(Map<String, Expression> defaults) {
    Map<String, Expression> all = new TreeMap<>(defaults);
    all.putAll(properties);
    return new WithClause(all);
  }

  /** The clause as ksqlDB shows it: sorted by name. */
  public Map<String, Expression> asWritten() {
    return properties;
  }

  public boolean has(String name) {
    return properties.containsKey(name);
  }

  /** The value as text, whatever literal it was written as. */
  public Optional<String> text(String name) {
    Expression value = properties.get(name);
    return Optional.ofNullable(value)
        .map(v -> v instanceof StringLiteral text ? text.value() : ExpressionPrinter.print(v));
  }

  public Optional<Integer> integer(String name) {
    Optional<Long> number = number(name);
    boolean isShort = name.equals(REPLICAS);
    if (number.filter(n -> n != (isShort ? n.shortValue() : n.intValue())).isPresent()) {
      throw invalid(name, "Not a number of type " + (isShort ? "SHORT" : "INT"), null);
    }
    return number.map(Long::intValue);
  }

  public Optional<Long> number(String name) {
    Expression value = properties.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof IntegerLiteral literal) {
      return Optional.of((long) literal.value());
    }
    if (value instanceof LongLiteral literal) {
      return Optional.of(literal.value());
    }
    if (!(value instanceof StringLiteral)) {
      throw invalid(
          name,
          "Expected value to be a " + expectedNumber(name) + ", but it was " + javaType(name),
          null);
    }
    try {
      return text(name).map(text -> Long.valueOf(text.trim()));
    } catch (NumberFormatException e) {
      String type = INTEGERS.contains(name) ? "INT" : name.equals(REPLICAS) ? "SHORT" : "LONG";
      throw invalid(name, "Not a number of type " + type, e);
    }
  }

  private static String expectedNumber(String name) {
    if (INTEGERS.contains(name)) {
      return "32-bit integer";
    }
    return name.equals(REPLICAS) ? "16-bit integer (short)" : "64-bit integer (long)";
  }

  public Optional<Boolean> truth(String name) {
    Expression value = properties.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof BooleanLiteral literal) {
      return Optional.of(literal.value());
    }
    String text = text(name).orElseThrow().trim().toLowerCase(Locale.ROOT);
    if (!text.equals("true") && !text.equals("false")) {
      throw invalid(name, "Expected value to be either true or false", null);
    }
    return Optional.of(Boolean.valueOf(text));
  }

  /** A length of time such as {@code 10 SECONDS}. */
  public Optional<Duration> duration(String name) {
    return text(name).map(text -> parseDuration(name, text));
  }

  private static Duration parseDuration(String name, String text) {
    List<String> tokens = List.of(text.trim().split("\\s+", -1));
    if (tokens.size() != 2) {
      throw invalidDuration(name, text, "Expected 2 tokens, got: " + tokens.size());
    }
    Optional<TimeUnit> unit = unit(tokens.get(1).toUpperCase(Locale.ROOT));
    if (unit.isEmpty()) {
      throw invalidDuration(
          name,
          text,
          "Unknown time unit: '"
              + tokens.get(1).toUpperCase(Locale.ROOT)
              + "'\nSupported time units are: "
              + Arrays.stream(TimeUnit.values())
                  .map(TimeUnit::name)
                  .collect(Collectors.joining(", ")));
    }
    try {
      return new Interval(Long.parseLong(tokens.get(0)), unit.get()).toDuration();
    } catch (NumberFormatException e) {
      throw invalidDuration(name, text, "Not numeric: '" + tokens.get(0) + "'");
    } catch (SqlException e) {
      throw invalidDuration(name, text, e.getMessage());
    }
  }

  private static Optional<TimeUnit> unit(String name) {
    return Arrays.stream(TimeUnit.values())
        .filter(unit -> unit.name().equals(name) || unit.name().equals(name + "S"))
        .findFirst();
  }

  private static SqlException invalidDuration(String name, String text, String reason) {
    return new SqlException(
        "Configuration " + name + " is invalid: Invalid duration: '" + text + "'. " + reason);
  }

  private SqlException invalid(String name, String reason, Throwable cause) {
    return new SqlException(
        "Invalid value " + text(name).orElseThrow() + " for property " + name + ": " + reason,
        cause);
  }
}
