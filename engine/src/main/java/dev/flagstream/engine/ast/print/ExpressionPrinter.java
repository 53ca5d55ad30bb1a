package dev.flagstream.engine.ast.print;

import static java.util.stream.Collectors.joining;

import dev.flagstream.engine.ast.Expression;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Writes expressions as ksqlDB does: every operation in parentheses, names quoted only where they
 * need it.
 *
 * <p>What is written reads back as the same tree.
 */
public final class ExpressionPrinter implements Expression.Visitor<String> {

  private static final ExpressionPrinter PRINTER = new ExpressionPrinter();

  private ExpressionPrinter() {}

  /** {@code ((A + 1) > S.B->C)}. */
  public static String print(Expression expression) {
    return expression.accept(PRINTER);
  }

  private static <T> String list(List<T> items, Function<T, String> print) {
    return items.stream().map(print).collect(joining(", "));
  }

  private static String list(List<Expression> expressions) {
    return list(expressions, ExpressionPrinter::print);
  }

  private static String operation(Expression left, String operator, Expression right) {
    return "(" + print(left) + " " + operator + " " + print(right) + ")";
  }

  @Override
  public String visitNull(Expression.NullLiteral node) {
    return "null";
  }

  @Override
  public String visitBoolean(Expression.BooleanLiteral node) {
    return Boolean.toString(node.value());
  }

  @Override
  public String visitInteger(Expression.IntegerLiteral node) {
    return Integer.toString(node.value());
  }

  @Override
  public String visitLong(Expression.LongLiteral node) {
    return Long.toString(node.value());
  }

  /** Always with an exponent: without one it would read back as a DECIMAL. */
  @Override
  public String visitDouble(Expression.DoubleLiteral node) {
    return new DecimalFormat("0.#################E0", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(node.value());
  }

  /** Always with a point: without one it would read back as an INTEGER. */
  @Override
  public String visitDecimal(Expression.DecimalLiteral node) {
    String digits = node.value().toPlainString();
    return digits.indexOf('.') < 0 ? digits + "." : digits;
  }

  @Override
  public String visitString(Expression.StringLiteral node) {
    return Names.string(node.value());
  }

  @Override
  public String visitIntervalUnit(Expression.IntervalUnit node) {
    return node.unit().name();
  }

  @Override
  public String visitColumn(Expression.ColumnName node) {
    String name = Names.identifier(node.name());
    return node.source().map(source -> Names.identifier(source) + "." + name).orElse(name);
  }

  @Override
  public String visitFunction(Expression.FunctionCall node) {
    String arguments = node.star() ? "*" : list(node.arguments());
    return Names.identifier(node.name()) + "(" + arguments + ")";
  }

  @Override
  public String visitLambda(Expression.Lambda node) {
    return "(" + list(node.parameters(), Names::identifier) + ") => " + print(node.body());
  }

  @Override
  public String visitArithmetic(Expression.Arithmetic node) {
    return operation(node.left(), node.operator().symbol(), node.right());
  }

  @Override
  public String visitSign(Expression.Sign node) {
    String operand = print(node.operand());
    if (!node.negative()) {
      return "+" + operand;
    }
    if (operand.startsWith("-")) {
      return "- " + operand; // "--" would begin a comment
    }
    return Character.isDigit(operand.charAt(0))
        ? "-(" + operand + ")" // "-1" would read back as a literal
        : "-" + operand;
  }

  @Override
  public String visitComparison(Expression.Comparison node) {
    return operation(node.left(), node.operator().symbol(), node.right());
  }

  @Override
  public String visitLogical(Expression.Logical node) {
    return operation(node.left(), node.and() ? "AND" : "OR", node.right());
  }

  @Override
  public String visitNot(Expression.Not node) {
    return "(NOT " + print(node.operand()) + ")";
  }

  @Override
  public String visitIsNull(Expression.IsNull node) {
    return "(" + print(node.operand()) + (node.negated() ? " IS NOT NULL)" : " IS NULL)");
  }

  @Override
  public String visitBetween(Expression.Between node) {
    return "(%s BETWEEN %s AND %s)"
        .formatted(print(node.operand()), print(node.low()), print(node.high()));
  }

  @Override
  public String visitIn(Expression.In node) {
    return "(" + print(node.operand()) + " IN (" + list(node.candidates()) + "))";
  }

  @Override
  public String visitLike(Expression.Like node) {
    String escape = node.escape().map(c -> " ESCAPE " + Names.string(c.toString())).orElse("");
    return "(" + print(node.operand()) + " LIKE " + print(node.pattern()) + escape + ")";
  }

  @Override
  public String visitCase(Expression.Case node) {
    StringBuilder written = new StringBuilder("(CASE");
    node.operand().ifPresent(operand -> written.append(' ').append(print(operand)));
    for (Expression.When when : node.whens()) {
      written.append(" WHEN ").append(print(when.condition()));
      written.append(" THEN ").append(print(when.result()));
    }
    node.otherwise().ifPresent(otherwise -> written.append(" ELSE ").append(print(otherwise)));
    return written.append(" END)").toString();
  }

  @Override
  public String visitCast(Expression.Cast node) {
    return "CAST(" + print(node.operand()) + " AS " + TypePrinter.print(node.target()) + ")";
  }

  @Override
  public String visitDereference(Expression.Dereference node) {
    return base(node.struct()) + "->" + Names.identifier(node.field());
  }

  @Override
  public String visitSubscript(Expression.Subscript node) {
    return base(node.base()) + "[" + print(node.index()) + "]";
  }

  /** A sign binds less than what follows the operand: {@code -a[1]} is {@code -(a[1])}. */
  private static String base(Expression expression) {
    String written = print(expression);
    return expression instanceof Expression.Sign ? "(" + written + ")" : written;
  }

  @Override
  public String visitArray(Expression.ArrayConstructor node) {
    return "ARRAY[" + list(node.elements()) + "]";
  }

  @Override
  public String visitMap(Expression.MapConstructor node) {
    return "MAP(" + list(node.entries(), e -> print(e.key()) + ":=" + print(e.value())) + ")";
  }

  @Override
  public String visitStruct(Expression.StructConstructor node) {
    return "STRUCT("
        + list(node.fields(), f -> Names.identifier(f.name()) + ":=" + print(f.value()))
        + ")";
  }
}
