package dev.flagstream.engine.expression;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.ArrayConstructor;
import dev.flagstream.engine.ast.Expression.Entry;
import dev.flagstream.engine.ast.Expression.MapConstructor;
import dev.flagstream.engine.ast.Expression.NamedExpression;
import dev.flagstream.engine.ast.Expression.NullLiteral;
import dev.flagstream.engine.ast.Expression.StringLiteral;
import dev.flagstream.engine.ast.Expression.StructConstructor;
import dev.flagstream.engine.ast.print.ExpressionPrinter;
import dev.flagstream.engine.expression.TypedExpression.Cast;
import dev.flagstream.engine.expression.TypedExpression.Literal;
import dev.flagstream.engine.expression.TypedExpression.NewArray;
import dev.flagstream.engine.expression.TypedExpression.NewMap;
import dev.flagstream.engine.expression.TypedExpression.NewStruct;
import dev.flagstream.engine.expression.TypedExpression.Null;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.type.SqlType.BaseType;
import dev.flagstream.engine.value.ExactDecimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Brings the members of a list written by the user (of IN, ARRAY[], MAP()) to one type: numbers
 * widen, constants are read as what the first one is, constructors are brought to one type member
 * by member.
 */
final class Coercion {

  /** Structs of other fields each make of n fields that are written n * n that are NULL. */
  private static final int MOST_ABSENT_FIELDS = 20_000;

  private final ExpressionAnalyzer analyzer;
  private int absentFields;

  /** Those found absent so far, while the common type is not known yet. */
  private int mergedFields;

  Coercion(ExpressionAnalyzer analyzer) {
    this.analyzer = analyzer;
  }

  /** The members cast to {@code type}, which is empty where all of them are NULL. */
  record Result(List<TypedExpression> expressions, Optional<SqlType> type) {}

  Result coerce(List<Expression> members) {
    SqlType type = commonType(null, members);
    if (type == null) {
      return new Result(
          members.stream().map(m -> (TypedExpression) new Null()).toList(), Optional.empty());
    }
    return new Result(members.stream().map(m -> convert(m, type)).toList(), Optional.of(type));
  }

  /** The first that is not NULL says what the others are to be: numbers, texts and so on. */
  private SqlType commonType(SqlType start, List<Expression> members) {
    SqlType type = start;
    for (Expression member : members) {
      type = merge(type, member);
    }
    return type;
  }

  private SqlType merge(SqlType type, Expression member) {
    if (member instanceof NullLiteral) {
      return type;
    }
    if (member instanceof StringLiteral text) {
      return type == null ? SqlType.STRING : mergeText(type, text);
    }
    if (member instanceof ArrayConstructor array && type instanceof SqlType.Array other) {
      return new SqlType.Array(
          inside(type, member, () -> commonType(other.element(), array.elements())));
    }
    if (member instanceof MapConstructor map && type instanceof SqlType.Map other) {
      return mergeMap(other, map);
    }
    if (member instanceof StructConstructor struct && type instanceof SqlType.Struct other) {
      return mergeStruct(other, struct);
    }
    TypedExpression typed = analyzer.analyze(member);
    if (type == null || typed.knownType().isEmpty()) {
      return typed.knownType().orElse(type);
    }
    if (SqlType.STRING.equals(type) && member.isConstant()) {
      return type;
    }
    return widen(type, typed.type()).orElseThrow(() -> mismatch(type, typed.type(), member));
  }

  private SqlType mergeMap(SqlType.Map type, MapConstructor map) {
    return inside(
        type,
        map,
        () ->
            new SqlType.Map(
                commonType(type.key(), map.entries().stream().map(Entry::key).toList()),
                commonType(type.value(), map.entries().stream().map(Entry::value).toList())));
  }

