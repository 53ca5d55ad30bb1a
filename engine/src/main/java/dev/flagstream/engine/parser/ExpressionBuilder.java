package dev.flagstream.engine.parser;

import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.ArithmeticOperator;
import dev.flagstream.engine.ast.Expression.ComparisonOperator;
import dev.flagstream.engine.ast.Expression.Entry;
import dev.flagstream.engine.ast.Expression.NamedExpression;
import dev.flagstream.engine.ast.Expression.When;
import dev.flagstream.engine.ast.Position;
import dev.flagstream.engine.ast.print.RepeatedKeys;
import dev.flagstream.engine.parser.grammar.SqlGrammar;
import dev.flagstream.engine.parser.grammar.SqlGrammarBaseVisitor;
import dev.flagstream.engine.parser.grammar.SqlLexer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/**
 * Turns the parse tree of an expression into its syntax tree, which knows where things are written.
 */
final class ExpressionBuilder extends SqlGrammarBaseVisitor<Expression> {

  /** Operators that are nested deeper would overflow the stack of a later layer. */
  static final int DEEPEST_OPERATORS = 500;

  private final SyntaxErrors errors;
  private final WrittenNames names;
  private final TypeBuilder types;
  private int operatorsAround;

  ExpressionBuilder(SyntaxErrors errors, WrittenNames names, TypeBuilder types) {
    this.errors = errors;
    this.names = names;
    this.types = types;
  }

  Expression build(ParserRuleContext expression) {
    return expression.accept(this);
  }

  /** A part of an operator's expression, as {@code a + b} is of {@code a + b + c}. */
  private Expression operand(ParserRuleContext expression) {
    if (operatorsAround == DEEPEST_OPERATORS) {
      throw errors.tooDeep(expression.getStart());
    }
    operatorsAround++;
    try {
      return build(expression);
    } finally {
      operatorsAround--;
    }
  }

  List<Expression> build(List<? extends ParserRuleContext> expressions) {
    return expressions.stream().map(this::build).toList();
  }

  private Optional<Expression> buildOptional(ParserRuleContext expression) {
    return Optional.ofNullable(expression).map(this::operand);
  }

  // ------------------------------------------------------------------------------- conditions

  @Override
  public Expression visitPredicated(SqlGrammar.PredicatedContext node) {
    Expression operand = build(node.valueExpression());
    return node.predicate() == null ? operand : predicate(operand, node.predicate());
  }

  @Override
  public Expression visitNot(SqlGrammar.NotContext node) {
    return new Expression.Not(Positions.of(node), operand(node.expression()));
  }

  @Override
  public Expression visitAnd(SqlGrammar.AndContext node) {
    return new Expression.Logical(
        Positions.of(node), true, operand(node.expression(0)), operand(node.expression(1)));
  }

  @Override
  public Expression visitOr(SqlGrammar.OrContext node) {
    return new Expression.Logical(
        Positions.of(node), false, operand(node.expression(0)), operand(node.expression(1)));
  }

  private Expression predicate(Expression operand, SqlGrammar.PredicateContext predicate) {
    Position at = operand.at();
    return predicate.accept(
        new SqlGrammarBaseVisitor<>() {
          @Override
          public Expression visitComparison(SqlGrammar.ComparisonContext node) {
            return new Expression.Comparison(
                at,
                comparisonOperator(node.comparisonOperator().getStart()),
                operand,
                build(node.valueExpression()));
          }

          @Override
          public Expression visitDistinctFrom(SqlGrammar.DistinctFromContext node) {
            return negatedIf(
                node.NOT() != null,
                new Expression.Comparison(
                    at,
                    ComparisonOperator.IS_DISTINCT_FROM,
                    operand,
                    build(node.valueExpression())));
          }

          @Override
          public Expression visitIsNull(SqlGrammar.IsNullContext node) {
            return new Expression.IsNull(at, node.NOT() != null, operand);
          }

          @Override
          public Expression visitBetween(SqlGrammar.BetweenContext node) {
            return negatedIf(
                node.NOT() != null,
                new Expression.Between(at, operand, build(node.low), build(node.high)));
          }

          @Override
          public Expression visitIn(SqlGrammar.InContext node) {
            return negatedIf(
                node.NOT() != null, new Expression.In(at, operand, build(node.expression())));
          }

          @Override
          public Expression visitLike(SqlGrammar.LikeContext node) {
            return negatedIf(
                node.NOT() != null,
                new Expression.Like(at, operand, build(node.pattern), escape(node.escape)));
          }
        });
  }

  private static Expression negatedIf(boolean negated, Expression condition) {
    return negated ? new Expression.Not(condition.at(), condition) : condition;
  }

  private Optional<Character> escape(Token written) {
    if (written == null) {
      return Optional.empty();
    }
    String character = WrittenNames.unquote(written);
    if (character.length() != 1) {
      throw errors.invalid(
          Positions.of(written),
          written.getText(),
          "%s: Expected single character escape but got: %s"
              .formatted(location(Positions.of(written)), character));
    }
    return Optional.of(character.charAt(0));
  }

