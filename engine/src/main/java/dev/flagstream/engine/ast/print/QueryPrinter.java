package dev.flagstream.engine.ast.print;

import static java.util.stream.Collectors.joining;

import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Interval;
import dev.flagstream.engine.ast.Query;
import dev.flagstream.engine.ast.Query.Relation;
import dev.flagstream.engine.ast.Query.SelectItem;
import dev.flagstream.engine.ast.Query.Window;
import dev.flagstream.engine.ast.Query.WindowType;
import dev.flagstream.engine.ast.Query.Within;
import java.util.List;
import java.util.Optional;

/** Writes {@code SELECT … FROM …}, one clause a line, spaced as ksqlDB spaces it. */
final class QueryPrinter {

  private final StringBuilder text = new StringBuilder();

  private QueryPrinter() {}

  static String print(Query query) {
    QueryPrinter printer = new QueryPrinter();
    printer.query(query);
    return printer.text.toString();
  }

  private void query(Query query) {
    text.append("SELECT").append(selectList(query.select()));
    text.append("\nFROM ").append(relation(query.from()));
    query.window().ifPresent(window -> text.append("\nWINDOW ").append(window(window)));
    clause("WHERE", query.where());
    query.groupBy().ifPresent(g -> text.append("\nGROUP BY ").append(keys(g.expressions())));
    query
        .partitionBy()
        .ifPresent(p -> text.append("\nPARTITION BY ").append(keys(p.expressions())));
    clause("HAVING", query.having());
    query.emit().ifPresent(emit -> text.append("\nEMIT ").append(emit));
    query.limit().ifPresent(limit -> text.append("\nLIMIT ").append(limit));
  }

  private void clause(String keyword, Optional<Expression> condition) {
    condition.ifPresent(
        c -> text.append('\n').append(keyword).append(' ').append(ExpressionPrinter.print(c)));
  }

  private static String selectList(List<SelectItem> items) {
    return items.size() == 1
        ? " " + selectItem(items.get(0))
        : items.stream().map(QueryPrinter::selectItem).collect(joining(",\n  ", "\n  ", ""));
  }

  private static String selectItem(SelectItem item) {
    if (item instanceof SelectItem.Star star) {
      return star.source().map(source -> Names.identifier(source) + ".*").orElse("*");
    }
    if (item instanceof SelectItem.StructStar star) {
      return ExpressionPrinter.print(star.struct()) + "->*";
    }
    SelectItem.Single single = (SelectItem.Single) item;
    String expression = ExpressionPrinter.print(single.expression());
    return single
        .alias()
        .map(alias -> expression + " " + Names.identifier(alias))
        .orElse(expression);
  }

  private static String relation(Relation relation) {
    if (relation instanceof Relation.Join join) {
      return relation(join.left()) + "\n" + join(join);
    }
    Relation.Source source = (Relation.Source) relation;
    return Names.identifier(source.name()) + " " + Names.identifier(source.alias());
  }

  private static String join(Relation.Join join) {
    String type =
        switch (join.type()) {
          case INNER -> "INNER JOIN ";
          case LEFT -> "LEFT OUTER JOIN ";
          case RIGHT -> "RIGHT OUTER JOIN ";
          case FULL -> "FULL OUTER JOIN ";
        };
    return type
        + relation(join.right())
        + join.within().map(QueryPrinter::within).orElse("")
        + (" ON (" + ExpressionPrinter.print(join.on()) + ")");
  }

  private static String within(Within within) {
    String span =
        within.writtenBefore().equals(within.writtenAfter())
            ? within.writtenBefore().toString()
            : "(" + within.writtenBefore() + ", " + within.writtenAfter() + ")";
    return " WITHIN " + span + limit(" GRACE PERIOD ", within.writtenGrace());
  }

  private static String window(Window window) {
    return window.alias().map(alias -> Names.identifier(alias) + " ").orElse("")
        + window.type()
        + (window.type() == WindowType.SESSION ? " ( " : " ( SIZE ")
        + window.writtenSize()
        + limit(" , ADVANCE BY ", window.writtenAdvance())
        + limit(" , RETENTION ", window.writtenRetention())
        + limit(" , GRACE PERIOD ", window.writtenGrace())
        + " ) ";
  }

  private static String limit(String keywords, Optional<Interval> interval) {
    return interval.map(i -> keywords + i).orElse("");
  }

  private static String keys(List<Expression> expressions) {
    return expressions.isEmpty()
        ? "()"
        : expressions.stream().map(ExpressionPrinter::print).collect(joining(", "));
  }
}
