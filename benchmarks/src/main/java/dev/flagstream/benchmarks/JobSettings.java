package dev.flagstream.benchmarks;

import java.nio.file.Path;
import java.util.Map;

/**
 * The settings that both programs get.
 *
 * @param bootstrapServers the broker
 * @param guarantee Kafka Streams' {@code processing.guarantee}
 * @param stateDirectory for stores on disk, of one program only
 */
record JobSettings(String bootstrapServers, String guarantee, Path stateDirectory) {

  /** Settings of Kafka Streams: ksqlDB's defaults, given to both programs alike. */
  Map<String, String> streams() {
    return Map.of(
        "processing.guarantee", guarantee,
        "state.dir", stateDirectory.toString(),
        "auto.offset.reset", "earliest",
        "num.stream.threads", "4",
        "commit.interval.ms", "2000",
        "statestore.cache.max.bytes", "10000000",
        "topology.optimization", "all",
        "replication.factor", "1");
  }
}
