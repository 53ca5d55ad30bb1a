package io.confluent.ksql.function;

import java.util.function.Function;

/** The Java form of a SQL lambda of three arguments, as a function's parameter type. */
@FunctionalInterface
public interface TriFunction<T, U, V, R> {

  R apply(T first, U second, V third);

  default <W> TriFunction<T, U, V, W> andThen(Function<? super R, ? extends W> after) {
    return (first, second, third) -> after.apply(apply(first, second, third));
  }
}
