package dev.flagstream.engine.topology.row;

/**
 * One step without state over the rows of a stream. Stages call each other directly; a whole chain
 * of them is one processor of the topology.
 */
public interface RowStage {

  /** Passes on none, one or several rows to the next stage. */
  void process(RowInProgress row);

  /** Makes a stage of one task, given the stage after it. */
  interface Factory {
    RowStage create(RowStage next);
  }
}
