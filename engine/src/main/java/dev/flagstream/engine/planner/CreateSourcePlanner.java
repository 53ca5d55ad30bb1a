package dev.flagstream.engine.planner;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.IntegerLiteral;
import dev.flagstream.engine.ast.Expression.StringLiteral;
import dev.flagstream.engine.ast.Position;
import dev.flagstream.engine.ast.Statement.ColumnDefinition;
import dev.flagstream.engine.ast.Statement.ColumnRole;
import dev.flagstream.engine.ast.Statement.CreateSource;
import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.ast.print.StatementPrinter;
import dev.flagstream.engine.catalog.Catalog;
import dev.flagstream.engine.catalog.Format;
import dev.flagstream.engine.catalog.Format.Kind;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.catalog.Source.WindowInfo;
import dev.flagstream.engine.catalog.Source.WindowKind;
import dev.flagstream.engine.expression.TypeResolver;
import dev.flagstream.engine.planner.PlannedStatement.DefineSource;
import dev.flagstream.engine.planner.PlannedStatement.TopicToCreate;
import dev.flagstream.engine.planner.query.FromClause;
import dev.flagstream.engine.planner.query.PseudoColumns;
import dev.flagstream.engine.planner.refusal.Refusal;
import dev.flagstream.engine.planner.refusal.UnquotedException;
import dev.flagstream.engine.planner.with.FormatRules;
import dev.flagstream.engine.planner.with.SchemaRules;
import dev.flagstream.engine.planner.with.Session;
import dev.flagstream.engine.planner.with.TopicDirectory;
import dev.flagstream.engine.planner.with.TopicDirectory.TopicInfo;
import dev.flagstream.engine.planner.with.WithClause;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.Column.Namespace;
import dev.flagstream.engine.type.RowSchema;
import dev.flagstream.engine.type.SqlType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plans CREATE STREAM and CREATE TABLE over a topic. */
final class CreateSourcePlanner {

  private static final SqlType ALL_HEADERS =
      new SqlType.Array(
          new SqlType.Struct(
              List.of(
                  new SqlType.Field("KEY", SqlType.STRING),
                  new SqlType.Field("VALUE", SqlType.BYTES))));

  private final TypeResolver types;
  private final TopicDirectory topics;
  private final FormatRules formats;

  CreateSourcePlanner(Catalog catalog, TopicDirectory topics, Session session) {
    this.types = new TypeResolver(catalog);
    this.topics = topics;
    this.formats = new FormatRules(session);
  }

  DefineSource plan(CreateSource statement, boolean replaces) {
    WithClause written = Refusal.whilePreparing(() -> WithClause.ofCreate(statement.with()));
    String topic =
        Refusal.whilePreparing(
            () ->
                written
                    .text(WithClause.KAFKA_TOPIC)
                    .orElseThrow(
                        () ->
                            new SqlException(
                                "Missing required property \"KAFKA_TOPIC\" which has no default"
                                    + " value.")));
    Refusal.checkWhilePreparing(() -> checkWindow(written));
    written.checkNoCleanupPolicy();
    WithClause with = withFormats(written);
    String sqlBeforeTopic = print(statement, with);
    Optional<TopicInfo> existing = topics.find(topic);
    return Refusal.quoting(
        sqlBeforeTopic,
        () -> {
          checkFormats(with, topic);
          Refusal.checkWhilePreparing(() -> checkNames(statement.columns()));
          RowSchema schema = schema(statement);
          Optional<WindowInfo> window = window(with, schema);
          Format keyFormat = keyFormat(with, topic, schema);
          Format valueFormat = valueFormat(with, topic, schema);
          boolean newTopic = existing.isEmpty() && topics.mustFit();
          if (newTopic && !with.has(WithClause.PARTITIONS)) {
            throw missingTopic(statement, with, topic);
          }
          existing
              .filter(info -> topics.mustFit())
              .ifPresent(info -> TopicLayout.of(with, info).check(info));
          String sql = print(statement, withPolicy(statement, with));
          Source source =
              new Source(
                  statement.kind(),
                  statement.name(),
                  schema,
                  topic,
                  keyFormat,
                  valueFormat,
                  window,
                  SchemaRules.timestamp(with, schema),
                  statement.source(),
                  false,
                  sql);
          return new DefineSource(
              sql,
              source,
              replaces,
              newTopic ? Optional.of(newTopic(statement, with)) : Optional.empty());
        });
  }

  // ------------------------------------------------------------------------------------ the schema

  private RowSchema schema(CreateSource statement) {
    List<Column> key = new ArrayList<>();
    List<Column> value = new ArrayList<>();
    List<Column> declared = new ArrayList<>();
    for (ColumnDefinition definition : statement.columns()) {
      Column column = column(statement.kind(), definition);
      (column.namespace() == Namespace.KEY ? key : value).add(column);
      declared.add(column);
    }
    if (statement.kind() == SourceKind.TABLE && key.isEmpty()) {
      throw new SqlException("Tables require a PRIMARY KEY. Please define the PRIMARY KEY.");
    }
    if (key.isEmpty() && value.isEmpty()) {
      throw new SqlException("No columns supplied.");
    }
    checkHeaders(value);
    RowSchema schema = new RowSchema(key, value, declared);
    SchemaRules.checkKeyTypes(key);
    return schema;
  }

