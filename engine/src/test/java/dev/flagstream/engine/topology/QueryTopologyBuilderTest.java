package dev.flagstream.engine.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.ast.Expression.ComparisonOperator;
import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.catalog.Format;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.catalog.Source.TimestampColumn;
import dev.flagstream.engine.catalog.Source.WindowInfo;
import dev.flagstream.engine.catalog.Source.WindowKind;
import dev.flagstream.engine.expression.ExpressionCompiler;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.expression.TypedExpression.ColumnReference;
import dev.flagstream.engine.function.AggregateFunction;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.plan.PlanStep.AggregateCall;
import dev.flagstream.engine.plan.PlanStep.NamedExpression;
import dev.flagstream.engine.plan.PlanStep.Windowing;
import dev.flagstream.engine.topology.source.SkipUnreadable;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.RowSchema;
import dev.flagstream.engine.type.SqlType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueryTopologyBuilderTest {

  private static final SqlType MONEY = new SqlType.Decimal(10, 2);
  private static final Format JSON = Format.of(Format.Kind.JSON);
  private static final Format KAFKA = Format.of(Format.Kind.KAFKA);

  private static final Source PAYMENTS =
      source(
          SourceKind.STREAM,
          "PAYMENTS",
          new RowSchema(
              List.of(Column.key("CARD", SqlType.STRING)),
              List.of(
                  Column.value("CITY", SqlType.STRING),
                  Column.value("AMOUNT", MONEY),
                  Column.value("AT", SqlType.BIGINT))),
          Optional.empty(),
          Optional.of(new TimestampColumn("AT", Optional.empty())));

  private final RecordingLog log = new RecordingLog();
  private TopologyTestDriver driver;

  @AfterEach
  void closeDriver() {
    if (driver != null) {
      driver.close();
    }
  }

  @Test
  void filtersProjectsAndKeysRowsAnew() {
    PlanStep.Read read = read("CITY", "AMOUNT");
    PlanStep.Filter filter =
        new PlanStep.Filter(
            read,
            new TypedExpression.Comparison(
                ComparisonOperator.GREATER_THAN,
                column("AMOUNT", MONEY),
                new TypedExpression.Literal(new BigDecimal("100.00"), MONEY)));
    RowSchema rekeyed =
        new RowSchema(
            List.of(Column.key("CITY", SqlType.STRING)), List.of(Column.value("AMOUNT", MONEY)));
    PlanStep.SelectKey selectKey =
        new PlanStep.SelectKey(
            filter,
            List.of(column("CITY", SqlType.STRING)),
            List.of(new NamedExpression("AMOUNT", column("AMOUNT", MONEY))),
            rekeyed);
    start(new PlanStep.Write(selectKey, source(SourceKind.STREAM, "LARGE", rekeyed)));

    send("4111", "{\"city\":\"Paris\",\"amount\":100.00,\"at\":1}");
    send("4111", "{\"city\":\"Paris\",\"amount\":100.01,\"at\":2}");

    assertThat(received("LARGE"))
        .containsExactly(new TestRecord<>("Paris", "{\"AMOUNT\":100.01}", null, 2L));
  }

  @Test
  void skipsWhatCannotBeReadAndNotesIt() {
    PlanStep.Read read = read("CITY");
    start(new PlanStep.Write(read, source(SourceKind.STREAM, "CITIES", read.schema())));

    send("4111", "no json");
    send("4111", "{\"city\":\"Rome\",\"amount\":\"much\",\"at\":1}");
    send("4111", "{\"city\":\"Rome\",\"amount\":1}");
    send("4111", "{\"city\":\"Oslo\",\"amount\":\"1.50\",\"at\":4}");

    assertThat(received("CITIES"))
        .containsExactly(new TestRecord<>("4111", "{\"CITY\":\"Oslo\"}", null, 4L));
    assertThat(log.entries)
        .containsExactly(
            "processing.Q.KsqlTopic.Source.deserializer | value of PAYMENTS: Unrecognized token"
                + " 'no': was expecting (JSON String, Number, Array, Object or token 'null',"
                + " 'true' or 'false')",
            "processing.Q.KsqlTopic.Source.deserializer | value of PAYMENTS: Can't coerce string"
                + " to type. targetType: DECIMAL(10, 2), path: $.AMOUNT",
            "processing.Q.KsqlTopic.Source | Failed to extract timestamp from row");
  }

  @Test
  void showsAllColumnsOfARowWithoutATimeAlsoThoseTheQueryDoesNotUse() {
    PlanStep.Read read = read("CITY");
    start(new PlanStep.Write(read, source(SourceKind.STREAM, "CITIES", read.schema())));

    send("4111", "{\"city\":\"Rome\",\"amount\":1.5}");
    send("4222", null);

    assertThat(log.rows)
        .containsExactly(
            "key:['4111'], value:[ 'Rome' | 1.50 | null ]", "key:['4222'], value:null");
  }

  @Test
  void sumsMoneyExactlyInTumblingWindows() {
    PlanStep.Read read = read("AMOUNT");
    RowSchema grouped =
        new RowSchema(
            List.of(Column.key("CARD", SqlType.STRING)),
            List.of(
                Column.value("TOTAL", MONEY),
                Column.value("WINDOWSTART", SqlType.BIGINT),
                Column.value("WINDOWEND", SqlType.BIGINT)));
    PlanStep.Aggregate aggregate =
        new PlanStep.Aggregate(
            read,
            List.of(column("CARD", SqlType.STRING)),
            false,
            List.of(new AggregateCall(new SumOfMoney(), List.of(column("AMOUNT", MONEY)))),
            Optional.of(
                new Windowing(
                    WindowKind.TUMBLING,
                    Duration.ofSeconds(10),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty())),
            KAFKA,
            JSON,
            grouped);
    start(
        new PlanStep.Write(
            aggregate,
            source(
                SourceKind.TABLE,
                "TOTALS",
                grouped,
                Optional.of(
                    new WindowInfo(WindowKind.TUMBLING, Optional.of(Duration.ofSeconds(10)))),
                Optional.empty())));

    send("4111", "{\"amount\":0.10,\"at\":1000}");
    send("4111", "{\"amount\":0.20,\"at\":9999}");
    send("4111", "{\"amount\":0.30,\"at\":10000}");

    TestOutputTopic<byte[], String> totals =
        driver.createOutputTopic("TOTALS", new ByteArrayDeserializer(), new StringDeserializer());
    List<TestRecord<byte[], String>> records = totals.readRecordsToList();
    assertThat(records)
        .extracting(TestRecord::value)
        .containsExactly(
            "{\"TOTAL\":0.10,\"WINDOWSTART\":0,\"WINDOWEND\":10000}",
            "{\"TOTAL\":0.30,\"WINDOWSTART\":0,\"WINDOWEND\":10000}",
            "{\"TOTAL\":0.30,\"WINDOWSTART\":10000,\"WINDOWEND\":20000}");
    ByteBuffer key = ByteBuffer.wrap(records.get(2).key());
    byte[] card = new byte[4];
    key.get(card);
    assertThat(new String(card, StandardCharsets.UTF_8)).isEqualTo("4111");
    assertThat(key.getLong()).isEqualTo(10_000);
  }

  private static ColumnReference column(String name, SqlType type) {
    return new ColumnReference(name, type);
  }

  private static PlanStep.Read read(String... columns) {
    List<String> wanted = List.of(columns);
    return new PlanStep.Read(
        PAYMENTS,
        wanted,
        new RowSchema(
            PAYMENTS.schema().key(),
            wanted.stream().map(name -> PAYMENTS.schema().find(name).orElseThrow()).toList()),
        false);
  }

  private static Source source(SourceKind kind, String name, RowSchema schema) {
    return source(kind, name, schema, Optional.empty(), Optional.empty());
  }

  private static Source source(
      SourceKind kind,
      String name,
      RowSchema schema,
      Optional<WindowInfo> window,
      Optional<TimestampColumn> timestamp) {
    return new Source(kind, name, schema, name, KAFKA, JSON, window, timestamp, false, false, "");
  }

  private void start(PlanStep.Write plan) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    properties.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, SkipUnreadable.class);
    QueryTopologyBuilder builder =
        new QueryTopologyBuilder(new ExpressionCompiler(Map.of()), log, Map.of());
    driver = new TopologyTestDriver(builder.build("Q", plan, properties).topology(), properties);
  }

  private void send(String key, String value) {
    TestInputTopic<byte[], byte[]> topic =
        driver.createInputTopic(
            PAYMENTS.topic(), new ByteArraySerializer(), new ByteArraySerializer());
    topic.pipeInput(
        key.getBytes(StandardCharsets.UTF_8),
        value == null ? null : value.getBytes(StandardCharsets.UTF_8),
        77L);
  }

  private List<TestRecord<String, String>> received(String topic) {
    return driver
        .createOutputTopic(topic, new StringDeserializer(), new StringDeserializer())
        .readRecordsToList();
  }

  /** The smallest aggregate function whose state is a DECIMAL. */
  private static final class SumOfMoney implements AggregateFunction {
    @Override
    public String name() {
      return "SUM";
    }

    @Override
    public List<SqlType> parameterTypes() {
      return List.of(MONEY);
    }

    @Override
    public SqlType aggregateType() {
      return MONEY;
    }

    @Override
    public SqlType returnType() {
      return MONEY;
    }

    @Override
    public boolean supportsUndo() {
      return true;
    }

    @Override
    public Aggregator newAggregator(Map<String, ?> properties) {
      return new Aggregator() {
        @Override
        public Object initialize() {
          return new BigDecimal("0.00");
        }

        @Override
        public Object aggregate(Object[] arguments, Object state) {
          return ((BigDecimal) state).add((BigDecimal) arguments[0]);
        }

        @Override
        public Object merge(Object left, Object right) {
          return ((BigDecimal) left).add((BigDecimal) right);
        }

        @Override
        public Object undo(Object[] arguments, Object state) {
          return ((BigDecimal) state).subtract((BigDecimal) arguments[0]);
        }

        @Override
        public Object result(Object state) {
          return state;
        }
      };
    }
  }
}
