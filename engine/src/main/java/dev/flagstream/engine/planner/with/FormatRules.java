package dev.flagstream.engine.planner.with;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.UnsupportedFeature;
import dev.flagstream.engine.UnsupportedFeatureException;
import dev.flagstream.engine.catalog.Format;
import dev.flagstream.engine.catalog.Format.Kind;
import dev.flagstream.engine.planner.refusal.PhysicalPlanException;
import dev.flagstream.engine.planner.refusal.SchemaRegistryRequiredException;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.type.SqlType.BaseType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which formats there are, which one applies, and what each can hold. */
public final class FormatRules {

  private static final String DEFAULT_KEY_FORMAT = "ksql.persistence.default.format.key";
  private static final String DEFAULT_VALUE_FORMAT = "ksql.persistence.default.format.value";
  private static final String WRAP_SINGLE_VALUES = "ksql.persistence.wrap.single.values";
  private static final String DELIMITER = "delimiter";
  private static final Set<String> OF_SCHEMA_REGISTRY = Set.of("AVRO", "PROTOBUF", "JSON_SR");
  private static final Set<BaseType> OF_KAFKA =
      EnumSet.of(
          BaseType.INTEGER, BaseType.BIGINT, BaseType.DOUBLE, BaseType.STRING, BaseType.BYTES);
  private static final Set<BaseType> NOT_OF_DELIMITED =
      EnumSet.of(BaseType.ARRAY, BaseType.MAP, BaseType.STRUCT);

  private static final String SCHEMA_ID = "_SCHEMA_ID";
  private static final String SCHEMA_FULL_NAME = "_SCHEMA_FULL_NAME";

  private final Session session;

  public FormatRules(Session session) {
    this.session = session;
  }

  public Session session() {
    return session;
  }

  /** Keys or values, as messages name them. */
  public enum Part {
    KEY("Key"),
    VALUE("Value");

    private final String label;

    Part(String label) {
      this.label = label;
    }
  }

  /**
   * The format of a name, in any case.
   *
   * @throws SqlException if there is none, or it needs a Schema Registry
   * @throws UnsupportedFeatureException if only ksqlDB has it
   */
  public static Kind kind(String name, String topic) {
    checkKnown(name, topic);
    return Kind.valueOf(name.toUpperCase(Locale.ROOT));
  }

  public static void checkKnown(String name, String topic) {
    String upper = name.toUpperCase(Locale.ROOT);
    if (OF_SCHEMA_REGISTRY.contains(upper)) {
      throw new SchemaRegistryRequiredException(topic, upper);
    }
    if (upper.equals("PROTOBUF_NOSR")) {
      throw new UnsupportedFeatureException(UnsupportedFeature.PROTOBUF_NOSR);
    }
    if (Arrays.stream(Kind.values()).noneMatch(kind -> kind.name().equals(upper))) {
      throw new SqlException("Unknown format: " + name);
    }
  }

  /** The key format that is used where nothing says otherwise. */
  public Kind defaultKeyFormat() {
    return session.property(DEFAULT_KEY_FORMAT).map(name -> kind(name, "")).orElse(Kind.KAFKA);
  }

  public Optional<Kind> defaultValueFormat() {
    return session.property(DEFAULT_VALUE_FORMAT).map(name -> kind(name, ""));
  }

  /** The format, or the default one in the place of NONE. */
  public Format orDefaultKey(Format format) {
    return format.kind() == Kind.NONE ? Format.of(defaultKeyFormat()) : format;
  }

  /**
   * Refuses properties that name a schema of a registry, or say how one is written: none of the
   * formats here has one.
   *
   * @throws SqlException naming the property as ksqlDB's formats do
   */
  public static void checkNoSchemaOf(Part part, Kind kind, WithClause with) {
    if (with.has(part + WithClause.PROTOBUF_NULLS)) {
      throw new SqlException(
          "Property "
              + part
              + WithClause.PROTOBUF_NULLS
              + " can only be enabled with protobuf format");
    }
    boolean namesAvroSchema = part == Part.VALUE && with.has(WithClause.VALUE_AVRO_SCHEMA_NAME);
    Optional<String> config =
        with.has(part + SCHEMA_FULL_NAME) || namesAvroSchema
            ? Optional.of("fullSchemaName")
            : with.has(part + SCHEMA_ID) ? Optional.of("schemaId") : Optional.empty();
    if (config.isPresent()) {
      throw new SqlException(
          kind + " does not support the following configs: [" + config.get() + "]");
    }
  }

  /** Refuses ids of schemas that a source's columns would come from. */
  public static void checkNoSchemaId(Part part, Kind kind, WithClause with) {
    if (with.has(part + SCHEMA_ID)) {
      throw new SqlException(
          part
              + "_FORMAT should support schema inference when "
              + part
              + SCHEMA_ID
              + " is provided. Current format is "
              + kind
              + ".");
    }
  }

