package dev.flagstream.engine.statement;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.UnsupportedFeatureException;
import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.ast.Statement.Command;
import dev.flagstream.engine.ast.Statement.ConnectRequest;
import dev.flagstream.engine.ast.Statement.InsertValues;
import dev.flagstream.engine.ast.Statement.PrintTopic;
import dev.flagstream.engine.ast.Statement.QueryStatement;
import dev.flagstream.engine.ast.Statement.Question;
import dev.flagstream.engine.ast.Statement.RowsRequest;
import dev.flagstream.engine.ast.Statement.SessionChange;
import dev.flagstream.engine.ast.Statement.Terminate;
import dev.flagstream.engine.ast.Statement.Unsupported;
import dev.flagstream.engine.parser.ParsedStatement;
import dev.flagstream.engine.parser.SqlParser;
import dev.flagstream.engine.parser.SqlSyntaxException;
import dev.flagstream.engine.planner.refusal.SchemaRegistryRequiredException;
import dev.flagstream.engine.planner.refusal.StatementException;
import dev.flagstream.engine.planner.refusal.UnquotedException;
import dev.flagstream.engine.statement.command.ClusterEnd;
import dev.flagstream.engine.statement.command.CommandId;
import dev.flagstream.engine.statement.config.ConfigurationException;
import dev.flagstream.engine.statement.config.DeniedPropertiesException;
import dev.flagstream.engine.statement.config.EngineConfig;
import dev.flagstream.engine.statement.entity.CommandStatus;
import dev.flagstream.engine.statement.entity.Entity;
import dev.flagstream.engine.statement.request.ClientSession;
import dev.flagstream.engine.statement.request.QueryAnswer;
import dev.flagstream.engine.statement.request.QueryEndpointException;
import dev.flagstream.engine.statement.request.RequestException;
import dev.flagstream.engine.statement.request.RequestException.Code;
import dev.flagstream.engine.statement.request.StatementRequest;
import dev.flagstream.engine.statement.request.UnsupportedStatements;
import dev.flagstream.engine.statement.request.WriteStatements;
import dev.flagstream.engine.statement.rows.RowInserter;
import dev.flagstream.engine.statement.state.EngineState;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Carries out what clients ask for in SQL. Thread-safe. */
public final class StatementExecutor implements AutoCloseable {

  private static final String SUBSTITUTION = "ksql.variable.substitution.enable";

  private final Engine engine;
  private final boolean substitutesVariables;
  private final Duration sequenceTimeout;

  private StatementExecutor(Engine engine, EngineConfig config) {
    this.engine = engine;
    this.substitutesVariables = config.variableSubstitutionEnabled();
    this.sequenceTimeout = Duration.ofMillis(config.commandResponseTimeoutMs());
  }

  /**
   * Connects to Kafka, carries out all former commands and resumes their queries.
   *
   * @param server where clients reach it
   * @param kafka completes when Kafka can be reached; extensions are loaded meanwhile
   * @throws ConfigurationException if Kafka cannot be reached or an extension cannot be loaded
   * @throws CompletionException with its cause if {@code kafka} fails
   */
  public static StatementExecutor start(
      EngineConfig config, URI server, CompletableFuture<?> kafka) {
    return new StatementExecutor(Engine.start(config, server, kafka), config);
  }

  /**
   * Carries out all statements of a request, in order. If one of several would be refused, none is
   * carried out.
   *
   * @return one answer per statement, except for those that have none, such as INSERT VALUES
   * @throws RequestException as the client is to see it
   */
  public List<Entity> execute(StatementRequest request) {
    return execute(request, true);
  }

  /**
   * As above, for a client that may not write: if a statement of the request would change
   * something, none is carried out.
   */
  public List<Entity> answerOnly(StatementRequest request) {
    return execute(request, false);
  }

