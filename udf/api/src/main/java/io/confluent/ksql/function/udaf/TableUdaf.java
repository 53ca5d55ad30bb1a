package io.confluent.ksql.function.udaf;

/** An aggregate function that can also be used over a table, because it can take a row back. */
public interface TableUdaf<I, A, O> extends Udaf<I, A, O> {

  /** The state without the row that has been updated or deleted in the table. */
  A undo(I valueToUndo, A aggregateValue);
}