  /** The format's settings in a WITH clause. */
  public static Map<String, String> properties(Kind kind, Optional<String> delimiter) {
    if (delimiter.isEmpty()) {
      return Map.of();
    }
    if (kind != Kind.DELIMITED) {
      throw new SqlException(kind + " does not support the following configs: [delimiter]");
    }
    String value = delimiter.get();
    return Map.of(DELIMITER, value.length() > 1 ? value.toUpperCase(Locale.ROOT) : value);
  }

  /** Whether single values are wrapped, as asked for; empty where the format's habit applies. */
  public Optional<Boolean> wrapping(Kind kind, List<Column> value, Optional<Boolean> asked) {
    if (asked.isEmpty()) {
      return kind == Kind.JSON && value.size() == 1
          ? session.property(WRAP_SINGLE_VALUES).map(Boolean::valueOf)
          : Optional.empty();
    }
    boolean supported =
        switch (kind) {
          case JSON -> true;
          case KAFKA, DELIMITED -> !asked.get();
          case NONE -> false;
        };
    if (!supported) {
      throw new SqlException(
          "Format '"
              + kind
              + "' does not support 'WRAP_SINGLE_VALUE' set to '"
              + asked.get()
              + "'.");
    }
    if (value.size() != 1) {
      throw new SqlException("'WRAP_SINGLE_VALUE' is only valid for single-field value schemas");
    }
    return kind == Kind.JSON ? asked : Optional.empty();
  }

  /** Checks that the format can hold the columns. */
  public static void check(Part part, Kind kind, List<Column> columns) {
    Optional<String> problem = problem(kind, columns);
    if (problem.isPresent()) {
      throw new PhysicalPlanException(
          part.label
              + " format does not support schema.\nformat: "
              + kind
              + "\nschema: Persistence{columns="
              + shown(columns)
              + ", features="
              + (part == Part.KEY && kind == Kind.JSON && columns.size() == 1
                  ? "[UNWRAP_SINGLES]"
                  : "[]")
              + "}\nreason: "
              + problem.get());
    }
  }

  /**
   * The format in which keys are written inside a query: JSON in the place of one that cannot hold
   * the columns. Whether a sink's own format can hold them is another matter.
   */
  public static Format holding(Format format, List<Column> key) {
    return problem(format.kind(), key).isEmpty() ? format : Format.of(Kind.JSON);
  }

  private static String shown(List<Column> columns) {
    return columns.stream().map(Column::toString).collect(Collectors.joining(", ", "[", "]"));
  }

  private static Optional<String> problem(Kind kind, List<Column> columns) {
    return switch (kind) {
      case NONE -> noneProblem(columns);
      case KAFKA -> kafkaProblem(columns);
      case DELIMITED -> delimitedProblem(columns);
      case JSON -> jsonProblem(columns);
    };
  }

  private static Optional<String> noneProblem(List<Column> columns) {
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The 'NONE' format can only be used when no columns are defined. Got: "
                + shown(columns));
  }

  private static Optional<String> kafkaProblem(List<Column> columns) {
    if (columns.size() > 1) {
      return Optional.of("The 'KAFKA' format only supports a single field. Got: " + shown(columns));
    }
    return columns.stream()
        .map(column -> column.type().base())
        .filter(type -> !OF_KAFKA.contains(type))
        .findFirst()
        .map(type -> "The 'KAFKA' format does not support type '" + type + "'");
  }

  private static Optional<String> delimitedProblem(List<Column> columns) {
    return columns.stream()
        .filter(column -> NOT_OF_DELIMITED.contains(column.type().base()))
        .findFirst()
        .map(
            column ->
                "The 'DELIMITED' format does not support type '"
                    + column.type().base()
                    + "', column: `"
                    + column.name()
                    + "`");
  }

  private static Optional<String> jsonProblem(List<Column> columns) {
    return columns.stream()
        .map(column -> mapWithOtherKeys(column.type()))
        .flatMap(Optional::stream)
        .findFirst()
        .map(map -> "JSON only supports MAP types with STRING keys");
  }

  private static Optional<SqlType> mapWithOtherKeys(SqlType type) {
    if (type instanceof SqlType.Map map) {
      return SqlType.STRING.equals(map.key()) ? mapWithOtherKeys(map.value()) : Optional.of(map);
    }
    if (type instanceof SqlType.Array array) {
      return mapWithOtherKeys(array.element());
    }
    if (type instanceof SqlType.Struct struct) {
      return struct.fields().stream()
          .map(field -> mapWithOtherKeys(field.type()))
          .flatMap(Optional::stream)
          .findFirst();
    }
    return Optional.empty();
  }
}
