package dev.flagstream.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flagstream.engine.planner.PlannedStatement.PersistentQuery;
import dev.flagstream.engine.server.TestCluster;
import dev.flagstream.engine.topology.QueryTopology;
import dev.flagstream.engine.topology.log.ProcessingLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestCluster.class)
class RunningQueryTest {

  private static final PersistentQuery QUERY =
      new PersistentQuery("CSAS_LOST_1", "", null, List.of("LOST"), Map.of(), true);

  @TempDir private Path state;

  @Test
  void keepsFailingWithAReasonIfItCannotBeStartedAgain() {
    AtomicBoolean startedBefore = new AtomicBoolean();
    Supplier<QueryTopology> startsOnce =
        () -> {
          if (startedBefore.getAndSet(true)) {
            throw new IllegalStateException("no room left on the disk");
          }
          return new QueryTopology(
              new Topology().addSource("read", "running_query_no_such_topic"), Optional.empty());
        };
    ScheduledExecutorService restarts = Executors.newSingleThreadScheduledExecutor();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestCluster.bootstrapServers()))) {
      RunningQuery query =
          new RunningQuery(
              QUERY,
              properties(),
              startsOnce,
              new RecordCheckingClients(admin),
              new NoLog(),
              restarts,
              restarts);
      query.start();

      // The thread that dies for want of its topic is what this is about.
      await()
          .dontCatchUncaughtExceptions()
          .atMost(Duration.ofSeconds(60))
          .until(() -> query.deaths().latest().size() > 1 && query.deaths().keepComing());

      assertThat(query.deaths().latest())
          .extracting(QueryFailure::message)
          .first()
          .asString()
          .contains("MissingSourceTopicException");
      assertThat(query.deaths().latest())
          .extracting(QueryFailure::message)
          .last()
          .asString()
          .contains("no room left on the disk");
      query.stop();
    } finally {
      restarts.shutdownNow();
    }
  }

  @Test
  void startsLaterIfItsApplicationCannotBeMadeAtFirst() throws Exception {
    AtomicBoolean refusedBefore = new AtomicBoolean();
    KafkaClientSupplier clients =
        new DefaultKafkaClientSupplier() {
          @Override
          public Admin getAdmin(Map<String, Object> config) {
            if (!refusedBefore.getAndSet(true)) {
              throw new KafkaException("too many open files");
            }
            return super.getAdmin(config);
          }
        };
    ScheduledExecutorService restarts = Executors.newSingleThreadScheduledExecutor();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestCluster.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic("running_query_topic", 1, (short) 1))).all().get();
      RunningQuery query =
          new RunningQuery(
              QUERY,
              properties(),
              () ->
                  new QueryTopology(
                      new Topology()
                          .addSource(
                              "read",
                              new ByteArrayDeserializer(),
                              new ByteArrayDeserializer(),
                              "running_query_topic"),
                      Optional.empty()),
              clients,
              new NoLog(),
              restarts,
              restarts);

      query.start();

      assertThat(query.application()).isEmpty();
      assertThat(query.deaths().latest())
          .extracting(QueryFailure::message)
          .singleElement()
          .asString()
          .contains("too many open files");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> query.state() == KafkaStreams.State.RUNNING);
      query.stop();
    } finally {
      restarts.shutdownNow();
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "running_query_test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, TestCluster.bootstrapServers());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    return properties;
  }

  /** This query processes no record that could fail. */
  private static final class NoLog implements ProcessingLog {
    @Override
    public void unreadable(
        String logger, String topic, RecordPart part, RuntimeException error, byte[] bytes) {}

    @Override
    public void failed(
        String logger, String message, Optional<Throwable> cause, Supplier<String> row) {}
  }
}