  /** A place as ksqlDB writes it in some of its messages. */
  private static String location(Position at) {
    return "Optional[Line: %d, Col: %d]".formatted(at.line(), at.column());
  }

  private static ComparisonOperator comparisonOperator(Token operator) {
    return switch (operator.getType()) {
      case SqlLexer.EQUAL -> ComparisonOperator.EQUAL;
      case SqlLexer.NOT_EQUAL -> ComparisonOperator.NOT_EQUAL;
      case SqlLexer.LESS_THAN -> ComparisonOperator.LESS_THAN;
      case SqlLexer.LESS_THAN_OR_EQUAL -> ComparisonOperator.LESS_THAN_OR_EQUAL;
      case SqlLexer.GREATER_THAN -> ComparisonOperator.GREATER_THAN;
      case SqlLexer.GREATER_THAN_OR_EQUAL -> ComparisonOperator.GREATER_THAN_OR_EQUAL;
      default -> throw new IllegalStateException("no comparison: " + operator.getText());
    };
  }

  // ------------------------------------------------------------------------------- arithmetic

  @Override
  public Expression visitPrimaryValue(SqlGrammar.PrimaryValueContext node) {
    return build(node.primary());
  }

  @Override
  public Expression visitSign(SqlGrammar.SignContext node) {
    return new Expression.Sign(
        Positions.of(node),
        node.operator.getType() == SqlLexer.MINUS,
        operand(node.valueExpression()));
  }

  @Override
  public Expression visitProduct(SqlGrammar.ProductContext node) {
    return arithmetic(node, node.operator, node.left, node.right);
  }

  @Override
  public Expression visitSum(SqlGrammar.SumContext node) {
    return arithmetic(node, node.operator, node.left, node.right);
  }

  /** {@code a || b} is {@code CONCAT(a, b)}. */
  @Override
  public Expression visitConcatenation(SqlGrammar.ConcatenationContext node) {
    return new Expression.FunctionCall(
        Positions.of(node), "CONCAT", List.of(operand(node.left), operand(node.right)), false);
  }

  private Expression arithmetic(
      ParserRuleContext node, Token operator, ParserRuleContext left, ParserRuleContext right) {
    return new Expression.Arithmetic(
        Positions.of(node), arithmeticOperator(operator), operand(left), operand(right));
  }

  private static ArithmeticOperator arithmeticOperator(Token operator) {
    return switch (operator.getType()) {
      case SqlLexer.PLUS -> ArithmeticOperator.ADD;
      case SqlLexer.MINUS -> ArithmeticOperator.SUBTRACT;
      case SqlLexer.ASTERISK -> ArithmeticOperator.MULTIPLY;
      case SqlLexer.SLASH -> ArithmeticOperator.DIVIDE;
      case SqlLexer.PERCENT -> ArithmeticOperator.MODULUS;
      default -> throw new IllegalStateException("no arithmetic: " + operator.getText());
    };
  }

  // --------------------------------------------------------------------- columns and functions

  @Override
  public Expression visitParenthesized(SqlGrammar.ParenthesizedContext node) {
    return build(node.expression());
  }

  /** ksqlDB's grammar has texts of named types, but there is no such type. */
  @Override
  public Expression visitTypedText(SqlGrammar.TypedTextContext node) {
    Position at = Positions.of(node);
    String type = names.identifier(node.identifier());
    throw errors.invalid(
        at,
        node.getText(),
        "Unknown type: %s, location:%s\nWrite CAST(%s AS %s) for a value of a type."
            .formatted(type, location(at), node.STRING().getText(), type));
  }

  @Override
  public Expression visitColumn(SqlGrammar.ColumnContext node) {
    return new Expression.ColumnName(
        Positions.of(node), Optional.empty(), names.identifier(node.identifier()));
  }

  @Override
  public Expression visitQualifiedColumn(SqlGrammar.QualifiedColumnContext node) {
    return new Expression.ColumnName(
        Positions.of(node),
        Optional.of(names.identifier(node.source)),
        names.identifier(node.name));
  }

  @Override
  public Expression visitDereference(SqlGrammar.DereferenceContext node) {
    return new Expression.Dereference(
        Positions.of(node), build(node.primary()), names.identifier(node.identifier()));
  }

  @Override
  public Expression visitSubscript(SqlGrammar.SubscriptContext node) {
    return new Expression.Subscript(Positions.of(node), build(node.primary()), build(node.index));
  }

  @Override
  public Expression visitStarCall(SqlGrammar.StarCallContext node) {
    return new Expression.FunctionCall(
        Positions.of(node), names.identifier(node.identifier()), List.of(), true);
  }

