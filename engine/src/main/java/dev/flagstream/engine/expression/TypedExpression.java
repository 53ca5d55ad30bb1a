package dev.flagstream.engine.expression;

import dev.flagstream.engine.ast.Expression.ArithmeticOperator;
import dev.flagstream.engine.ast.Expression.ComparisonOperator;
import dev.flagstream.engine.function.ScalarFunction;
import dev.flagstream.engine.type.SqlType;
import java.util.List;
import java.util.Optional;

/**
 * An expression as meant: every name resolved, every node typed, every implicit cast made explicit.
 *
 * <p>An expression fails as a whole where Java could not go on, as ksqlDB does: its value is then
 * null, and the failure is reported. Equality is structural. {@code toString} prints SQL, for
 * EXPLAIN and for tests.
 */
public sealed interface TypedExpression {

  /**
   * The type of the value; null for {@link Null}, which fits every type, for a lambda whose body is
   * that, and for a literal unit of time.
   */
  SqlType type();

  /** Calls the visitor's method for this kind of expression. */
  <R> R accept(Visitor<R> visitor);

  /** One method per kind of expression, none with a default: a new kind asks every visitor. */
  interface Visitor<R> {
    R visitNull(Null node);

    R visitLiteral(Literal node);

    R visitColumn(ColumnReference node);

    R visitLambdaParameter(LambdaParameter node);

    R visitLambda(LambdaExpression node);

    R visitCall(Call node);

    R visitArithmetic(Arithmetic node);

    R visitNegate(Negate node);

    R visitComparison(Comparison node);

    R visitLogical(Logical node);

    R visitNot(Not node);

    R visitIsNull(IsNull node);

    R visitIn(In node);

    R visitLike(Like node);

    R visitCase(Case node);

    R visitCast(Cast node);

    R visitFieldOf(FieldOf node);

    R visitElementOf(ElementOf node);

    R visitNewArray(NewArray node);

    R visitNewMap(NewMap node);

    R visitNewStruct(NewStruct node);
  }

  /** The NULL literal. */
  record Null() implements TypedExpression {
    @Override
    public SqlType type() {
      return null;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitNull(this);
    }

    @Override
    public String toString() {
      return TypedExpressionPrinter.print(this);
    }
  }

