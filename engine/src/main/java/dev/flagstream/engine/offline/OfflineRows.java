package dev.flagstream.engine.offline;

import dev.flagstream.engine.planner.query.QueryPlan;
import dev.flagstream.engine.type.Column;
import java.util.ArrayList;
import java.util.List;

/** The rows of a SELECT that have come so far. Not thread-safe. */
public final class OfflineRows {

  private final List<Column> columns;
  private final int limit;
  private final List<Object[]> rows = new ArrayList<>();
  private int deleted;

  OfflineRows(QueryPlan plan) {
    this.columns =
        plan.columnOrder().stream().map(name -> plan.schema().find(name).orElseThrow()).toList();
    this.limit = plan.limit().orElse(Integer.MAX_VALUE);
  }

  /** The columns of the result, in the order of the SELECT list. */
  public List<Column> columns() {
    return columns;
  }

  /** The rows so far; their values pair up with the columns. */
  public List<Object[]> rows() {
    return List.copyOf(rows);
  }

  /** Adds a row and says whether more are wanted. */
  boolean add(Object[] row) {
    if (isWanted()) {
      rows.add(row);
    }
    return isWanted();
  }

  /** A row of a table is gone: that is no row, but LIMIT counts it. */
  void countDeleted() {
    deleted++;
  }

  private boolean isWanted() {
    return rows.size() + deleted < limit;
  }
}
