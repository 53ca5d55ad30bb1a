package dev.flagstream.local.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metadata.PartitionRecord;
import org.apache.kafka.common.metadata.RegisterBrokerRecord;
import org.apache.kafka.common.metadata.RegisterBrokerRecord.BrokerEndpoint;
import org.apache.kafka.common.metadata.RegisterBrokerRecord.BrokerEndpointCollection;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.MetadataProvenance;
import org.apache.kafka.metadata.LeaderConstants;
import org.apache.kafka.server.common.KRaftVersion;
import org.junit.jupiter.api.Test;

class LeaderlessPartitionsTest {

  private static final int BROKER = 1;
  private static final ListenerName LISTENER = new ListenerName("PLAINTEXT");
  private static final String TOPIC = "payments";

  private final LeaderlessPartitions partitions =
      new LeaderlessPartitions(BROKER, () -> KRaftVersion.LATEST_PRODUCTION);

  @Test
  void aPartitionWithoutALeaderIsNotTakenForDeleted() {
    partitions.setImage(withTopicLedBy(LeaderConstants.NO_LEADER));

    assertThat(partitions.getPartitionLeaderEndpoint(TOPIC, 0, LISTENER)).contains(Node.noNode());
  }

  @Test
  void aLeaderIsFoundWhereItListens() {
    partitions.setImage(withTopicLedBy(BROKER));

    assertThat(partitions.getPartitionLeaderEndpoint(TOPIC, 0, LISTENER))
        .contains(new Node(BROKER, "127.0.0.1", 9092, "", false));
  }

  @Test
  void aPartitionOrATopicThatIsNotThereHasNoLeader() {
    partitions.setImage(withTopicLedBy(LeaderConstants.NO_LEADER));

    assertThat(partitions.getPartitionLeaderEndpoint(TOPIC, 1, LISTENER)).isEmpty();
    assertThat(partitions.getPartitionLeaderEndpoint("deleted", 0, LISTENER)).isEmpty();
  }

  private static MetadataImage withTopicLedBy(int leader) {
    Uuid topicId = Uuid.randomUuid();
    MetadataDelta delta = new MetadataDelta.Builder().build();
    BrokerEndpoint endpoint =
        new BrokerEndpoint().setName(LISTENER.value()).setHost("127.0.0.1").setPort(9092);
    delta.replay(
        new RegisterBrokerRecord()
            .setBrokerId(BROKER)
            .setFenced(false)
            .setRack("")
            .setEndPoints(new BrokerEndpointCollection(List.of(endpoint).iterator())));
    delta.replay(new TopicRecord().setName(TOPIC).setTopicId(topicId));
    delta.replay(
        new PartitionRecord()
            .setTopicId(topicId)
            .setPartitionId(0)
            .setReplicas(List.of(BROKER))
            .setIsr(List.of(BROKER))
            .setLeader(leader));
    return delta.apply(MetadataProvenance.EMPTY);
  }
}
