package dev.flagstream.engine.statement;

import dev.flagstream.engine.planner.PlannedStatement.PersistentQuery;
import dev.flagstream.engine.planner.QueryPlan;
import java.util.Map;
import java.util.Optional;

/** Runs queries. Thread-safe. */
interface QueryEngine extends AutoCloseable {

  /** Starts a persistent query, or resumes it where its consumer group stopped. */
  void start(PersistentQuery query);

  /** Ends a persistent query for good: its state and its internal topics go too. */
  void terminate(String id);

  void pause(String id);

  void resume(String id);

  /** RUNNING, REBALANCING, ERROR, … as Kafka Streams calls it; empty if it is not here. */
  Optional<String> state(String id);

  /** The query's Kafka Streams topology as Kafka Streams prints it. */
  Optional<String> topology(String id);

  /** The consumer group of a persistent query. */
  String consumerGroup(String id);

  /** Starts a push query. */
  QueryAnswer.Rows push(String id, QueryPlan.Push plan, Map<String, String> properties);

  /** Starts a pull query. */
  QueryAnswer.Rows pull(String id, QueryPlan.Pull plan, Map<String, String> properties);

  /** Stops all queries, keeping their progress and state. */
  @Override
  void close();
}
