package dev.flagstream.engine.ast;

import dev.flagstream.engine.type.SqlType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An expression as written, before names and types are known.
 *
 * <p>Equality is structural and ignores positions. Identifiers are stored as ksqlDB stores them:
 * unquoted ones upper-cased, quoted ones as they are.
 */
public sealed interface Expression {

  /** Where the expression starts in the statement. */
  Position at();

  /** Calls the visitor's method for this kind of expression. */
  <R> R accept(Visitor<R> visitor);

  /** Whether it is a constant as written; what is worked out of constants is none. */
  default boolean isConstant() {
    if (this instanceof Sign sign) {
      return sign.negative() && !(sign.operand() instanceof Sign) && sign.operand().isConstant();
    }
    return this instanceof BooleanLiteral
        || this instanceof IntegerLiteral
        || this instanceof LongLiteral
        || this instanceof DoubleLiteral
        || this instanceof DecimalLiteral
        || this instanceof StringLiteral;
  }

  /** One method per kind of expression, none with a default: a new kind asks every visitor. */
  interface Visitor<R> {
    R visitNull(NullLiteral node);

    R visitBoolean(BooleanLiteral node);

    R visitInteger(IntegerLiteral node);

    R visitLong(LongLiteral node);

    R visitDouble(DoubleLiteral node);

    R visitDecimal(DecimalLiteral node);

    R visitString(StringLiteral node);

    R visitIntervalUnit(IntervalUnit node);

    R visitColumn(ColumnName node);

    R visitFunction(FunctionCall node);

    R visitLambda(Lambda node);

    R visitArithmetic(Arithmetic node);

    R visitSign(Sign node);

    R visitComparison(Comparison node);

    R visitLogical(Logical node);

    R visitNot(Not node);

    R visitIsNull(IsNull node);

    R visitBetween(Between node);

    R visitIn(In node);

    R visitLike(Like node);

    R visitCase(Case node);

    R visitCast(Cast node);

    R visitDereference(Dereference node);

    R visitSubscript(Subscript node);

    R visitArray(ArrayConstructor node);

    R visitMap(MapConstructor node);

    R visitStruct(StructConstructor node);
  }

