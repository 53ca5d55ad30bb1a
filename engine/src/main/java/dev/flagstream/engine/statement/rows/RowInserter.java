package dev.flagstream.engine.statement.rows;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Statement.InsertValues;
import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.planner.InsertedRow;
import dev.flagstream.engine.planner.refusal.UnquotedException;
import dev.flagstream.engine.runtime.SourceWriter;
import dev.flagstream.engine.statement.config.EngineConfig;
import dev.flagstream.engine.statement.rows.JsonValues.MismatchException;
import dev.flagstream.engine.statement.state.BrokerTopics;
import dev.flagstream.engine.statement.state.EngineState;
import dev.flagstream.engine.statement.state.SessionPlanner;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.Column.Namespace;
import dev.flagstream.engine.type.SqlType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes rows that clients give into the topics of streams and tables. Thread-safe. */
public final class RowInserter implements AutoCloseable {

  private static final String ROWTIME = "ROWTIME";

  private final EngineConfig config;
  private final EngineState state;
  private final SessionPlanner planner;
  private final BrokerTopics topics;
  private final Producer<byte[], byte[]> producer;

  public RowInserter(
      EngineConfig config, EngineState state, SessionPlanner planner, BrokerTopics topics) {
    this.config = config;
    this.state = state;
    this.planner = planner;
    this.topics = topics;
    TreeMap<String, Object> properties = new TreeMap<>(config.kafkaClientProperties());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Carries out an INSERT VALUES and returns once the record is in the topic. */
  public void insert(InsertValues insert, Map<String, String> properties)
      throws InterruptedException {
    InsertedRow row = plan(insert, state, properties);
    try {
      producer.send(new Target(row.target()).toRecord(row)).get();
    } catch (ExecutionException e) {
      throw new SqlException(
          "Failed to insert values into '%s'. %s"
              .formatted(row.target().name(), e.getCause().getMessage()),
          e.getCause());
    }
  }

  /** Checks an INSERT VALUES against a state as it may become, without writing. */
  public void check(InsertValues insert, EngineState against, Map<String, String> properties) {
    plan(insert, against, properties);
  }

  private InsertedRow plan(
      InsertValues insert, EngineState against, Map<String, String> properties) {
    checkEnabled();
    InsertedRow row = planner.plan(insert, against.catalog(), against.topics(topics), properties);
    checkMayWrite(row.target());
    return row;
  }

  private void checkEnabled() {
    if (!config.insertValuesEnabled()) {
      throw new UnquotedException("The server has disabled INSERT INTO ... VALUES functionality.");
    }
  }

  private void checkMayWrite(Source target) {
    if (config.readOnlyTopics().contains(target.topic())) {
      throw new UnquotedException("Cannot insert values into read-only topic: " + target.topic());
    }
  }

  /**
   * Where rows of {@code /inserts-stream} go.
   *
   * @throws SqlException if the stream or table does not exist or may not be written
   */
  public Target target(String name) {
    checkEnabled();
    String exact = unquoted(name).orElse(name);
    Source source =
        state
            .catalog()
            .source(exact)
            .or(() -> state.catalog().source(name.toUpperCase(Locale.ROOT)))
            .orElseThrow(
                () ->
                    new SqlException(
                        "Cannot insert values into an unknown stream/table: `"
                            + unquoted(name).orElse(name.toUpperCase(Locale.ROOT))
                            + "`"));
    if (source.window().isPresent()) {
      throw new SqlException("Cannot insert values into windowed stream/table!");
    }
    if (source.readOnly()) {
      throw new SqlException("Cannot insert values into read-only source: " + name);
    }
    checkMayWrite(source);
    return new Target(source);
  }

  private static Optional<String> unquoted(String name) {
    return name.startsWith("`") && name.endsWith("`") && name.length() > 1
        ? Optional.of(name.substring(1, name.length() - 1))
        : Optional.empty();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }

  /** A stream or table that rows can be written to. */
  public final class Target {
    private final Source source;
    private final SourceWriter writer;

    private Target(Source source) {
      this.source = source;
      this.writer = new SourceWriter(source);
    }

    /**
     * Writes a row as clients of {@code /inserts-stream} give it: names without regard to case
     * unless in backticks, values as in JSON. Fields that no column is named like are ignored.
     *
     * @param written receives, in a thread of the Kafka client, the reason why the record is not in
     *     the topic, or null if it is
     * @throws SqlException if the row does not fit
     */
    public void writeJson(Map<String, Object> row, Consumer<Throwable> written) {
      Map<String, Object> values = byColumn(row);
      requireKeys(values);
      OptionalLong timestampMs =
          values.get(ROWTIME) instanceof Long time ? OptionalLong.of(time) : OptionalLong.empty();
      List<Object> key = valuesOf(source.schema().key(), values);
      List<Object> value = valuesOf(writer.valueColumns(), values);
      // The callback hears of failures too, so that the future has nothing to add.
      Future<RecordMetadata> unused =
          producer.send(
              toRecord(new InsertedRow(source, key, value, timestampMs)),
              (metadata, failure) -> written.accept(failure));
    }

    private Map<String, Object> byColumn(Map<String, Object> row) {
      Map<String, Object> values = new HashMap<>();
      row.forEach(
          (name, value) -> {
            String column = canonical(name);
            // A client may send more than the stream knows: ksqlDB takes what it has columns for.
            if (typeOf(column) != null) {
              values.put(column, convert(column, value));
            }
          });
      return values;
    }

    private Object convert(String column, Object value) {
      try {
        return JsonValues.convert(value, typeOf(column));
      } catch (MismatchException e) {
        throw new SqlException(
            "Can't coerce the value of field %s into type %s".formatted(column, typeOf(column)), e);
      }
    }

    private SqlType typeOf(String column) {
      return column.equals(ROWTIME)
          ? SqlType.BIGINT
          : source
              .schema()
              .find(column)
              .filter(found -> found.namespace() != Namespace.HEADERS)
              .map(Column::type)
              .orElse(null);
    }

    private List<String> keyNames() {
      return source.schema().key().stream().map(Column::name).toList();
    }

    private void requireKeys(Map<String, Object> values) {
      for (String key : keyNames()) {
        if (!values.containsKey(key)
            || (source.kind() == SourceKind.TABLE && values.get(key) == null)) {
          throw new SqlException("Key field must be specified: " + key);
        }
      }
    }

    private String canonical(String name) {
      return unquoted(name).orElseGet(() -> name.toUpperCase(Locale.ROOT));
    }

    private static List<Object> valuesOf(List<Column> columns, Map<String, Object> values) {
      List<Object> inOrder = new ArrayList<>();
      columns.forEach(column -> inOrder.add(values.get(column.name())));
      return inOrder;
    }

    private ProducerRecord<byte[], byte[]> toRecord(InsertedRow row) {
      return new ProducerRecord<>(
          source.topic(),
          null,
          row.timestampMs().isPresent() ? row.timestampMs().getAsLong() : null,
          writer.key(row),
          writer.value(row));
    }
  }
}
