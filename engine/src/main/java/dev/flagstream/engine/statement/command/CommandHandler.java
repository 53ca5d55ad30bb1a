package dev.flagstream.engine.statement.command;

import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.ast.Statement.Definition;
import dev.flagstream.engine.ast.Statement.Pause;
import dev.flagstream.engine.ast.Statement.QueryControl;
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
import dev.flagstream.engine.planner.with.TopicDirectory;
import dev.flagstream.engine.runtime.QueryRuntime;
import dev.flagstream.engine.statement.entity.CommandStatus;
import dev.flagstream.engine.statement.entity.CommandStatus.Status;
import dev.flagstream.engine.statement.state.CarryOut;
import dev.flagstream.engine.statement.state.EngineState;
import dev.flagstream.engine.statement.state.QueryHost;
import dev.flagstream.engine.statement.state.SessionPlanner;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries commands out: plans them against the catalogue as it now is, and does what they say.
 *
 * <p>A command was planned before, by the server that accepted it, to be refused at once where it
 * is wrong. It is planned again here because the command topic holds the statement and not its
 * plan, as ksqlDB's clients know it, and because another server, or this one after a restart, has
 * seen nothing but the topic.
 */
public final class CommandHandler implements CommandRunner.Handler {

  private static final Logger LOG = LoggerFactory.getLogger(CommandHandler.class);

  private static final CommandStatus ENDED = CommandStatus.success("Cluster terminated.");

  private final EngineState state;
  private final SessionPlanner planner;
  private final QueryRuntime queries;
  private final TopicDirectory topics;
  private final CarryOut former;
  private final CarryOut live;
  private final ClusterEnd end;
  private final SqlParser parser = SqlParser.withoutSubstitution();
  private Optional<Command> formerEnd = Optional.empty();

  public CommandHandler(
      EngineState state,
      SessionPlanner planner,
      QueryRuntime queries,
      TopicDirectory topics,
      ClusterEnd end) {
    this.end = end;
    this.state = state;
    this.planner = planner;
    this.queries = queries;
    this.topics = TopicDirectory.ofAccepted(topics);
    this.former = new CarryOut(state, QueryHost.NONE);
    this.live = new CarryOut(state, new OnServer(queries));
  }

  @Override
  public CommandStatus restore(long offset, Command command) {
    if (ClusterEnd.isAskedFor(command)) {
      // The server ended before it had done so.
      end.ask();
      formerEnd = Optional.of(command);
      return ENDED;
    }
    return attempt(command, () -> carryOut(offset, command, former));
  }

  @Override
  public CommandStatus run(long offset, Command command) {
    return ClusterEnd.isAskedFor(command)
        ? attempt(command, () -> end(command))
        : attempt(command, () -> carryOut(offset, command, live));
  }

  private CommandStatus end(Command command) {
    end.carryOut(command);
    return ENDED;
  }

  @Override
  public boolean isEnded() {
    return end.isAsked();
  }

  @Override
  public void restored() {
    if (formerEnd.isPresent()) {
      end.carryOut(formerEnd.get());
      return;
    }
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

  private CommandStatus carryOut(long offset, Command command, CarryOut how) {
    ParsedStatement parsed = parser.parse(command.statement()).get(0);
    if (parsed.statement() instanceof Statement.Command statement) {
      return statement.acceptCommand(new Execution(offset, command, parsed.text(), how));
    }
    throw new IllegalArgumentException("Not a command: " + parsed.text());
  }

  private final class Execution
      implements Statement.Command.Visitor<CommandStatus>,
          QueryControl.Visitor<CommandStatus>,
          PlannedStatement.Visitor<CommandStatus> {

    private final long offset;
    private final Command command;
    private final String text;
    private final CarryOut how;

    Execution(long offset, Command command, String text, CarryOut how) {
      this.offset = offset;
      this.command = command;
      this.text = text;
      this.how = how;
    }

    @Override
    public CommandStatus visitDefinition(Definition statement) {
      PlannedStatement plan =
          state.adopt(
              planner.plan(
                  statement,
                  text,
                  state.catalog(),
                  topics,
                  command.streamsProperties(),
                  command.queryNumber().orElse(offset)));
      how.carryOut(plan);
      return plan.accept(this);
    }

    @Override
    public CommandStatus visitQueryControl(QueryControl statement) {
      how.carryOut(statement);
      return statement.acceptKind(this);
    }

    @Override
    public CommandStatus visitTerminate(Terminate statement) {
      return CommandStatus.success("Query terminated.");
    }

    @Override
    public CommandStatus visitPause(Pause statement) {
      return CommandStatus.success("Query paused.");
    }

    @Override
    public CommandStatus visitResume(Resume statement) {
      return CommandStatus.success("Query resumed.");
    }

    @Override
    public CommandStatus visitDefineSource(DefineSource define) {
      return CommandStatus.success(
          (define.source().kind() == SourceKind.STREAM ? "Stream" : "Table") + " created");
    }

    @Override
    public CommandStatus visitStartQuery(StartQuery start) {
      String id = start.query().id();
      return new CommandStatus(Status.SUCCESS, "Created query with ID " + id, id);
    }

    @Override
    public CommandStatus visitDropSource(DropSource drop) {
      return CommandStatus.success(
          "Source `%s` (topic: %s) was dropped."
              .formatted(drop.source().name(), drop.source().topic()));
    }

    @Override
    public CommandStatus visitDefineType(DefineType define) {
      return CommandStatus.success(
          "Registered custom type with name '%s' and SQL type %s"
              .formatted(define.name(), define.type()));
    }

    @Override
    public CommandStatus visitDropType(DropType drop) {
      return CommandStatus.success("Dropped type '%s'".formatted(drop.name()));
    }

    @Override
    public CommandStatus visitNothingToDo(NothingToDo nothing) {
      return CommandStatus.success(nothing.message());
    }
  }

  /** The queries of this server. */
  private static final class OnServer implements QueryHost {

    private final QueryRuntime queries;

    OnServer(QueryRuntime queries) {
      this.queries = queries;
    }

    @Override
    public Runnable prepare(PersistentQuery query) {
      queries.stop(query.id());
      return () -> queries.start(query);
    }

    @Override
    public void terminate(String id) {
      queries.terminate(id);
    }

    @Override
    public void pause(String id) {
      queries.pause(id);
    }

    @Override
    public void resume(String id) {
      queries.resume(id);
    }
  }
}
