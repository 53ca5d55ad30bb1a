package dev.flagstream.engine.statement.entity;

import dev.flagstream.engine.statement.entity.Entity.RunningQuery;
import java.util.List;

/**
 * A stream or table as DESCRIBE tells it.
 *
 * @param windowType null if its keys carry no window
 * @param timestamp the column event time is read from, or empty
 */
public record SourceDescription(
    String name,
    String windowType,
    List<RunningQuery> readQueries,
    List<RunningQuery> writeQueries,
    List<FieldSchema> fields,
    String type,
    String timestamp,
    String statistics,
    String errorStats,
    boolean extended,
    String keyFormat,
    String valueFormat,
    String topic,
    int partitions,
    int replication,
    String statement,
    List<QueryOffsets> queryOffsetSummaries,
    List<String> sourceConstraints,
    List<Statistic> clusterStatistics,
    List<Statistic> clusterErrorStats) {

  /** How far the consumer group of a query has read. */
  public record QueryOffsets(String groupId, List<TopicOffsets> topicSummaries) {}

  /** How far a consumer group has read a topic. */
  public record TopicOffsets(String kafkaTopic, List<PartitionOffsets> offsets) {}

  /** How far a consumer group has read a partition. */
  public record PartitionOffsets(
      int partition, long logStartOffset, long logEndOffset, long consumerOffset) {}

  /** One measurement of one server. */
  public record Statistic(String name, String host, double value, long timestamp) {}
}
