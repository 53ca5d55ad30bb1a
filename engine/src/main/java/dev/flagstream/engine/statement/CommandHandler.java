package dev.flagstream.engine.statement;

import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.ast.Statement.Pause;
import dev.flagstream.engine.ast.Statement.Resume;
import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.ast.Statement.Terminate;
import dev.flagstream.engine.parser.ParsedStatement;
import dev.flagstream.engine.parser.SqlParser;
import dev.flagstream.engine.planner.PlannedStatement;
import dev.flagstream.engine.planner.PlannedStatement.DefineSource;
import dev.flagstream.engine.planner.PlannedStatement.DefineType;
import dev.flagstream.engine.planner.PlannedStatement.DropSource;
import dev.flagstream.engine.planner.PlannedStatement.DropType;
import dev.flagstream.engine.planner.PlannedStatement.NothingToDo;
import dev.flagstream.engine.planner.PlannedStatement.PersistentQuery;
import dev.flagstream.engine.planner.PlannedStatement.StartQuery;
import dev.flagstream.engine.runtime.QueryRuntime;
import dev.flagstream.engine.statement.entity.CommandStatus;
import dev.flagstream.engine.statement.entity.CommandStatus.Status;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries commands out: plans them against the catalogue as it now is, and does what they say. */
final class CommandHandler implements CommandRunner.Handler {

  private static final Logger LOG = LoggerFactory.getLogger(CommandHandler.class);

  private final EngineState state;
  private final Planner planner;
  private final QueryRuntime queries;
  private final KafkaTopics topics;
  private final SqlParser parser = SqlParser.withoutSubstitution();

  CommandHandler(EngineState state, Planner planner, QueryRuntime queries, KafkaTopics topics) {
    this.state = state;
    this.planner = planner;
    this.queries = queries;
    this.topics = topics;
  }

  @Override
  public CommandStatus restore(long offset, Command command) {
    return attempt(command, () -> carryOut(offset, command, false));
  }

  @Override
  public CommandStatus run(long offset, Command command) {
    return attempt(command, () -> carryOut(offset, command, true));
  }

  @Override
  public void restored() {
    state.queries().parallelStream().forEach(this::resume);
  }

  private void resume(PersistentQuery query) {
    try {
      queries.start(query);
      if (state.isPaused(query.id())) {
        queries.pause(query.id());
      }
    } catch (RuntimeException e) {
      LOG.error("Query {} cannot be resumed", query.id(), e);
    }
  }

  private static CommandStatus attempt(Command command, Attempt attempt) {
    try {
      return attempt.run();
    } catch (RuntimeException e) {
      LOG.error("Could not carry out: {}", command.statement(), e);
      return CommandStatus.error(String.valueOf(e.getMessage()));
    }
  }

  private interface Attempt {
    CommandStatus run();
  }

  private CommandStatus carryOut(long offset, Command command, boolean live) {
    ParsedStatement parsed = parser.parse(command.statement()).get(0);
    Statement statement = parsed.statement();
    if (statement instanceof Terminate terminate) {
      forEach(terminate.queryId(), id -> terminate(id, live));
      return CommandStatus.success("Query terminated.");
    }
    if (statement instanceof Pause pause) {
      forEach(pause.queryId(), id -> pause(id, live));
      return CommandStatus.success("Query paused.");
    }
    if (statement instanceof Resume resume) {
      forEach(resume.queryId(), id -> resume(id, live));
      return CommandStatus.success("Query resumed.");
    }
    PlannedStatement plan =
        state.adopt(
            planner.plan(
                parsed,
                state.catalog(),
                topics,
                command.streamsProperties(),
                command.queryNumber().orElse(offset)));
    if (live) {
      prepare(plan);
    }
    state.apply(plan);
    if (live && plan instanceof StartQuery start) {
      queries.start(start.query());
    }
    return outcome(plan);
  }

  /** What must happen outside before the catalogue changes. */
  private void prepare(PlannedStatement plan) {
    if (plan instanceof DefineSource define) {
      define.topic().ifPresent(topics::create);
    } else if (plan instanceof StartQuery start) {
      start.topic().ifPresent(topics::create);
      queries.stop(start.query().id());
    } else if (plan instanceof DropSource drop) {
      state.creatorOf(drop.source().name()).ifPresent(query -> queries.terminate(query.id()));
    }
  }

  private void forEach(Optional<String> queryId, Consumer<String> action) {
    queryId
        .map(List::of)
        .orElseGet(() -> state.queries().stream().map(PersistentQuery::id).toList())
        .forEach(action);
  }

  private void terminate(String id, boolean live) {
    if (live) {
      queries.terminate(id);
    }
    state.removeQuery(id);
  }

  private void pause(String id, boolean live) {
    if (live) {
      queries.pause(id);
    }
    state.setPaused(id, true);
  }

  private void resume(String id, boolean live) {
    if (live) {
      queries.resume(id);
    }
    state.setPaused(id, false);
  }

  private static CommandStatus outcome(PlannedStatement plan) {
    if (plan instanceof DefineSource define) {
      return CommandStatus.success(
          (define.source().kind() == SourceKind.STREAM ? "Stream" : "Table") + " created");
    }
    if (plan instanceof StartQuery start) {
      String id = start.query().id();
      return new CommandStatus(Status.SUCCESS, "Created query with ID " + id, id);
    }
    if (plan instanceof DropSource drop) {
      return CommandStatus.success(
          "Source `%s` (topic: %s) was dropped."
              .formatted(drop.source().name(), drop.source().topic()));
    }
    if (plan instanceof DefineType define) {
      return CommandStatus.success(
          "Registered custom type with name '%s' and SQL type %s"
              .formatted(define.name(), define.type()));
    }
    if (plan instanceof DropType drop) {
      return CommandStatus.success("Dropped type '%s'".formatted(drop.name()));
    }
    return CommandStatus.success(((NothingToDo) plan).message());
  }
}