  /** A constant; {@code value} is of the Java class that stands behind {@code type}. */
  record Literal(Object value, SqlType type) implements TypedExpression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitLiteral(this);
    }

    @Override
    public String toString() {
      return TypedExpressionPrinter.print(this);
    }
  }

  /** A column of the step's input, by its name in that input's schema. */
  record ColumnReference(String name, SqlType type) implements TypedExpression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitColumn(this);
    }

    @Override
    public String toString() {
      return TypedExpressionPrinter.print(this);
    }
  }

  /** A use of a parameter of the surrounding lambda. */
  record LambdaParameter(String name, SqlType type) implements TypedExpression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitLambdaParameter(this);
    }

    @Override
    public String toString() {
      return TypedExpressionPrinter.print(this);
    }
  }

  /** A lambda; its type is that of its body. */
  record LambdaExpression(List<LambdaParameter> parameters, TypedExpression body)
      implements TypedExpression {
    public LambdaExpression {
      parameters = List.copyOf(parameters);
    }

    @Override
    public SqlType type() {
      return body.type();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitLambda(this);
    }

    @Override
    public String toString() {
      return TypedExpressionPrinter.print(this);
    }
  }

  /** A call of a resolved scalar function. */
  record Call(ScalarFunction function, List<TypedExpression> arguments) implements TypedExpression {
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public SqlType type() {
      return function.returnType();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitCall(this);
    }

    @Override
    public String toString() {
      return TypedExpressionPrinter.print(this);
    }
  }

  /**
   * Arithmetic on two operands already cast to what the operator needs; an operand that is null
   * fails the expression.
   */
  record Arithmetic(
      ArithmeticOperator operator, TypedExpression left, TypedExpression right, SqlType type)
      implements TypedExpression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitArithmetic(this);
    }

    @Override
    public String toString() {
      return TypedExpressionPrinter.print(this);
    }
  }

  /** Unary minus. */
  record Negate(TypedExpression operand) implements TypedExpression {
    @Override
    public SqlType type() {
      return operand.type();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitNegate(this);
    }

    @Override
    public String toString() {
      return TypedExpressionPrinter.print(this);
    }
  }

  /** A comparison; as in ksqlDB, false rather than NULL when an operand is null. */
  record Comparison(ComparisonOperator operator, TypedExpression left, TypedExpression right)
      implements TypedExpression {
    @Override
    public SqlType type() {
      return SqlType.BOOLEAN;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitComparison(this);
    }

    @Override
    public String toString() {
      return TypedExpressionPrinter.print(this);
    }
  }

  /**
   * Both sides are BOOLEAN, and so is it. The right side is computed only if the left one does not
   * decide; a side that is computed and null fails the expression.
   */
  record Logical(boolean and, TypedExpression left, TypedExpression right)
      implements TypedExpression {
    @Override
    public SqlType type() {
      return SqlType.BOOLEAN;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitLogical(this);
    }

    @Override
    public String toString() {
      return TypedExpressionPrinter.print(this);
    }
  }

  /** Negates a BOOLEAN; an operand that is null fails the expression. */
  record Not(TypedExpression operand) implements TypedExpression {
    @Override
    public SqlType type() {
      return SqlType.BOOLEAN;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitNot(this);
    }

    @Override
    public String toString() {
      return TypedExpressionPrinter.print(this);
    }
  }

  /** IS NULL, or IS NOT NULL where {@code negated}. */
  record IsNull(boolean negated, TypedExpression operand) implements TypedExpression {
    @Override
    public SqlType type() {
      return SqlType.BOOLEAN;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitIsNull(this);
    }

    @Override
    public String toString() {
      return TypedExpressionPrinter.print(this);
    }
  }

  /** IN over candidates already cast to the operand's type. */
  record In(TypedExpression operand, List<TypedExpression> candidates) implements TypedExpression {
    public In {
      candidates = List.copyOf(candidates);
    }

    @Override
    public SqlType type() {
      return SqlType.BOOLEAN;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitIn(this);
    }

    @Override
    public String toString() {
      return TypedExpressionPrinter.print(this);
    }
  }

  /** Whether a STRING fits a pattern with % and _; if either is null, the expression fails. */
  record Like(TypedExpression operand, TypedExpression pattern, Optional<Character> escape)
      implements TypedExpression {
    @Override
    public SqlType type() {
      return SqlType.BOOLEAN;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitLike(this);
    }

    @Override
    public String toString() {
      return TypedExpressionPrinter.print(this);
    }
  }

  /** A searched CASE: as in ksqlDB, the simple form is refused. */
  record Case(List<Branch> branches, Optional<TypedExpression> otherwise, SqlType type)
      implements TypedExpression {
    public Case {
      branches = List.copyOf(branches);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitCase(this);
    }

    @Override
    public String toString() {
      return TypedExpressionPrinter.print(this);
    }
  }

  /** One {@code WHEN condition THEN result}. */
  record Branch(TypedExpression condition, TypedExpression result) {}

  /** A cast, written or implied. */
  record Cast(TypedExpression operand, SqlType type) implements TypedExpression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitCast(this);
    }

    @Override
    public String toString() {
      return TypedExpressionPrinter.print(this);
    }
  }

  /** {@code struct->field}; null if the struct is. */
  record FieldOf(TypedExpression struct, String field, SqlType type) implements TypedExpression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitFieldOf(this);
    }

    @Override
    public String toString() {
      return TypedExpressionPrinter.print(this);
    }
  }

  /** {@code array[index]}, 1-based and negative from the end, or {@code map[key]}. */
  record ElementOf(TypedExpression base, TypedExpression index, SqlType type)
      implements TypedExpression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitElementOf(this);
    }

    @Override
    public String toString() {
      return TypedExpressionPrinter.print(this);
    }
  }

  /** {@code ARRAY[…]}. */
  record NewArray(List<TypedExpression> elements, SqlType type) implements TypedExpression {
    public NewArray {
      elements = List.copyOf(elements);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitNewArray(this);
    }

    @Override
    public String toString() {
      return TypedExpressionPrinter.print(this);
    }
  }

  /** {@code MAP(…)}; keys and values pair up by position. */
  record NewMap(List<TypedExpression> keys, List<TypedExpression> values, SqlType type)
      implements TypedExpression {
    public NewMap {
      keys = List.copyOf(keys);
      values = List.copyOf(values);
      if (keys.size() != values.size()) {
        throw new IllegalArgumentException("A map has as many keys as values");
      }
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitNewMap(this);
    }

    @Override
    public String toString() {
      return TypedExpressionPrinter.print(this);
    }
  }

  /** {@code STRUCT(…)}; values pair up with the fields of {@code type} by position. */
  record NewStruct(List<TypedExpression> values, SqlType type) implements TypedExpression {
    public NewStruct {
      values = List.copyOf(values);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitNewStruct(this);
    }

    @Override
    public String toString() {
      return TypedExpressionPrinter.print(this);
    }
  }
}