  record NullLiteral(Position at) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitNull(this);
    }
  }

  record BooleanLiteral(Position at, boolean value) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitBoolean(this);
    }
  }

  record IntegerLiteral(Position at, int value) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitInteger(this);
    }
  }

  record LongLiteral(Position at, long value) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitLong(this);
    }
  }

  /** A number in scientific notation. */
  record DoubleLiteral(Position at, double value) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitDouble(this);
    }
  }

  /** A number with a decimal point. */
  record DecimalLiteral(Position at, BigDecimal value) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitDecimal(this);
    }
  }

  record StringLiteral(Position at, String value) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitString(this);
    }
  }

  /** A bare unit of time as a function's argument: {@code DATEADD(DAYS, 7, d)}. */
  record IntervalUnit(Position at, TimeUnit unit) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitIntervalUnit(this);
    }
  }

  /**
   * A column, or inside a lambda possibly one of its parameters; {@code source} as in {@code s.c}.
   */
  record ColumnName(Position at, Optional<String> source, String name) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitColumn(this);
    }
  }

  /** {@code name(arguments)}; {@code COUNT(*)} has no arguments and {@code star} set. */
  record FunctionCall(Position at, String name, List<Expression> arguments, boolean star)
      implements Expression {
    public FunctionCall {
      arguments = List.copyOf(arguments);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitFunction(this);
    }
  }

  /** {@code (x, y) => body}, only ever an argument of a function. */
  record Lambda(Position at, List<String> parameters, Expression body) implements Expression {
    public Lambda {
      parameters = List.copyOf(parameters);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitLambda(this);
    }
  }

  record Arithmetic(Position at, ArithmeticOperator operator, Expression left, Expression right)
      implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitArithmetic(this);
    }
  }

  /** {@code + - * / %}; {@code ||} becomes a call of CONCAT. */
  enum ArithmeticOperator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    MODULUS("%");

    private final String symbol;

    ArithmeticOperator(String symbol) {
      this.symbol = symbol;
    }

    /** As written in SQL. */
    public String symbol() {
      return symbol;
    }
  }

  /** Unary plus or minus. */
  record Sign(Position at, boolean negative, Expression operand) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitSign(this);
    }
  }

  record Comparison(Position at, ComparisonOperator operator, Expression left, Expression right)
      implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitComparison(this);
    }
  }

  /** The comparison operators. */
  enum ComparisonOperator {
    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS_THAN("<"),
    LESS_THAN_OR_EQUAL("<="),
    GREATER_THAN(">"),
    GREATER_THAN_OR_EQUAL(">="),
    IS_DISTINCT_FROM("IS DISTINCT FROM");

    private final String symbol;

    ComparisonOperator(String symbol) {
      this.symbol = symbol;
    }

    /** As written in SQL. */
    public String symbol() {
      return symbol;
    }
  }

  /** {@code left AND right} or {@code left OR right}. */
  record Logical(Position at, boolean and, Expression left, Expression right)
      implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitLogical(this);
    }
  }

  record Not(Position at, Expression operand) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitNot(this);
    }
  }

  /** {@code operand IS NULL}, or IS NOT NULL where {@code negated}. */
  record IsNull(Position at, boolean negated, Expression operand) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitIsNull(this);
    }
  }

  /** {@code operand [NOT] BETWEEN low AND high}; NOT is written as a surrounding {@link Not}. */
  record Between(Position at, Expression operand, Expression low, Expression high)
      implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitBetween(this);
    }
  }

  /** {@code operand IN (…)}; NOT IN is a surrounding {@link Not}. */
  record In(Position at, Expression operand, List<Expression> candidates) implements Expression {
    public In {
      candidates = List.copyOf(candidates);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitIn(this);
    }
  }

  /** {@code operand LIKE pattern [ESCAPE c]}; NOT LIKE is a surrounding {@link Not}. */
  record Like(Position at, Expression operand, Expression pattern, Optional<Character> escape)
      implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitLike(this);
    }
  }

  /** Both forms of CASE; the simple form has an {@code operand}. */
  record Case(
      Position at, Optional<Expression> operand, List<When> whens, Optional<Expression> otherwise)
      implements Expression {
    public Case {
      whens = List.copyOf(whens);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitCase(this);
    }
  }

  /** {@code WHEN condition THEN result}. */
  record When(Expression condition, Expression result) {}

  record Cast(Position at, Expression operand, TypeName target) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitCast(this);
    }
  }

  /** {@code struct->field}; {@code field} is {@code *} for {@code struct->*}. */
  record Dereference(Position at, Expression struct, String field) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitDereference(this);
    }
  }

  /** {@code base[index]} of an array or a map. */
  record Subscript(Position at, Expression base, Expression index) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitSubscript(this);
    }
  }

  record ArrayConstructor(Position at, List<Expression> elements) implements Expression {
    public ArrayConstructor {
      elements = List.copyOf(elements);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitArray(this);
    }
  }

  /** {@code MAP(key := value, …)}, entries in the order written. */
  record MapConstructor(Position at, List<Entry> entries) implements Expression {
    public MapConstructor {
      entries = List.copyOf(entries);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitMap(this);
    }
  }

  /** One {@code key := value} of a map. */
  record Entry(Expression key, Expression value) {}

  /** {@code STRUCT(name := value, …)}, fields in the order written. */
  record StructConstructor(Position at, List<NamedExpression> fields) implements Expression {
    public StructConstructor {
      fields = List.copyOf(fields);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitStruct(this);
    }
  }

  /** One {@code name := value} of a struct. */
  record NamedExpression(String name, Expression value) {}

  /** A type as written: built in, or the name of a CREATE TYPE, resolved by the analysis. */
  sealed interface TypeName {
    /** A type whose definition needs no catalogue. */
    record Known(SqlType type) implements TypeName {}

    /** A name registered by CREATE TYPE. */
    record Custom(Position at, String name) implements TypeName {}

    record ArrayOf(TypeName element) implements TypeName {}

    record MapOf(TypeName key, TypeName value) implements TypeName {}

    record StructOf(List<NamedType> fields) implements TypeName {
      public StructOf {
        fields = List.copyOf(fields);
      }
    }

    /** One field of a struct type. */
    record NamedType(String name, TypeName type) {}
  }
}
