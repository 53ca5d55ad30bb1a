package dev.flagstream.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.engine.ast.Expression.ArithmeticOperator;
import dev.flagstream.engine.ast.Expression.ComparisonOperator;
import dev.flagstream.engine.expression.TypedExpression.Arithmetic;
import dev.flagstream.engine.expression.TypedExpression.Branch;
import dev.flagstream.engine.expression.TypedExpression.Case;
import dev.flagstream.engine.expression.TypedExpression.Cast;
import dev.flagstream.engine.expression.TypedExpression.ColumnReference;
import dev.flagstream.engine.expression.TypedExpression.Comparison;
import dev.flagstream.engine.expression.TypedExpression.ElementOf;
import dev.flagstream.engine.expression.TypedExpression.FieldOf;
import dev.flagstream.engine.expression.TypedExpression.In;
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
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the nodes of a typed expression promise, their constructors check. */
class TypedExpressionTest {

  private static final TypedExpression NULL = new Null();
  private static final TypedExpression TEXT = new Literal("a", SqlType.STRING);
  private static final TypedExpression ONE = new Literal(1, SqlType.INTEGER);
  private static final TypedExpression MANY = new Literal(1L, SqlType.BIGINT);
  private static final TypedExpression TRUTH = new Literal(true, SqlType.BOOLEAN);
  private static final SqlType.Array TEXTS = new SqlType.Array(SqlType.STRING);
  private static final SqlType.Map COUNTS = new SqlType.Map(SqlType.STRING, SqlType.INTEGER);
  private static final SqlType.Struct POINT =
      new SqlType.Struct(List.of(new SqlType.Field("X", SqlType.INTEGER)));

  @Test
  void nullFitsEveryTypeAndIsOfNone() {
    assertThat(NULL.knownType()).isEmpty();
    assertThat(NULL.isOf(SqlType.STRING)).isFalse();
    assertThatThrownBy(NULL::type).isInstanceOf(IllegalStateException.class);
    assertThat(new NewArray(List.of(TEXT, NULL), TEXTS).sql()).isEqualTo("ARRAY['a', null]");
    assertThat(new Like(NULL, NULL, Optional.empty()).sql()).isEqualTo("(null LIKE null)");
    assertThat(new Cast(NULL, SqlType.DATE).type()).isEqualTo(SqlType.DATE);
  }

  @Test
  void aUnitOfTimeIsNoValue() {
    TypedExpression days = new UnitOfTime(TimeUnit.DAYS);
    assertThat(days.knownType()).isEmpty();
    assertThat(days.sql()).isEqualTo("DAYS");
    refuses(() -> new NewArray(List.of(days), TEXTS));
    refuses(() -> new Like(days, TEXT, Optional.empty()));
  }

  @Test
  void aLambdaIsOfItsBodysType() {
    List<LambdaParameter> x = List.of(new LambdaParameter("X", SqlType.INTEGER));
    assertThat(new LambdaExpression(x, TEXT).knownType()).contains(SqlType.STRING);
    assertThat(new LambdaExpression(x, NULL).knownType()).isEmpty();
    refuses(() -> new LambdaExpression(List.of(), TEXT));
  }

