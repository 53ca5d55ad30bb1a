package dev.flagstream.engine.planner.query;

import dev.flagstream.engine.NearMiss;
import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.ColumnName;
import dev.flagstream.engine.ast.Position;
import dev.flagstream.engine.ast.Query.Relation;
import dev.flagstream.engine.ast.print.ExpressionPrinter;
import dev.flagstream.engine.catalog.Catalog;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.expression.ExpressionRewriter;
import dev.flagstream.engine.type.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The streams and tables a query reads, and what column names mean among them. */
public final class FromClause {

  private final List<FromSource> sources;

  private FromClause(List<FromSource> sources) {
    this.sources = List.copyOf(sources);
  }

  public static FromClause of(Relation relation, Catalog catalog) {
    List<Relation.Source> written = new ArrayList<>();
    collect(relation, written);
    boolean joined = written.size() > 1;
    List<FromSource> sources = new ArrayList<>();
    for (Relation.Source source : written) {
      sources.add(new FromSource(find(source, catalog), source.alias(), joined));
    }
    return new FromClause(sources);
  }

  private static void collect(Relation relation, List<Relation.Source> sources) {
    if (relation instanceof Relation.Join join) {
      collect(join.left(), sources);
      collect(join.right(), sources);
    } else {
      sources.add((Relation.Source) relation);
    }
  }

  private static Source find(Relation.Source written, Catalog catalog) {
    return catalog
        .source(written.name())
        .orElseThrow(() -> new SqlException(UnknownSource.message(written.name(), catalog)));
  }

  public List<FromSource> sources() {
    return sources;
  }

  boolean isJoin() {
    return sources.size() > 1;
  }

  /** The source whose formats a sink inherits. */
  public FromSource first() {
    return sources.get(0);
  }

  Optional<FromSource> find(String alias) {
    return sources.stream().filter(source -> source.alias().equals(alias)).findFirst();
  }

  FromSource get(String alias) {
    checkAlias(alias);
    return find(alias).orElseThrow();
  }

  /**
   * Checks that every {@code source.column} names a source of this clause. The own name of a source
   * that has an alias passes here, as in ksqlDB; its columns are not found by it later.
   */
  void checkQualifiers(Expression expression) {
    ExpressionRewriter.walk(
        expression,
        node -> {
          if (node instanceof ColumnName column) {
            column.source().filter(name -> !isSourceName(name)).ifPresent(this::checkAlias);
          }
        });
  }

  private boolean isSourceName(String name) {
    return sources.stream().anyMatch(source -> source.source().name().equals(name));
  }

  void checkAlias(String alias) {
    if (find(alias).isEmpty()) {
      throw new SqlException("'" + alias + "' is not a valid stream/table name or alias.");
    }
  }

  /**
   * The columns' names with the source they belong to; names no source has are left as they are.
   */
  Expression qualify(Expression expression) {
    new LambdaNames(name -> sources.stream().anyMatch(source -> source.has(name)))
        .check(expression);
    return ExpressionRewriter.rewrite(
        expression,
        node ->
            node instanceof ColumnName column ? Optional.of(qualify(column)) : Optional.empty());
  }

  private Expression qualify(ColumnName column) {
    if (column.source().isPresent()) {
      return column;
    }
    List<FromSource> owners = sources.stream().filter(s -> s.has(column.name())).toList();
    if (owners.size() > 1) {
      throw new SqlException(ambiguous(column, owners));
    }
    return owners.isEmpty()
        ? column
        : new ColumnName(column.at(), Optional.of(owners.get(0).alias()), column.name());
  }

  private static String ambiguous(ColumnName column, List<FromSource> owners) {
    return at(column.at())
        + "Column '"
        + column.name()
        + "' is ambiguous. Could be "
        + owners.stream()
            .map(owner -> owner.alias() + "." + column.name())
            .collect(Collectors.joining(" or "))
        + ".";
  }

  public static String at(Position position) {
    return "Line: " + position.line() + ", Col: " + position.column() + ": ";
  }

  /** Qualified names turned into the names columns have inside the query. */
  Expression toInnerNames(Expression qualified) {
    return ExpressionRewriter.rewrite(
        qualified,
        node -> node instanceof ColumnName column ? Optional.of(inner(column)) : Optional.empty());
  }

  private Expression inner(ColumnName column) {
    String name =
        column
            .source()
            .flatMap(this::find)
            .map(source -> source.innerName(column.name()))
            .orElse(column.name());
    return new ColumnName(column.at(), Optional.empty(), name);
  }

  /**
   * Checks that every column of a clause exists.
   *
   * @param clause as messages name it, such as {@code WHERE}
   * @param others names that stand for something else in the clause
   */
  void checkColumns(String clause, Expression qualified, List<String> others) {
    ExpressionRewriter.walk(
        qualified,
        node -> {
          if (node instanceof ColumnName column && !exists(column, others)) {
            throw new SqlException(unresolved(clause, column) + hint(column));
          }
        });
  }

  private boolean exists(ColumnName column, List<String> others) {
    return column
            .source()
            .flatMap(this::find)
            .filter(source -> source.has(column.name()))
            .isPresent()
        || others.contains(column.name());
  }

  static String unresolved(String clause, ColumnName column) {
    return at(column.at())
        + clause
        + " column '"
        + column.source().map(source -> source + ".").orElse("")
        + column.name()
        + "' cannot be resolved.";
  }

  private String hint(ColumnName column) {
    List<String> known =
        sources.stream()
            .filter(source -> column.source().filter(a -> !a.equals(source.alias())).isEmpty())
            .flatMap(source -> source.source().schema().columns().stream())
            .map(Column::name)
            .toList();
    Optional<String> meant = NearMiss.of(column.name(), known);
    return NearMiss.hint(
        meant.map(
            name -> ExpressionPrinter.print(new ColumnName(column.at(), column.source(), name))));
  }

  /** Whether more than one source has a column of this name. */
  boolean isAmbiguous(String column) {
    return sources.stream().filter(source -> source.has(column)).count() > 1;
  }
}
