package dev.flagstream.engine.expression;

import static java.util.Objects.requireNonNull;

import dev.flagstream.engine.ast.Expression.ArithmeticOperator;
import dev.flagstream.engine.ast.Expression.ComparisonOperator;
import dev.flagstream.engine.function.ScalarFunction;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.type.SqlType.BaseType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Struct;

/**
 * An expression as meant: every name resolved, every node typed, every implicit cast made explicit.
 *
 * <p>An expression fails as a whole where Java could not go on, as ksqlDB does: its value is then
 * null, and the failure is reported. Equality is structural. No part of an expression is null. A
 * constructor refuses parts that do not fit together by an {@code IllegalArgumentException}:
 * whatever a user can write wrong has been answered before.
 */
public sealed interface TypedExpression {

  /**
   * The type of the value; empty for {@link Null}, which fits every type, for a {@link UnitOfTime},
   * which is no value, and for a lambda whose body is one of them.
   */
  default Optional<SqlType> knownType() {
    return Optional.of(type());
  }

  /**
   * The type of a value that has one.
   *
   * @throws IllegalStateException if {@link #knownType} is empty
   */
  SqlType type();

  /** Whether the value has a type, and this is it. */
  default boolean isOf(SqlType type) {
    return knownType().filter(type::equals).isPresent();
  }

  /** The expression as SQL, for EXPLAIN, for messages and for tests. */
  default String sql() {
    return TypedExpressionPrinter.print(this);
  }

  /** Calls the visitor's method for this kind of expression. */
  <R> R accept(Visitor<R> visitor);

  /** One method per kind of expression, none with a default: a new kind asks every visitor. */
  interface Visitor<R> {
    R visitNull(Null node);

    R visitLiteral(Literal node);

    R visitUnitOfTime(UnitOfTime node);

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

  /** What is of no type. */
  sealed interface Untyped extends TypedExpression {

    @Override
    default Optional<SqlType> knownType() {
      return Optional.empty();
    }

    @Override
    default SqlType type() {
      throw new IllegalStateException("of no type: " + sql());
    }
  }

  /** The NULL literal. */
  record Null() implements Untyped {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitNull(this);
    }
  }

  /** A constant; {@code value} is of the Java class that stands behind {@code type}. */
  record Literal(Object value, SqlType type) implements TypedExpression {
    public Literal {
      requireNonNull(value, "value");
      require(isOfClassBehind(type, value), "A literal is of the class behind its type");
    }

    private static boolean isOfClassBehind(SqlType type, Object value) {
      return switch (type.base()) {
        case BOOLEAN -> value instanceof Boolean;
        case INTEGER -> value instanceof Integer;
        case BIGINT -> value instanceof Long;
        case DECIMAL -> value instanceof BigDecimal;
        case DOUBLE -> value instanceof Double;
        case STRING -> value instanceof String;
        case ARRAY -> value instanceof List;
        case MAP -> value instanceof Map;
        case STRUCT -> value instanceof Struct;
        case TIME -> value instanceof Time;
        case DATE -> value instanceof Date;
        case TIMESTAMP -> value instanceof Timestamp;
        case BYTES -> value instanceof ByteBuffer;
      };
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitLiteral(this);
    }
  }

  /** A bare unit of time, such as {@code DAYS}: an argument of functions, and no value. */
  record UnitOfTime(TimeUnit unit) implements Untyped {
    public UnitOfTime {
      requireNonNull(unit, "unit");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitUnitOfTime(this);
    }
  }

  /** A column of the step's input, by its name in that input's schema. */
  record ColumnReference(String name, SqlType type) implements TypedExpression {
    public ColumnReference {
      requireNonNull(name, "name");
      requireNonNull(type, "type");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitColumn(this);
    }
  }

  /** A use of a parameter of the surrounding lambda. */
  record LambdaParameter(String name, SqlType type) implements TypedExpression {
    public LambdaParameter {
      requireNonNull(name, "name");
      requireNonNull(type, "type");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitLambdaParameter(this);
    }
  }

  /** A lambda of at least one parameter; its type is that of its body. */
  record LambdaExpression(List<LambdaParameter> parameters, TypedExpression body)
      implements TypedExpression {
    public LambdaExpression {
      parameters = List.copyOf(parameters);
      requireNonNull(body, "body");
      require(!parameters.isEmpty(), "A lambda has parameters");
    }

    @Override
    public Optional<SqlType> knownType() {
      return body.knownType();
    }

    @Override
    public SqlType type() {
      return body.type();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitLambda(this);
    }
  }

