package dev.flagstream.engine.runtime;

import java.util.Map;

/**
 * How the queries of one server are run.
 *
 * @param serviceId keeps the queries of different servers on one cluster apart ({@code
 *     ksql.service.id})
 * @param streams settings for Kafka Streams, by Kafka's own names, including those of its clients
 * @param functions the server's properties, in which functions find their settings
 */
public record RuntimeSettings(
    String serviceId, Map<String, Object> streams, Map<String, ?> functions) {

  public RuntimeSettings {
    streams = Map.copyOf(streams);
    functions = Map.copyOf(functions);
  }

  /** The Kafka Streams application, and so the consumer group, of a persistent query. */
  public String applicationId(String queryId) {
    return prefix() + "query_" + queryId;
  }

  /** The Kafka Streams application of a query that lives as long as its reader. */
  public String transientApplicationId(String queryId) {
    return prefix() + queryId;
  }

  private String prefix() {
    return "_confluent-ksql-" + serviceId;
  }
}
