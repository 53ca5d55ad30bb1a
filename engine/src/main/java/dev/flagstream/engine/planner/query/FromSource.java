package dev.flagstream.engine.planner.query;

import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.plan.PlanStep.PseudoColumn;
import dev.flagstream.engine.type.Column;

/**
 * A stream or table of a FROM clause.
 *
 * @param prefixed whether its columns go by {@code ALIAS_NAME} inside the query, as in joins
 */
public record FromSource(Source source, String alias, boolean prefixed) {

  boolean has(String column) {
    return source.schema().find(column).isPresent() || hasPseudoColumn(column);
  }

  private boolean hasPseudoColumn(String column) {
    return PseudoColumns.named(column)
        .filter(PseudoColumns.of(source.window().isPresent())::contains)
        .isPresent();
  }

  /** The column's name inside the query. */
  String innerName(String column) {
    return prefixed ? joinedName(column) : column;
  }

  /** The column's name where another source has one of the same name. */
  String joinedName(String column) {
    return alias + "_" + column;
  }

  String innerName(Column column) {
    return innerName(column.name());
  }

  String innerName(PseudoColumn column) {
    return innerName(column.name());
  }

  boolean isTable() {
    return source.kind() == SourceKind.TABLE;
  }
}