  /**
   * Ends the service for good: its queries, the topics of those that are named, and its command
   * topic. No request is taken after it.
   *
   * @param topicPatterns names of topics, or regular expressions; only of topics that queries made
   * @return what became of it
   * @throws RequestException as the client is to see it
   */
  public List<Entity> end(List<String> topicPatterns) {
    requireGoingOn();
    try {
      ClusterEnd.check(topicPatterns);
      return List.of(engine.distributor().end(topicPatterns));
    } catch (IllegalArgumentException e) {
      throw RequestException.generic(Code.BAD_REQUEST, e.getMessage());
    } catch (InterruptedException e) {
      throw shuttingDown();
    }
  }

  private void requireGoingOn() {
    if (engine.end().isAsked()) {
      throw RequestException.generic(
          Code.SERVER_SHUTTING_DOWN,
          "The cluster has been terminated. No new request will be accepted.");
    }
  }

  private List<Entity> execute(StatementRequest request, boolean mayWrite) {
    requireGoingOn();
    awaitSequence(request.commandSequenceNumber());
    ClientSession session = new ClientSession(engine.propertyRules(), request);
    List<ParsedStatement> statements = parse(request, "");
    if (!mayWrite) {
      statements.forEach(StatementExecutor::requireReading);
    }
    checkProperties(session, statements);
    if (statements.size() > 1) {
      tryOut(statements, session.copy());
    }
    List<Entity> answers = new ArrayList<>();
    try {
      for (ParsedStatement statement : statements) {
        answer(statement, () -> statement.statement().accept(new Execution(statement, session)))
            .ifPresent(answers::add);
      }
    } catch (RequestException e) {
      throw e.after(answers);
    }
    return answers;
  }

  private static void requireReading(ParsedStatement statement) {
    if (WriteStatements.isOne(statement.statement())) {
      throw RequestException.ofStatement(
          Code.FORBIDDEN,
          "This user may read and not write. Statements that change something take a role that is"
              + " not listed in authentication.read.roles.",
          statement.text());
    }
  }

  /**
   * Starts a SELECT or a PRINT.
   *
   * @return its rows or text, to be closed by the caller
   * @throws RequestException as the client is to see it
   */
  public QueryAnswer query(StatementRequest request) {
    requireGoingOn();
    awaitSequence(request.commandSequenceNumber());
    ClientSession session = new ClientSession(engine.propertyRules(), request);
    List<ParsedStatement> statements = parse(request, "\nStatement: ");
    if (statements.size() != 1) {
      throw RequestException.ofStatement(
          Code.BAD_STATEMENT,
          "Expected exactly one KSQL statement; found %d instead".formatted(statements.size()),
          request.sql());
    }
    ParsedStatement statement = statements.get(0);
    checkProperties(session, statements);
    return answer(statement, () -> query(statement, session));
  }

  /** The stream or table rows are to be inserted into, as {@code /inserts-stream} does. */
  public RowInserter.Target insertTarget(String name) {
    requireGoingOn();
    return engine.inserter().target(name);
  }

  /** The status of the latest command of this id. */
  public Optional<CommandStatus> status(CommandId id) {
    return engine.runner().status(id);
  }

  /** The statuses of all commands, by command id. */
  public Map<String, CommandStatus> statuses() {
    return engine.runner().statuses();
  }

  /**
   * Checks that a property exists and may be overridden.
   *
   * @throws RequestException if not
   */
  public void validateProperty(String name) {
    try {
      engine.propertyRules().checkNotDenied(List.of(name));
      engine.propertyRules().checkName(name);
    } catch (IllegalArgumentException e) {
      throw RequestException.generic(Code.BAD_REQUEST, e.getMessage());
    }
  }

  /** Whether statements are being carried out. */
  public boolean isHealthy() {
    return engine.runner().isHealthy();
  }

  /** Whether Kafka answers; waits some seconds at most. */
  public boolean canReachKafka() {
    return engine.topics().isReachable();
  }

  /** What each server of the cluster has: the body of {@code /clusterStatus}. */
  public Map<String, Object> clusterStatus() {
    return engine.clusterStatus().body();
  }

  /** The id of the Kafka cluster as its brokers tell it; asked once, at the start. */
  public String kafkaClusterId() {
    return engine.kafkaClusterId();
  }