  @Override
  public Expression visitFunctionCall(SqlGrammar.FunctionCallContext node) {
    List<Expression> arguments = new ArrayList<>(build(node.argument()));
    arguments.addAll(build(node.lambda()));
    return new Expression.FunctionCall(
        Positions.of(node), names.identifier(node.identifier()), arguments, false);
  }

  @Override
  public Expression visitArgument(SqlGrammar.ArgumentContext node) {
    return node.timeUnit() == null
        ? build(node.expression())
        : new Expression.IntervalUnit(Positions.of(node), TimeUnits.of(errors, node.timeUnit()));
  }

  @Override
  public Expression visitLambda(SqlGrammar.LambdaContext node) {
    List<String> parameters = node.identifier().stream().map(names::identifier).toList();
    if (parameters.stream().distinct().count() < parameters.size()) {
      throw errors.invalid(
          Positions.of(node), node.getText(), "Lambda arguments have duplicates: " + parameters);
    }
    return new Expression.Lambda(Positions.of(node), parameters, build(node.expression()));
  }

  @Override
  public Expression visitCast(SqlGrammar.CastContext node) {
    return new Expression.Cast(
        Positions.of(node), build(node.expression()), types.build(node.type()));
  }

  @Override
  public Expression visitSimpleCase(SqlGrammar.SimpleCaseContext node) {
    return new Expression.Case(
        Positions.of(node),
        Optional.of(build(node.operand)),
        whens(node.caseWhen()),
        buildOptional(node.otherwise));
  }

  @Override
  public Expression visitSearchedCase(SqlGrammar.SearchedCaseContext node) {
    return new Expression.Case(
        Positions.of(node),
        Optional.empty(),
        whens(node.caseWhen()),
        buildOptional(node.otherwise));
  }

  private List<When> whens(List<SqlGrammar.CaseWhenContext> whens) {
    return whens.stream().map(w -> new When(operand(w.condition), operand(w.result))).toList();
  }

  @Override
  public Expression visitArrayConstructor(SqlGrammar.ArrayConstructorContext node) {
    return new Expression.ArrayConstructor(Positions.of(node), build(node.expression()));
  }

  @Override
  public Expression visitMapConstructor(SqlGrammar.MapConstructorContext node) {
    Expression.MapConstructor map =
        new Expression.MapConstructor(
            Positions.of(node),
            node.mapEntry().stream().map(e -> new Entry(build(e.key), build(e.mapped))).toList());
    RepeatedKeys.in(map)
        .ifPresent(
            problem -> {
              throw errors.invalid(map.at(), node.getText(), problem);
            });
    return map;
  }

  @Override
  public Expression visitStructConstructor(SqlGrammar.StructConstructorContext node) {
    return new Expression.StructConstructor(
        Positions.of(node),
        node.structField().stream()
            .map(f -> new NamedExpression(names.identifier(f.identifier()), build(f.expression())))
            .toList());
  }

  // --------------------------------------------------------------------------------- literals

  @Override
  public Expression visitLiteralPrimary(SqlGrammar.LiteralPrimaryContext node) {
    return build(node.literal());
  }

  @Override
  public Expression visitNullLiteral(SqlGrammar.NullLiteralContext node) {
    return new Expression.NullLiteral(Positions.of(node));
  }

  @Override
  public Expression visitBooleanLiteral(SqlGrammar.BooleanLiteralContext node) {
    return new Expression.BooleanLiteral(Positions.of(node), node.TRUE() != null);
  }

  @Override
  public Expression visitIntegerLiteral(SqlGrammar.IntegerLiteralContext node) {
    Position at = Positions.of(node);
    try {
      long value = Long.parseLong(node.getText());
      return value == (int) value
          ? new Expression.IntegerLiteral(at, (int) value)
          : new Expression.LongLiteral(at, value);
    } catch (NumberFormatException e) {
      throw errors.invalidLiteral(at, node.getText(), "Invalid numeric literal");
    }
  }

  @Override
  public Expression visitDecimalLiteral(SqlGrammar.DecimalLiteralContext node) {
    return new Expression.DecimalLiteral(Positions.of(node), new BigDecimal(node.getText()));
  }

  @Override
  public Expression visitDoubleLiteral(SqlGrammar.DoubleLiteralContext node) {
    double value = Double.parseDouble(node.getText());
    if (Double.isInfinite(value)) {
      throw errors.invalidLiteral(Positions.of(node), node.getText(), "Number overflows DOUBLE");
    }
    return new Expression.DoubleLiteral(Positions.of(node), value);
  }

  @Override
  public Expression visitStringLiteral(SqlGrammar.StringLiteralContext node) {
    return new Expression.StringLiteral(Positions.of(node), WrittenNames.unquote(node.getStart()));
  }

  @Override
  public Expression visitVariableLiteral(SqlGrammar.VariableLiteralContext node) {
    throw VariableSubstitution.undefined(errors, node.getStart());
  }
}
