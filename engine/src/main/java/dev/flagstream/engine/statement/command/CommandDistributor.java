package dev.flagstream.engine.statement.command;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.ast.Statement.Definition;
import dev.flagstream.engine.ast.Statement.QueryControl;
import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.planner.PlannedStatement;
import dev.flagstream.engine.planner.PlannedStatement.NothingToDo;
import dev.flagstream.engine.planner.PlannedStatement.StartQuery;
import dev.flagstream.engine.planner.with.WithClause;
import dev.flagstream.engine.statement.command.CommandTopic.OvertakenException;
import dev.flagstream.engine.statement.config.EngineConfig;
import dev.flagstream.engine.statement.entity.CommandStatus;
import dev.flagstream.engine.statement.entity.Entity;
import dev.flagstream.engine.statement.request.RequestException;
import dev.flagstream.engine.statement.request.RequestException.Code;
import dev.flagstream.engine.statement.state.BrokerTopics;
import dev.flagstream.engine.statement.state.CarryOut;
import dev.flagstream.engine.statement.state.EngineState;
import dev.flagstream.engine.statement.state.PlannedTopics;
import dev.flagstream.engine.statement.state.QueryHost;
import dev.flagstream.engine.statement.state.SessionPlanner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks statements that change something, writes them to the command topic, and waits for the
 * command runner to carry them out. Thread-safe: one statement at a time is checked and written.
 */