  private void awaitSequence(OptionalLong number) {
    if (number.isEmpty()) {
      return;
    }
    try {
      if (!engine.runner().awaitPosition(number.getAsLong() + 1, sequenceTimeout)) {
        throw RequestException.generic(
            Code.COMMAND_QUEUE_CATCHUP_TIMEOUT,
            ("Timed out while waiting for a previous command to execute."
                    + " command sequence number: %d, timeout: %d ms")
                .formatted(number.getAsLong(), sequenceTimeout.toMillis()));
      }
    } catch (InterruptedException e) {
      throw shuttingDown();
    }
  }

  private List<ParsedStatement> parse(StatementRequest request, String statementLabel) {
    try {
      return parser(request).parse(request.sql(), request.variables());
    } catch (SqlSyntaxException e) {
      String label = statementLabel.isEmpty() ? "" : statementLabel + e.statementText();
      throw RequestException.ofStatement(
          Code.BAD_STATEMENT, e.getMessage() + label, e.statementText(), e);
    } catch (UnsupportedFeatureException e) {
      throw RequestException.ofStatement(Code.BAD_STATEMENT, e.getMessage(), request.sql(), e);
    }
  }

  private SqlParser parser(StatementRequest request) {
    Object asked = request.properties().get(SUBSTITUTION);
    boolean substitutes =
        asked == null ? substitutesVariables : Boolean.parseBoolean(asked.toString());
    return substitutes ? new SqlParser() : SqlParser.withoutSubstitution();
  }

  private static void checkProperties(ClientSession session, List<ParsedStatement> statements) {
    try {
      session.checkProperties();
    } catch (DeniedPropertiesException e) {
      throw RequestException.generic(Code.BAD_REQUEST, e.getMessage());
    } catch (IllegalArgumentException e) {
      String text = statements.isEmpty() ? "" : statements.get(0).text();
      throw RequestException.ofStatement(Code.SERVER_ERROR, e.getMessage(), text, e);
    }
  }

  /** Runs the statements against a copy of the state, so that a refusal comes before any effect. */
  private void tryOut(List<ParsedStatement> statements, ClientSession session) {
    EngineState copy = engine.state().copy();
    for (ParsedStatement parsed : statements) {
      answer(parsed, () -> parsed.statement().accept(new Trial(parsed.text(), session, copy)));
    }
  }

  /** Finds out whether a statement would be refused, after those before it. */
  private final class Trial implements Statement.Visitor<Void, RuntimeException> {

    private final String text;
    private final ClientSession session;
    private final EngineState copy;

    Trial(String text, ClientSession session, EngineState copy) {
      this.text = text;
      this.session = session;
      this.copy = copy;
    }

    @Override
    public Void visitCommand(Command statement) {
      if (pushQuery(statement).isPresent()) {
        return null; // It can be ended, unless it has come to its end by then.
      }
      engine.distributor().tryOut(statement, text, session.properties(), copy);
      return null;
    }

    @Override
    public Void visitSessionChange(SessionChange statement) {
      session.apply(statement);
      return null;
    }

    @Override
    public Void visitInsertValues(InsertValues statement) {
      engine.inserter().check(statement, copy, session.properties());
      return null;
    }

    @Override
    public Void visitQuestion(Question statement) {
      engine.inspector().check(statement, copy);
      return null;
    }

    @Override
    public Void visitRowsRequest(RowsRequest statement) {
      throw new QueryEndpointException();
    }

    @Override
    public Void visitConnectRequest(ConnectRequest statement) {
      return null; // Only the Connect worker can tell, once it is asked.
    }

    @Override
    public Void visitUnsupported(Unsupported statement) {
      throw UnsupportedStatements.refusalOf(statement);
    }
  }

