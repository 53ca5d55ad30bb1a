package dev.flagstream.engine.casefunctions;

import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import io.confluent.ksql.util.Pair;
import java.util.Arrays;
import java.util.Collections;

/** {@code MULTI_ARG}: two columns, and variadic initial arguments. */
@UdafDescription(name = "MULTI_ARG", description = "Adds up numbers and lengths of texts.")
public final class MultipleArgumentAggregate {

  private MultipleArgumentAggregate() {}

  @UdafFactory(description = "Begins with a number and the lengths of constants.")
  public static Udaf<Pair<Long, String>, Long, Long> of(int initial, String... more) {
    return new Total<>(
        initial + Total.lengths(Arrays.asList(more)),
        row -> Total.orZero(row.getLeft()) + Total.lengths(Collections.singleton(row.getRight())));
  }
}
