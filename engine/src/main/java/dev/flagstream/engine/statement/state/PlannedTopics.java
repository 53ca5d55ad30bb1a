package dev.flagstream.engine.statement.state;

import dev.flagstream.engine.planner.PlannedStatement;
import dev.flagstream.engine.planner.PlannedStatement.DefineSource;
import dev.flagstream.engine.planner.PlannedStatement.DefineType;
import dev.flagstream.engine.planner.PlannedStatement.DropSource;
import dev.flagstream.engine.planner.PlannedStatement.DropType;
import dev.flagstream.engine.planner.PlannedStatement.NothingToDo;
import dev.flagstream.engine.planner.PlannedStatement.StartQuery;
import dev.flagstream.engine.planner.PlannedStatement.TopicToCreate;

/**
 * Makes and deletes the topics that a statement is about. This happens once, where the statement is
 * accepted and before it is carried out: a command that is carried out again later, or by another
 * server, must not delete a topic that was made since.
 */
public final class PlannedTopics implements PlannedStatement.Visitor<Void> {

  private final Store store;

  public PlannedTopics(Store store) {
    this.store = store;
  }

  /** Where the topics are. */
  public interface Store {

    /** Makes a topic unless there is one of its name. */
    void create(TopicToCreate topic);

    /** Deletes a topic; one that is not there is no error. */
    void delete(String topic);
  }

  /** Makes and deletes what a statement says. */
  public void change(PlannedStatement plan) {
    plan.accept(this);
  }

  @Override
  public Void visitDefineSource(DefineSource plan) {
    plan.topic().ifPresent(store::create);
    return null;
  }

  @Override
  public Void visitStartQuery(StartQuery plan) {
    plan.topic().ifPresent(store::create);
    return null;
  }

  @Override
  public Void visitDropSource(DropSource plan) {
    if (plan.deleteTopic()) {
      store.delete(plan.source().topic());
    }
    return null;
  }

  @Override
  public Void visitDefineType(DefineType plan) {
    return null;
  }

  @Override
  public Void visitDropType(DropType plan) {
    return null;
  }

  @Override
  public Void visitNothingToDo(NothingToDo plan) {
    return null;
  }
}
