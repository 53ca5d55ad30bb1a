package dev.flagstream.engine.statement;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Statement.InsertValues;
import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.catalog.Catalog;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.expression.Constants;
import dev.flagstream.engine.expression.ExpressionAnalyzer;
import dev.flagstream.engine.expression.Scope;
import dev.flagstream.engine.expression.TypeResolver;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.format.RowFormats;
import dev.flagstream.engine.format.RowWriter;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.statement.RequestException.Code;
import dev.flagstream.engine.statement.SqlValues.MismatchException;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.Column.Namespace;
import dev.flagstream.engine.type.SqlType;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes rows that clients give into the topics of streams and tables. Thread-safe. */
public final class RowInserter implements AutoCloseable {

  private static final String ROWTIME = "ROWTIME";

  private final EngineConfig config;
  private final EngineState state;
  private final FunctionCatalog functions;
  private final Producer<byte[], byte[]> producer;

  RowInserter(EngineConfig config, EngineState state, FunctionCatalog functions) {
    this.config = config;
    this.state = state;
    this.functions = functions;
    var properties = new TreeMap<>(config.kafkaClientProperties());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Carries out an INSERT VALUES and returns once the record is in the topic.
   *
   * @throws RequestException if it is refused; its text shows no values
   */
  void insert(InsertValues insert) {
    try {
      producer
          .send(target(state.catalog(), insert.target()).row(values(insert, state.catalog())))
          .get();
    } catch (SqlException e) {
      throw refusal(insert, e);
    } catch (ExecutionException e) {
      throw refusal(insert, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refusal(insert, e);
    }
  }

  /** Checks an INSERT VALUES against a state as it may become, without writing. */
  void check(InsertValues insert, EngineState against) {
    try {
      target(against.catalog(), insert.target()).row(values(insert, against.catalog()));
    } catch (SqlException e) {
      throw refusal(insert, e);
    }
  }

  /**
   * Where rows of {@code /inserts-stream} go.
   *
   * @throws SqlException if the stream or table does not exist or may not be written
   */
  Target target(String name) {
    return target(state.catalog(), unquoted(name));
  }

  private static String unquoted(String name) {
    return name.startsWith("`") && name.endsWith("`") && name.length() > 1
        ? name.substring(1, name.length() - 1)
        : name;
  }

  private Target target(Catalog catalog, String name) {
    Source source =
        catalog
            .source(name)
            .orElseThrow(
                () ->
                    new SqlException(
                        "Cannot insert values into an unknown stream/table: `%s`".formatted(name)));
    if (!config.insertValuesEnabled()) {
      throw new SqlException("The server has disabled INSERT INTO ... VALUES functionality.");
    }
    if (source.window().isPresent()) {
      throw new SqlException("Cannot insert values into windowed stream/table!");
    }
    if (source.readOnly()) {
      throw new SqlException("Cannot insert values into read-only table: " + name);
    }
    if (config.readOnlyTopics().contains(source.topic())) {
      throw new SqlException("Cannot insert values into read-only topic: " + source.topic());
    }
    return new Target(source);
  }

  private Map<String, Object> values(InsertValues insert, Catalog catalog) {
    Source source = catalog.source(insert.target()).orElseThrow();
    List<String> names =
        insert.columns().isEmpty()
            ? source.schema().columns().stream().map(Column::name).toList()
            : insert.columns();
    if (names.size() != insert.values().size()) {
      throw new SqlException(
          "Expected a value for each column. Expected Columns: %s. Got %s"
              .formatted(names.stream().map(n -> "`" + n + "`").toList(), insert.values().size()));
    }
    var analyzer = new ExpressionAnalyzer(functions, new TypeResolver(catalog), Scope.EMPTY);
    var values = new HashMap<String, Object>();
    for (int i = 0; i < names.size(); i++) {
      Column column = columnOf(source, names.get(i));
      values.put(column.name(), valueFor(column, insert.values().get(i), analyzer));
    }
    return values;
  }

  private static Column columnOf(Source source, String name) {
    if (name.equals(ROWTIME)) {
      return Column.value(ROWTIME, SqlType.BIGINT);
    }
    Column column =
        source
            .schema()
            .find(name)
            .orElseThrow(
                () -> new SqlException("Column name `%s` does not exist.".formatted(name)));
    if (column.namespace() == Namespace.HEADERS) {
      throw new SqlException("Cannot insert into HEADER columns: " + name);
    }
    return column;
  }

  private Object valueFor(Column column, Expression expression, ExpressionAnalyzer analyzer) {
    TypedExpression typed = analyzer.analyze(expression);
    Object value = Constants.evaluate(typed, config.properties());
    try {
      return SqlValues.convert(value, column.type(), false);
    } catch (MismatchException e) {
      throw new SqlException(
          "Expected type %s for field `%s` but got %s(%s)"
              .formatted(column.type(), column.name(), typed.type(), value),
          e);
    }
  }

  /** The refusal as ksqlDB words it; the statement's values are left out of its text. */
  private static RequestException refusal(InsertValues insert, Throwable cause) {
    String columns =
        insert.columns().isEmpty()
            ? ""
            : insert.columns().stream()
                .map(name -> "`" + name + "`")
                .collect(Collectors.joining(", ", " (", ")"));
    String values =
        insert.values().stream()
            .map(value -> "'[value]'")
            .collect(Collectors.joining(", ", "(", ")"));
    return RequestException.ofStatement(
        Code.BAD_STATEMENT,
        "Failed to insert values into '%s'. %s".formatted(insert.target(), cause.getMessage()),
        "INSERT INTO `%s`%s VALUES %s;".formatted(insert.target(), columns, values),
        cause);
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }

  /** A stream or table that rows can be written to. */
  public final class Target {
    private final Source source;
    private final List<Column> valueColumns;
    private final RowWriter keyWriter;
    private final RowWriter valueWriter;

    private Target(Source source) {
      this.source = source;
      this.valueColumns =
          source.schema().value().stream()
              .filter(column -> column.namespace() == Namespace.VALUE)
              .toList();
      this.keyWriter = RowFormats.keyWriter(source.keyFormat(), source.schema().key());
      this.valueWriter = RowFormats.valueWriter(source.valueFormat(), valueColumns);
    }

    /**
     * Writes a row as clients of {@code /inserts-stream} give it: names without regard to case,
     * values as in JSON.
     *
     * @param written is told, in a thread of the Kafka client, when the record is in the topic, or
     *     why it is not; null means that it is
     * @throws SqlException if the row does not fit
     */
    public void writeJson(Map<String, Object> row, Consumer<Throwable> written) {
      requireKeys(row);
      var values = new HashMap<String, Object>();
      row.forEach(
          (name, value) -> {
            Column column = columnOf(source, canonical(name));
            try {
              values.put(column.name(), SqlValues.convert(value, column.type(), true));
            } catch (MismatchException e) {
              throw new SqlException(
                  "Can't coerce a field of type %s (%s) into type %s"
                      .formatted(value.getClass(), value, column.type()),
                  e);
            }
          });
      write(values, written);
    }

    private void requireKeys(Map<String, Object> row) {
      var given = new HashSet<String>();
      row.keySet().forEach(name -> given.add(canonical(name)));
      for (Column key : source.schema().key()) {
        if (!given.contains(key.name())) {
          throw new SqlException("Key field must be specified: " + key.name());
        }
      }
    }

    private String canonical(String name) {
      if (name.startsWith("`")) {
        return unquoted(name);
      }
      String upper = name.toUpperCase(java.util.Locale.ROOT);
      return source.schema().find(upper).isPresent() || upper.equals(ROWTIME) ? upper : name;
    }

    private void write(Map<String, Object> values, Consumer<Throwable> written) {
      // The callback hears of failures too, so that the future has nothing to add.
      var unused = producer.send(row(values), (metadata, failure) -> written.accept(failure));
    }

    private ProducerRecord<byte[], byte[]> row(Map<String, Object> values) {
      List<Column> keyColumns = source.schema().key();
      if (source.kind() == SourceKind.TABLE
          && keyColumns.stream().anyMatch(key -> values.get(key.name()) == null)) {
        throw new SqlException(
            "Value for primary key column(s) %s is required for tables"
                .formatted(
                    keyColumns.stream().map(Column::name).collect(Collectors.joining(", "))));
      }
      Object[] key = keyColumns.stream().map(c -> values.get(c.name())).toArray();
      Object[] value = valueColumns.stream().map(c -> values.get(c.name())).toArray();
      return new ProducerRecord<>(
          source.topic(),
          null,
          (Long) values.get(ROWTIME),
          key.length == 0 ? null : keyWriter.write(key),
          valueWriter.write(value));
    }
  }
}
