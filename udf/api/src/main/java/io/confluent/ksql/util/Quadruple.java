package io.confluent.ksql.util;

import java.util.Objects;

/** Four values, any of them null: the input of an aggregate function over four columns. */
public class Quadruple<T1, T2, T3, T4> {

  public final T1 first;
  public final T2 second;
  public final T3 third;
  public final T4 fourth;

  public Quadruple(T1 first, T2 second, T3 third, T4 fourth) {
    this.first = first;
    this.second = second;
    this.third = third;
    this.fourth = fourth;
  }

  public static <T1, T2, T3, T4> Quadruple<T1, T2, T3, T4> of(
      T1 first, T2 second, T3 third, T4 fourth) {
    return new Quadruple<>(first, second, third, fourth);
  }

  public T1 getFirst() {
    return first;
  }

  public T2 getSecond() {
    return second;
  }

  public T3 getThird() {
    return third;
  }

  public T4 getFourth() {
    return fourth;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Quadruple<?, ?, ?, ?> that
        && Objects.equals(first, that.first)
        && Objects.equals(second, that.second)
        && Objects.equals(third, that.third)
        && Objects.equals(fourth, that.fourth);
  }

  @Override
  public int hashCode() {
    return Objects.hash(first, second, third, fourth);
  }

  @Override
  public String toString() {
    return "(" + first + ", " + second + ", " + third + ", " + fourth + ")";
  }
}
