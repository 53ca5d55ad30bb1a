package dev.flagstream.engine.statement;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.ast.Statement.CreateAsSelect;
import dev.flagstream.engine.ast.Statement.CreateSource;
import dev.flagstream.engine.ast.Statement.CreateType;
import dev.flagstream.engine.ast.Statement.InsertInto;
import dev.flagstream.engine.ast.Statement.Pause;
import dev.flagstream.engine.ast.Statement.Resume;
import dev.flagstream.engine.ast.Statement.Terminate;
import dev.flagstream.engine.parser.ParsedStatement;
import dev.flagstream.engine.planner.PlannedStatement;
import dev.flagstream.engine.planner.PlannedStatement.DefineSource;
import dev.flagstream.engine.planner.PlannedStatement.DropSource;
import dev.flagstream.engine.planner.PlannedStatement.NothingToDo;
import dev.flagstream.engine.planner.PlannedStatement.StartQuery;
import dev.flagstream.engine.statement.CommandTopic.OvertakenException;
import dev.flagstream.engine.statement.RequestException.Code;
import dev.flagstream.engine.statement.entity.CommandStatus;
import dev.flagstream.engine.statement.entity.Entity;
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
final class CommandDistributor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CommandDistributor.class);
  private static final long NOT_WRITTEN = -1;
  private static final Duration CATCH_UP_TIMEOUT = Duration.ofSeconds(30);

  private final EngineConfig config;
  private final EngineState state;
  private final Planner planner;
  private final KafkaTopics topics;
  private final CommandTopic commandTopic;
  private final CommandRunner runner;
  private final Consumer<byte[], byte[]> endOffsets;

  /** The offset after the last command this server wrote. */
  private long writtenUpTo;

  CommandDistributor(
      EngineConfig config,
      EngineState state,
      Planner planner,
      KafkaTopics topics,
      CommandTopic commandTopic,
      CommandRunner runner) {
    this.config = config;
    this.state = state;
    this.planner = planner;
    this.topics = topics;
    this.commandTopic = commandTopic;
    this.runner = runner;
    this.endOffsets = commandTopic.newConsumer();
  }

  /** Tries a statement out on a copy of the state, as if it had been carried out. */
  void tryOut(ParsedStatement parsed, Map<String, String> properties, EngineState copy) {
    Statement statement = parsed.statement();
    if (statement instanceof Terminate terminate) {
      requireQuery(copy, terminate.queryId());
      terminate.queryId().ifPresent(copy::removeQuery);
    } else if (statement instanceof Pause pause) {
      requireQuery(copy, pause.queryId());
    } else if (statement instanceof Resume resume) {
      requireQuery(copy, resume.queryId());
    } else {
      copy.pretend(plan(parsed, properties, copy));
    }
  }

  /**
   * Carries out a statement, or leaves it to the command runner if that takes longer than the
   * client waits.
   */
  Entity distribute(ParsedStatement parsed, Map<String, String> properties)
      throws InterruptedException {
    Written written;
    synchronized (this) {
      try {
        written = write(parsed, properties);
      } catch (OvertakenException overtaken) {
        LOG.info("Checking a statement anew: {}", overtaken.getMessage());
        written = write(parsed, properties);
      }
    }
    if (written.prepared().warning().isPresent()) {
      return written.prepared().warning().get();
    }
    var status =
        runner
            .await(written.offset(), Duration.ofMillis(config.commandResponseTimeoutMs()))
            .orElseGet(CommandStatus::queued);
    return new Entity.CurrentStatus(
        written.prepared().echo(),
        written.prepared().id().toString(),
        status,
        written.offset(),
        List.of());
  }

  /** Checks the statement against all that has been carried out, and writes it if need be. */
  private Written write(ParsedStatement parsed, Map<String, String> properties)
      throws InterruptedException {
    try (var transaction = commandTopic.begin()) {
      catchUp();
      var prepared = prepare(parsed, properties);
      if (prepared.warning().isPresent()) {
        return new Written(prepared, NOT_WRITTEN);
      }
      long offset = transaction.commit(prepared.id(), prepared.command());
      writtenUpTo = offset + 1;
      return new Written(prepared, offset);
    }
  }

  private record Written(Prepared prepared, long offset) {}

  /** A statement ready to be written; or, if there is nothing to write, what the client is told. */
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

  private Prepared prepare(ParsedStatement parsed, Map<String, String> properties) {
    Statement statement = parsed.statement();
    if (statement instanceof Terminate terminate) {
      return onQuery("terminate", terminate.queryId(), parsed, properties);
    }
    if (statement instanceof Pause pause) {
      return onQuery("pause", pause.queryId(), parsed, properties);
    }
    if (statement instanceof Resume resume) {
      return onQuery("resume", resume.queryId(), parsed, properties);
    }
    PlannedStatement plan = plan(parsed, properties, state);
    if (plan instanceof NothingToDo nothing && isCreate(statement)) {
      return Prepared.nothing(new Entity.Warning(parsed.text(), nothing.message(), List.of()));
    }
    changeTopics(plan);
    // The echo of a DROP leaves DELETE TOPIC out: replayed, it must not delete a later topic.
    String text = statement instanceof Statement.DropSource ? plan.normalizedSql() : parsed.text();
    var queryId =
        plan instanceof StartQuery start
            ? Optional.of(start.query().id())
            : Optional.<String>empty();
    return new Prepared(
        idOf(statement),
        Command.of(text, properties, queryId),
        echoesAsWritten(statement) ? parsed.text() : plan.normalizedSql(),
        Optional.empty());
  }

  private Prepared onQuery(
      String verb,
      Optional<String> queryId,
      ParsedStatement parsed,
      Map<String, String> properties) {
    requireQuery(state, queryId);
    return new Prepared(
        CommandId.onQuery(verb, queryId.orElse("ALL")),
        Command.of(parsed.text(), properties, Optional.empty()),
        parsed.text(),
        Optional.empty());
  }

  private static void requireQuery(EngineState state, Optional<String> queryId) {
    queryId
        .filter(id -> state.query(id).isEmpty())
        .ifPresent(
            id -> {
              throw new SqlException("Unknown queryId: " + id);
            });
  }

  private PlannedStatement plan(
      ParsedStatement parsed, Map<String, String> properties, EngineState against) {
    PlannedStatement plan =
        against.adopt(
            planner.plan(
                parsed,
                against.catalog(),
                against.topics(topics),
                properties,
                runner.nextQueryNumber()));
    if (plan instanceof DropSource drop) {
      against.checkMayDrop(drop);
    }
    if (plan instanceof StartQuery start && !start.replaces()) {
      checkQueryLimit(parsed, against);
    }
    return plan;
  }

  private void checkQueryLimit(ParsedStatement parsed, EngineState against) {
    int limit = config.integer("ksql.query.persistent.active.limit");
    int count = against.queries().size() + 1;
    if (count > limit) {
      throw new SqlException(
          ("Not executing statement(s) '%s' as it would cause the number of active, persistent"
                  + " queries to exceed the configured limit. Use the TERMINATE command to terminate"
                  + " existing queries. Current persistent query count: %d. Configured limit: %d.")
              .formatted(parsed.text(), count - 1, limit));
    }
  }

  private void changeTopics(PlannedStatement plan) {
    if (plan instanceof DefineSource define) {
      define.topic().ifPresent(topics::create);
    } else if (plan instanceof StartQuery start) {
      start.topic().ifPresent(topics::create);
    } else if (plan instanceof DropSource drop && drop.deleteTopic()) {
      topics.delete(drop.source().topic());
    }
  }

  private static boolean echoesAsWritten(Statement statement) {
    return statement instanceof CreateType || statement instanceof Statement.DropType;
  }

  private static boolean isCreate(Statement statement) {
    return statement instanceof CreateSource || statement instanceof CreateAsSelect;
  }

  private CommandId idOf(Statement statement) {
    if (statement instanceof CreateSource create) {
      return CommandId.create(create.kind(), create.name());
    }
    if (statement instanceof CreateAsSelect create) {
      return CommandId.create(create.kind(), create.name());
    }
    if (statement instanceof InsertInto insert) {
      return CommandId.create(Statement.SourceKind.STREAM, insert.target());
    }
    if (statement instanceof Statement.AlterSource alter) {
      return CommandId.alter(alter.kind(), alter.name());
    }
    if (statement instanceof Statement.DropSource drop) {
      return CommandId.drop(drop.kind(), drop.name());
    }
    if (statement instanceof CreateType create) {
      return CommandId.createType(create.name());
    }
    if (statement instanceof Statement.DropType drop) {
      return CommandId.dropType(drop.name());
    }
    throw new IllegalArgumentException("No command: " + statement.getClass().getSimpleName());
  }

  @Override
  public synchronized void close() {
    endOffsets.close();
    commandTopic.close();
  }
}
