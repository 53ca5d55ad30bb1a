package dev.flagstream.engine.ast;

import dev.flagstream.engine.ast.Expression.TypeName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A statement as written. */
public sealed interface Statement {

  /** Where the statement starts in the text it was read from. */
  Position at();

  /** Stream or table. */
  enum SourceKind {
    STREAM,
    TABLE
  }

  /** The part a declared column plays. */
  enum ColumnRole {
    VALUE,
    KEY,
    PRIMARY_KEY,
    /** {@code HEADERS}: all headers of the record. */
    HEADERS,
    /** {@code HEADER('name')}: the last header of that name. */
    HEADER
  }

  /** One column of a CREATE; {@code headerName} only for the role HEADER. */
  record ColumnDefinition(
      Position at, String name, TypeName type, ColumnRole role, Optional<String> headerName) {}

  /** CREATE STREAM or TABLE over a topic; {@code with} has upper-case names and literal values. */
  record CreateSource(
      Position at,
      SourceKind kind,
      String name,
      boolean orReplace,
      boolean ifNotExists,
      boolean source,
      List<ColumnDefinition> columns,
      Map<String, Expression> with)
      implements Statement {}

  /** CREATE STREAM or TABLE … AS SELECT. */
  record CreateAsSelect(
      Position at,
      SourceKind kind,
      String name,
      boolean orReplace,
      boolean ifNotExists,
      Map<String, Expression> with,
      Query query)
      implements Statement {}

  record InsertInto(Position at, String target, Map<String, Expression> with, Query query)
      implements Statement {}

  /** INSERT INTO … VALUES; an empty column list means all columns in order. */
  record InsertValues(Position at, String target, List<String> columns, List<Expression> values)
      implements Statement {}

  /** A bare SELECT: pull where it has no EMIT, else push. */
  record QueryStatement(Position at, Query query) implements Statement {}

  record DropSource(
      Position at, SourceKind kind, String name, boolean ifExists, boolean deleteTopic)
      implements Statement {}

  /** TERMINATE; no id means ALL. */
  record Terminate(Position at, Optional<String> queryId) implements Statement {}

  /** PAUSE; no id means ALL. */
  record Pause(Position at, Optional<String> queryId) implements Statement {}

  /** RESUME; no id means ALL. */
  record Resume(Position at, Optional<String> queryId) implements Statement {}

  /** SHOW or LIST of things of one kind. */
  record Show(Position at, ShowKind kind, boolean extended) implements Statement {}

  /** What SHOW can list; ALL_TOPICS includes the hidden ones. */
  enum ShowKind {
    STREAMS,
    TABLES,
    TOPICS,
    ALL_TOPICS,
    QUERIES,
    FUNCTIONS,
    PROPERTIES,
    TYPES,
    VARIABLES,
    CONNECTORS,
    CONNECTOR_PLUGINS
  }

  record Describe(Position at, String name, boolean extended) implements Statement {}

  /** DESCRIBE STREAMS or DESCRIBE TABLES. */
  record DescribeAll(Position at, SourceKind kind, boolean extended) implements Statement {}

  record DescribeFunction(Position at, String name) implements Statement {}

  record DescribeConnector(Position at, String name) implements Statement {}

  /** EXPLAIN of a running query by id, or of a statement. */
  record Explain(Position at, Optional<String> queryId, Optional<Statement> statement)
      implements Statement {}

  record PrintTopic(
      Position at, String topic, boolean fromBeginning, OptionalInt interval, OptionalInt limit)
      implements Statement {}

  record SetProperty(Position at, String name, String value) implements Statement {}

  record UnsetProperty(Position at, String name) implements Statement {}

  /** ALTER SYSTEM 'name' = 'value'. */
  record AlterSystem(Position at, String name, String value) implements Statement {}

  record AlterSource(Position at, SourceKind kind, String name, List<ColumnDefinition> addedColumns)
      implements Statement {}

  record Define(Position at, String variable, String value) implements Statement {}

  record Undefine(Position at, String variable) implements Statement {}

  record CreateType(Position at, String name, boolean ifNotExists, TypeName type)
      implements Statement {}

  record DropType(Position at, String name, boolean ifExists) implements Statement {}

  /** ASSERT [NOT EXISTS] TOPIC. */
  record AssertTopic(
      Position at,
      String topic,
      Map<String, Expression> with,
      Optional<Duration> timeout,
      boolean exists)
      implements Statement {}

  /** ASSERT [NOT EXISTS] SCHEMA, by subject, by id, or both. */
  record AssertSchema(
      Position at,
      Optional<String> subject,
      OptionalInt id,
      Optional<Duration> timeout,
      boolean exists)
      implements Statement {}

  /** CREATE SINK or SOURCE CONNECTOR. */
  record CreateConnector(
      Position at, boolean sink, String name, boolean ifNotExists, Map<String, Expression> with)
      implements Statement {}

  record DropConnector(Position at, String name, boolean ifExists) implements Statement {}
}