  @Test
  void aLiteralIsOfTheClassBehindItsType() {
    assertThat(new Literal(new BigDecimal("1.0"), new SqlType.Decimal(2, 1)).sql())
        .isEqualTo("1.0");
    refuses(() -> new Literal(1L, SqlType.INTEGER));
    refuses(() -> new Literal("1", SqlType.DOUBLE));
    assertThatThrownBy(() -> new Literal(null, SqlType.DOUBLE))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> new ColumnReference("A", null))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void operatorsTakeWhatHasBeenCastForThem() {
    ArithmeticOperator add = ArithmeticOperator.ADD;
    assertThat(new Arithmetic(add, ONE, ONE, SqlType.INTEGER).sql()).isEqualTo("(1 + 1)");
    assertThat(new Arithmetic(add, TEXT, TEXT, SqlType.STRING).sql()).isEqualTo("('a' + 'a')");
    refuses(() -> new Arithmetic(add, ONE, MANY, SqlType.BIGINT));
    refuses(() -> new Arithmetic(add, ONE, NULL, SqlType.INTEGER));
    refuses(() -> new Arithmetic(ArithmeticOperator.DIVIDE, TEXT, TEXT, SqlType.STRING));
    refuses(() -> new Arithmetic(add, ONE, ONE, new SqlType.Decimal(11, 0)));
    refuses(() -> new Negate(TEXT));
    refuses(() -> new Logical(true, TRUTH, TEXT));
    refuses(() -> new Logical(true, NULL, TRUTH));
    refuses(() -> new Not(ONE));
    refuses(() -> new Comparison(ComparisonOperator.EQUAL, ONE, NULL));
    refuses(() -> new Like(ONE, TEXT, Optional.empty()));
    refuses(() -> new Cast(TRUTH, SqlType.DATE));
  }

  @Test
  void alternativesAreOfOneType() {
    assertThat(new In(NULL, List.of(ONE, NULL)).sql()).isEqualTo("(null IN (1, null))");
    refuses(() -> new In(ONE, List.of(MANY)));
    refuses(() -> new In(NULL, List.of(ONE, MANY)));
    refuses(() -> new In(ONE, List.of(NULL)));
    refuses(() -> new In(ONE, List.of()));
    List<Branch> branches = List.of(new Branch(TRUTH, ONE));
    assertThat(new Case(branches, Optional.of(NULL), SqlType.INTEGER).sql())
        .isEqualTo("(CASE WHEN true THEN 1 ELSE null END)");
    refuses(() -> new Case(branches, Optional.of(MANY), SqlType.INTEGER));
    refuses(() -> new Case(branches, Optional.empty(), SqlType.BIGINT));
    refuses(() -> new Case(List.of(), Optional.of(ONE), SqlType.INTEGER));
    refuses(() -> new Branch(NULL, ONE));
  }

  @Test
  void membersAreOfTheTypesThatTheirWholeGivesThem() {
    refuses(() -> new NewArray(List.of(ONE), TEXTS));
    refuses(() -> new NewMap(List.of(TEXT), List.of(), COUNTS));
    refuses(() -> new NewMap(List.of(TEXT), List.of(MANY), COUNTS));
    refuses(() -> new NewStruct(List.of(), POINT));
    refuses(() -> new NewStruct(List.of(TEXT), POINT));
    TypedExpression point = new NewStruct(List.of(ONE), POINT);
    assertThat(new FieldOf(point, "X", SqlType.INTEGER).sql()).isEqualTo("STRUCT(X:=1)->X");
    refuses(() -> new FieldOf(point, "Y", SqlType.INTEGER));
    refuses(() -> new FieldOf(point, "X", SqlType.BIGINT));
    refuses(() -> new FieldOf(ONE, "X", SqlType.INTEGER));
    TypedExpression texts = new NewArray(List.of(TEXT), TEXTS);
    assertThat(new ElementOf(texts, ONE, SqlType.STRING).sql()).isEqualTo("ARRAY['a'][1]");
    refuses(() -> new ElementOf(texts, MANY, SqlType.STRING));
    refuses(() -> new ElementOf(texts, ONE, SqlType.INTEGER));
    TypedExpression counts = new NewMap(List.of(TEXT), List.of(ONE), COUNTS);
    assertThat(new ElementOf(counts, MANY, SqlType.INTEGER).type()).isEqualTo(SqlType.INTEGER);
    refuses(() -> new ElementOf(counts, TEXT, SqlType.STRING));
    refuses(() -> new ElementOf(ONE, ONE, SqlType.INTEGER));
  }

  private static void refuses(ThrowingCallable construction) {
    assertThatThrownBy(construction).isInstanceOf(IllegalArgumentException.class);
  }
}