public final class CommandDistributor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CommandDistributor.class);
  private static final long NOT_WRITTEN = -1;
  private static final Duration CATCH_UP_TIMEOUT = Duration.ofSeconds(30);

  private final EngineConfig config;
  private final EngineState state;
  private final SessionPlanner planner;
  private final BrokerTopics topics;
  private final PlannedTopics topicChanges;
  private final CommandTopic commandTopic;
  private final CommandRunner runner;
  private final Consumer<byte[], byte[]> endOffsets;

  /** The offset after the last command this server wrote. */
  private long writtenUpTo;

  public CommandDistributor(
      EngineConfig config,
      EngineState state,
      SessionPlanner planner,
      BrokerTopics topics,
      CommandTopic commandTopic,
      CommandRunner runner) {
    this.config = config;
    this.state = state;
    this.planner = planner;
    this.topics = topics;
    this.topicChanges = new PlannedTopics(topics);
    this.commandTopic = commandTopic;
    this.runner = runner;
    this.endOffsets = commandTopic.newConsumer();
  }

  /** Tries a statement out on a copy of the state, as if it had been carried out. */
  public void tryOut(
      Statement.Command statement, String text, Map<String, String> properties, EngineState copy) {
    CarryOut pretended = new CarryOut(copy, QueryHost.NONE);
    PlannedTopics pretendedTopics = new PlannedTopics(copy.pretendedTopics());
    statement.acceptCommand(
        new Statement.Command.Visitor<Void>() {
          @Override
          public Void visitDefinition(Definition definition) {
            PlannedStatement plan = plan(definition, text, properties, copy);
            pretendedTopics.change(plan);
            pretended.carryOut(plan);
            return null;
          }

          @Override
          public Void visitQueryControl(QueryControl control) {
            copy.require(control);
            pretended.carryOut(control);
            return null;
          }
        });
  }

  /**
   * Carries out a statement, or leaves it to the command runner if that takes longer than the
   * client waits.
   */
  public Entity distribute(Statement.Command statement, String text, Map<String, String> properties)
      throws InterruptedException {
    Written written = writeUndisturbed(statement, text, properties);
    if (written.prepared().warning().isPresent()) {
      return written.prepared().warning().get();
    }
    CommandStatus status =
        runner
            .await(written.offset(), Duration.ofMillis(config.commandResponseTimeoutMs()))
            .orElseGet(() -> runner.queued(written.prepared().id(), written.offset()));
    return new Entity.CurrentStatus(
        written.prepared().echo(),
        written.prepared().id().toString(),
        status,
        written.offset(),
        Deprecations.of(statement));
  }

  /**
   * Ends the service for good, or leaves that to the command runner if it takes longer than the
   * client waits.
   *
   * @param topicPatterns which topics of queries are deleted, as {@link ClusterEnd#check} takes
   *     them
   */
  public Entity end(List<String> topicPatterns) throws InterruptedException {
    Command command = ClusterEnd.command(topicPatterns);
    long offset = writeLast(command);
    CommandStatus status =
        runner
            .await(offset, Duration.ofMillis(config.commandResponseTimeoutMs()))
            .orElseGet(() -> runner.queued(ClusterEnd.ID, offset));
    return new Entity.CurrentStatus(
        command.statement(), ClusterEnd.ID.toString(), status, offset, List.of());
  }

  private synchronized long writeLast(Command command) throws InterruptedException {
    try (CommandTopic.Transaction transaction = commandTopic.begin()) {
      catchUp();
      return transaction.commit(ClusterEnd.ID, command);
    } finally {
      // A writer that is left would make the topic again.
      commandTopic.close();
    }
  }

  private synchronized Written writeUndisturbed(
      Statement.Command statement, String text, Map<String, String> properties)
      throws InterruptedException {
    try {
      return write(statement, text, properties);
    } catch (OvertakenException overtaken) {
      LOG.info("Checking a statement anew: {}", overtaken.getMessage());
      return write(statement, text, properties);
    }
  }

  /**
   * Checks the statement against all that has been carried out, and writes it if need be. It is
   * planned here, so that the client learns of an error and no impossible command is written, and
   * again by {@link CommandHandler} when its turn comes, since other commands may lie between.
   */
  private Written write(Statement.Command statement, String text, Map<String, String> properties)
      throws InterruptedException {
    try (CommandTopic.Transaction transaction = commandTopic.begin()) {
      catchUp();
      Prepared prepared = statement.acceptCommand(new Preparation(text, properties));
      if (prepared.warning().isPresent()) {
        return new Written(prepared, NOT_WRITTEN);
      }
      long offset = transaction.commit(prepared.id(), prepared.command());
      writtenUpTo = offset + 1;
      return new Written(prepared, offset);
    }
  }

  private record Written(Prepared prepared, long offset) {}

  /**
   * A statement ready to be written; or, if there is nothing to write, the answer for the client.
   */
  private record Prepared(CommandId id, Command command, String echo, Optional<Entity> warning) {

    static Prepared nothing(Entity warning) {
      return new Prepared(null, null, null, Optional.of(warning));
    }
  }

  /**
   * Waits until all that is written has been carried out. A command of this server counts from when
   * its commit was acknowledged: the broker marks the partition, and so moves the end of what is
   * committed, only afterwards. Another server's commit is marked before this one may write again.
   */
  private void catchUp() throws InterruptedException {
    long end = Math.max(commandTopic.endOffset(endOffsets), writtenUpTo);
    if (!runner.awaitPosition(end, CATCH_UP_TIMEOUT)) {
      throw RequestException.generic(
          Code.COMMAND_QUEUE_CATCHUP_TIMEOUT,
          "Timed out while waiting for former statements to be carried out");
    }
  }

  private final class Preparation
      implements Statement.Command.Visitor<Prepared>, Definition.Visitor<CommandText> {

    private final String text;
    private final Map<String, String> properties;

    Preparation(String text, Map<String, String> properties) {
      this.text = text;
      this.properties = properties;
    }

    @Override
    public Prepared visitQueryControl(QueryControl statement) {
      state.require(statement);
      return new Prepared(
          CommandId.of(statement),
          Command.of(text, properties, Optional.empty()),
          text,
          Optional.empty());
    }

    @Override
    public Prepared visitDefinition(Definition statement) {
      PlannedStatement plan = plan(statement, text, properties, state);
      CommandText how = statement.acceptKind(this);
      if (plan instanceof NothingToDo nothing && how == CommandText.OF_CREATE) {
        return Prepared.nothing(new Entity.Warning(text, nothing.message(), List.of()));
      }
      topicChanges.change(plan);
      Optional<String> queryId =
          plan instanceof StartQuery start
              ? Optional.of(start.query().id())
              : Optional.<String>empty();
      return new Prepared(
          CommandId.of(statement),
          Command.of(how.normalizes ? plan.normalizedSql() : text, properties, queryId),
          how.echoesAsWritten ? text : plan.normalizedSql(),
          Optional.empty());
    }

    @Override
    public CommandText visitCreateSource(Statement.CreateSource statement) {
      if (statement.kind() == SourceKind.TABLE) {
        checkNoRetention(statement.with());
      }
      return CommandText.OF_CREATE;
    }

    @Override
    public CommandText visitCreateAsSelect(Statement.CreateAsSelect statement) {
      if (statement.kind() == SourceKind.TABLE && statement.query().window().isEmpty()) {
        checkNoRetention(statement.with());
      }
      return CommandText.OF_CREATE;
    }

    /**
     * The topic of such a table is compacted. Only here, as in ksqlDB, whose engine without a
     * server makes no topics; and not for commands of the topic, which were accepted once.
     */
    private static void checkNoRetention(Map<String, Expression> with) {
      if (with.containsKey(WithClause.RETENTION_MS)) {
        throw new SqlException(
            "Invalid config variable in the WITH clause: RETENTION_MS. Non-windowed tables do not"
                + " support retention.");
      }
    }

    @Override
    public CommandText visitInsertInto(Statement.InsertInto statement) {
      return CommandText.OF_CHANGE;
    }

    @Override
    public CommandText visitAlterSource(Statement.AlterSource statement) {
      return CommandText.OF_CHANGE;
    }

    @Override
    public CommandText visitDropSource(Statement.DropSource statement) {
      return CommandText.OF_DROP;
    }

    @Override
    public CommandText visitCreateType(Statement.CreateType statement) {
      return CommandText.OF_TYPE;
    }

    @Override
    public CommandText visitDropType(Statement.DropType statement) {
      return CommandText.OF_TYPE;
    }
  }

  /** What text goes into the command topic and what the client is shown of it. */
  private enum CommandText {
    /** As {@link #OF_CHANGE}; where there is nothing to create, nothing is written. */
    OF_CREATE(false, false),
    OF_CHANGE(false, false),
    /** Normalized, a DROP leaves DELETE TOPIC out: replayed, it must not delete a later topic. */
    OF_DROP(true, false),
    OF_TYPE(false, true);

    private final boolean normalizes;
    private final boolean echoesAsWritten;

    CommandText(boolean normalizes, boolean echoesAsWritten) {
      this.normalizes = normalizes;
      this.echoesAsWritten = echoesAsWritten;
    }
  }

  private PlannedStatement plan(
      Definition statement, String text, Map<String, String> properties, EngineState against) {
    PlannedStatement plan =
        against.admit(
            planner.plan(
                statement,
                text,
                against.catalog(),
                against.topics(topics),
                properties,
                runner.nextQueryNumber()));
    if (plan instanceof StartQuery start && !start.replaces()) {
      checkQueryLimit(text, against);
    }
    return plan;
  }

  private void checkQueryLimit(String text, EngineState against) {
    int limit = config.integer("ksql.query.persistent.active.limit");
    int count = against.queries().size() + 1;
    if (count > limit) {
      throw new SqlException(
          ("Not executing statement(s) '%s' as it would cause the number of active, persistent"
                  + " queries to exceed the configured limit. Use the TERMINATE command to terminate"
                  + " existing queries. Current persistent query count: %d. Configured limit: %d.")
              .formatted(text, count - 1, limit));
    }
  }

  @Override
  public synchronized void close() {
    endOffsets.close();
    commandTopic.close();
  }
}