  /** Carries a statement out; the answer is empty for those that have none. */
  private final class Execution
      implements Statement.Visitor<Optional<Entity>, InterruptedException> {

    private final ParsedStatement parsed;
    private final ClientSession session;

    Execution(ParsedStatement parsed, ClientSession session) {
      this.parsed = parsed;
      this.session = session;
    }

    @Override
    public Optional<Entity> visitCommand(Command statement) throws InterruptedException {
      Optional<String> pushed = pushQuery(statement);
      if (pushed.isPresent()) {
        engine.transientQueries().end(pushed.get());
        return Optional.of(
            new Entity.TerminatedQuery(parsed.text(), pushed.get(), true, List.of()));
      }
      return Optional.of(
          engine.distributor().distribute(statement, parsed.text(), session.properties()));
    }

    @Override
    public Optional<Entity> visitSessionChange(SessionChange statement) {
      session.apply(statement);
      return Optional.empty();
    }

    @Override
    public Optional<Entity> visitInsertValues(InsertValues statement) throws InterruptedException {
      engine.inserter().insert(statement, session.properties());
      return Optional.empty();
    }

    @Override
    public Optional<Entity> visitQuestion(Question statement) throws InterruptedException {
      return Optional.of(engine.inspector().answer(statement, parsed.text(), session));
    }

    @Override
    public Optional<Entity> visitRowsRequest(RowsRequest statement) {
      throw new QueryEndpointException();
    }

    @Override
    public Optional<Entity> visitConnectRequest(ConnectRequest statement) {
      return Optional.of(engine.connectors().answer(statement, parsed.text()));
    }

    @Override
    public Optional<Entity> visitUnsupported(Unsupported statement) {
      throw UnsupportedStatements.refusalOf(statement);
    }
  }

  /** The push query that a TERMINATE names: those of clients are no matter of the command topic. */
  private Optional<String> pushQuery(Command statement) {
    return statement instanceof Terminate terminate
        ? terminate.queryId().flatMap(engine.transientQueries()::find)
        : Optional.empty();
  }

  private QueryAnswer query(ParsedStatement parsed, ClientSession session) {
    if (parsed.statement() instanceof RowsRequest request) {
      return request.acceptKind(
          new RowsRequest.Visitor<QueryAnswer>() {
            @Override
            public QueryAnswer visitQueryStatement(QueryStatement select) {
              return engine.selects().start(parsed, select, session.properties());
            }

            @Override
            public QueryAnswer visitPrintTopic(PrintTopic print) {
              return engine.printer().print(print);
            }
          });
    }
    throw new SqlException("Neither a query nor a print statement\nStatement: " + parsed.text());
  }

  /** Turns any failure of a statement into the answer for the client. */
  private static <T> T answer(ParsedStatement statement, Callable<T> work) {
    try {
      return work.call();
    } catch (RequestException e) {
      throw e;
    } catch (QueryEndpointException e) {
      throw RequestException.ofStatement(Code.QUERY_ENDPOINT, e.getMessage(), statement.text(), e);
    } catch (SchemaRegistryRequiredException e) {
      throw RequestException.generic(Code.SCHEMA_REGISTRY_UNCONFIGURED, e.getMessage());
    } catch (UnquotedException | DeniedPropertiesException e) {
      throw RequestException.generic(Code.BAD_REQUEST, e.getMessage());
    } catch (StatementException e) {
      throw RequestException.ofStatement(Code.BAD_STATEMENT, e.getMessage(), e.statement(), e);
    } catch (UnsupportedFeatureException | SqlException | IllegalArgumentException e) {
      throw RequestException.ofStatement(Code.BAD_STATEMENT, e.getMessage(), statement.text(), e);
    } catch (InterruptedException e) {
      throw shuttingDown();
    } catch (Exception e) { // a bug, or Kafka out of reach
      throw RequestException.ofStatement(
          Code.SERVER_ERROR, String.valueOf(e.getMessage()), statement.text(), e);
    }
  }

  private static RequestException shuttingDown() {
    Thread.currentThread().interrupt();
    return RequestException.generic(Code.SERVER_SHUTTING_DOWN, "The server is shutting down");
  }

  @Override
  public void close() {
    engine.close();
  }
}
