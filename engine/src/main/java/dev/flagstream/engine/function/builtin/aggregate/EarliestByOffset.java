package dev.flagstream.engine.function.builtin.aggregate;

import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import java.util.List;
import org.apache.kafka.connect.data.Struct;

/** {@code EARLIEST_BY_OFFSET}. */
@UdafDescription(
    name = "EARLIEST_BY_OFFSET",
    description =
        "The earliest value of a group, or the earliest n as an array. NULL values are left out unless told otherwise. Of a stream only.")
public final class EarliestByOffset {
  private EarliestByOffset() {}

  @UdafFactory(description = "The earliest value that is not NULL.")
  public static <T> Udaf<T, Struct, T> one() {
    return new OneByOffset<>(false, true);
  }

  @UdafFactory(description = "The earliest value; ignoreNulls says whether NULL counts.")
  public static <T> Udaf<T, Struct, T> one(boolean ignoreNulls) {
    return new OneByOffset<>(false, ignoreNulls);
  }

  @UdafFactory(description = "The earliest n values that are not NULL.")
  public static <T> Udaf<T, List<Struct>, List<T>> several(int earliestN) {
    return new SeveralByOffset<>("EARLIEST_BY_OFFSET", false, earliestN, true);
  }

  @UdafFactory(description = "The earliest n values; ignoreNulls says whether NULL counts.")
  public static <T> Udaf<T, List<Struct>, List<T>> several(int earliestN, boolean ignoreNulls) {
    return new SeveralByOffset<>("EARLIEST_BY_OFFSET", false, earliestN, ignoreNulls);
  }
}
