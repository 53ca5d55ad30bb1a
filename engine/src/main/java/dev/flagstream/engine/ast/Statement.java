package dev.flagstream.engine.ast;

import dev.flagstream.engine.ast.Expression.TypeName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A statement as written.
 *
 * <p>Its kinds are types, grouped by what happens to them: code that handles statements visits the
 * groups, and within a group its kinds. No visitor has a default, so a new statement or group does
 * not compile until every visitor handles it.
 */
public sealed interface Statement {

  /** Where the statement starts in the text it was read from. */
  Position at();

  /** Calls the visitor's method for the group of this statement. */
  <R, X extends Exception> R accept(Statement.Visitor<R, X> visitor) throws X;

  /**
   * One method per group of statements, none with a default.
   *
   * @param <X> what the methods throw beside unchecked exceptions
   */
  interface Visitor<R, X extends Exception> {
    R visitCommand(Command statement) throws X;

    R visitSessionChange(SessionChange statement) throws X;

    R visitInsertValues(InsertValues statement) throws X;

    R visitQuestion(Question statement) throws X;

    R visitRowsRequest(RowsRequest statement) throws X;

    R visitConnectRequest(ConnectRequest statement) throws X;

    R visitUnsupported(Unsupported statement) throws X;
  }

  /**
   * Changes what all clients see: goes through the command topic, and every server carries it out.
   */
  sealed interface Command extends Statement {
    /** Calls the visitor's method for the kind of command. */
    <R> R acceptCommand(Command.Visitor<R> visitor);

    @Override
    default <R, X extends Exception> R accept(Statement.Visitor<R, X> visitor) throws X {
      return visitor.visitCommand(this);
    }

    /** One method per kind of command, none with a default. */
    interface Visitor<R> {
      R visitDefinition(Definition statement);

      R visitQueryControl(QueryControl statement);
    }
  }

  /** Changes the catalogue or starts a query, as planned against the catalogue. */
  sealed interface Definition extends Command {
    /** Calls the visitor's method for this kind of statement. */
    <R> R acceptKind(Definition.Visitor<R> visitor);

    @Override
    default <R> R acceptCommand(Command.Visitor<R> visitor) {
      return visitor.visitDefinition(this);
    }

    /** One method per kind, none with a default. */
    interface Visitor<R> {
      R visitCreateSource(CreateSource statement);

      R visitCreateAsSelect(CreateAsSelect statement);

      R visitInsertInto(InsertInto statement);

      R visitDropSource(DropSource statement);

      R visitAlterSource(AlterSource statement);

      R visitCreateType(CreateType statement);

      R visitDropType(DropType statement);
    }
  }

  /** Ends, halts or resumes running queries. */
  sealed interface QueryControl extends Command {

    /** The query it is about; none means all. */
    Optional<String> queryId();

    /** Calls the visitor's method for this kind of statement. */
    <R> R acceptKind(QueryControl.Visitor<R> visitor);

    @Override
    default <R> R acceptCommand(Command.Visitor<R> visitor) {
      return visitor.visitQueryControl(this);
    }

    /** One method per kind, none with a default. */
    interface Visitor<R> {
      R visitTerminate(Terminate statement);

      R visitPause(Pause statement);

      R visitResume(Resume statement);
    }
  }

  /** Holds for the statements after it in its request or script, and is known to no one else. */
  sealed interface SessionChange extends Statement {
    /** Calls the visitor's method for this kind of statement. */
    <R> R acceptKind(SessionChange.Visitor<R> visitor);

    @Override
    default <R, X extends Exception> R accept(Statement.Visitor<R, X> visitor) throws X {
      return visitor.visitSessionChange(this);
    }

    /** One method per kind, none with a default. */
    interface Visitor<R> {
      R visitSetProperty(SetProperty statement);

      R visitUnsetProperty(UnsetProperty statement);

      R visitDefine(Define statement);

      R visitUndefine(Undefine statement);
    }
  }

  /** A question that the server answers from its own state, changing nothing. */
  sealed interface Question extends Statement {
    /** Calls the visitor's method for this kind of statement. */
    <R, X extends Exception> R acceptKind(Question.Visitor<R, X> visitor) throws X;

    @Override
    default <R, X extends Exception> R accept(Statement.Visitor<R, X> visitor) throws X {
      return visitor.visitQuestion(this);
    }

    /** One method per kind, none with a default. */
    interface Visitor<R, X extends Exception> {
      R visitShow(Show statement) throws X;

      R visitDescribe(Describe statement) throws X;

      R visitDescribeAll(DescribeAll statement) throws X;

      R visitDescribeFunction(DescribeFunction statement) throws X;

      R visitExplain(Explain statement) throws X;

      R visitAssertTopic(AssertTopic statement) throws X;
    }
  }

  /** A question answered by rows or records as they arrive, until the client has enough. */
  sealed interface RowsRequest extends Statement {
    /** Calls the visitor's method for this kind of statement. */
    <R> R acceptKind(RowsRequest.Visitor<R> visitor);

