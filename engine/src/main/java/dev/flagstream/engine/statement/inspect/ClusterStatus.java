package dev.flagstream.engine.statement.inspect;

import dev.flagstream.engine.planner.PlannedStatement;
import dev.flagstream.engine.runtime.QueryRuntime;
import dev.flagstream.engine.statement.config.EngineConfig;
import dev.flagstream.engine.statement.state.EngineState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.LagInfo;

/**
 * What each server of the cluster has, as {@code /clusterStatus} tells it. There is one server,
 * which is alive if it can answer.
 */
public final class ClusterStatus {

  private final EngineConfig config;
  private final EngineState state;
  private final QueryRuntime queries;
  private final String host;

  /**
   * @param host where clients reach it
   */
  public ClusterStatus(EngineConfig config, EngineState state, QueryRuntime queries, String host) {
    this.config = config;
    this.state = state;
    this.queries = queries;
    this.host = host;
  }

  /** The body of the answer. */
  public Map<String, Object> body() {
    long now = System.currentTimeMillis();
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("hostAlive", true);
    status.put("lastStatusUpdateMs", now);
    Map<String, Map<String, Map<Integer, LagInfo>>> lags = new TreeMap<>();
    for (PlannedStatement.PersistentQuery query : state.queries()) {
      Map<String, Map<Integer, LagInfo>> stores = queries.storeLags(query.id());
      if (!stores.isEmpty()) {
        lags.put(query.id(), stores);
      }
    }
    Map<String, Object> activeStandby = new LinkedHashMap<>();
    lags.forEach((query, stores) -> activeStandby.put(query, activeStandby(query, stores)));
    status.put("activeStandbyPerQuery", activeStandby);
    status.put("hostStoreLags", hostStoreLags(lags, now));
    return Map.of("clusterStatus", Map.of(host, status));
  }

  private Map<String, Object> activeStandby(
      String query, Map<String, Map<Integer, LagInfo>> stores) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("activeStores", stores.keySet());
    result.put(
        "activePartitions",
        queries.threads(query).stream()
            .flatMap(thread -> thread.activeTasks().stream())
            .flatMap(task -> task.topicPartitions().stream())
            .map(ClusterStatus::partition)
            .toList());
    result.put("standByStores", List.of());
    result.put("standByPartitions", List.of());
    return result;
  }

  private static Map<String, Object> partition(TopicPartition partition) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("topic", partition.topic());
    result.put("partition", partition.partition());
    return result;
  }

  private Map<String, Object> hostStoreLags(
      Map<String, Map<String, Map<Integer, LagInfo>>> lags, long now) {
    boolean reported = config.flag("ksql.lag.reporting.enable");
    Map<String, Object> byStore = new LinkedHashMap<>();
    if (reported) {
      lags.forEach(
          (query, stores) ->
              stores.forEach(
                  (store, byPartition) -> byStore.put(query + "#" + store, lags(byPartition))));
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("stateStoreLags", byStore);
    result.put("updateTimeMs", reported ? now : 0);
    return result;
  }

  private static Map<String, Object> lags(Map<Integer, LagInfo> byPartition) {
    TreeMap<String, Object> partitions = new TreeMap<>();
    byPartition.forEach(
        (partition, lag) -> {
          Map<String, Object> info = new LinkedHashMap<>();
          info.put("currentOffsetPosition", lag.currentOffsetPosition());
          info.put("endOffsetPosition", lag.endOffsetPosition());
          info.put("offsetLag", lag.offsetLag());
          partitions.put(String.valueOf(partition), info);
        });
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("lagByPartition", partitions);
    result.put("size", byPartition.size());
    return result;
  }
}
