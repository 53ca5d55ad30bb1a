package dev.flagstream.engine.server;

import dev.flagstream.engine.statement.StatementExecutor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the server tells about itself. */
final class ServerInfo {

  /**
   * The version of ksqlDB whose API and dialect are served: clients decide by it what they may ask.
   */
  static final String KSQLDB_VERSION = "8.3.1";

  private final StatementExecutor statements;
  private final String kafkaClusterId;
  private final String serviceId;

  ServerInfo(StatementExecutor statements, String kafkaClusterId, String serviceId) {
    this.statements = statements;
    this.kafkaClusterId = kafkaClusterId;
    this.serviceId = serviceId;
  }

  Object info() {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("version", KSQLDB_VERSION);
    info.put("kafkaClusterId", kafkaClusterId);
    info.put("ksqlServiceId", serviceId);
    info.put("serverStatus", statements.isHealthy() ? "RUNNING" : "ERROR");
    return Map.of("KsqlServerInfo", info);
  }

  Object metadata() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("version", KSQLDB_VERSION);
    metadata.put("clusterId", metadataId());
    return metadata;
  }

  Object metadataId() {
    Map<String, Object> clusters = new LinkedHashMap<>();
    clusters.put("kafka-cluster", kafkaClusterId);
    clusters.put("ksql-cluster", serviceId);
    Map<String, Object> scope = new LinkedHashMap<>();
    scope.put("path", List.of());
    scope.put("clusters", clusters);
    Map<String, Object> id = new LinkedHashMap<>();
    id.put("scope", scope);
    id.put("id", "");
    return id;
  }

  /** Asks each part how it is; may take as long as Kafka takes to answer. */
  Object health() {
    Map<String, Object> parts = new LinkedHashMap<>();
    boolean kafka = statements.canReachKafka();
    boolean commandRunner = statements.isHealthy();
    parts.put("metastore", healthy(true));
    parts.put("kafka", healthy(kafka));
    parts.put("commandRunner", healthy(commandRunner));
    Map<String, Object> health = new LinkedHashMap<>();
    health.put("isHealthy", kafka && commandRunner);
    health.put("details", parts);
    health.put("serverState", "READY");
    return health;
  }

  private static Map<String, Boolean> healthy(boolean value) {
    return Map.of("isHealthy", value);
  }
}
