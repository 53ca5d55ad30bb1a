package dev.flagstream.engine.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flagstream.engine.function.loader.ExtensionJar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record that cannot be worked on is noted in the processing log, and the query goes on. */
@ExtendWith(TestCluster.class)
class BadRecordsTest {

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final String MOODY =
      """
      package org.example;
      import io.confluent.ksql.function.udf.*;
      @UdfDescription(name = "moody", description = "Does not like the text bad")
      public class Moody {
        @Udf
        public String moody(@UdfParameter("text") String text) {
          if ("bad".equals(text)) {
            throw new IllegalStateException("I do not like it");
          }
          return text;
        }
      }
      """;

  @TempDir static Path directory;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    Path extensions = directory.resolve("ext");
    new ExtensionJar().with("org.example.Moody", MOODY).in(extensions, "moody.jar");
    server =
        TestServer.start(
            "bad_",
            directory.resolve("state"),
            Map.of(
                "ksql.extension.dir", extensions.toString(),
                // A topic that goes or comes back is noticed soon.
                "ksql.streams.metadata.max.age.ms", "1000",
                "ksql.logging.processing.topic.auto.create", "true",
                "ksql.logging.processing.stream.auto.create", "true",
                "ksql.logging.processing.rows.include", "true"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void skipsAValueThatIsNoJson() {
    createStream("bad_json", 1);
    server.run("CREATE STREAM read_json AS SELECT text FROM bad_json;");

    send("bad_json", "k", "{\"TEXT\":\"first\"}", "not json", "{\"TEXT\":\"last\"}");

    awaitRows("read_json", "[\"first\"]", "[\"last\"]");
    JsonNode entry = awaitEntry("CSAS_READ_JSON", "deserializationError");
    JsonNode error = entry.path("message").path("deserializationError");
    assertThat(entry.path("source"))
        .isEqualTo(TestServer.parse("{\"topic\":\"bad_json\",\"partition\":0,\"offset\":1}"));
    assertThat(entry.path("level").asText()).isEqualTo("ERROR");
    assertThat(entry.path("message").path("type").asInt()).isZero();
    assertThat(error.path("target").asText()).isEqualTo("value");
    assertThat(error.path("topic").asText()).isEqualTo("bad_json");
    assertThat(error.path("errorMessage").asText())
        .startsWith("Failed to deserialize value from topic: bad_json. Unrecognized token 'not'");
    assertThat(new String(Base64.getDecoder().decode(error.path("recordB64").asText()), UTF_8))
        .isEqualTo("not json");
    assertThat(entry.path("message").path("productionError").isNull()).isTrue();
  }

  @Test
  void datesEntriesByTheClockOfTheBrokerAsOneThatIsBehindWouldRefuseThem() throws Exception {
    ConfigResource log = new ConfigResource(ConfigResource.Type.TOPIC, "bad_ksql_processing_log");
    try (Admin admin = Admin.create(connection())) {
      assertThat(
              admin
                  .describeConfigs(List.of(log))
                  .all()
                  .get()
                  .get(log)
                  .get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)
                  .value())
          .isEqualTo("LogAppendTime");
    }
  }

  @Test
  void takesWhatAFunctionThrowsForNullInASelectAndForFalseInAWhere() {
    createStream("moods", 1);
    server.run(
        """
        CREATE STREAM felt AS SELECT text, MOODY(text) AS mood FROM moods;
        CREATE STREAM liked AS SELECT text FROM moods WHERE MOODY(text) = text;""");

    send("moods", "k", "{\"TEXT\":\"good\"}", "{\"TEXT\":\"bad\"}", "{\"TEXT\":\"fine\"}");

    awaitRows("felt", "[\"good\",\"good\"]", "[\"bad\",null]", "[\"fine\",\"fine\"]");
    awaitRows("liked", "[\"good\"]", "[\"fine\"]");
    for (String query : List.of("CSAS_FELT", "CSAS_LIKED")) {
      JsonNode entry = awaitEntry(query, "recordProcessingError");
      assertThat(entry.path("message").path("type").asInt()).isEqualTo(1);
      assertThat(entry.path("message").toString()).contains("I do not like it");
      assertThat(entry.path("source"))
          .as("where the record is")
          .isEqualTo(TestServer.parse("{\"topic\":\"moods\",\"partition\":0,\"offset\":1}"));
    }
  }

  @Test
  void skipsARowThatIsTooLargeForItsTopic() throws Exception {
    createStream("lengths", 1);
    try (Admin admin = Admin.create(connection())) {
      NewTopic small =
          new NewTopic("long_texts", 1, (short) 1).configs(Map.of("max.message.bytes", "2000"));
      admin.createTopics(List.of(small)).all().get();
    }
    server.run(
        """
        CREATE STREAM long_texts WITH (KAFKA_TOPIC='long_texts') AS
          SELECT LPAD(text, CAST(SUBSTRING(text, 1, 4) AS INT), '.') AS padded FROM lengths;""");

    send("lengths", "k", "{\"TEXT\":\"0006ab\"}", "{\"TEXT\":\"5000\"}", "{\"TEXT\":\"0006cd\"}");

    awaitRows("long_texts", "[\"0006ab\"]", "[\"0006cd\"]");
    JsonNode entry = awaitEntry("CSAS_LONG_TEXTS", "productionError");
    assertThat(entry.path("message").path("type").asInt()).isEqualTo(2);
    assertThat(entry.path("message").path("productionError").path("errorMessage").asText())
        .contains("topic: long_texts", "more than the 2000");
    assertThat(entry.path("source"))
        .isEqualTo(TestServer.parse("{\"topic\":\"lengths\",\"partition\":0,\"offset\":1}"));
    assertThat(statusOf("CSAS_LONG_TEXTS")).isEqualTo("RUNNING");
  }

  @Test
  void skipsARowWhoseTimeItsTopicDoesNotTake() throws Exception {
    long now = System.currentTimeMillis();
    server.run(
        """
        CREATE STREAM dated (text STRING, due BIGINT) WITH (KAFKA_TOPIC='dated', PARTITIONS=1, VALUE_FORMAT='JSON');
        CREATE STREAM event_times WITH (TIMESTAMP='due') AS SELECT text, due FROM dated;
        CREATE STREAM dated_events (text STRING, due BIGINT) WITH (KAFKA_TOPIC='dated', VALUE_FORMAT='JSON', TIMESTAMP='due');
        CREATE TABLE counted AS SELECT text, COUNT(*) AS n FROM dated_events GROUP BY text;""");

    send(
        "dated",
        "k",
        "{\"TEXT\":\"first\",\"DUE\":%d}".formatted(now),
        "{\"TEXT\":\"two hours ahead\",\"DUE\":%d}".formatted(now + 7_200_000),
        "{\"TEXT\":\"last\",\"DUE\":%d}".formatted(now));

    awaitRows("event_times", "[\"first\"," + now + "]", "[\"last\"," + now + "]");
    JsonNode entry = awaitEntry("CSAS_EVENT_TIMES", "productionError");
    assertThat(entry.path("message").path("productionError").path("errorMessage").asText())
        .contains("topic: EVENT_TIMES", "ahead of the clock by more than the 3600000 ms");
    assertThat(statusOf("CSAS_EVENT_TIMES")).isEqualTo("RUNNING");
    // What a query keeps for itself has the row's time too, and is never refused.
    await()
        .dontCatchUncaughtExceptions()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              for (String text : List.of("two hours ahead", "last")) {
                assertThat(server.rows("SELECT n FROM counted WHERE text = '" + text + "';"))
                    .containsExactly("[1]");
              }
            });
  }

  @Test
  void tellsWhereTheRecordIsThatASessionCannotHold() {
    createStream("sums", 1);
    server.run(
        """
        CREATE TABLE sessions AS SELECT SUBSTRING(text, 1, 1) AS card, SUM(CAST(SUBSTRING(text, 2) AS DECIMAL(4, 2))) AS total
          FROM sums WINDOW SESSION (1 DAY) GROUP BY SUBSTRING(text, 1, 1);""");

    send("sums", "k", "{\"TEXT\":\"a99.00\"}", "{\"TEXT\":\"a1.00\"}", "{\"TEXT\":\"a0.50\"}");

    JsonNode source = awaitEntry("CTAS_SESSIONS", "recordProcessingError").path("source");
    assertThat(source.path("topic").asText()).endsWith("-Aggregate-GroupBy-repartition");
    // Marks of transactions may stand between the records.
    assertThat(source.path("offset").asInt()).isPositive();
  }

  @Test
  void skipsARowWithoutAKeyThatACompactedTopicDoesNotTake() throws Exception {
    createStream("unkeyed", 1);
    try (Admin admin = Admin.create(connection())) {
      NewTopic compacted =
          new NewTopic("compacted", 1, (short) 1).configs(Map.of("cleanup.policy", "compact"));
      admin.createTopics(List.of(compacted)).all().get();
    }
    server.run(
        "CREATE STREAM compacted WITH (KAFKA_TOPIC='compacted') AS SELECT text, UUID() AS other FROM unkeyed;");
    server.run("CREATE STREAM beside AS SELECT text FROM unkeyed;");

    send("unkeyed", "k", "{\"TEXT\":\"refused\"}");

    awaitRows("beside", "[\"refused\"]");
    JsonNode entry = awaitEntry("CSAS_COMPACTED", "productionError");
    assertThat(entry.path("message").path("productionError").path("errorMessage").asText())
        .contains("topic: compacted");
    awaitNothingLeft("CSAS_COMPACTED", "unkeyed");
  }

  @Test
  void triesARowAgainThatTheBrokerRefusesForItsTimeUntilItIsKnownThatItsTopicDoesNotTakeIt()
      throws Exception {
    long now = System.currentTimeMillis();
    server.run(
        """
        CREATE STREAM plans (text STRING, due BIGINT) WITH (KAFKA_TOPIC='plans', PARTITIONS=1, VALUE_FORMAT='JSON');
        CREATE STREAM punctual WITH (TIMESTAMP='due') AS SELECT text, due FROM plans;""");
    send("plans", "k", "{\"TEXT\":\"first\",\"DUE\":%d}".formatted(now));
    awaitRows("punctual", "[\"first\"," + now + "]");
    // What the topic took is known by now, and has just been changed.
    alter("PUNCTUAL", TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, "1000");

    send(
        "plans",
        "k",
        "{\"TEXT\":\"half an hour ahead\",\"DUE\":%d}".formatted(now + 1_800_000),
        "{\"TEXT\":\"last\",\"DUE\":%d}".formatted(now));

    awaitRows("punctual", "[\"first\"," + now + "]", "[\"last\"," + now + "]");
    assertThat(awaitEntry("CSAS_PUNCTUAL", "productionError").path("source"))
        .isEqualTo(TestServer.parse("{\"topic\":\"plans\",\"partition\":0,\"offset\":1}"));
    assertThat(
            awaitEntry("CSAS_PUNCTUAL", "kafkaStreamsThreadError")
                .path("message")
                .path("kafkaStreamsThreadError")
                .path("errorMessage")
                .asText())
        .contains("see whether their clocks agree");
    assertThat(explained("CSAS_PUNCTUAL").findPath("queryErrors").toString())
        .contains("see whether their clocks agree");
  }

  @ParameterizedTest
  @ValueSource(strings = {"at_least_once", "exactly_once_v2"})
  void writesTheRowsBesideOneThatHasBecomeTooLargeForItsTopic(String guarantee) throws Exception {
    String sink = "short_" + guarantee;
    createStream("of_" + sink, 1);
    server.run(
        """
        SET 'processing.guarantee' = '%s';
        CREATE STREAM %s WITH (KAFKA_TOPIC='%s') AS SELECT text FROM of_%s;
        """
            .formatted(guarantee, sink, sink, sink));
    send("of_" + sink, "k", "{\"TEXT\":\"first\"}");
    awaitRows(sink, "[\"first\"]");
    // What the topic took is known by now.
    alter(sink, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "2000");

    send(
        "of_" + sink,
        "k",
        "{\"TEXT\":\"second\"}",
        "{\"TEXT\":\"" + "x".repeat(5_000) + "\"}",
        "{\"TEXT\":\"last\"}");

    String query = "CSAS_" + sink.toUpperCase(Locale.ROOT);
    int large = awaitEntry(query, "productionError").path("source").path("offset").asInt();
    await()
        .dontCatchUncaughtExceptions()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(Set.copyOf(server.rows("SELECT text FROM " + sink + ";")))
                    .containsExactlyInAnyOrder("[\"first\"]", "[\"second\"]", "[\"last\"]"));
    assertThat(large).isEqualTo(2);
    assertThat(entries(query, "productionError"))
        .extracting(each -> each.path("source").path("offset").asInt())
        .containsOnly(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"at_least_once", "exactly_once_v2"})
  void writesTheRowsBesideOneThatTheBrokerRefuses(String guarantee) throws Exception {
    String sink = "keyed_" + guarantee;
    String source = "of_" + sink;
    try (Admin admin = Admin.create(connection())) {
      admin
          .createTopics(
              List.of(new NewTopic(sink, 1, (short) 1), new NewTopic(source, 1, (short) 1)))
          .all()
          .get();
    }
    server.run(
        "CREATE STREAM %s (k STRING KEY, text STRING) WITH (KAFKA_TOPIC='%s', VALUE_FORMAT='JSON');"
            .formatted(source, source));
    server.run(
        """
        SET 'auto.offset.reset' = 'earliest';
        SET 'processing.guarantee' = '%s';
        CREATE STREAM %s WITH (KAFKA_TOPIC='%s') AS SELECT k, text FROM %s;
        """
            .formatted(guarantee, sink, sink, source));
    send(source, "a", "{\"TEXT\":\"1\"}");
    awaitRows(sink, "[\"a\",\"1\"]");
    // What the topic took is known by now; it takes no record without a key from here on.
    alter(sink, TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    send(source, "a", "{\"TEXT\":\"2\"}");
    send(source, null, "{\"TEXT\":\"refused\"}");
    send(source, "b", "{\"TEXT\":\"3\"}", "{\"TEXT\":\"4\"}");

    JsonNode entry =
        awaitEntry("CSAS_" + sink.toUpperCase(Locale.ROOT), "productionError").path("source");
    assertThat(entry.path("offset").asInt()).isEqualTo(2);
    await()
        .dontCatchUncaughtExceptions()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(Set.copyOf(server.rows("SELECT k, text FROM " + sink + ";")))
                    .containsExactlyInAnyOrder(
                        "[\"a\",\"1\"]", "[\"a\",\"2\"]", "[\"b\",\"3\"]", "[\"b\",\"4\"]"));
    assertThat(entries("CSAS_" + sink.toUpperCase(Locale.ROOT), "productionError"))
        .extracting(each -> each.path("source").path("offset").asInt())
        .containsOnly(2);
  }

  @Test
  void showsAQueryInErrorWhileItsTopicIsGoneAndGoesOnWhenItIsBack() throws Exception {
    createStream("vanishing", 1);
    server.run("CREATE STREAM kept AS SELECT text FROM vanishing;");
    send("vanishing", "k", "{\"TEXT\":\"before\"}");
    awaitRows("kept", "[\"before\"]");

    try (Admin admin = Admin.create(connection())) {
      admin.deleteTopics(Set.of("vanishing")).all().get();
      // The threads that die on the way are what this is about.
      await()
          .dontCatchUncaughtExceptions()
          .atMost(PATIENCE)
          .until(() -> statusOf("CSAS_KEPT").equals("ERROR"));
      assertThat(
              awaitEntry("CSAS_KEPT", "kafkaStreamsThreadError")
                  .path("message")
                  .path("type")
                  .asInt())
          .isEqualTo(4);
      JsonNode explained = explained("CSAS_KEPT");
      assertThat(explained.path("state").asText()).isEqualTo("ERROR");
      assertThat(explained.path("queryErrors").path(0).path("errorMessage").asText())
          .contains("MissingSourceTopicException");

      admin.createTopics(List.of(new NewTopic("vanishing", 1, (short) 1))).all().get();
    }
    send("vanishing", "k", "{\"TEXT\":\"after\"}");

    awaitRows("kept", "[\"before\"]", "[\"after\"]");
    await()
        .dontCatchUncaughtExceptions()
        .atMost(PATIENCE)
        .until(() -> statusOf("CSAS_KEPT").equals("RUNNING"));
  }

  private static Map<String, Object> connection() {
    return Map.of("bootstrap.servers", TestCluster.bootstrapServers());
  }

  private static void alter(String topic, String setting, String value) throws Exception {
    AlterConfigOp set =
        new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(connection())) {
      admin
          .incrementalAlterConfigs(
              Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(set)))
          .all()
          .get();
    }
  }

  private static void createStream(String name, int partitions) {
    server.run(
        "CREATE STREAM %s (text STRING) WITH (KAFKA_TOPIC='%s', PARTITIONS=%d, VALUE_FORMAT='JSON');"
            .formatted(name, name, partitions));
  }

  private static void send(String topic, String key, String... values) {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(connection(), new StringSerializer(), new StringSerializer())) {
      for (String value : values) {
        Future<RecordMetadata> unused = producer.send(new ProducerRecord<>(topic, key, value));
      }
    }
  }

  private static void awaitRows(String stream, String... rows) {
    await()
        .dontCatchUncaughtExceptions()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(server.rows("SELECT * FROM " + stream + ";")).containsExactly(rows));
  }

  /** The first entry of a kind in the processing log that a query has made. */
  private static JsonNode awaitEntry(String query, String kind) {
    return await()
        .dontCatchUncaughtExceptions()
        .atMost(PATIENCE)
        .until(() -> entries(query, kind).findFirst().orElse(null), entry -> entry != null);
  }

  private static Stream<JsonNode> entries(String query, String kind) {
    Map<String, Object> properties = connection();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition("bad_ksql_processing_log", 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      List<JsonNode> entries = new ArrayList<>();
      while (consumer.position(partition) < end) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> entries.add(TestServer.parse(record.value())));
      }
      return entries.stream()
          .filter(entry -> entry.path("logger").asText().startsWith("processing." + query))
          .filter(entry -> entry.path("message").path(kind).isObject());
    }
  }

  /** Waits until a query has committed that it is through with the one record of a topic. */
  private static void awaitNothingLeft(String query, String topic) throws Exception {
    TopicPartition partition = new TopicPartition(topic, 0);
    try (Admin admin = Admin.create(connection())) {
      await()
          .dontCatchUncaughtExceptions()
          .atMost(PATIENCE)
          .until(
              () -> {
                for (GroupListing group : admin.listGroups().all().get()) {
                  if (group.groupId().contains(query)) {
                    OffsetAndMetadata offset =
                        admin
                            .listConsumerGroupOffsets(group.groupId())
                            .partitionsToOffsetAndMetadata()
                            .get()
                            .get(partition);
                    return offset != null && offset.offset() == 1;
                  }
                }
                return false;
              });
    }
  }

  /** What EXPLAIN tells of a query, by the beginning of its id. */
  private static JsonNode explained(String prefix) {
    for (JsonNode query : server.run("SHOW QUERIES;").get(0).get("queries")) {
      if (query.get("id").asText().startsWith(prefix)) {
        return server
            .run("EXPLAIN " + query.get("id").asText() + ";")
            .get(0)
            .get("queryDescription");
      }
    }
    throw new AssertionError("There is no query " + prefix);
  }

  private static String statusOf(String prefix) {
    for (JsonNode query : server.run("SHOW QUERIES;").get(0).get("queries")) {
      if (query.get("id").asText().startsWith(prefix)) {
        return query.get("statusCount").fieldNames().next();
      }
    }
    return "absent";
  }
}
