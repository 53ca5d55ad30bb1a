package dev.flagstream.benchmarks;

import java.nio.file.Path;
import java.util.Map;

/**
 * The settings that all programs get.
 *
 * @param bootstrapServers the broker
 * @param guarantee Kafka Streams' {@code processing.guarantee}
 * @param stateDirectory for stores on disk, of one program only
 */
public record JobSettings(String bootstrapServers, String guarantee, Path stateDirectory) {

  /** Flink's setting of how many tasks of a kind run side by side. */
  static final String PARALLELISM = "parallelism.default";

  /** Settings of Kafka Streams: ksqlDB's defaults, given to both programs on it alike. */
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

  /**
   * Settings of Flink, as near to those as it has them: state in RocksDB, offsets committed and
   * state saved as often, at least once; and what its manual advises for SQL, objects used again.
   */
  Map<String, String> flink() {
    Map<String, String> streams = streams();
    return Map.ofEntries(
        Map.entry(PARALLELISM, streams.get("num.stream.threads")),
        Map.entry("execution.checkpointing.interval", streams.get("commit.interval.ms") + " ms"),
        Map.entry("execution.checkpointing.mode", "AT_LEAST_ONCE"),
        Map.entry("execution.checkpointing.incremental", "true"),
        Map.entry(
            "execution.checkpointing.dir",
            stateDirectory.resolve("checkpoints").toUri().toString()),
        Map.entry("state.backend.type", "rocksdb"),
        Map.entry("state.backend.rocksdb.localdir", stateDirectory.resolve("rocksdb").toString()),
        Map.entry("io.tmp.dirs", stateDirectory.resolve("tmp").toString()),
        Map.entry("web.tmpdir", stateDirectory.resolve("web").toString()),
        Map.entry("taskmanager.memory.managed.size", "512m"),
        Map.entry("restart-strategy.type", "none"),
        Map.entry("pipeline.object-reuse", "true"),
        Map.entry("table.local-time-zone", "UTC"));
  }
}
