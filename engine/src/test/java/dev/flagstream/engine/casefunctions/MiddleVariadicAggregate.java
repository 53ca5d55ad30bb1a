package dev.flagstream.engine.casefunctions;

import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import io.confluent.ksql.function.udaf.VariadicArgs;
import io.confluent.ksql.util.Pair;

/** {@code MID_VAR_ARG}: variadic columns, with initial arguments after them. */
@UdafDescription(name = "MID_VAR_ARG", description = "Adds up numbers and lengths of texts.")
public final class MiddleVariadicAggregate {

  private MiddleVariadicAggregate() {}

  @UdafFactory(description = "Begins with the sum of two constants.")
  public static Udaf<Pair<Long, VariadicArgs<String>>, Long, Long> of(int one, int other) {
    return new Total<>(
        (long) one + other, row -> Total.orZero(row.getLeft()) + Total.lengths(row.getRight()));
  }
}
