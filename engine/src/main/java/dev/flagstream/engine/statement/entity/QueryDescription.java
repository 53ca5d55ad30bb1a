package dev.flagstream.engine.statement.entity;

import java.util.List;
import java.util.Map;

/**
 * A query as EXPLAIN tells it.
 *
 * @param id empty for a statement that was explained without being run
 * @param windowType null if its result has no windows, or it was explained without being run
 * @param state null for a statement that was explained without being run
 */
public record QueryDescription(
    String id,
    String statementText,
    String windowType,
    List<FieldSchema> fields,
    List<String> sources,
    List<String> sinks,
    String topology,
    String executionPlan,
    Map<String, String> overriddenProperties,
    Map<String, String> ksqlHostQueryStatus,
    String queryType,
    List<QueryError> queryErrors,
    List<TaskMetadata> tasksMetadata,
    String consumerGroupId,
    String state) {

  /** Why a query stopped or stumbled. */
  public record QueryError(long timestamp, String errorMessage, String type) {}

  /** One task of a query's Kafka Streams application. */
  public record TaskMetadata(
      String taskId, List<TopicOffset> topicOffsets, Long timeCurrentIdlingStarted) {}

  /** How far a task has come in a partition; -1 where it is not known. */
  public record TopicOffset(
      TopicPartitionEntity topicPartitionEntity, long endOffset, long committedOffset) {}

  public record TopicPartitionEntity(String topic, int partition) {}
}
