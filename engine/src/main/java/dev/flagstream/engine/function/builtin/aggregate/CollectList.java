package dev.flagstream.engine.function.builtin.aggregate;

import io.confluent.ksql.function.udaf.TableUdaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import java.util.List;

/** {@code COLLECT_LIST}. */
@UdafDescription(
    name = "collect_list",
    description =
        "All values of a group as an array, NULL among them; ksql.functions.collect_list.limit"
            + " bounds how many.")
public final class CollectList {
  private CollectList() {}

  @UdafFactory(description = "All values in the order they came.")
  public static <T> TableUdaf<T, List<T>, List<T>> all() {
    return new Collection<>("collect_list");
  }
}
