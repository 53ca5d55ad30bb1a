package dev.flagstream.local.broker;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.metadata.KRaftMetadataCache;
import org.apache.kafka.server.common.KRaftVersion;

/**
 * Metadata that tell a partition without a leader from one that does not exist. Thread-safe.
 *
 * <p>Kafka 4.3.1 does not, and the transaction coordinator takes a partition without a leader for a
 * deleted one: it leaves out that partition's marker and calls the transaction complete. A broker
 * that comes back after {@code kill -9} has no leaders for a moment, just when it finishes the
 * transactions that were about to be committed. What was written stays open then, and so do the
 * offsets; the next transaction of the same producer commits the one and aborts the other, and rows
 * appear twice or not at all. A leader that is unknown makes the coordinator try again.
 */
final class LeaderlessPartitions extends KRaftMetadataCache {

  /** Nothing is known yet. */
  LeaderlessPartitions(int nodeId, Supplier<KRaftVersion> version) {
    super(nodeId, version);
  }

  /**
   * Where the leader of a partition listens.
   *
   * @return {@link Node#noNode()} if there is no leader now; empty if there is no such partition
   */
  @Override
  public Optional<Node> getPartitionLeaderEndpoint(
      String topic, int partition, ListenerName listener) {
    return super.getPartitionLeaderEndpoint(topic, partition, listener)
        .or(
            () ->
                contains(new TopicPartition(topic, partition))
                    ? Optional.of(Node.noNode())
                    : Optional.empty());
  }
}
