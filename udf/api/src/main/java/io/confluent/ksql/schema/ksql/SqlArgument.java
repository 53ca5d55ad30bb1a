package io.confluent.ksql.schema.ksql;

import io.confluent.ksql.schema.ksql.types.SqlIntervalUnit;
import io.confluent.ksql.schema.ksql.types.SqlLambda;
import io.confluent.ksql.schema.ksql.types.SqlType;
import io.confluent.ksql.schema.utils.FormatOptions;
import java.util.Objects;
import java.util.Optional;

/**
 * What stands as an argument of a function: a value of some type, a lambda, or the unit of an
 * interval. The literal NULL has none of the three.
 */
public class SqlArgument {

  private final SqlType type;
  private final SqlLambda lambda;
  private final SqlIntervalUnit intervalUnit;

  public SqlArgument(SqlType type, SqlLambda lambda, SqlIntervalUnit intervalUnit) {
    if (type != null && lambda != null) {
      throw new IllegalArgumentException("An argument is a value or a lambda, not both");
    }
    this.type = type;
    this.lambda = lambda;
    this.intervalUnit = intervalUnit;
  }

  /** The argument for a value; a null type stands for the literal NULL. */
  public static SqlArgument of(SqlType type) {
    return new SqlArgument(type, null, null);
  }

  public static SqlArgument of(SqlLambda type) {
    return new SqlArgument(null, type, null);
  }

  public static SqlArgument of(SqlIntervalUnit type) {
    return new SqlArgument(null, null, type);
  }

  public static SqlArgument of(SqlType sqlType, SqlLambda lambdaType) {
    return new SqlArgument(sqlType, lambdaType, null);
  }

  public Optional<SqlType> getSqlType() {
    return Optional.ofNullable(type);
  }

  /** The type of the value, null for the literal NULL. */
  public SqlType getSqlTypeOrThrow() {
    if (lambda != null) {
      throw new IllegalStateException("The argument is a lambda, not a value");
    }
    return type;
  }

  public Optional<SqlLambda> getSqlLambda() {
    return Optional.ofNullable(lambda);
  }

  public SqlLambda getSqlLambdaOrThrow() {
    if (lambda == null) {
      throw new IllegalStateException("The argument is no lambda");
    }
    return lambda;
  }

  public Optional<SqlIntervalUnit> getSqlIntervalUnit() {
    return Optional.ofNullable(intervalUnit);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SqlArgument that
        && Objects.equals(type, that.type)
        && Objects.equals(lambda, that.lambda)
        && Objects.equals(intervalUnit, that.intervalUnit);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, lambda, intervalUnit);
  }

  @Override
  public String toString() {
    return toString(FormatOptions.none());
  }

  /** The argument as ksqlDB's messages show it. */
  public String toString(FormatOptions formatOptions) {
    if (type != null) {
      return type.toString(formatOptions);
    }
    return Objects.toString(intervalUnit != null ? intervalUnit : lambda);
  }
}