  private Column column(SourceKind kind, ColumnDefinition definition) {
    checkReserved(definition);
    SqlType type = Refusal.whilePreparing(() -> types.resolve(definition.type()));
    Refusal.checkWhilePreparing(() -> checkHeaderType(definition, type));
    return switch (definition.role()) {
      case VALUE -> Column.value(definition.name(), type);
      case KEY, PRIMARY_KEY -> {
        checkRole(kind, definition);
        yield Column.key(definition.name(), type);
      }
      case HEADERS -> new Column(definition.name(), type, Namespace.HEADERS);
      case HEADER ->
          new Column(definition.name(), type, Namespace.HEADERS, definition.headerName());
    };
  }

  /** Names such as ROWTIME are of columns that every source has. */
  static void checkReserved(ColumnDefinition definition) {
    if (PseudoColumns.isReserved(definition.name())) {
      throw new SqlException(
          "'"
              + definition.name()
              + "' is a reserved column name. You cannot use it as a name for a column.");
    }
  }

  private static void checkHeaderType(ColumnDefinition definition, SqlType type) {
    if (definition.role() == ColumnRole.HEADERS && !type.equals(ALL_HEADERS)) {
      throw new SqlException(
          "Invalid type for HEADERS column: expected ARRAY<STRUCT<`KEY` STRING, `VALUE`"
              + " BYTES>>, got "
              + type);
    }
    if (definition.role() == ColumnRole.HEADER && !SqlType.BYTES.equals(type)) {
      throw new SqlException(
          "Invalid type for HEADER('"
              + definition.headerName().orElse("")
              + "') column: expected BYTES, got "
              + type);
    }
  }

  private static void checkRole(SourceKind kind, ColumnDefinition definition) {
    boolean table = kind == SourceKind.TABLE;
    boolean primary = definition.role() == ColumnRole.PRIMARY_KEY;
    if (table != primary) {
      throw new SqlException(
          FromClause.at(definition.at())
              + "Column `"
              + definition.name()
              + "` is a '"
              + (primary ? "PRIMARY KEY" : "KEY")
              + "' column: please use '"
              + (table ? "PRIMARY KEY" : "KEY")
              + "' for "
              + (table ? "tables." : "streams."));
    }
  }

  private static void checkHeaders(List<Column> value) {
    List<Column> headers =
        value.stream().filter(column -> column.namespace() == Namespace.HEADERS).toList();
    boolean all = headers.stream().anyMatch(column -> column.headerKey().isEmpty());
    if (all && headers.size() > 1) {
      throw new SqlException("Schema already contains a HEADERS column.");
    }
    Set<Optional<String>> seen = new HashSet<>();
    for (Column column : headers) {
      if (!seen.add(column.headerKey())) {
        throw new SqlException(
            "Schema already contains a HEADER('" + column.headerKey().orElse("") + "') column.");
      }
    }
  }

  private static void checkNames(List<ColumnDefinition> columns) {
    List<String> seen = new ArrayList<>();
    for (ColumnDefinition column : columns) {
      if (seen.contains(column.name())) {
        throw new SqlException("Duplicate column names: `" + column.name() + "`");
      }
      seen.add(column.name());
    }
  }

  // ----------------------------------------------------------------------------------- the formats

  private WithClause withFormats(WithClause written) {
    Map<String, Expression> defaults = new LinkedHashMap<>();
    if (!written.has(WithClause.FORMAT)) {
      defaults.put(WithClause.KEY_FORMAT, text(formats.defaultKeyFormat().name()));
      formats
          .defaultValueFormat()
          .ifPresent(kind -> defaults.put(WithClause.VALUE_FORMAT, text(kind.name())));
    }
    WithClause with = written.withDefaults(defaults);
    if (!with.has(WithClause.FORMAT) && !with.has(WithClause.VALUE_FORMAT)) {
      throw new SqlException(
          "Statement is missing the 'VALUE_FORMAT' property from the WITH clause. Either provide"
              + " one or set a default via the 'ksql.persistence.default.format.value' config.");
    }
    return with;
  }

  private static void checkFormats(WithClause with, String topic) {
    for (String property :
        List.of(WithClause.FORMAT, WithClause.KEY_FORMAT, WithClause.VALUE_FORMAT)) {
      with.text(property).ifPresent(name -> FormatRules.checkKnown(name, topic));
    }
  }

  private Format keyFormat(WithClause with, String topic, RowSchema schema) {
    Kind kind =
        FormatRules.kind(
            with.text(WithClause.KEY_FORMAT).or(() -> with.text(WithClause.FORMAT)).orElseThrow(),
            topic);
    FormatRules.checkNoSchemaId(FormatRules.Part.KEY, kind, with);
    FormatRules.checkNoSchemaOf(FormatRules.Part.KEY, kind, with);
    FormatRules.check(FormatRules.Part.KEY, kind, schema.key());
    Map<String, String> properties =
        FormatRules.properties(kind, with.text(WithClause.KEY_DELIMITER));
    return new Format(kind, properties, Optional.empty());
  }

