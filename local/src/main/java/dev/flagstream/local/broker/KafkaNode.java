package dev.flagstream.local.broker;

import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.coordinator.group.GroupCoordinator;
import org.apache.kafka.metadata.KRaftMetadataCache;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Controller and broker of one node, put together as {@link KafkaRaftServer} does, except that the
 * broker has its metadata from {@link LeaderlessPartitions} and its committed offsets by {@link
 * LatestLoads}. To be started and shut down by one thread.
 */
final class KafkaNode {

  private final ControllerServer controller;
  private final BrokerServer broker;

  /** A node whose log folder is formatted. */
  KafkaNode(KafkaConfig config) {
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> logDirs =
        KafkaRaftServer.initializeLogDirs(config, LoggerFactory.getLogger(KafkaNode.class), "");
    SharedServer shared =
        new SharedServer(
            config,
            logDirs._1(),
            Time.SYSTEM,
            Server.initializeMetrics(config, Time.SYSTEM, logDirs._1().clusterId().orElseThrow()),
            CompletableFuture.completedFuture(
                QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
            QuorumConfig.parseBootstrapServers(config.quorumConfig().bootstrapServers()),
            new StandardFaultHandlerFactory(),
            ServerSocketFactory.INSTANCE);
    broker = new BrokerOfTheNode(shared);
    controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), logDirs._2());
  }

  /** Starts both; returns when clients may connect. */
  void startup() {
    controller.startup(); // first: the broker connects to it
    broker.startup();
  }

  /** What keeps the committed offsets, once it has started. */
  GroupCoordinator groupCoordinator() {
    return broker.groupCoordinator();
  }

  /** Ends both; returns when they have. */
  void shutdown() {
    broker.shutdown(); // first: it signs off at the controller
    controller.shutdown();
    broker.awaitShutdown();
    controller.awaitShutdown();
  }

  /** Replaces parts that it makes for itself when it starts. */
  private static final class BrokerOfTheNode extends BrokerServer {

    private final SharedServer shared;

    BrokerOfTheNode(SharedServer shared) {
      super(shared);
      this.shared = shared;
    }

    @Override
    public void metadataCache_$eq(KRaftMetadataCache made) {
      super.metadataCache_$eq(
          new LeaderlessPartitions(
              config().nodeId(), () -> shared.raftManager().client().kraftVersion()));
    }

    @Override
    public void groupCoordinator_$eq(GroupCoordinator made) {
      LatestLoads.in(made);
      super.groupCoordinator_$eq(made);
    }
  }
}
