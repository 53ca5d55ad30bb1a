package dev.flagstream.engine.parser;

import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Interval;
import dev.flagstream.engine.ast.Query;
import dev.flagstream.engine.ast.Query.Emit;
import dev.flagstream.engine.ast.Query.GroupBy;
import dev.flagstream.engine.ast.Query.JoinType;
import dev.flagstream.engine.ast.Query.PartitionBy;
import dev.flagstream.engine.ast.Query.Relation;
import dev.flagstream.engine.ast.Query.SelectItem;
import dev.flagstream.engine.ast.Query.Window;
import dev.flagstream.engine.ast.Query.WindowType;
import dev.flagstream.engine.ast.Query.Within;
import dev.flagstream.engine.parser.grammar.SqlGrammar;
import dev.flagstream.engine.parser.grammar.SqlGrammarBaseVisitor;
import java.util.Optional;
import java.util.OptionalInt;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Builds SELECT … FROM …. */
final class QueryBuilder {

  private final SyntaxErrors errors;
  private final WrittenNames names;
  private final ExpressionBuilder expressions;

  QueryBuilder(SyntaxErrors errors, WrittenNames names, ExpressionBuilder expressions) {
    this.errors = errors;
    this.names = names;
    this.expressions = expressions;
  }

  /** A query on its own: without EMIT it is a pull query. */
  Query build(SqlGrammar.QueryContext query) {
    return build(query, emit(query));
  }

  /** A query that writes to a stream or table: without EMIT it emits changes. */
  Query buildPersistent(SqlGrammar.QueryContext query) {
    return build(query, Optional.of(emit(query).orElse(Emit.CHANGES)));
  }

  private Query build(SqlGrammar.QueryContext query, Optional<Emit> emit) {
    return new Query(
        Positions.of(query),
        query.selectItem().stream().map(item -> item.accept(selectItems)).toList(),
        relation(query.relation()),
        Optional.ofNullable(query.windowExpression()).map(this::window),
        expression(query.where),
        Optional.ofNullable(query.groupBy)
            .map(g -> new GroupBy(Positions.of(g), expressions.build(g.valueExpression()))),
        Optional.ofNullable(query.partitionBy)
            .map(p -> new PartitionBy(Positions.of(p), expressions.build(p.valueExpression()))),
        expression(query.having),
        emit,
        limit(query.limit));
  }

  private Optional<Expression> expression(ParserRuleContext expression) {
    return Optional.ofNullable(expression).map(expressions::build);
  }

  private static Optional<Emit> emit(SqlGrammar.QueryContext query) {
    if (query.EMIT() == null) {
      return Optional.empty();
    }
    return Optional.of(query.FINAL() == null ? Emit.CHANGES : Emit.FINAL);
  }

  private OptionalInt limit(Token digits) {
    return digits == null
        ? OptionalInt.empty()
        : OptionalInt.of(Numbers.smallInteger(errors, digits));
  }

  private final SqlGrammarBaseVisitor<SelectItem> selectItems =
      new SqlGrammarBaseVisitor<>() {
        @Override
        public SelectItem visitSelectAll(SqlGrammar.SelectAllContext item) {
          return new SelectItem.Star(Positions.of(item), Optional.empty());
        }

        @Override
        public SelectItem visitSelectAllOf(SqlGrammar.SelectAllOfContext item) {
          return new SelectItem.Star(
              Positions.of(item), Optional.of(names.identifier(item.identifier())));
        }

        @Override
        public SelectItem visitSelectExpression(SqlGrammar.SelectExpressionContext item) {
          return item.ASTERISK() == null
              ? new SelectItem.Single(
                  expressions.build(item.expression()),
                  Optional.ofNullable(item.alias).map(names::identifier))
              : structStar(item);
        }
      };

