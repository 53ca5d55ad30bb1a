package dev.flagstream.engine.statement.state;

import dev.flagstream.engine.planner.PlannedStatement.PersistentQuery;

/** Where persistent queries run: the server's runtime, or the offline engine. */
public interface QueryHost {

  /** Runs nothing: for what is only tried out, and for former commands while a server starts. */
  QueryHost NONE =
      new QueryHost() {
        @Override
        public Runnable prepare(PersistentQuery query) {
          return () -> {};
        }

        @Override
        public void terminate(String id) {
          // None runs.
        }

        @Override
        public void pause(String id) {
          // None runs.
        }

        @Override
        public void resume(String id) {
          // None runs.
        }
      };

  /**
   * Does what must not fail once the catalogue knows the query. One that runs under its id ends;
   * the new one goes on with its state.
   *
   * @return starts the query
   */
  Runnable prepare(PersistentQuery query);

  /** Ends a query and forgets its state. */
  void terminate(String id);

  /** Makes a query wait, keeping its place. */
  void pause(String id);

  /** Lets a query that waits go on. */
  void resume(String id);
}
