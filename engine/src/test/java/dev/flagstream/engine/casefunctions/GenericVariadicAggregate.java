package dev.flagstream.engine.casefunctions;

import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import io.confluent.ksql.function.udaf.VariadicArgs;
import io.confluent.ksql.util.Triple;
import java.util.List;
import java.util.stream.Stream;

/** {@code GENERIC_VAR_ARG}: columns of any types, the last of which repeats. */
@UdafDescription(name = "GENERIC_VAR_ARG", description = "Lists the first of complete rows.")
public final class GenericVariadicAggregate {

  private GenericVariadicAggregate() {}

  @UdafFactory(description = "Lists the first argument of rows without NULL.")
  public static <A, B, C> Udaf<Triple<A, B, VariadicArgs<C>>, List<A>, List<A>> of() {
    return new CompleteRows<>(
        Triple::getLeft,
        row -> Stream.concat(Stream.of(row.getLeft(), row.getMiddle()), row.getRight().stream()));
  }
}