    @Override
    default <R, X extends Exception> R accept(Statement.Visitor<R, X> visitor) throws X {
      return visitor.visitRowsRequest(this);
    }

    /** One method per kind, none with a default. */
    interface Visitor<R> {
      R visitQueryStatement(QueryStatement statement);

      R visitPrintTopic(PrintTopic statement);
    }
  }

  /** A statement that the server passes on to its Connect worker. */
  sealed interface ConnectRequest extends Statement {
    /** Calls the visitor's method for this kind of statement. */
    <R> R acceptKind(ConnectRequest.Visitor<R> visitor);

    @Override
    default <R, X extends Exception> R accept(Statement.Visitor<R, X> visitor) throws X {
      return visitor.visitConnectRequest(this);
    }

    /** One method per kind, none with a default. */
    interface Visitor<R> {
      R visitShowConnectors(ShowConnectors statement);

      R visitShowConnectorPlugins(ShowConnectorPlugins statement);

      R visitDescribeConnector(DescribeConnector statement);

      R visitCreateConnector(CreateConnector statement);

      R visitDropConnector(DropConnector statement);
    }
  }

  /** A statement that is read only so that it can be refused by name. */
  sealed interface Unsupported extends Statement {
    /** Calls the visitor's method for this kind of statement. */
    <R> R acceptKind(Unsupported.Visitor<R> visitor);

    @Override
    default <R, X extends Exception> R accept(Statement.Visitor<R, X> visitor) throws X {
      return visitor.visitUnsupported(this);
    }

    /** One method per kind, none with a default. */
    interface Visitor<R> {
      R visitAlterSystem(AlterSystem statement);

      R visitAssertSchema(AssertSchema statement);
    }
  }

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
      implements Definition {
    @Override
    public <R> R acceptKind(Definition.Visitor<R> visitor) {
      return visitor.visitCreateSource(this);
    }
  }

  /** CREATE STREAM or TABLE … AS SELECT. */
  record CreateAsSelect(
      Position at,
      SourceKind kind,
      String name,
      boolean orReplace,
      boolean ifNotExists,
      Map<String, Expression> with,
      Query query)
      implements Definition {
    @Override
    public <R> R acceptKind(Definition.Visitor<R> visitor) {
      return visitor.visitCreateAsSelect(this);
    }
  }

  record InsertInto(Position at, String target, Map<String, Expression> with, Query query)
      implements Definition {
    @Override
    public <R> R acceptKind(Definition.Visitor<R> visitor) {
      return visitor.visitInsertInto(this);
    }
  }

  /** INSERT INTO … VALUES; an empty column list means all columns in order. */
  record InsertValues(Position at, String target, List<String> columns, List<Expression> values)
      implements Statement {
    @Override
    public <R, X extends Exception> R accept(Statement.Visitor<R, X> visitor) throws X {
      return visitor.visitInsertValues(this);
    }
  }

  /** A bare SELECT: pull where it has no EMIT, else push. */
  record QueryStatement(Position at, Query query) implements RowsRequest {
    @Override
    public <R> R acceptKind(RowsRequest.Visitor<R> visitor) {
      return visitor.visitQueryStatement(this);
    }
  }

  record DropSource(
      Position at, SourceKind kind, String name, boolean ifExists, boolean deleteTopic)
      implements Definition {
    @Override
    public <R> R acceptKind(Definition.Visitor<R> visitor) {
      return visitor.visitDropSource(this);
    }
  }

  /** TERMINATE; no id means ALL. */
  record Terminate(Position at, Optional<String> queryId) implements QueryControl {
    @Override
    public <R> R acceptKind(QueryControl.Visitor<R> visitor) {
      return visitor.visitTerminate(this);
    }
  }

  /** PAUSE; no id means ALL. */
  record Pause(Position at, Optional<String> queryId) implements QueryControl {
    @Override
    public <R> R acceptKind(QueryControl.Visitor<R> visitor) {
      return visitor.visitPause(this);
    }
  }

  /** RESUME; no id means ALL. */
  record Resume(Position at, Optional<String> queryId) implements QueryControl {
    @Override
    public <R> R acceptKind(QueryControl.Visitor<R> visitor) {
      return visitor.visitResume(this);
    }
  }

