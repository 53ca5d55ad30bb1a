package dev.flagstream.engine.planner;

import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.planner.with.TopicDirectory.TopicInfo;
import dev.flagstream.engine.type.SqlType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What a statement that changes something will do, fully checked against the catalogue and topics;
 * carrying it out can fail only for reasons outside the SQL.
 */
public sealed interface PlannedStatement {

  /** The statement as ksqlDB echoes it: names qualified, defaults of WITH filled in. */
  String normalizedSql();

  /** Calls the visitor's method for this kind of plan. */
  <R> R accept(Visitor<R> visitor);

  /** One method per kind of plan, none with a default. */
  interface Visitor<R> {
    R visitDefineSource(DefineSource plan);

    R visitStartQuery(StartQuery plan);

    R visitDropSource(DropSource plan);

    R visitDefineType(DefineType plan);

    R visitDropType(DropType plan);

    R visitNothingToDo(NothingToDo plan);
  }

  /** A topic that must be made first; {@code configs} are Kafka's topic settings. */
  record TopicToCreate(String name, int partitions, short replicas, Map<String, String> configs) {
    public TopicToCreate {
      configs = Map.copyOf(configs);
    }

    /** What will be known of it once it is made. */
    public TopicInfo info() {
      return new TopicInfo(
          name,
          partitions,
          replicas,
          Optional.ofNullable(configs.get(TopicConfig.RETENTION_MS_CONFIG)).map(Long::valueOf));
    }
  }

  /** Enters a stream or table over a topic into the catalogue. */
  record DefineSource(
      String normalizedSql, Source source, boolean replaces, Optional<TopicToCreate> topic)
      implements PlannedStatement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitDefineSource(this);
    }
  }

  /** Starts a persistent query; CREATE … AS SELECT also enters its sink into the catalogue. */
  record StartQuery(
      String normalizedSql, PersistentQuery query, boolean replaces, Optional<TopicToCreate> topic)
      implements PlannedStatement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitStartQuery(this);
    }
  }

  /** Takes a stream or table out of the catalogue and ends the query that made it. */
  record DropSource(String normalizedSql, Source source, boolean deleteTopic)
      implements PlannedStatement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitDropSource(this);
    }
  }

  /** Enters a named type. */
  record DefineType(String normalizedSql, String name, SqlType type) implements PlannedStatement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitDefineType(this);
    }
  }

  /** Takes a named type out. */
  record DropType(String normalizedSql, String name) implements PlannedStatement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitDropType(this);
    }
  }

  /**
   * Nothing to do, with the message for the user: for example IF NOT EXISTS for a source that
   * exists.
   */
  record NothingToDo(String normalizedSql, String message) implements PlannedStatement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitNothingToDo(this);
    }
  }

  /**
   * A query that runs until it is ended.
   *
   * @param id as ksqlDB names it: {@code CSAS_NAME_n}, {@code CTAS_NAME_n}, {@code INSERTQUERY_n},
   *     or what {@code WITH (QUERY_ID=…)} of INSERT INTO says
   * @param definesSink whether it came with its sink, by CREATE … AS SELECT, and ends with it;
   *     INSERT INTO writes into a stream that was there before
   * @param sources names of the streams and tables it reads
   * @param properties the session's properties when it was made
   */
  record PersistentQuery(
      String id,
      String sql,
      PlanStep.Write plan,
      List<String> sources,
      Map<String, String> properties,
      boolean definesSink) {
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
