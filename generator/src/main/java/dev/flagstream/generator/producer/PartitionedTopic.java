package dev.flagstream.generator.producer;

import java.util.Objects;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/**
 * A topic and how its keys are spread. The partition is computed here, by Kafka's own formula,
 * because a run that goes on must know where each of its records went.
 *
 * @param partitions how many there were when the run began
 */
public record PartitionedTopic(String name, int partitions) {

  public PartitionedTopic {
    Objects.requireNonNull(name, "name");
    if (partitions < 1) {
      throw new IllegalArgumentException("topic " + name + " with " + partitions + " partitions");
    }
  }

  /** The partition that Kafka's default partitioner gives a key. */
  public int partitionOf(byte[] key) {
    return BuiltInPartitioner.partitionForKey(key, partitions);
  }
}
