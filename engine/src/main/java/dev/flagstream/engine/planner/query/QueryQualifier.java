package dev.flagstream.engine.planner.query;

import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.ColumnName;
import dev.flagstream.engine.ast.Query;
import dev.flagstream.engine.ast.Query.GroupBy;
import dev.flagstream.engine.ast.Query.PartitionBy;
import dev.flagstream.engine.ast.Query.Relation;
import dev.flagstream.engine.ast.Query.SelectItem;
import dev.flagstream.engine.planner.refusal.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * Writes a query out in full: every column with its source, every item of SELECT with a name. This
 * is the form in which ksqlDB shows queries, and the one that is planned.
 */
public final class QueryQualifier {

  private final FromClause from;
  private final ColumnNames names;

  private QueryQualifier(FromClause from, ColumnNames names) {
    this.from = from;
    this.names = names;
  }

  /** The query written out. */
  public static Query qualify(Query query, FromClause from, ColumnNames names) {
    QueryQualifier qualifier = new QueryQualifier(from, names);
    Refusal.checkWhilePreparing(() -> qualifier.checkQualifiers(query));
    return Refusal.inStatement(() -> qualifier.qualify(query));
  }

  /** Checks that the names of sources before columns exist; ahead of everything else. */
  private void checkQualifiers(Query query) {
    checkQualifiers(query.from());
    for (SelectItem item : query.select()) {
      if (item instanceof SelectItem.Star star) {
        star.source().ifPresent(from::checkAlias);
      } else if (item instanceof SelectItem.StructStar star) {
        from.checkQualifiers(star.struct());
      } else {
        from.checkQualifiers(((SelectItem.Single) item).expression());
      }
    }
    query.where().ifPresent(from::checkQualifiers);
    query.groupBy().ifPresent(group -> group.expressions().forEach(from::checkQualifiers));
    query.partitionBy().ifPresent(part -> part.expressions().forEach(from::checkQualifiers));
    query.having().ifPresent(from::checkQualifiers);
  }

  private void checkQualifiers(Relation relation) {
    if (relation instanceof Relation.Join join) {
      checkQualifiers(join.left());
      from.checkQualifiers(join.on());
    }
  }

  private Query qualify(Query query) {
    List<SelectItem> select = query.select().stream().map(this::qualify).toList();
    Relation relation = qualify(query.from());
    return new Query(
        query.at(),
        select,
        relation,
        query.window(),
        query.where().map(from::qualify),
        query.groupBy().map(g -> new GroupBy(g.at(), qualifyAll(g.expressions()))),
        query.partitionBy().map(p -> new PartitionBy(p.at(), qualifyAll(p.expressions()))),
        query.having().map(from::qualify),
        query.emit(),
        query.limit());
  }

  private List<Expression> qualifyAll(List<Expression> expressions) {
    return expressions.stream().map(from::qualify).toList();
  }

  private Relation qualify(Relation relation) {
    if (relation instanceof Relation.Join join) {
      return new Relation.Join(
          join.at(),
          join.type(),
          qualify(join.left()),
          join.right(),
          join.within(),
          from.qualify(join.on()));
    }
    return relation;
  }

  private SelectItem qualify(SelectItem item) {
    if (item instanceof SelectItem.Star star) {
      return star;
    }
    if (item instanceof SelectItem.StructStar star) {
      return new SelectItem.StructStar(star.at(), from.qualify(star.struct()));
    }
    SelectItem.Single single = (SelectItem.Single) item;
    Expression expression = from.qualify(single.expression());
    String name = single.alias().orElseGet(() -> nameOf(expression));
    return new SelectItem.Single(expression, Optional.of(name));
  }

  private String nameOf(Expression expression) {
    if (!(expression instanceof ColumnName column)) {
      return names.forExpression(expression);
    }
    return column
        .source()
        .flatMap(from::find)
        .filter(source -> from.isAmbiguous(column.name()))
        .map(source -> source.joinedName(column.name()))
        .orElse(column.name());
  }
}