  /** A call of a resolved scalar function with arguments already cast to what it takes. */
  record Call(ScalarFunction function, List<TypedExpression> arguments) implements TypedExpression {
    public Call {
      arguments = List.copyOf(arguments);
      List<SqlType> parameters = function.parameterTypes();
      require(arguments.size() == parameters.size(), "A call has an argument for each parameter");
      for (int i = 0; i < arguments.size(); i++) {
        require(
            parameters.get(i) == null || fits(arguments.get(i), parameters.get(i)),
            "An argument is of its parameter's type");
      }
    }

    @Override
    public SqlType type() {
      return function.returnType();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitCall(this);
    }
  }

  /**
   * Arithmetic on two operands already cast to what the operator needs: decimals of any precision
   * for a DECIMAL, values of the result's type for another number, or two STRINGs to be joined. An
   * operand that is null fails the expression.
   */
  record Arithmetic(
      ArithmeticOperator operator, TypedExpression left, TypedExpression right, SqlType type)
      implements TypedExpression {
    public Arithmetic {
      boolean joins = operator == ArithmeticOperator.ADD && SqlType.STRING.equals(type);
      require(joins || type.base().isNumber(), "Arithmetic makes a number, or joins texts");
      require(
          isOperand(left, type) && isOperand(right, type), "Arithmetic is on what it has cast to");
    }

    private static boolean isOperand(TypedExpression operand, SqlType result) {
      return operand.isOf(result)
          || (result.base() == BaseType.DECIMAL && operand.type().base() == BaseType.DECIMAL);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitArithmetic(this);
    }
  }

  /** Unary minus, of a number. */
  record Negate(TypedExpression operand) implements TypedExpression {
    public Negate {
      require(operand.type().base().isNumber(), "Only a number is negated");
    }

    @Override
    public SqlType type() {
      return operand.type();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitNegate(this);
    }
  }

  /**
   * A comparison of two values whose types are known; as in ksqlDB, false rather than NULL when an
   * operand is null.
   */
  record Comparison(ComparisonOperator operator, TypedExpression left, TypedExpression right)
      implements TypedExpression {
    public Comparison {
      requireNonNull(operator, "operator");
      require(isTyped(left) && isTyped(right), "A bare NULL is compared to nothing");
    }

    @Override
    public SqlType type() {
      return SqlType.BOOLEAN;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitComparison(this);
    }
  }

  /**
   * Both sides are BOOLEAN, and so is it. The right side is computed only if the left one does not
   * decide; a side that is computed and null fails the expression.
   */
  record Logical(boolean and, TypedExpression left, TypedExpression right)
      implements TypedExpression {
    public Logical {
      require(
          left.isOf(SqlType.BOOLEAN) && right.isOf(SqlType.BOOLEAN),
          "Both sides of AND and OR are BOOLEAN");
    }

    @Override
    public SqlType type() {
      return SqlType.BOOLEAN;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitLogical(this);
    }
  }

  /** Negates a BOOLEAN; an operand that is null fails the expression. */
  record Not(TypedExpression operand) implements TypedExpression {
    public Not {
      require(operand.isOf(SqlType.BOOLEAN), "NOT is of a BOOLEAN");
    }

    @Override
    public SqlType type() {
      return SqlType.BOOLEAN;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitNot(this);
    }
  }

  /** IS NULL, or IS NOT NULL where {@code negated}. */
  record IsNull(boolean negated, TypedExpression operand) implements TypedExpression {
    public IsNull {
      requireNonNull(operand, "operand");
    }

    @Override
    public SqlType type() {
      return SqlType.BOOLEAN;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitIsNull(this);
    }
  }

  /** IN over candidates already cast to the operand's type, not all of them a bare NULL. */
  record In(TypedExpression operand, List<TypedExpression> candidates) implements TypedExpression {
    public In {
      candidates = List.copyOf(candidates);
      require(
          candidates.stream().anyMatch(TypedExpression::isTyped), "IN has a candidate with a type");
      List<TypedExpression> all = new ArrayList<>(candidates);
      all.add(operand);
      require(
          all.stream().flatMap(each -> each.knownType().stream()).distinct().count() == 1,
          "The candidates of IN are of the operand's type");
    }

    @Override
    public SqlType type() {
      return SqlType.BOOLEAN;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitIn(this);
    }
  }

  /** Whether a STRING fits a pattern with % and _; if either is null, the expression fails. */
  record Like(TypedExpression operand, TypedExpression pattern, Optional<Character> escape)
      implements TypedExpression {
    public Like {
      requireNonNull(escape, "escape");
      require(fits(operand, SqlType.STRING) && fits(pattern, SqlType.STRING), "LIKE is of STRINGs");
    }

    @Override
    public SqlType type() {
      return SqlType.BOOLEAN;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitLike(this);
    }
  }

