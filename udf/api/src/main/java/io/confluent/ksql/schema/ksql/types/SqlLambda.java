package io.confluent.ksql.schema.ksql.types;

/** A lambda of which only the number of parameters is known yet. */
public class SqlLambda {

  private final int numInputs;

  SqlLambda(int numInputs) {
    this.numInputs = numInputs;
  }

  public static SqlLambda of(Integer numInputs) {
    return new SqlLambda(numInputs);
  }

  public Integer getNumInputs() {
    return numInputs;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SqlLambda that
        && !(that instanceof SqlLambdaResolved)
        && numInputs == that.numInputs;
  }

  @Override
  public int hashCode() {
    return Integer.hashCode(numInputs);
  }

  @Override
  public String toString() {
    return "LAMBDA";
  }
}