  private SqlType mergeStruct(SqlType.Struct type, StructConstructor struct) {
    Map<String, SqlType> fields = new LinkedHashMap<>();
    type.fields().forEach(field -> fields.put(field.name(), field.type()));
    for (NamedExpression field : struct.fields()) {
      fields.put(field.name(), commonType(fields.get(field.name()), List.of(field.value())));
    }
    mergedFields += requireFew(mergedFields, fields.size() - struct.fields().size());
    return structOf(fields);
  }

  private static SqlType structOf(Map<String, SqlType> fields) {
    return new SqlType.Struct(
        fields.entrySet().stream().map(f -> new SqlType.Field(f.getKey(), f.getValue())).toList());
  }

  /** A mismatch inside a constructor is reported for the constructor as a whole. */
  private <T> T inside(SqlType type, Expression member, Supplier<T> merge) {
    try {
      return merge.get();
    } catch (MismatchException e) {
      throw mismatch(type, analyzer.analyze(member).type(), member);
    }
  }

  private static SqlType mergeText(SqlType type, StringLiteral text) {
    return switch (type.base()) {
      case STRING -> type;
      case INTEGER, BIGINT, DECIMAL, DOUBLE -> mergeNumber(type, text);
      case BOOLEAN -> {
        if (Booleans.parseExact(text.value()).isEmpty()) {
          throw invalid(type, text);
        }
        yield type;
      }
      case TIMESTAMP, DATE, TIME -> {
        readable(type, text);
        yield type;
      }
      case BYTES -> type;
      default -> throw mismatch(type, SqlType.STRING, text);
    };
  }

  private static void readable(SqlType type, StringLiteral text) {
    try {
      Casts.between(SqlType.STRING, type).orElseThrow().apply(text.value());
    } catch (SqlException e) {
      throw new SqlException(invalid(type, text).getMessage(), e);
    }
  }

  private static SqlType mergeNumber(SqlType type, StringLiteral text) {
    BigDecimal number;
    try {
      number = ExactDecimals.parse(text.value().trim());
      ExactDecimals.requireWritable(number);
    } catch (NumberFormatException e) {
      throw new SqlException(invalid(type, text).getMessage(), e);
    }
    return widen(type, numberType(number, text.value())).orElseThrow();
  }

  private static SqlType numberType(BigDecimal number, String text) {
    boolean whole = text.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E');
    if (whole && number.toBigInteger().bitLength() < Integer.SIZE) {
      return SqlType.INTEGER;
    }
    if (whole && number.toBigInteger().bitLength() < Long.SIZE) {
      return SqlType.BIGINT;
    }
    return Decimals.typeOf(number);
  }

  private static Optional<SqlType> widen(SqlType a, SqlType b) {
    if (a.equals(b)) {
      return Optional.of(a);
    }
    if (a.base().isNumber() && b.base().isNumber()) {
      BaseType wider = a.base().compareTo(b.base()) >= 0 ? a.base() : b.base();
      return Optional.of(
          switch (wider) {
            case INTEGER -> SqlType.INTEGER;
            case BIGINT -> SqlType.BIGINT;
            case DOUBLE -> SqlType.DOUBLE;
            default -> Decimals.widen(Decimals.typeFor(a), Decimals.typeFor(b));
          });
    }
    if (a.base() == BaseType.STRING && isReadFromText(b)) {
      return Optional.of(b);
    }
    if (b.base() == BaseType.STRING && isReadFromText(a)) {
      return Optional.of(a);
    }
    if (a instanceof SqlType.Array left && b instanceof SqlType.Array right) {
      return widen(left.element(), right.element()).map(SqlType.Array::new);
    }
    if (a instanceof SqlType.Map left && b instanceof SqlType.Map right) {
      return widen(left.key(), right.key())
          .flatMap(
              key -> widen(left.value(), right.value()).map(value -> new SqlType.Map(key, value)));
    }
    if (a instanceof SqlType.Struct left && b instanceof SqlType.Struct right) {
      return widenStruct(left, right);
    }
    return Optional.empty();
  }

