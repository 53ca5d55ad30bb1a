package dev.flagstream.training.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.client.lake.LakeReader;
import dev.flagstream.engine.server.TestBroker;
import dev.flagstream.generator.feed.FraudLabel;
import dev.flagstream.generator.feed.LabelJson;
import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.training.batch.FeatureNames;
import dev.flagstream.training.table.Example;
import dev.flagstream.training.table.FeatureTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker, with records as the generator and the SQL write them. */
class PipelineHistoryTest {

  private static final long START_MS = 1_767_225_600_000L;
  private static final int PARTITIONS = 4;
  private static final List<String> TOPICS =
      List.of(PipelineHistory.DECISIONS, PipelineHistory.LABELS, PipelineHistory.ERASED);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static TestBroker broker;
  private static KafkaProducer<byte[], byte[]> producer;

  @BeforeAll
  static void startTheBroker() throws Exception {
    broker = TestBroker.start();
    try (Admin admin = admin()) {
      admin
          .createTopics(
              TOPICS.stream().map(name -> new NewTopic(name, PARTITIONS, (short) 1)).toList())
          .all()
          .get();
    }
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterAll
  static void stopTheBroker() {
    producer.close();
    broker.close();
  }

  @BeforeEach
  void emptyTheTopics() throws Exception {
    try (Admin admin = admin()) {
      Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
      for (String topic : TOPICS) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
          partitions.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
      }
      Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
      admin
          .listOffsets(partitions)
          .all()
          .get()
          .forEach((one, end) -> all.put(one, RecordsToDelete.beforeOffset(end.offset())));
      admin.deleteRecords(all).all().get();
    }
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @Test
  void aVerdictChangesTheLabelThatTrainingLearnsAndIsGoneWhenTakenBack() {
    row("t1", 1);
    row("t2", 2);
    row("t3", 3);
    reported("t2", true);

    assertThat(frauds()).containsExactly("2");

    // As the dashboard says it, by INSERT INTO.
    verdict("t1", true);
    assertThat(frauds()).containsExactly("1", "2");

    verdict("t1", false);
    assertThat(frauds()).containsExactly("2");
  }

  @Test
  void aVerdictOverridesWhatTheBankReported() {
    row("t1", 1);
    reported("t1", true);
    verdict("t1", false);

    assertThat(frauds()).isEmpty();

    verdict("t1", true);
    assertThat(frauds()).containsExactly("1");
  }

  @Test
  void whatComesTwiceCountsOnce() {
    row("t1", 1);
    row("t1", 1);
    row("t2", 2);
    verdict("t1", true);
    verdict("t1", true);
    reported("not-scored", true);

    PipelineHistory history = read();

    assertThat(history.table().size()).isEqualTo(2);
    assertThat(history.table().frauds()).isEqualTo(1);
    assertThat(history.frauds()).isEqualTo(2);
  }

  @Test
  void whatWasErasedIsNotLearned() {
    row("t1", 1);
    row("t2", 2);
    send(PipelineHistory.ERASED, "t1", "{\"ERASED_AT\":1}");
    send(PipelineHistory.ERASED, "never-scored", "{\"ERASED_AT\":1}");

    assertThat(amounts(read().table().rows())).containsExactly("2");
  }

  @Test
  void rowsAreInTheOrderOfTheirTimeAndWhatMayYetBeReportedIsLeftOut() {
    for (int minute = 10; minute >= 1; minute--) {
      row("t" + minute, minute);
    }

    FeatureTable reportable = read().reportable(MINUTE.multipliedBy(3));

    assertThat(amounts(reportable.rows())).containsExactly("1", "2", "3", "4", "5", "6", "7");
    assertThat(reportable.rows().get(0).card()).isEqualTo("token-1");
  }

  @Test
  void isTheSameFromTheLake(@TempDir Path folder) throws Exception {
    LakeReader lake = reader(folder);
    row("t1", 1);
    row("t1", 1);
    row("t3", 3);
    row("t2", 2);
    reported("t2", true);
    verdict("t2", false);
    reported("t3", true);
    reported("not-scored", true);
    decisionInLake(lake, folder, "t1", 1, 0);
    decisionInLake(lake, folder, "t1", 1, 1);
    decisionInLake(lake, folder, "t3", 3, 2);
    decisionInLake(lake, folder, "t2", 2, 3);
    labelInLake(lake, folder, "t2", true, 0);
    labelInLake(lake, folder, "t2", false, 1);
    labelInLake(lake, folder, "t3", true, 2);
    labelInLake(lake, folder, "not-scored", true, 3);

    PipelineHistory fromTopics = read();
    PipelineHistory fromLake = PipelineHistory.read(lake);

    assertThat(fromLake).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(fromTopics);
    assertThat(amounts(fromLake.table().where(Example::fraud).rows())).containsExactly("3");
  }

  @Test
  void saysThatTheLakeHasNoRowsYet(@TempDir Path folder) {
    LakeReader lake = reader(folder);

    assertThatThrownBy(() -> PipelineHistory.read(lake)).hasMessageContaining("no rows");
  }

  private static LakeReader reader(Path folder) {
    return LakeReader.of(
        Path.of("../connect/target/plugins-lake/lake"),
        folder.toString(),
        folder.resolveSibling("cache"));
  }

  private static void decisionInLake(
      LakeReader lake, Path folder, String id, int minute, int offset) throws Exception {
    String features =
        FeatureNames.ALL.stream()
            .map(name -> minute + "::DOUBLE AS features_" + name)
            .collect(Collectors.joining(", "));
    inLake(
        lake,
        folder.resolve("decisions"),
        offset,
        "'%s' AS transaction_id, 'token-%d' AS card_token, %d.00::DECIMAL(38, 2) AS amount, epoch_ms(%d) AS event_time, %s"
            .formatted(id, minute, minute, START_MS + MINUTE.toMillis() * minute, features));
  }

  private static void labelInLake(
      LakeReader lake, Path folder, String id, boolean fraud, int offset) throws Exception {
    inLake(
        lake,
        folder.resolve("labels"),
        offset,
        "'%s' AS transaction_id, %s AS is_fraud".formatted(id, fraud));
  }

  private static void inLake(LakeReader lake, Path table, int offset, String columns)
      throws Exception {
    Path day = Files.createDirectories(table.resolve("day=2026-01-01"));
    try (Connection connection = lake.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT %s, 0 AS kafka_partition, %d AS kafka_offset) TO '%s' (FORMAT parquet)"
              .formatted(columns, offset, day.resolve(offset + ".parquet")));
    }
  }

  @Test
  void whatIsNoLabelChangesNothing() {
    row("t1", 1);
    send(PipelineHistory.LABELS, "t1", "not JSON");
    send(PipelineHistory.LABELS, "t1", "{\"TRANSACTION_ID\":null,\"IS_FRAUD\":true}");
    send(PipelineHistory.LABELS, "t1", "{\"TRANSACTION_ID\":\"t1\",\"IS_FRAUD\":null}");

    assertThat(frauds()).isEmpty();
  }

  @Test
  void rowsOfOtherScriptsAreRefusedInWords() {
    send(PipelineHistory.DECISIONS, "t1", "{\"TRANSACTION_ID\":\"t1\",\"CARD_TOKEN\":\"c\"}");

    assertThatThrownBy(PipelineHistoryTest::read)
        .hasMessageContaining("scored_transactions")
        .hasMessageContaining("EVENT_TIME");
  }

  @Test
  void saysThatThereAreNoRowsYet() {
    assertThatThrownBy(PipelineHistoryTest::read).hasMessageContaining("has no rows yet");
  }

  private static List<String> frauds() {
    return amounts(read().table().where(Example::fraud).rows());
  }

  private static List<String> amounts(List<Example> rows) {
    return rows.stream().map(row -> Long.toString((long) row.amount())).toList();
  }

  private static PipelineHistory read() {
    producer.flush();
    return PipelineHistory.read(KafkaSettings.of(broker.bootstrapServers()));
  }

  private static void row(String id, int minute) {
    String features =
        FeatureNames.ALL.stream()
            .map(name -> "\"" + name + "\":" + minute)
            .collect(Collectors.joining(","));
    send(
        PipelineHistory.DECISIONS,
        id,
        "{\"TRANSACTION_ID\":\"%s\",\"CARD_TOKEN\":\"token-%d\",\"AMOUNT\":%d.00,\"LOCATION\":{\"CITY\":\"X\"},\"FEATURES\":{%s},\"EVENT_TIME\":%d}"
            .formatted(id, minute, minute, features, START_MS + MINUTE.toMillis() * minute));
  }

  private static void reported(String id, boolean fraud) {
    FraudLabel label = new FraudLabel(id, "m1", "c1", fraud, START_MS, START_MS + 1);
    send(PipelineHistory.LABELS, id, new String(LabelJson.encode(label), StandardCharsets.UTF_8));
  }

  private static void verdict(String id, boolean fraud) {
    send(
        PipelineHistory.LABELS,
        id,
        "{\"TRANSACTION_ID\":\"%s\",\"MERCHANT_ID\":null,\"CUSTOMER_ID\":null,\"IS_FRAUD\":%s,\"TRANSACTION_TIME\":%d,\"REPORTED_AT\":%d}"
            .formatted(id, fraud, START_MS, START_MS + 2));
  }

  private static void send(String topic, String key, String value) {
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(
                topic,
                key.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8)));
  }
}
