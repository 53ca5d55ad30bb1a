package dev.flagstream.engine.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.server.TestCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeConfigsResult;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For which errors of its producers a query leaves a row out. */
@ExtendWith(TestCluster.class)
class RecordCheckingClientsTest {

  private static final String AFTER_MAX = "message.timestamp.after.max.ms";
  private static final byte[] KEY = "key".getBytes(UTF_8);

  private Admin admin;

  @BeforeEach
  void connect() {
    admin = Admin.create(Map.of("bootstrap.servers", TestCluster.bootstrapServers()));
  }

  @AfterEach
  void disconnect() {
    admin.close();
  }

  @Test
  void keepsARowForItsTimeWhereItsTopicWouldTakeIt() throws Exception {
    create("strict-of-late", Map.of());
    try (Producer<byte[], byte[]> producer = producer(admin)) {
      assertThat(send(producer, "strict-of-late", Duration.ZERO)).isNull();
      // By what is known of the topic an hour is well; the broker knows better.
      set("strict-of-late", AFTER_MAX, "1000");

      assertThat(send(producer, "strict-of-late", Duration.ofMinutes(30)))
          .hasMessageContaining("see whether their clocks agree")
          .matches(error -> !RefusedRecords.isOfARecord(error), "is no reason to leave it out");
      assertThat(send(producer, "strict-of-late", Duration.ofMinutes(30)))
          .hasMessageContaining("ahead of the clock by more than the 1000 ms")
          .matches(RefusedRecords::isOfARecord, "is a reason to leave it out");
    }
  }