  /** The grammar lets {@code ->*} follow any expression, which spares it looking far ahead. */
  private SelectItem structStar(SqlGrammar.SelectExpressionContext item) {
    boolean bindsToAll =
        item.expression() instanceof SqlGrammar.PredicatedContext predicated
            && predicated.predicate() == null
            && predicated.valueExpression() instanceof SqlGrammar.PrimaryValueContext;
    if (!bindsToAll) {
      throw errors.misplaced(item.ARROW().getSymbol());
    }
    return new SelectItem.StructStar(Positions.of(item), expressions.build(item.expression()));
  }

  private Relation relation(SqlGrammar.RelationContext relation) {
    Relation left = source(relation.aliasedSource());
    for (SqlGrammar.JoinContext join : relation.join()) {
      left =
          new Relation.Join(
              Positions.of(join),
              joinType(join.joinType()),
              left,
              source(join.aliasedSource()),
              Optional.ofNullable(join.joinWindow()).map(this::within),
              expressions.build(join.expression()));
    }
    return left;
  }

  private Relation source(SqlGrammar.AliasedSourceContext source) {
    String name = names.source(source.name);
    String alias = source.alias == null ? name : names.identifier(source.alias);
    return new Relation.Source(Positions.of(source), name, alias);
  }

  private static JoinType joinType(SqlGrammar.JoinTypeContext type) {
    if (type.LEFT() != null) {
      return JoinType.LEFT;
    }
    if (type.RIGHT() != null) {
      return JoinType.RIGHT;
    }
    return type.FULL() == null ? JoinType.INNER : JoinType.FULL;
  }

  private Within within(SqlGrammar.JoinWindowContext window) {
    Interval before = interval(window.within == null ? window.before : window.within);
    Interval after = interval(window.within == null ? window.after : window.within);
    if (before.amount() < 0 || after.amount() < 0) {
      throw errors.invalid(
          Positions.of(window),
          window.getText(),
          "Window interval (ie, beforeMs+afterMs) must not be negative.");
    }
    Optional<Interval> grace = optionalInterval(window.grace);
    if (grace.filter(interval -> interval.amount() < 0).isPresent()) {
      throw errors.invalid(
          Positions.of(window.grace), window.grace.getText(), "Grace period must not be negative.");
    }
    return new Within(Positions.of(window), before, after, grace);
  }

  private Window window(SqlGrammar.WindowExpressionContext expression) {
    return expression.window().accept(windows);
  }

  private final SqlGrammarBaseVisitor<Window> windows =
      new SqlGrammarBaseVisitor<>() {
        @Override
        public Window visitTumblingWindow(SqlGrammar.TumblingWindowContext window) {
          return window(window, WindowType.TUMBLING, window.size, null, window.windowLimits());
        }

        @Override
        public Window visitHoppingWindow(SqlGrammar.HoppingWindowContext window) {
          return window(
              window, WindowType.HOPPING, window.size, window.advance, window.windowLimits());
        }

        @Override
        public Window visitSessionWindow(SqlGrammar.SessionWindowContext window) {
          return window(window, WindowType.SESSION, window.gap, null, window.windowLimits());
        }
      };

  private Window window(
      SqlGrammar.WindowContext window,
      WindowType type,
      SqlGrammar.DurationContext size,
      SqlGrammar.DurationContext advance,
      SqlGrammar.WindowLimitsContext limits) {
    SqlGrammar.WindowExpressionContext expression =
        (SqlGrammar.WindowExpressionContext) window.getParent();
    return new Window(
        Positions.of(expression),
        type,
        interval(size),
        optionalInterval(advance),
        optionalInterval(limits.grace),
        optionalInterval(limits.retention),
        Optional.ofNullable(expression.name).map(names::identifier));
  }

  private Interval interval(SqlGrammar.DurationContext duration) {
    return TimeUnits.interval(errors, duration);
  }

  private Optional<Interval> optionalInterval(SqlGrammar.DurationContext duration) {
    return Optional.ofNullable(duration).map(this::interval);
  }
}
