package dev.flagstream.engine.property;

import dev.flagstream.engine.ast.Statement.SourceKind;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A CREATE STREAM or TABLE AS SELECT, in its parts.
 *
 * @param from the sources, the first without a join
 * @param properties what stands after WITH
 */
record DrawnQuery(
    SourceKind kind,
    String name,
    String properties,
    List<String> select,
    List<From> from,
    Optional<String> window,
    Optional<String> where,
    Optional<String> groupBy,
    Optional<String> partitionBy,
    Optional<String> having,
    boolean finalOnly) {

  /** One source of a query; of a first one, join and condition are empty. */
  record From(String join, String source, String alias, String condition) {
    static From only(DrawnSource source, String alias) {
      return new From("", source.name(), alias, "");
    }

    String sql() {
      return (join.isEmpty() ? "" : " " + join + " ")
          + source
          + (alias.isEmpty() ? "" : " AS " + alias)
          + condition;
    }
  }

  static final String JSON = "KEY_FORMAT='JSON', VALUE_FORMAT='JSON'";

  /** All rows of a source as they are. */
  static DrawnQuery copy(SourceKind kind, String name, String source) {
    return new DrawnQuery(
        kind,
        name,
        "",
        List.of("*"),
        List.of(new From("", source, "", "")),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  /** The same of other sources. */
  DrawnQuery reading(UnaryOperator<String> renamed) {
    return with(
        from.stream()
            .map(f -> new From(f.join(), renamed.apply(f.source()), f.alias(), f.condition()))
            .toList(),
        where);
  }

  /** The same without its condition. */
  DrawnQuery withoutWhere() {
    return with(from, Optional.empty());
  }

  /** Another of this name that selects this. */
  DrawnQuery selecting(String newName, List<String> newSelect) {
    return new DrawnQuery(
        kind,
        newName,
        properties,
        newSelect,
        from,
        window,
        where,
        groupBy,
        partitionBy,
        having,
        finalOnly);
  }

  /** The same with the keys as they are. */
  DrawnQuery withoutPartitionBy() {
    return partitionedBy(List.of());
  }

  /** The same with other keys. */
  DrawnQuery partitionedBy(List<String> keys) {
    return new DrawnQuery(
        kind,
        name,
        properties,
        select,
        from,
        window,
        where,
        groupBy,
        keys.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", keys)),
        having,
        finalOnly);
  }

  /**
   * Whether its rows depend on how far the time of its stream has come: which records are late, and
   * what is over. Each partition has a time of its own, and it begins anew with each start.
   */
  boolean dependsOnStreamTime() {
    return finalOnly || selectSql().contains("GRACE PERIOD");
  }

  DrawnQuery with(List<From> newFrom, Optional<String> newWhere) {
    return new DrawnQuery(
        kind,
        name,
        properties,
        select,
        newFrom,
        window,
        newWhere,
        groupBy,
        partitionBy,
        having,
        finalOnly);
  }

  /** The statement. */
  String sql() {
    return "CREATE "
        + kind
        + " "
        + name
        + (properties.isEmpty() ? "" : " WITH (" + properties + ")")
        + " AS "
        + selectSql()
        + ";";
  }

  /** The SELECT alone. */
  String selectSql() {
    return "SELECT "
        + String.join(", ", select)
        + " FROM "
        + from.stream().map(From::sql).collect(Collectors.joining())
        + clause(" WINDOW ", window)
        + clause(" WHERE ", where)
        + clause(" GROUP BY ", groupBy)
        + clause(" PARTITION BY ", partitionBy)
        + clause(" HAVING ", having)
        + (finalOnly ? " EMIT FINAL" : " EMIT CHANGES");
  }

  private static String clause(String word, Optional<String> text) {
    return text.map(t -> word + t).orElse("");
  }
}
