package dev.flagstream.local.broker;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.coordinator.common.runtime.CoordinatorLoader;
import org.apache.kafka.coordinator.common.runtime.CoordinatorPlayback;
import org.apache.kafka.coordinator.group.GroupCoordinator;

/**
 * Reads committed offsets back into the group coordinator, and tells it of the end of the latest
 * reading of each partition alone. Thread-safe.
 *
 * <p>Kafka 4.3.1 takes the end of any reading for that of the latest one. A broker that comes back
 * after {@code kill -9} may be the leader by what was last known, lose that when its death is
 * noticed, and become it again, all before the first reading has ended. Its end then opens what the
 * second has not filled yet: until it has, everybody is told that nothing was ever committed, and
 * whoever begins at the earliest record then reads all of them once more. (The broker logs that its
 * state is "out of sync with the underlying log" as soon as somebody commits.)
 *
 * @param <U> records of the coordinator's log
 */
@SuppressWarnings("try") // close() throws what Kafka's does
final class LatestLoads<U> implements CoordinatorLoader<U> {

  private final CoordinatorLoader<U> loader;
  private final Map<TopicPartition, CompletableFuture<LoadSummary>> latest =
      new ConcurrentHashMap<>();

  LatestLoads(CoordinatorLoader<U> loader) {
    this.loader = loader;
  }

  /**
   * Has a group coordinator read by one of these. It has no other way in: its runtime and the
   * loader of that are private.
   *
   * @throws IllegalStateException if they are no longer called as they were in Kafka 4.3.1
   */
  static void in(GroupCoordinator coordinator) {
    try {
      Object runtime = field(coordinator, "runtime").get(coordinator);
      Field loader = field(runtime, "loader");
      loader.set(runtime, new LatestLoads<>((CoordinatorLoader<?>) loader.get(runtime)));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "This version of Kafka keeps the loader of "
              + coordinator.getClass().getName()
              + " elsewhere: see whether LatestLoads is still needed",
          e);
    }
  }

  private static Field field(Object owner, String name) throws NoSuchFieldException {
    Field field = owner.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  @Override
  public CompletableFuture<LoadSummary> load(
      TopicPartition partition, CoordinatorPlayback<U> coordinator) {
    CompletableFuture<LoadSummary> told = new CompletableFuture<>();
    latest.put(partition, told);
    CompletableFuture<LoadSummary> unused =
        loader
            .load(partition, coordinator)
            .whenComplete(
                (summary, error) -> {
                  if (latest.get(partition) != told) {
                    return;
                  }
                  if (error == null) {
                    told.complete(summary);
                  } else {
                    told.completeExceptionally(error);
                  }
                });
    return told;
  }

  @Override
  public void close() throws Exception {
    loader.close();
  }
}