  @Test
  void leavesOutARowForItsTimeWhereNobodyTellsWhatItsTopicTakes() throws Exception {
    create("strict", Map.of(AFTER_MAX, "1000"));
    try (Admin nowhere =
            Admin.create(
                Map.of(
                    "bootstrap.servers",
                    "127.0.0.1:1",
                    "default.api.timeout.ms",
                    500,
                    "request.timeout.ms",
                    500));
        Producer<byte[], byte[]> producer = producer(nowhere)) {
      assertThat(send(producer, "strict", Duration.ofHours(1)))
          .matches(RefusedRecords::isOfARecord, "is a reason to leave it out");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lz4", "gzip", "snappy", "zstd"})
  void refusesALargeRowBeforehandUnlessItBecomesSmallEnough(String compression) throws Exception {
    String topic = "small-" + compression;
    create(topic, Map.of("max.message.bytes", "2000"));
    byte[] random = new byte[3_000];
    new Random(1).nextBytes(random);
    try (Producer<byte[], byte[]> producer =
        producer(admin, Map.of("compression.type", compression))) {
      assertThat(send(producer, topic, new byte[5_000])).isNull();
      assertThat(send(producer, topic, random))
          .hasMessageContaining("more than the 2000 that topic " + topic)
          .matches(RefusedRecords::isOfARecord, "is a reason to leave it out");
      assertThat(send(producer, topic, Arrays.copyOf(random, 1_700))).isNull();
    }
  }

  @Test
  void leavesNoChangeOfATableOut() throws Exception {
    String changelog = "_confluent-ksql-checking_query_CTAS_T_1-changelog";
    create(changelog, Map.of(AFTER_MAX, "1000"));
    try (Producer<byte[], byte[]> producer = producer(admin)) {
      assertThat(send(producer, changelog, Duration.ofHours(1)))
          .isNotNull()
          .matches(error -> !RefusedRecords.isOfARecord(error), "is no reason to leave it out");
    }
  }

  @Test
  void leavesARowOfATopicOutThatIsMerelyCalledLikeAChangelog() throws Exception {
    create("my-changelog", Map.of(AFTER_MAX, "1000"));
    try (Producer<byte[], byte[]> producer = producer(admin)) {
      assertThat(send(producer, "my-changelog", Duration.ofHours(1)))
          .matches(RefusedRecords::isOfARecord, "is a reason to leave it out");
    }
  }

  @Test
  void keepsToWhatWasKnownOfATopicWhileNobodyTells() throws Exception {
    create("known-before", Map.of());
    try (CutAdmin cut = new CutAdmin();
        Producer<byte[], byte[]> producer = producer(cut)) {
      assertThat(send(producer, "known-before", Duration.ZERO)).isNull();
      set("known-before", AFTER_MAX, "1000");
      cut.isCut = true;

      for (int attempt = 0; attempt < 2; attempt++) {
        assertThat(send(producer, "known-before", Duration.ofMinutes(30)))
            .hasMessageContaining("see whether their clocks agree")
            .matches(error -> !RefusedRecords.isOfARecord(error), "is no reason to leave it out");
      }
    }
  }

  @Test
  void countsHeaders() throws Exception {
    create("of-headers", Map.of("max.message.bytes", "2000"));
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("of-headers", KEY, KEY);
    record.headers().add("large", new byte[3_000]);
    try (Producer<byte[], byte[]> producer = producer(admin)) {
      assertThat(send(producer, record))
          .hasMessageContaining("more than the 2000 that topic of-headers")
          .matches(RefusedRecords::isOfARecord, "is a reason to leave it out");
    }
  }

  @Test
  void leavesOutARowWithoutAKeyBeforehandOrWhenItComesAgain() throws Exception {
    create("to-be-compacted", Map.of());
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("to-be-compacted", null, KEY);
    try (Producer<byte[], byte[]> producer = producer(admin)) {
      assertThat(send(producer, record)).isNull();
      set("to-be-compacted", "cleanup.policy", "compact");

      // What is told once it was sent is told when the query is at another record.
      assertThat(send(producer, record))
          .hasMessageContaining("left out when it comes again")
          .matches(error -> !RefusedRecords.isOfARecord(error), "is no reason to leave it out");
      assertThat(send(producer, record))
          .hasMessageContaining("has no key")
          .matches(RefusedRecords::isOfARecord, "is a reason to leave it out");
    }
  }

  @Test
  void keepsARowThatWaitedBesideOneThatIsTooLarge() throws Exception {
    create("shrinking", Map.of());
    ProducerRecord<byte[], byte[]> large =
        new ProducerRecord<>("shrinking", KEY, new byte[800_000]);
    ProducerRecord<byte[], byte[]> small =
        new ProducerRecord<>("shrinking", KEY, new byte[600_000]);
    try (Producer<byte[], byte[]> producer =
        producer(
            admin,
            Map.of(
                "transactional.id",
                "shrinking",
                "batch.size",
                1_000,
                // The second waits for as long as it may.
                "linger.ms",
                60_000))) {
      producer.initTransactions();
      producer.beginTransaction();
      Stream<Exception> taken = send(producer, List.of(large, small));
      producer.commitTransaction();
      assertThat(taken).containsOnlyNulls();
      set("shrinking", "max.message.bytes", "700000");

      producer.beginTransaction();
      assertThat(send(producer, List.of(large, small)))
          .doesNotContainNull()
          .noneMatch(RefusedRecords::isOfARecord);
      producer.abortTransaction();

      producer.beginTransaction();
      assertThat(send(producer, large))
          .hasMessageContaining("more than the 700000")
          .matches(RefusedRecords::isOfARecord, "is a reason to leave it out");
      taken = send(producer, List.of(small, small));
      producer.commitTransaction();
      assertThat(taken).containsOnlyNulls();
    }
  }

  /** An admin client that can be cut off from the broker. */
  private static final class CutAdmin extends ForwardingAdmin {
    private final Admin nowhere =
        Admin.create(
            Map.of(
                "bootstrap.servers",
                "127.0.0.1:1",
                "default.api.timeout.ms",
                500,
                "request.timeout.ms",
                500));

    private volatile boolean isCut;

    CutAdmin() {
      super(Map.of("bootstrap.servers", TestCluster.bootstrapServers()));
    }

    @Override
    public DescribeConfigsResult describeConfigs(
        Collection<ConfigResource> resources, DescribeConfigsOptions options) {
      return isCut
          ? nowhere.describeConfigs(resources, options)
          : super.describeConfigs(resources, options);
    }

    @Override
    public void close(Duration timeout) {
      nowhere.close(timeout);
      super.close(timeout);
    }
  }

  private static Exception send(Producer<byte[], byte[]> producer, String topic, Duration ahead) {
    long timeMs = System.currentTimeMillis() + ahead.toMillis();
    return send(producer, new ProducerRecord<>(topic, 0, timeMs, KEY, KEY));
  }

  private static Exception send(Producer<byte[], byte[]> producer, String topic, byte[] value) {
    return send(producer, new ProducerRecord<>(topic, KEY, value));
  }

  /** The errors of records that are sent together; who reads them waits until there are any. */
  private static Stream<Exception> send(
      Producer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records) {
    List<CompletableFuture<Exception>> errors = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> record : records) {
      CompletableFuture<Exception> error = new CompletableFuture<>();
      Future<RecordMetadata> unused =
          producer.send(record, (metadata, problem) -> error.complete(problem));
      errors.add(error);
    }
    return errors.stream().map(CompletableFuture::join);
  }

  private static Exception send(
      Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    CompletableFuture<Exception> error = new CompletableFuture<>();
    Future<RecordMetadata> unused =
        producer.send(record, (metadata, problem) -> error.complete(problem));
    return error.join();
  }

  private static Producer<byte[], byte[]> producer(Admin topics) {
    return producer(topics, Map.of());
  }

  private static Producer<byte[], byte[]> producer(Admin topics, Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("bootstrap.servers", TestCluster.bootstrapServers());
    return new RecordCheckingClients(topics).getProducer(config);
  }

  private void create(String topic, Map<String, String> configs) throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(configs))).all().get();
  }

  private void set(String topic, String name, String value) throws Exception {
    AlterConfigOp set = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    admin
        .incrementalAlterConfigs(
            Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(set)))
        .all()
        .get();
  }
}