  /** SHOW or LIST of things of one kind. */
  record Show(Position at, ShowKind kind, boolean extended) implements Question {
    @Override
    public <R, X extends Exception> R acceptKind(Question.Visitor<R, X> visitor) throws X {
      return visitor.visitShow(this);
    }
  }

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
    VARIABLES
  }

  /** Which way a connector moves records: all, or one of them, can be shown. */
  enum ConnectorScope {
    ALL,
    SOURCE,
    SINK
  }

  record ShowConnectors(Position at, ConnectorScope scope) implements ConnectRequest {
    @Override
    public <R> R acceptKind(ConnectRequest.Visitor<R> visitor) {
      return visitor.visitShowConnectors(this);
    }
  }

  record ShowConnectorPlugins(Position at) implements ConnectRequest {
    @Override
    public <R> R acceptKind(ConnectRequest.Visitor<R> visitor) {
      return visitor.visitShowConnectorPlugins(this);
    }
  }

  record Describe(Position at, String name, boolean extended) implements Question {
    @Override
    public <R, X extends Exception> R acceptKind(Question.Visitor<R, X> visitor) throws X {
      return visitor.visitDescribe(this);
    }
  }

  /** DESCRIBE STREAMS or DESCRIBE TABLES. */
  record DescribeAll(Position at, SourceKind kind, boolean extended) implements Question {
    @Override
    public <R, X extends Exception> R acceptKind(Question.Visitor<R, X> visitor) throws X {
      return visitor.visitDescribeAll(this);
    }
  }

  record DescribeFunction(Position at, String name) implements Question {
    @Override
    public <R, X extends Exception> R acceptKind(Question.Visitor<R, X> visitor) throws X {
      return visitor.visitDescribeFunction(this);
    }
  }

  record DescribeConnector(Position at, String name) implements ConnectRequest {
    @Override
    public <R> R acceptKind(ConnectRequest.Visitor<R> visitor) {
      return visitor.visitDescribeConnector(this);
    }
  }

  /** EXPLAIN of a running query by id, or of a statement. */
  record Explain(Position at, Optional<String> queryId, Optional<Statement> statement)
      implements Question {
    @Override
    public <R, X extends Exception> R acceptKind(Question.Visitor<R, X> visitor) throws X {
      return visitor.visitExplain(this);
    }
  }

  record PrintTopic(
      Position at, String topic, boolean fromBeginning, OptionalInt interval, OptionalInt limit)
      implements RowsRequest {
    @Override
    public <R> R acceptKind(RowsRequest.Visitor<R> visitor) {
      return visitor.visitPrintTopic(this);
    }
  }

  record SetProperty(Position at, String name, String value) implements SessionChange {
    @Override
    public <R> R acceptKind(SessionChange.Visitor<R> visitor) {
      return visitor.visitSetProperty(this);
    }
  }

  record UnsetProperty(Position at, String name) implements SessionChange {
    @Override
    public <R> R acceptKind(SessionChange.Visitor<R> visitor) {
      return visitor.visitUnsetProperty(this);
    }
  }

  /** ALTER SYSTEM 'name' = 'value'. */
  record AlterSystem(Position at, String name, String value) implements Unsupported {
    @Override
    public <R> R acceptKind(Unsupported.Visitor<R> visitor) {
      return visitor.visitAlterSystem(this);
    }
  }

  record AlterSource(Position at, SourceKind kind, String name, List<ColumnDefinition> addedColumns)
      implements Definition {
    @Override
    public <R> R acceptKind(Definition.Visitor<R> visitor) {
      return visitor.visitAlterSource(this);
    }
  }

  record Define(Position at, String variable, String value) implements SessionChange {
    @Override
    public <R> R acceptKind(SessionChange.Visitor<R> visitor) {
      return visitor.visitDefine(this);
    }
  }

  record Undefine(Position at, String variable) implements SessionChange {
    @Override
    public <R> R acceptKind(SessionChange.Visitor<R> visitor) {
      return visitor.visitUndefine(this);
    }
  }

  record CreateType(Position at, String name, boolean ifNotExists, TypeName type)
      implements Definition {
    @Override
    public <R> R acceptKind(Definition.Visitor<R> visitor) {
      return visitor.visitCreateType(this);
    }
  }

  record DropType(Position at, String name, boolean ifExists) implements Definition {
    @Override
    public <R> R acceptKind(Definition.Visitor<R> visitor) {
      return visitor.visitDropType(this);
    }
  }

  /** ASSERT [NOT EXISTS] TOPIC. */
  record AssertTopic(
      Position at,
      String topic,
      Map<String, Expression> with,
      Optional<Duration> timeout,
      boolean exists)
      implements Question {
    @Override
    public <R, X extends Exception> R acceptKind(Question.Visitor<R, X> visitor) throws X {
      return visitor.visitAssertTopic(this);
    }
  }

  /** ASSERT [NOT EXISTS] SCHEMA, by subject, by id, or both. */
  record AssertSchema(
      Position at,
      Optional<String> subject,
      OptionalInt id,
      Optional<Duration> timeout,
      boolean exists)
      implements Unsupported {
    @Override
    public <R> R acceptKind(Unsupported.Visitor<R> visitor) {
      return visitor.visitAssertSchema(this);
    }
  }

  /** CREATE SINK or SOURCE CONNECTOR. */
  record CreateConnector(
      Position at, boolean sink, String name, boolean ifNotExists, Map<String, Expression> with)
      implements ConnectRequest {
    @Override
    public <R> R acceptKind(ConnectRequest.Visitor<R> visitor) {
      return visitor.visitCreateConnector(this);
    }
  }

  record DropConnector(Position at, String name, boolean ifExists) implements ConnectRequest {
    @Override
    public <R> R acceptKind(ConnectRequest.Visitor<R> visitor) {
      return visitor.visitDropConnector(this);
    }
  }
}
