package dev.flagstream.engine.casefunctions;

import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import io.confluent.ksql.util.Quadruple;
import java.util.Arrays;

/** {@code FOUR_ARG}: four columns, and variadic initial arguments. */
@UdafDescription(name = "FOUR_ARG", description = "Adds up numbers and lengths of texts.")
public final class FourArgumentAggregate {

  private FourArgumentAggregate() {}

  @UdafFactory(description = "Begins with a number and the lengths of constants.")
  public static Udaf<Quadruple<Long, String, String, String>, Long, Long> of(
      int initial, String... more) {
    return new Total<>(
        initial + Total.lengths(Arrays.asList(more)),
        row ->
            Total.orZero(row.getFirst())
                + Total.lengths(Arrays.asList(row.getSecond(), row.getThird(), row.getFourth())));
  }
}
