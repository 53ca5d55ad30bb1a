package dev.flagstream.engine.casefunctions;

import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import io.confluent.ksql.function.udaf.VariadicArgs;
import io.confluent.ksql.util.Pair;
import java.util.List;
import java.util.stream.Stream;

/** {@code OBJ_COL_ARG}: a number, and columns of any types, each of another one. */
@UdafDescription(name = "OBJ_COL_ARG", description = "Lists the first of complete rows.")
public final class AnyVariadicAggregate {

  private AnyVariadicAggregate() {}

  @UdafFactory(description = "Lists the first argument of rows without NULL.")
  public static Udaf<Pair<Integer, VariadicArgs<Object>>, List<Integer>, List<Integer>> of() {
    return new CompleteRows<>(
        Pair::getLeft, row -> Stream.concat(Stream.of(row.getLeft()), row.getRight().stream()));
  }
}