  private Format valueFormat(WithClause with, String topic, RowSchema schema) {
    Kind kind =
        FormatRules.kind(
            with.text(WithClause.VALUE_FORMAT).or(() -> with.text(WithClause.FORMAT)).orElseThrow(),
            topic);
    List<Column> value =
        schema.value().stream().filter(c -> c.namespace() == Namespace.VALUE).toList();
    Optional<Boolean> wrap =
        formats.wrapping(kind, value, with.truth(WithClause.WRAP_SINGLE_VALUE));
    FormatRules.checkNoSchemaId(FormatRules.Part.VALUE, kind, with);
    FormatRules.checkNoSchemaOf(FormatRules.Part.VALUE, kind, with);
    FormatRules.check(FormatRules.Part.VALUE, kind, value);
    Map<String, String> properties =
        FormatRules.properties(kind, with.text(WithClause.VALUE_DELIMITER));
    return new Format(kind, properties, wrap);
  }

  // ----------------------------------------------------------------------------------- the windows

  private static void checkWindow(WithClause with) {
    Optional<WindowKind> kind = with.text(WithClause.WINDOW_TYPE).map(CreateSourcePlanner::kind);
    boolean size = with.has(WithClause.WINDOW_SIZE);
    boolean session = kind.filter(WindowKind.SESSION::equals).isPresent();
    if (size && (session || kind.isEmpty())) {
      // ksqlDB says so also where no type is given.
      throw new SqlException("'WINDOW_SIZE' should not be set for SESSION windows.");
    }
    if (kind.isPresent() && !session && !size) {
      throw new SqlException(
          kind.get()
              + " windows require 'WINDOW_SIZE' to be provided in the WITH clause. For example:"
              + " 'WINDOW_SIZE'='10 SECONDS'");
    }
  }

  private static WindowKind kind(String name) {
    return WindowKind.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static Optional<WindowInfo> window(WithClause with, RowSchema schema) {
    Optional<Duration> size = with.duration(WithClause.WINDOW_SIZE);
    if (size.filter(duration -> duration.isZero() || duration.isNegative()).isPresent()) {
      throw new SqlException("Size must be positive");
    }
    Optional<WindowInfo> window =
        with.text(WithClause.WINDOW_TYPE).map(name -> new WindowInfo(kind(name), size));
    if (window.isPresent() && schema.key().isEmpty()) {
      throw new SqlException("Windowed sources require a key column.");
    }
    return window;
  }

  // ------------------------------------------------------------------------------------- the topic

  private static TopicToCreate newTopic(CreateSource statement, WithClause with) {
    Map<String, String> configs = new LinkedHashMap<>();
    configs.put("cleanup.policy", policy(statement));
    // Of a stream ksqlDB sets it always, whatever the broker's default is.
    Optional<Long> asked = with.number(WithClause.RETENTION_MS);
    if (asked.isPresent() || statement.kind() == SourceKind.STREAM) {
      configs.put("retention.ms", Long.toString(asked.orElse(TopicInfo.DEFAULT_RETENTION_MS)));
    }
    return new TopicToCreate(
        with.text(WithClause.KAFKA_TOPIC).orElseThrow(),
        with.integer(WithClause.PARTITIONS).orElseThrow(),
        with.integer(WithClause.REPLICAS)
            .map(Integer::shortValue)
            .orElse(TopicLayout.BROKERS_CHOICE),
        configs);
  }

  /** Of a table "compact", also where it has windows: only what a query makes is deleted, too. */
  private static String policy(CreateSource statement) {
    return statement.kind() == SourceKind.STREAM ? "delete" : "compact";
  }

  private static WithClause withPolicy(CreateSource statement, WithClause with) {
    return with.withDefaults(Map.of(WithClause.CLEANUP_POLICY, text(policy(statement))));
  }

  private static SqlException missingTopic(CreateSource statement, WithClause with, String topic) {
    WithClause example =
        with.withDefaults(Map.of(WithClause.PARTITIONS, new IntegerLiteral(Position.NONE, 2)));
    return new UnquotedException(
        "Topic '"
            + topic
            + "' does not exist. If you want to create a new topic for the stream/table please"
            + " re-run the statement providing the required 'PARTITIONS' configuration in the WITH"
            + " clause (and optionally 'REPLICAS'). For example: "
            + print(statement, example));
  }

  private static Expression text(String value) {
    return new StringLiteral(Position.NONE, value);
  }

  private static String print(CreateSource statement, WithClause with) {
    return StatementPrinter.print(
        new CreateSource(
            statement.at(),
            statement.kind(),
            statement.name(),
            statement.orReplace(),
            statement.ifNotExists(),
            statement.source(),
            statement.columns(),
            with.asWritten()));
  }
}