  private static boolean isReadFromText(SqlType type) {
    return type.base().isTime() || type.base() == BaseType.BYTES;
  }

  private static Optional<SqlType> widenStruct(SqlType.Struct left, SqlType.Struct right) {
    Map<String, SqlType> fields = new LinkedHashMap<>();
    left.fields().forEach(field -> fields.put(field.name(), field.type()));
    for (SqlType.Field field : right.fields()) {
      SqlType known = fields.get(field.name());
      Optional<SqlType> common =
          known == null ? Optional.of(field.type()) : widen(known, field.type());
      if (common.isEmpty()) {
        return Optional.empty();
      }
      fields.put(field.name(), common.get());
    }
    return Optional.of(structOf(fields));
  }

  private TypedExpression convert(Expression member, SqlType type) {
    if (member instanceof NullLiteral) {
      return new Null();
    }
    if (member instanceof ArrayConstructor array && type instanceof SqlType.Array target) {
      return new NewArray(
          array.elements().stream().map(e -> convert(e, target.element())).toList(), target);
    }
    if (member instanceof MapConstructor map && type instanceof SqlType.Map target) {
      return new NewMap(
          map.entries().stream().map(e -> convert(e.key(), target.key())).toList(),
          map.entries().stream().map(e -> convert(e.value(), target.value())).toList(),
          target);
    }
    if (member instanceof StructConstructor struct && type instanceof SqlType.Struct target) {
      return convertStruct(struct, target);
    }
    TypedExpression typed = analyzer.analyze(member);
    if (typed.isOf(type) || typed.knownType().isEmpty()) {
      return typed;
    }
    if (!(typed instanceof Literal literal)) {
      return new Cast(typed, type);
    }
    // A constant beside texts is one, too, until a column of another type makes all be that.
    return Casts.between(literal.type(), type)
        .map(conversion -> converted(literal, conversion, type))
        .orElseThrow(() -> mismatch(type, literal.type(), member));
  }

  /** A constant of its new type; one that cannot be read is NULL in each row, which is reported. */
  private static TypedExpression converted(
      Literal literal, Casts.Conversion conversion, SqlType type) {
    try {
      return new Literal(conversion.apply(literal.value()), type);
    } catch (SqlException | IllegalArgumentException e) {
      return new Cast(literal, type);
    }
  }

  private TypedExpression convertStruct(StructConstructor struct, SqlType.Struct target) {
    Map<String, Expression> written = new LinkedHashMap<>();
    struct.fields().forEach(field -> written.put(field.name(), field.value()));
    absentFields += requireFew(absentFields, target.fields().size() - written.size());
    List<TypedExpression> values = new ArrayList<>();
    for (SqlType.Field field : target.fields()) {
      Expression value = written.get(field.name());
      values.add(value == null ? new Null() : convert(value, field.type()));
    }
    return new NewStruct(values, target);
  }

  /** Returns {@code more}. */
  private static int requireFew(int absentBefore, int more) {
    if (absentBefore + more > MOST_ABSENT_FIELDS) {
      throw new SqlException(
          "Structs of different fields get the fields of all of them: more than %d of these would be NULL."
              .formatted(MOST_ABSENT_FIELDS));
    }
    return more;
  }

  private static SqlException invalid(SqlType type, StringLiteral text) {
    return new SqlException(
        "invalid input syntax for type " + type.base() + ": \"" + text.value() + "\".");
  }

  private static MismatchException mismatch(SqlType type, SqlType other, Expression member) {
    return new MismatchException(
        "operator does not exist: "
            + type
            + " = "
            + other
            + " ("
            + ExpressionPrinter.print(member)
            + ")\nHint: You might need to add explicit type casts.");
  }

  /** Two members have no type in common. */
  private static final class MismatchException extends SqlException {
    private static final long serialVersionUID = 1;

    MismatchException(String message) {
      super(message);
    }
  }
}
