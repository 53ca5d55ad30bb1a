package dev.flagstream.engine.function.builtin.aggregate;

import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import java.util.List;
import org.apache.kafka.connect.data.Struct;

/** {@code LATEST_BY_OFFSET}. */
@UdafDescription(
    name = "LATEST_BY_OFFSET",
    description =
        "The latest value of a group, or the latest n as an array. NULL values are left out unless told otherwise. Of a stream only.")
public final class LatestByOffset {
  private LatestByOffset() {}

  @UdafFactory(description = "The latest value that is not NULL.")
  public static <T> Udaf<T, Struct, T> one() {
    return new OneByOffset<>(true, true);
  }

  @UdafFactory(description = "The latest value; ignoreNulls says whether NULL counts.")
  public static <T> Udaf<T, Struct, T> one(boolean ignoreNulls) {
    return new OneByOffset<>(true, ignoreNulls);
  }

  @UdafFactory(description = "The latest n values that are not NULL.")
  public static <T> Udaf<T, List<Struct>, List<T>> several(int latestN) {
    return new SeveralByOffset<>("LATEST_BY_OFFSET", true, latestN, true);
  }

  @UdafFactory(description = "The latest n values; ignoreNulls says whether NULL counts.")
  public static <T> Udaf<T, List<Struct>, List<T>> several(int latestN, boolean ignoreNulls) {
    return new SeveralByOffset<>("LATEST_BY_OFFSET", true, latestN, ignoreNulls);
  }
}
