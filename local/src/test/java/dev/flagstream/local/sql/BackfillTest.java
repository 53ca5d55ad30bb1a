package dev.flagstream.local.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.client.SqlClient;
import dev.flagstream.generator.producer.TransactionTopic;
import dev.flagstream.local.KafkaTopics;
import dev.flagstream.local.broker.Broker;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.stack.DataDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Payments of months ago, on a broker that deletes what is past its retention several times a
 * second instead of every five minutes: a broker goes by the records' own times.
 */
class BackfillTest {

  private static final Instant MONTHS_AGO = Instant.parse("2026-01-02T12:00:00Z");
  private static final Map<String, String> DELETES_AT_ONCE =
      Map.of("log.retention.check.interval.ms", "200", "log.initial.task.delay.ms", "0");
  private static final String CONTROL = "kept_a_week";
  private static final String CARD = "4242424242424242";

  @TempDir private Path data;
  private StackSettings settings;
  private Broker broker;
  private SqlComponent sql;
  private KafkaTopics topics;
  private Admin admin;

  @BeforeEach
  void start() {
    settings = new StackSettings(Path.of(".."), data, FreePorts.pick());
    try (DataDirectory directory = DataDirectory.open(settings)) {
      directory.ensureCardTokenKey();
    }
    new DeployedJars(settings).deploy();
    broker = Broker.start(settings, DELETES_AT_ONCE);
    startSql();
    topics = new KafkaTopics(settings.bootstrapServers());
    admin = Admin.create(Map.of("bootstrap.servers", settings.bootstrapServers()));
  }

  private void startSql() {
    sql = SqlComponent.start(settings);
    SqlClient client = new SqlClient(settings.sqlUrl());
    client.awaitHealthy(Duration.ofMinutes(2));
    SqlScripts.in(settings.scripts()).applyTo(client, script -> {});
  }

  @AfterEach
  void stop() {
    admin.close();
    topics.close();
    sql.close();
    broker.close();
  }

  @Test
  void isStillThereForAServerThatRestartsWithoutItsState() throws Exception {
    pay("first");
    soon().untilAsserted(() -> assertThat(countsOfWindows()).containsExactly(1L));
    awaitTheBrokersDeletions();

    sql.close();
    deleteTheState();
    startSql();
    pay("second");

    soon().untilAsserted(() -> assertThat(countsOfWindows()).containsExactly(1L, 2L));
    assertThat(topics.read(Environment.INPUT_TOPIC)).hasSize(2);
    assertThat(retentionMs(Environment.INPUT_TOPIC)).isEqualTo(TransactionTopic.RETENTION_MS);
    assertThat(retentionMs(Environment.LABELS_TOPIC)).isEqualTo(TransactionTopic.RETENTION_MS);
  }

  private void pay(String id) throws Exception {
    String transaction =
        """
        {"transaction_id":"%s","card_number":"%s","customer_id":"C1","customer_age":42,
         "home_city":"Chicago","home_lat":41.9,"home_lon":-87.6,"amount":3000.00,"currency":"USD",
         "merchant_id":"M1","mcc":"5411","channel":"chip","merchant":"Shop",
         "merchant_category":"grocery","location":{"city":"Chicago","state":"IL","country":"US",
         "lat":41.88,"lon":-87.63},"location_risk_score":0.12,"timestamp":%d}"""
            .formatted(id, CARD, MONTHS_AGO.toEpochMilli());
    topics.sendAll(List.of(record(Environment.INPUT_TOPIC, transaction)));
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, String value) {
    return new ProducerRecord<>(
        topic,
        null,
        MONTHS_AGO.toEpochMilli(),
        CARD.getBytes(StandardCharsets.UTF_8),
        value.getBytes(StandardCharsets.UTF_8));
  }

  /** The counts that the window table has given its only window, in order. */
  private List<Long> countsOfWindows() throws IOException {
    List<Long> counts = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> change : topics.read("flagged_by_card_10s")) {
      counts.add(new ObjectMapper().readTree(change.value()).path("TRANSACTIONS").asLong());
    }
    return counts;
  }

  /**
   * Until the broker has twice deleted a record of the same time from a topic kept for a week: the
   * second time in a round which began after everything before this call had been written.
   */
  private void awaitTheBrokersDeletions() throws Exception {
    String week = Long.toString(Duration.ofDays(7).toMillis());
    admin
        .createTopics(
            List.of(new NewTopic(CONTROL, 1, (short) 1).configs(Map.of("retention.ms", week))))
        .all()
        .get();
    for (long sent = 1; sent <= 2; sent++) {
      topics.sendAll(List.of(record(CONTROL, "anything")));
      long end = sent;
      soon().until(() -> firstOffset(CONTROL) == end);
    }
  }

  private long firstOffset(String topic) throws ExecutionException, InterruptedException {
    TopicPartition partition = new TopicPartition(topic, 0);
    return admin
        .listOffsets(Map.of(partition, OffsetSpec.earliest()))
        .partitionResult(partition)
        .get()
        .offset();
  }

  private long retentionMs(String topic) throws ExecutionException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
    return Long.parseLong(config.get("retention.ms").value());
  }

  private void deleteTheState() throws IOException {
    try (Stream<Path> files = Files.walk(data.resolve("sql/state"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(200));
  }
}
