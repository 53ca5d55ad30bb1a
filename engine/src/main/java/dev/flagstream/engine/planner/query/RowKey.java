package dev.flagstream.engine.planner.query;

import dev.flagstream.engine.ast.Expression;
import java.util.List;

/**
 * What the key of a query's rows is, in terms of the query.
 *
 * @param kind where the key comes from, which messages tell
 * @param columns one for each key column
 */
public record RowKey(Kind kind, List<KeyColumn> columns) {

  static final RowKey NONE = new RowKey(Kind.SOURCE, List.of());

  public RowKey {
    columns = List.copyOf(columns);
  }

  /** Where a key comes from. */
  public enum Kind {
    SOURCE("key column"),
    GROUPING("grouping expression"),
    PARTITIONING("partitioning expression"),
    JOIN("join expression"),
    SYNTHETIC_JOIN("join expression"),
    FOREIGN_KEY_JOIN("key column");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /**
   * One column of the key.
   *
   * @param name the column of the step's key
   * @param designators the expressions over names inside the query that stand for it when they are
   *     an item of SELECT, the preferred first
   * @param shown the designators as messages show them
   */
  public record KeyColumn(String name, List<Expression> designators, List<String> shown) {
    public KeyColumn {
      designators = List.copyOf(designators);
      shown = List.copyOf(shown);
    }
  }
}
