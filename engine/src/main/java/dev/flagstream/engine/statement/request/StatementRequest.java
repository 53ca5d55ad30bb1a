package dev.flagstream.engine.statement.request;

import java.util.Map;
import java.util.OptionalLong;

/**
 * SQL text a client sends, and the state of its session.
 *
 * @param properties overrides of Kafka Streams and engine settings for these statements
 * @param variables what {@code ${name}} stands for
 * @param commandSequenceNumber carry out nothing before the command of this number
 */
public record StatementRequest(
    String sql,
    Map<String, Object> properties,
    Map<String, String> variables,
    OptionalLong commandSequenceNumber) {

  public StatementRequest {
    properties = Map.copyOf(properties);
    variables = Map.copyOf(variables);
  }

  /** SQL without anything around it. */
  public static StatementRequest of(String sql) {
    return new StatementRequest(sql, Map.of(), Map.of(), OptionalLong.empty());
  }
}
