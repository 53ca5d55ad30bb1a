package dev.flagstream.lake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** What a task asks of Connect: it keeps where it wants to read on, and the dead letters. */
final class LakeTaskContext implements SinkTaskContext {

  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final List<String> deadLetters = new ArrayList<>();
  private final List<Long> timeouts = new ArrayList<>();

  /** Where the task wants to read on. */
  Map<TopicPartition, Long> positions() {
    return positions;
  }

  /** The offset and the reason of each. */
  List<String> deadLetters() {
    return deadLetters;
  }

  /** After how many milliseconds it wants to be asked again. */
  List<Long> timeouts() {
    return timeouts;
  }

  @Override
  public void timeout(long timeoutMs) {
    timeouts.add(timeoutMs);
  }

  @Override
  public ErrantRecordReporter errantRecordReporter() {
    return (each, error) -> {
      deadLetters.add(each.kafkaOffset() + ": " + error.getMessage());
      return CompletableFuture.completedFuture(null);
    };
  }

  @Override
  public Map<String, String> configs() {
    return Map.of();
  }

  @Override
  public void offset(Map<TopicPartition, Long> offsets) {
    positions.putAll(offsets);
  }

  @Override
  public void offset(TopicPartition partition, long offset) {
    positions.put(partition, offset);
  }

  @Override
  public Set<TopicPartition> assignment() {
    return positions.keySet();
  }

  @Override
  public void pause(TopicPartition... partitions) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void resume(TopicPartition... partitions) {
    throw new UnsupportedOperationException();
  }

  @Override
  public PluginMetrics pluginMetrics() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void requestCommit() {
    // Connect would commit now.
  }
}