  /**
   * A searched CASE, all of whose results are of its type: as in ksqlDB, the simple form is
   * refused.
   */
  record Case(List<Branch> branches, Optional<TypedExpression> otherwise, SqlType type)
      implements TypedExpression {
    public Case {
      branches = List.copyOf(branches);
      requireNonNull(type, "type");
      require(!branches.isEmpty(), "A CASE has a branch");
      require(
          areAll(branches.stream().map(Branch::result).toList(), type)
              && areAll(otherwise.stream().toList(), type),
          "The results of a CASE are of its type");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitCase(this);
    }
  }

  /** One {@code WHEN condition THEN result}; the condition is BOOLEAN. */
  record Branch(TypedExpression condition, TypedExpression result) {
    public Branch {
      require(condition.isOf(SqlType.BOOLEAN), "The condition of a branch is BOOLEAN");
      requireNonNull(result, "result");
    }
  }

  /** A cast, written or implied, between types of which one can become the other. */
  record Cast(TypedExpression operand, SqlType type, Casts.NullText nulls)
      implements TypedExpression {

    /** The NULL of every type stays NULL. */
    public Cast(TypedExpression operand, SqlType type) {
      this(operand, type, Casts.NullText.NULL);
    }

    public Cast {
      requireNonNull(nulls, "nulls");
      requireNonNull(type, "type");
      require(
          !isTyped(operand) || Casts.between(operand.type(), type).isPresent(),
          "A cast is possible");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitCast(this);
    }
  }

  /** {@code struct->field}; null if the struct is. */
  record FieldOf(TypedExpression struct, String field, SqlType type) implements TypedExpression {
    public FieldOf {
      require(
          struct.type() instanceof SqlType.Struct of
              && of.field(field).filter(found -> found.type().equals(type)).isPresent(),
          "A field is one of the struct");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitFieldOf(this);
    }
  }

  /**
   * {@code array[index]}, an INTEGER that is 1-based and negative from the end, or {@code
   * map[key]}; there is nothing at a key of another type than the map's.
   */
  record ElementOf(TypedExpression base, TypedExpression index, SqlType type)
      implements TypedExpression {
    public ElementOf {
      requireNonNull(index, "index");
      boolean inArray =
          base.type() instanceof SqlType.Array array
              && array.element().equals(type)
              && fits(index, SqlType.INTEGER);
      boolean inMap = base.type() instanceof SqlType.Map map && map.value().equals(type);
      require(inArray || inMap, "An element is one of the array or map");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitElementOf(this);
    }
  }

  /** {@code ARRAY[…]}. */
  record NewArray(List<TypedExpression> elements, SqlType.Array type) implements TypedExpression {
    public NewArray {
      elements = List.copyOf(elements);
      require(areAll(elements, type.element()), "The elements are of the array's type");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitNewArray(this);
    }
  }

  /** {@code MAP(…)}; keys and values pair up by position. */
  record NewMap(List<TypedExpression> keys, List<TypedExpression> values, SqlType.Map type)
      implements TypedExpression {
    public NewMap {
      keys = List.copyOf(keys);
      values = List.copyOf(values);
      require(keys.size() == values.size(), "A map has as many keys as values");
      require(
          areAll(keys, type.key()) && areAll(values, type.value()),
          "Keys and values are of the map's types");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitNewMap(this);
    }
  }

  /** {@code STRUCT(…)}; values pair up with the fields of {@code type} by position. */
  record NewStruct(List<TypedExpression> values, SqlType.Struct type) implements TypedExpression {
    public NewStruct {
      values = List.copyOf(values);
      require(values.size() == type.fields().size(), "A struct has a value for each field");
      for (int i = 0; i < values.size(); i++) {
        require(fits(values.get(i), type.fields().get(i).type()), "A value is of its field's type");
      }
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitNewStruct(this);
    }
  }

  private static boolean isTyped(TypedExpression expression) {
    return expression.knownType().isPresent();
  }

  private static boolean areAll(List<TypedExpression> expressions, SqlType type) {
    return expressions.stream().allMatch(expression -> fits(expression, type));
  }

  /** A bare NULL fits every type. */
  private static boolean fits(TypedExpression expression, SqlType type) {
    return expression instanceof Null || expression.isOf(type);
  }

  private static void require(boolean holds, String invariant) {
    if (!holds) {
      throw new IllegalArgumentException(invariant);
    }
  }
}
