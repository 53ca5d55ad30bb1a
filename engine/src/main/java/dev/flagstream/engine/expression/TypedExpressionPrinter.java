package dev.flagstream.engine.expression;

import dev.flagstream.engine.expression.TypedExpression.Arithmetic;
import dev.flagstream.engine.expression.TypedExpression.Branch;
import dev.flagstream.engine.expression.TypedExpression.Call;
import dev.flagstream.engine.expression.TypedExpression.Case;
import dev.flagstream.engine.expression.TypedExpression.Cast;
import dev.flagstream.engine.expression.TypedExpression.ColumnReference;
import dev.flagstream.engine.expression.TypedExpression.Comparison;
import dev.flagstream.engine.expression.TypedExpression.ElementOf;
import dev.flagstream.engine.expression.TypedExpression.FieldOf;
import dev.flagstream.engine.expression.TypedExpression.In;
import dev.flagstream.engine.expression.TypedExpression.IsNull;
import dev.flagstream.engine.expression.TypedExpression.LambdaExpression;
import dev.flagstream.engine.expression.TypedExpression.LambdaParameter;
import dev.flagstream.engine.expression.TypedExpression.Like;
import dev.flagstream.engine.expression.TypedExpression.Literal;
import dev.flagstream.engine.expression.TypedExpression.Logical;
import dev.flagstream.engine.expression.TypedExpression.Negate;
import dev.flagstream.engine.expression.TypedExpression.NewArray;
import dev.flagstream.engine.expression.TypedExpression.NewMap;
import dev.flagstream.engine.expression.TypedExpression.NewStruct;
import dev.flagstream.engine.expression.TypedExpression.Not;
import dev.flagstream.engine.expression.TypedExpression.Null;
import dev.flagstream.engine.expression.TypedExpression.UnitOfTime;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.value.DoubleText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Prints a typed expression as SQL. */
final class TypedExpressionPrinter implements TypedExpression.Visitor<String> {

  private static final TypedExpressionPrinter INSTANCE = new TypedExpressionPrinter();

  private TypedExpressionPrinter() {}

  static String print(TypedExpression expression) {
    return expression.accept(INSTANCE);
  }

  private static String printAll(List<TypedExpression> expressions) {
    return expressions.stream()
        .map(TypedExpressionPrinter::print)
        .collect(Collectors.joining(", "));
  }

  @Override
  public String visitNull(Null node) {
    return "null";
  }

  @Override
  public String visitLiteral(Literal node) {
    if (node.value() instanceof String text) {
      return "'" + text.replace("'", "''") + "'";
    }
    return node.value() instanceof BigDecimal decimal
        ? decimal.toPlainString()
        : DoubleText.ofAny(node.value());
  }

  @Override
  public String visitUnitOfTime(UnitOfTime node) {
    return node.unit().name();
  }

  @Override
  public String visitColumn(ColumnReference node) {
    return node.name();
  }

  @Override
  public String visitLambdaParameter(LambdaParameter node) {
    return node.name();
  }

  @Override
  public String visitLambda(LambdaExpression node) {
    String parameters =
        node.parameters().stream().map(LambdaParameter::name).collect(Collectors.joining(", "));
    return "(" + parameters + ") => " + print(node.body());
  }

  @Override
  public String visitCall(Call node) {
    return node.function().name() + "(" + printAll(node.arguments()) + ")";
  }

  @Override
  public String visitArithmetic(Arithmetic node) {
    return "("
        + print(node.left())
        + " "
        + node.operator().symbol()
        + " "
        + print(node.right())
        + ")";
  }

  @Override
  public String visitNegate(Negate node) {
    return "-" + print(node.operand());
  }

  @Override
  public String visitComparison(Comparison node) {
    return "("
        + print(node.left())
        + " "
        + node.operator().symbol()
        + " "
        + print(node.right())
        + ")";
  }

  @Override
  public String visitLogical(Logical node) {
    return "(" + print(node.left()) + (node.and() ? " AND " : " OR ") + print(node.right()) + ")";
  }

  @Override
  public String visitNot(Not node) {
    return "(NOT " + print(node.operand()) + ")";
  }

  @Override
  public String visitIsNull(IsNull node) {
    return "(" + print(node.operand()) + (node.negated() ? " IS NOT NULL" : " IS NULL") + ")";
  }

  @Override
  public String visitIn(In node) {
    return "(" + print(node.operand()) + " IN (" + printAll(node.candidates()) + "))";
  }

  @Override
  public String visitLike(Like node) {
    String escape = node.escape().map(c -> " ESCAPE '" + c + "'").orElse("");
    return "(" + print(node.operand()) + " LIKE " + print(node.pattern()) + escape + ")";
  }

  @Override
  public String visitCase(Case node) {
    String branches =
        node.branches().stream()
            .map(TypedExpressionPrinter::printBranch)
            .collect(Collectors.joining());
    String otherwise = node.otherwise().map(e -> " ELSE " + print(e)).orElse("");
    return "(CASE" + branches + otherwise + " END)";
  }

  private static String printBranch(Branch branch) {
    return " WHEN " + print(branch.condition()) + " THEN " + print(branch.result());
  }

  @Override
  public String visitCast(Cast node) {
    return "CAST(" + print(node.operand()) + " AS " + node.type() + ")";
  }

  @Override
  public String visitFieldOf(FieldOf node) {
    return print(node.struct()) + "->" + node.field();
  }

  @Override
  public String visitElementOf(ElementOf node) {
    return print(node.base()) + "[" + print(node.index()) + "]";
  }

  @Override
  public String visitNewArray(NewArray node) {
    return "ARRAY[" + printAll(node.elements()) + "]";
  }

  @Override
  public String visitNewMap(NewMap node) {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < node.keys().size(); i++) {
      entries.add(print(node.keys().get(i)) + ":=" + print(node.values().get(i)));
    }
    return "MAP(" + String.join(", ", entries) + ")";
  }

  @Override
  public String visitNewStruct(NewStruct node) {
    List<String> fields = new ArrayList<>();
    List<SqlType.Field> types = node.type().fields();
    for (int i = 0; i < types.size(); i++) {
      fields.add(types.get(i).name() + ":=" + print(node.values().get(i)));
    }
    return "STRUCT(" + String.join(", ", fields) + ")";
  }
}
