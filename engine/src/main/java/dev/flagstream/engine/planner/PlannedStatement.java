package dev.flagstream.engine.planner;

import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.type.SqlType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a statement that changes something will do, fully checked against the catalogue and topics;
 * carrying it out can fail only for reasons outside the SQL.
 */
public sealed interface PlannedStatement {

  /** The statement as ksqlDB echoes it: names qualified, defaults of WITH filled in. */
  String normalizedSql();

  /** A topic that must be made first; {@code configs} are Kafka's topic settings. */
  record TopicToCreate(String name, int partitions, short replicas, Map<String, String> configs) {
    public TopicToCreate {
      configs = Map.copyOf(configs);
    }
  }

  /** Enters a stream or table over a topic into the catalogue. */
  record DefineSource(
      String normalizedSql, Source source, boolean replaces, Optional<TopicToCreate> topic)
      implements PlannedStatement {}

  /** Starts a persistent query; CREATE … AS SELECT also enters its sink into the catalogue. */
  record StartQuery(
      String normalizedSql,
      PersistentQuery query,
      boolean definesSink,
      boolean replaces,
      Optional<TopicToCreate> topic)
      implements PlannedStatement {}

  /** Takes a stream or table out of the catalogue and ends the query that made it. */
  record DropSource(
      String normalizedSql, Source source, boolean deleteTopic, Optional<String> queryToEnd)
      implements PlannedStatement {}

  /** Enters a named type. */
  record DefineType(String normalizedSql, String name, SqlType type) implements PlannedStatement {}

  /** Takes a named type out. */
  record DropType(String normalizedSql, String name) implements PlannedStatement {}

  /** Nothing to do, with what the user is told: IF NOT EXISTS of what exists, and the like. */
  record NothingToDo(String normalizedSql, String message) implements PlannedStatement {}

  /**
   * A query that runs until it is ended.
   *
   * @param id as ksqlDB names it: {@code CSAS_NAME_n}, {@code CTAS_NAME_n}, {@code INSERTQUERY_n}
   * @param sources names of the streams and tables it reads
   * @param properties the session's properties when it was made
   */
  record PersistentQuery(
      String id,
      String sql,
      PlanStep.Write plan,
      List<String> sources,
      Map<String, String> properties) {
    public PersistentQuery {
      sources = List.copyOf(sources);
      properties = Map.copyOf(properties);
    }

    /** The stream or table it writes. */
    public Source sink() {
      return plan.sink();
    }
  }
}
