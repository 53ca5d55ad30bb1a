package dev.flagstream.engine.casefunctions;

import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import io.confluent.ksql.function.udaf.VariadicArgs;
import io.confluent.ksql.util.Pair;

/** {@code VAR_ARG}: a number and any number of texts. */
@UdafDescription(name = "VAR_ARG", description = "Adds up numbers and lengths of texts.")
public final class VariadicAggregate {

  private VariadicAggregate() {}

  @UdafFactory(description = "Adds up a number and the lengths of the texts after it.")
  public static Udaf<Pair<Long, VariadicArgs<String>>, Long, Long> of() {
    return new Total<>(0, row -> Total.orZero(row.getLeft()) + Total.lengths(row.getRight()));
  }
}
