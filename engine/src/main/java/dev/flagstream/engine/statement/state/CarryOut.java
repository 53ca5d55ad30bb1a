package dev.flagstream.engine.statement.state;

import dev.flagstream.engine.ast.Statement.Pause;
import dev.flagstream.engine.ast.Statement.QueryControl;
import dev.flagstream.engine.ast.Statement.Resume;
import dev.flagstream.engine.ast.Statement.Terminate;
import dev.flagstream.engine.planner.PlannedStatement;
import dev.flagstream.engine.planner.PlannedStatement.DefineSource;
import dev.flagstream.engine.planner.PlannedStatement.DefineType;
import dev.flagstream.engine.planner.PlannedStatement.DropSource;
import dev.flagstream.engine.planner.PlannedStatement.DropType;
import dev.flagstream.engine.planner.PlannedStatement.NothingToDo;
import dev.flagstream.engine.planner.PlannedStatement.PersistentQuery;
import dev.flagstream.engine.planner.PlannedStatement.StartQuery;
import java.util.List;

/**
 * Carries out statements that were checked: enters what they say into the state, and starts and
 * ends queries with it. A server, what is tried out before, and the offline engine differ in where
 * the queries run, and in nothing else.
 */
public final class CarryOut {

  private final EngineState state;
  private final QueryHost queries;
  private final Planned planned = new Planned();
  private final Control control = new Control();

  /**
   * Carries out statements on a state.
   *
   * @param queries where the queries run
   */
  public CarryOut(EngineState state, QueryHost queries) {
    this.state = state;
    this.queries = queries;
  }

  /** Does what a definition says; its topics are there already. */
  public void carryOut(PlannedStatement plan) {
    plan.accept(planned);
  }

  /**
   * Ends, halts or resumes queries.
   *
   * @throws dev.flagstream.engine.SqlException if there is no query of the id it gives
   */
  public void carryOut(QueryControl statement) {
    statement.acceptKind(control);
  }

  private List<String> idsOf(QueryControl statement) {
    return statement
        .queryId()
        .map(List::of)
        .orElseGet(() -> state.queries().stream().map(PersistentQuery::id).toList());
  }

  private final class Planned implements PlannedStatement.Visitor<Void> {

    @Override
    public Void visitDefineSource(DefineSource plan) {
      return enter(plan);
    }

    @Override
    public Void visitStartQuery(StartQuery plan) {
      Runnable start = queries.prepare(plan.query());
      enter(plan);
      start.run();
      return null;
    }

    @Override
    public Void visitDropSource(DropSource plan) {
      state.creatorOf(plan.source().name()).ifPresent(query -> queries.terminate(query.id()));
      return enter(plan);
    }

    @Override
    public Void visitDefineType(DefineType plan) {
      return enter(plan);
    }

    @Override
    public Void visitDropType(DropType plan) {
      return enter(plan);
    }

    @Override
    public Void visitNothingToDo(NothingToDo plan) {
      return enter(plan);
    }

    private Void enter(PlannedStatement plan) {
      state.apply(plan);
      return null;
    }
  }

  private final class Control implements QueryControl.Visitor<Void> {

    @Override
    public Void visitTerminate(Terminate statement) {
      for (String id : idsOf(statement)) {
        queries.terminate(id);
        state.removeQuery(id);
      }
      return null;
    }

    @Override
    public Void visitPause(Pause statement) {
      for (String id : idsOf(statement)) {
        queries.pause(id);
        state.setPaused(id, true);
      }
      return null;
    }

    @Override
    public Void visitResume(Resume statement) {
      for (String id : idsOf(statement)) {
        state.setPaused(id, false);
        queries.resume(id);
      }
      return null;
    }
  }
}
