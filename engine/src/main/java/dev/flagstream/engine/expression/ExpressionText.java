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
import dev.flagstream.engine.ast.Expression.Not;
import dev.flagstream.engine.ast.Expression.NullLiteral;
import dev.flagstream.engine.ast.Expression.Sign;
import dev.flagstream.engine.ast.Expression.StringLiteral;
import dev.flagstream.engine.ast.Expression.StructConstructor;
import dev.flagstream.engine.ast.Expression.Subscript;
import dev.flagstream.engine.ast.Expression.TypeName;
import dev.flagstream.engine.ast.Expression.When;
import java.util.List;
import java.util.stream.Collectors;

/** Prints an expression as messages show it. */
public final class ExpressionText implements Expression.Visitor<String> {

  private static final ExpressionText INSTANCE = new ExpressionText();

  private ExpressionText() {}

  /** The expression as SQL. */
  public static String of(Expression expression) {
    return expression.accept(INSTANCE);
  }

  static String of(When when) {
    return "WHEN " + of(when.condition()) + " THEN " + of(when.result());
  }

  private static String all(List<Expression> expressions) {
    return expressions.stream().map(ExpressionText::of).collect(Collectors.joining(", "));
  }

  @Override
  public String visitNull(NullLiteral node) {
    return "null";
  }

  @Override
  public String visitBoolean(BooleanLiteral node) {
    return String.valueOf(node.value());
  }

  @Override
  public String visitInteger(IntegerLiteral node) {
    return String.valueOf(node.value());
  }

  @Override
  public String visitLong(LongLiteral node) {
    return String.valueOf(node.value());
  }

  @Override
  public String visitDouble(DoubleLiteral node) {
    return String.valueOf(node.value());
  }

  @Override
  public String visitDecimal(DecimalLiteral node) {
    return node.value().toPlainString();
  }

  @Override
  public String visitString(StringLiteral node) {
    return "'" + node.value().replace("'", "''") + "'";
  }

  @Override
  public String visitIntervalUnit(IntervalUnit node) {
    return node.unit().name();
  }

  @Override
  public String visitColumn(ColumnName node) {
    return node.source().map(source -> source + ".").orElse("") + node.name();
  }

  @Override
  public String visitFunction(FunctionCall node) {
    return node.name() + "(" + (node.star() ? "*" : all(node.arguments())) + ")";
  }

  @Override
  public String visitLambda(Lambda node) {
    return "(" + String.join(", ", node.parameters()) + ") => " + of(node.body());
  }

  @Override
  public String visitArithmetic(Arithmetic node) {
    return "(" + of(node.left()) + " " + node.operator().symbol() + " " + of(node.right()) + ")";
  }

  @Override
  public String visitSign(Sign node) {
    return (node.negative() ? "-" : "+") + of(node.operand());
  }

  @Override
  public String visitComparison(Comparison node) {
    return "(" + of(node.left()) + " " + node.operator().symbol() + " " + of(node.right()) + ")";
  }

  @Override
  public String visitLogical(Logical node) {
    return "(" + of(node.left()) + (node.and() ? " AND " : " OR ") + of(node.right()) + ")";
  }

  @Override
  public String visitNot(Not node) {
    return "(NOT " + of(node.operand()) + ")";
  }

  @Override
  public String visitIsNull(IsNull node) {
    return "(" + of(node.operand()) + (node.negated() ? " IS NOT NULL" : " IS NULL") + ")";
  }

  @Override
  public String visitBetween(Between node) {
    return "("
        + of(node.operand())
        + " BETWEEN "
        + of(node.low())
        + " AND "
        + of(node.high())
        + ")";
  }

  @Override
  public String visitIn(In node) {
    return "(" + of(node.operand()) + " IN (" + all(node.candidates()) + "))";
  }

  @Override
  public String visitLike(Like node) {
    String escape = node.escape().map(c -> " ESCAPE '" + c + "'").orElse("");
    return "(" + of(node.operand()) + " LIKE " + of(node.pattern()) + escape + ")";
  }

  @Override
  public String visitCase(Case node) {
    String operand = node.operand().map(e -> " " + of(e)).orElse("");
    String whens = node.whens().stream().map(w -> " " + of(w)).collect(Collectors.joining());
    String otherwise = node.otherwise().map(e -> " ELSE " + of(e)).orElse("");
    return "(CASE" + operand + whens + otherwise + " END)";
  }

  @Override
  public String visitCast(Cast node) {
    return "CAST(" + of(node.operand()) + " AS " + type(node.target()) + ")";
  }

  private static String type(TypeName name) {
    if (name instanceof TypeName.Known known) {
      return known.type().toString();
    }
    if (name instanceof TypeName.ArrayOf array) {
      return "ARRAY<" + type(array.element()) + ">";
    }
    if (name instanceof TypeName.MapOf map) {
      return "MAP<" + type(map.key()) + ", " + type(map.value()) + ">";
    }
    if (name instanceof TypeName.StructOf struct) {
      return struct.fields().stream()
          .map(field -> "`" + field.name() + "` " + type(field.type()))
          .collect(Collectors.joining(", ", "STRUCT<", ">"));
    }
    return ((TypeName.Custom) name).name();
  }

  @Override
  public String visitDereference(Dereference node) {
    return of(node.struct()) + "->" + node.field();
  }

  @Override
  public String visitSubscript(Subscript node) {
    return of(node.base()) + "[" + of(node.index()) + "]";
  }

  @Override
  public String visitArray(ArrayConstructor node) {
    return "ARRAY[" + all(node.elements()) + "]";
  }

  @Override
  public String visitMap(MapConstructor node) {
    return node.entries().stream()
        .map(entry -> of(entry.key()) + ":=" + of(entry.value()))
        .collect(Collectors.joining(", ", "MAP(", ")"));
  }

  @Override
  public String visitStruct(StructConstructor node) {
    return node.fields().stream()
        .map(field -> field.name() + ":=" + of(field.value()))
        .collect(Collectors.joining(", ", "STRUCT(", ")"));
  }
}
