package dev.flagstream.engine.casefunctions;

import io.confluent.ksql.function.udaf.TableUdaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;

/** {@code TEST_UDAF}: a sum, also over tables, with a factory for each type of number. */
@UdafDescription(name = "TEST_UDAF", description = "Adds up numbers.")
public final class TestAggregate {

  private TestAggregate() {}

  @UdafFactory(description = "Adds up integers.")
  public static TableUdaf<Integer, Long, Long> ofInts() {
    return new Total<>(0, Total::orZero);
  }

  @UdafFactory(description = "Adds up long integers.")
  public static TableUdaf<Long, Long, Long> ofLongs() {
    return new Total<>(0, Total::orZero);
  }
}
