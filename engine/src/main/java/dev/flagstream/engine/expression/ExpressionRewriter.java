package dev.flagstream.engine.expression;

import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.Arithmetic;
import dev.flagstream.engine.ast.Expression.ArrayConstructor;
import dev.flagstream.engine.ast.Expression.Between;
import dev.flagstream.engine.ast.Expression.BooleanLiteral;
import dev.flagstream.engine.ast.Expression.Case;
import dev.flagstream.engine.ast.Expression.Cast;
import dev.flagstream.engine.ast.Expression.ColumnName;
import dev.flagstream.engine.ast.Expression.Comparison;
import dev.flagstream.engine.ast.Expression.DecimalLiteral;
import dev.flagstream.engine.ast.Expression.Dereference;
import dev.flagstream.engine.ast.Expression.DoubleLiteral;
import dev.flagstream.engine.ast.Expression.Entry;
import dev.flagstream.engine.ast.Expression.FunctionCall;
import dev.flagstream.engine.ast.Expression.In;
import dev.flagstream.engine.ast.Expression.IntegerLiteral;
import dev.flagstream.engine.ast.Expression.IntervalUnit;
import dev.flagstream.engine.ast.Expression.IsNull;
import dev.flagstream.engine.ast.Expression.Lambda;
import dev.flagstream.engine.ast.Expression.Like;
import dev.flagstream.engine.ast.Expression.Logical;
import dev.flagstream.engine.ast.Expression.LongLiteral;
import dev.flagstream.engine.ast.Expression.MapConstructor;
import dev.flagstream.engine.ast.Expression.NamedExpression;
import dev.flagstream.engine.ast.Expression.Not;
import dev.flagstream.engine.ast.Expression.NullLiteral;
import dev.flagstream.engine.ast.Expression.Sign;
import dev.flagstream.engine.ast.Expression.StringLiteral;
import dev.flagstream.engine.ast.Expression.StructConstructor;
import dev.flagstream.engine.ast.Expression.Subscript;
import dev.flagstream.engine.ast.Expression.When;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Copies an expression, replacing parts on the way down. A replaced part is not looked into again.
 * The parameters of lambdas are no columns and are left alone.
 */
public final class ExpressionRewriter implements Expression.Visitor<Expression> {

  private final Function<Expression, Optional<Expression>> replacement;
  private final Deque<String> lambdaParameters = new ArrayDeque<>();

  private ExpressionRewriter(Function<Expression, Optional<Expression>> replacement) {
    this.replacement = replacement;
  }

  /**
   * The expression with parts replaced.
   *
   * @param replacement what a node becomes; empty means that its parts are looked at
   */
  public static Expression rewrite(
      Expression expression, Function<Expression, Optional<Expression>> replacement) {
    return new ExpressionRewriter(replacement).copy(expression);
  }

  /** Shows every part of an expression, outermost first, except uses of lambda parameters. */
  public static void walk(Expression expression, Consumer<Expression> visitor) {
    rewrite(
        expression,
        node -> {
          visitor.accept(node);
          return Optional.empty();
        });
  }

  private Expression copy(Expression node) {
    if (node instanceof ColumnName column && isLambdaParameter(column)) {
      return node;
    }
    return replacement.apply(node).orElseGet(() -> node.accept(this));
  }

  private boolean isLambdaParameter(ColumnName column) {
    return column.source().isEmpty() && lambdaParameters.contains(column.name());
  }

  private List<Expression> copyAll(List<Expression> nodes) {
    return nodes.stream().map(this::copy).toList();
  }

  @Override
  public Expression visitNull(NullLiteral node) {
    return node;
  }

  @Override
  public Expression visitBoolean(BooleanLiteral node) {
    return node;
  }

  @Override
  public Expression visitInteger(IntegerLiteral node) {
    return node;
  }

  @Override
  public Expression visitLong(LongLiteral node) {
    return node;
  }

  @Override
  public Expression visitDouble(DoubleLiteral node) {
    return node;
  }

  @Override
  public Expression visitDecimal(DecimalLiteral node) {
    return node;
  }

  @Override
  public Expression visitString(StringLiteral node) {
    return node;
  }

  @Override
  public Expression visitIntervalUnit(IntervalUnit node) {
    return node;
  }

  @Override
  public Expression visitColumn(ColumnName node) {
    return node;
  }

  @Override
  public Expression visitFunction(FunctionCall node) {
    return new FunctionCall(node.at(), node.name(), copyAll(node.arguments()), node.star());
  }

  @Override
  public Expression visitLambda(Lambda node) {
    node.parameters().forEach(lambdaParameters::push);
    Expression body = copy(node.body());
    node.parameters().forEach(parameter -> lambdaParameters.pop());
    return new Lambda(node.at(), node.parameters(), body);
  }

  @Override
  public Expression visitArithmetic(Arithmetic node) {
    return new Arithmetic(node.at(), node.operator(), copy(node.left()), copy(node.right()));
  }

  @Override
  public Expression visitSign(Sign node) {
    return new Sign(node.at(), node.negative(), copy(node.operand()));
  }

  @Override
  public Expression visitComparison(Comparison node) {
    return new Comparison(node.at(), node.operator(), copy(node.left()), copy(node.right()));
  }

  @Override
  public Expression visitLogical(Logical node) {
    return new Logical(node.at(), node.and(), copy(node.left()), copy(node.right()));
  }

  @Override
  public Expression visitNot(Not node) {
    return new Not(node.at(), copy(node.operand()));
  }

  @Override
  public Expression visitIsNull(IsNull node) {
    return new IsNull(node.at(), node.negated(), copy(node.operand()));
  }

  @Override
  public Expression visitBetween(Between node) {
    return new Between(node.at(), copy(node.operand()), copy(node.low()), copy(node.high()));
  }

  @Override
  public Expression visitIn(In node) {
    return new In(node.at(), copy(node.operand()), copyAll(node.candidates()));
  }

  @Override
  public Expression visitLike(Like node) {
    return new Like(node.at(), copy(node.operand()), copy(node.pattern()), node.escape());
  }

  @Override
  public Expression visitCase(Case node) {
    List<When> whens =
        node.whens().stream().map(w -> new When(copy(w.condition()), copy(w.result()))).toList();
    return new Case(
        node.at(), node.operand().map(this::copy), whens, node.otherwise().map(this::copy));
  }

  @Override
  public Expression visitCast(Cast node) {
    return new Cast(node.at(), copy(node.operand()), node.target());
  }

  @Override
  public Expression visitDereference(Dereference node) {
    return new Dereference(node.at(), copy(node.struct()), node.field());
  }

  @Override
  public Expression visitSubscript(Subscript node) {
    return new Subscript(node.at(), copy(node.base()), copy(node.index()));
  }

  @Override
  public Expression visitArray(ArrayConstructor node) {
    return new ArrayConstructor(node.at(), copyAll(node.elements()));
  }

  @Override
  public Expression visitMap(MapConstructor node) {
    return new MapConstructor(
        node.at(),
        node.entries().stream().map(e -> new Entry(copy(e.key()), copy(e.value()))).toList());
  }

  @Override
  public Expression visitStruct(StructConstructor node) {
    return new StructConstructor(
        node.at(),
        node.fields().stream().map(f -> new NamedExpression(f.name(), copy(f.value()))).toList());
  }
}
