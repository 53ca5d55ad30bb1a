package io.confluent.ksql.schema.ksql.types;

import io.confluent.ksql.schema.utils.FormatOptions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** A lambda whose parameter types and result type are known. */
public final class SqlLambdaResolved extends SqlLambda {

  private final List<SqlType> inputTypes;
  private final SqlType returnType;

  public SqlLambdaResolved(List<SqlType> inputTypes, SqlType returnType) {
    super(inputTypes.size());
    this.inputTypes = List.copyOf(inputTypes);
    this.returnType = Objects.requireNonNull(returnType, "returnType");
  }

  public static SqlLambdaResolved of(List<SqlType> inputType, SqlType returnType) {
    return new SqlLambdaResolved(inputType, returnType);
  }

  public List<SqlType> getInputType() {
    return inputTypes;
  }

  public SqlType getReturnType() {
    return returnType;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SqlLambdaResolved that
        && inputTypes.equals(that.inputTypes)
        && returnType.equals(that.returnType);
  }

  @Override
  public int hashCode() {
    return Objects.hash(inputTypes, returnType);
  }

  @Override
  public String toString() {
    return toString(FormatOptions.none());
  }

  public String toString(FormatOptions formatOptions) {
    return inputTypes.stream()
        .map(type -> type.toString(formatOptions))
        .collect(
            Collectors.joining(", ", "LAMBDA (", ") => " + returnType.toString(formatOptions)));
  }
}
