package dev.flagstream.engine.statement.inspect;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Statement.Explain;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.plan.ExecutionPlanText;
import dev.flagstream.engine.planner.PlannedStatement.PersistentQuery;
import dev.flagstream.engine.planner.with.TopicDirectory.TopicInfo;
import dev.flagstream.engine.runtime.QueryRuntime;
import dev.flagstream.engine.statement.entity.Entity.RunningQuery;
import dev.flagstream.engine.statement.entity.FieldSchema;
import dev.flagstream.engine.statement.entity.QueryDescription;
import dev.flagstream.engine.statement.entity.QueryDescription.QueryError;
import dev.flagstream.engine.statement.entity.QueryDescription.TaskMetadata;
import dev.flagstream.engine.statement.entity.QueryDescription.TopicOffset;
import dev.flagstream.engine.statement.entity.QueryDescription.TopicPartitionEntity;
import dev.flagstream.engine.statement.entity.SourceDescription;
import dev.flagstream.engine.statement.entity.SourceDescription.QueryOffsets;
import dev.flagstream.engine.statement.entity.SourceDescription.Statistic;
import dev.flagstream.engine.statement.rows.TransientQueries;
import dev.flagstream.engine.statement.state.BrokerTopics;
import dev.flagstream.engine.statement.state.EngineState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;

/** Describes sources and queries for DESCRIBE, EXPLAIN and SHOW QUERIES. */
public final class Descriptions {

  private static final String RUNNING = "RUNNING";

  private final EngineState state;
  private final QueryRuntime queries;
  private final TransientQueries transientQueries;
  private final BrokerTopics topics;
  private final ConsumerProgress progress;
  private final String host;
  private final SourceStatistics statistics;
  private final StatementExplainer explainer;

  public Descriptions(
      EngineState state,
      QueryRuntime queries,
      TransientQueries transientQueries,
      BrokerTopics topics,
      ConsumerProgress progress,
      String host,
      SourceStatistics statistics,
      StatementExplainer explainer) {
    this.state = state;
    this.queries = queries;
    this.transientQueries = transientQueries;
    this.topics = topics;
    this.progress = progress;
    this.host = host;
    this.statistics = statistics;
    this.explainer = explainer;
  }

  public SourceDescription describe(Source source, boolean extended) {
    List<PersistentQuery> readers = state.readersOf(source.name());
    List<PersistentQuery> writers = state.writersOf(source.name());
    Optional<TopicInfo> topic = topics.find(source.topic());
    List<Statistic> measured =
        extended ? statistics.of(source.topic(), idsOf(readers), idsOf(writers)) : List.of();
    return new SourceDescription(
        source.name(),
        source.window().map(window -> window.kind().name()).orElse(null),
        readers.stream().map(this::running).toList(),
        writers.stream().map(this::running).toList(),
        FieldSchema.of(source.schema()),
        source.kind().name(),
        source.timestamp().map(Source.TimestampColumn::column).orElse(""),
        SourceStatistics.text(measured),
        "",
        extended,
        source.keyFormat().kind().name(),
        source.valueFormat().kind().name(),
        source.topic(),
        topic.map(TopicInfo::partitions).orElse(0),
        topic.map(info -> (int) info.replicas()).orElse(0),
        source.sql(),
        extended ? offsets(writers) : List.of(),
        state.dependantsOf(source.name()),
        measured,
        List.of());
  }

  private static List<String> idsOf(List<PersistentQuery> queries) {
    return queries.stream().map(PersistentQuery::id).toList();
  }

  private List<QueryOffsets> offsets(List<PersistentQuery> writers) {
    return writers.stream().map(query -> progress.of(queries.consumerGroup(query.id()))).toList();
  }

  /** All queries as SHOW QUERIES lists them. */
  List<RunningQuery> runningQueries() {
    Stream<RunningQuery> persistent = state.queries().stream().map(this::running);
    Stream<RunningQuery> pushed = transientQueries.all().stream().map(Descriptions::running);
    return Stream.concat(persistent, pushed).toList();
  }

  private RunningQuery running(PersistentQuery query) {
    return new RunningQuery(
        query.sql(),
        List.of(query.sink().name()),
        List.of(query.sink().topic()),
        query.id(),
        Map.of(statusOf(query), 1),
        "PERSISTENT",
        stateOf(query));
  }

  private static RunningQuery running(TransientQueries.PushQuery query) {
    return new RunningQuery(
        query.sql(), List.of(), List.of(), query.id(), Map.of(RUNNING, 1), "PUSH", RUNNING);
  }

  private String statusOf(PersistentQuery query) {
    return state.isPaused(query.id()) ? "PAUSED" : stateOf(query);
  }

  /** Clients know RUNNING, ERROR and UNRESPONSIVE; all ways of being about to run count as it. */
  private String stateOf(PersistentQuery query) {
    if (queries.keepsFailing(query.id())) {
      return "ERROR";
    }
    return switch (queries.state(query.id()).map(KafkaStreams.State::name).orElse("ERROR")) {
      case "ERROR", "PENDING_ERROR" -> "ERROR";
      default -> RUNNING;
    };
  }

  /** All persistent queries in full. */
  List<QueryDescription> allQueries() {
    return state.queries().stream().map(this::describe).toList();
  }

  private QueryDescription describe(PersistentQuery query) {
    Source sink = query.sink();
    return new QueryDescription(
        query.id(),
        query.sql(),
        sink.window().map(window -> window.kind().name()).orElse(null),
        FieldSchema.of(sink.schema()),
        query.sources(),
        List.of(sink.name()),
        queries.topology(query.id()).orElse(""),
        ExecutionPlanText.of(query.id(), query.plan()),
        query.properties(),
        Map.of(host, statusOf(query)),
        "PERSISTENT",
        errors(query.id()),
        tasks(query.id()),
        queries.consumerGroup(query.id()),
        stateOf(query));
  }

  private List<QueryError> errors(String queryId) {
    return queries.failures(queryId).stream()
        .map(failure -> new QueryError(failure.timeMs(), failure.message(), failure.cause().name()))
        .toList();
  }

  private List<TaskMetadata> tasks(String queryId) {
    return queries.threads(queryId).stream()
        .flatMap(thread -> thread.activeTasks().stream())
        .map(
            task ->
                new TaskMetadata(
                    task.taskId().toString(),
                    task.topicPartitions().stream()
                        .map(
                            partition ->
                                new TopicOffset(
                                    new TopicPartitionEntity(
                                        partition.topic(), partition.partition()),
                                    task.endOffsets().getOrDefault(partition, -1L),
                                    task.committedOffsets().getOrDefault(partition, -1L)))
                        .toList(),
                    task.timeCurrentIdlingStarted().orElse(null)))
        .toList();
  }

  QueryDescription explain(Explain explain, String text, Map<String, String> properties) {
    if (explain.statement().isPresent()) {
      return explainer.explain(text, explain.statement().get(), properties);
    }
    String id = explain.queryId().orElseThrow();
    return state
        .query(id)
        .map(this::describe)
        .orElseThrow(
            () ->
                new SqlException(
                    ("Query with id:%s does not exist,"
                            + " use SHOW QUERIES to view the full set of queries.")
                        .formatted(id)));
  }
}
