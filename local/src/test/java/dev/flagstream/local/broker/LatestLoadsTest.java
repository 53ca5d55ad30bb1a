package dev.flagstream.local.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponsePartitions;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.coordinator.group.GroupCoordinator;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a broker says of committed offsets while it reads them back. */
class LatestLoadsTest {

  private static final NewTopic SOURCE = new NewTopic("source", 200, (short) 1);

  /** Enough for all partitions of the offsets. */
  private static final List<String> GROUPS =
      IntStream.range(0, 12).mapToObj(number -> "query-" + number).toList();

  private static final int PARTITIONS_OF_OFFSETS = 4;

  /** So that there is much to read. */
  private static final int ROUNDS = 60;

  private static final int AFTER_ALL_EPOCHS = 1_000;

  /** Of whom nothing but the version of the request is asked. */
  private static final AuthorizableRequestContext ASKED_BY_A_NEW_CLIENT =
      proxy(AuthorizableRequestContext.class, (int) ApiKeys.OFFSET_FETCH.latestVersion());

  @TempDir private Path folder;

  @Test
  void tellsNobodyThatNothingWasCommittedWhenItLosesThemAndGetsThemBackWhileItReads()
      throws Exception {
    StackSettings settings = new StackSettings(folder, folder, FreePorts.pick());
    try (Broker broker = Broker.start(settings);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createTopics(List.of(SOURCE)).all().get();
      for (int round = 1; round <= ROUNDS; round++) {
        commit(admin, round);
      }

      // As after kill -9: it is the leader, its death is noticed, and it is the leader again.
      GroupCoordinator coordinator = broker.groupCoordinator();
      for (int epoch = AFTER_ALL_EPOCHS; epoch < AFTER_ALL_EPOCHS + 6; epoch += 2) {
        for (int partition = 0; partition < PARTITIONS_OF_OFFSETS; partition++) {
          coordinator.onResignation(partition, OptionalInt.of(epoch));
        }
        for (int partition = 0; partition < PARTITIONS_OF_OFFSETS; partition++) {
          coordinator.onElection(partition, epoch + 1);
        }
      }

      Map<String, List<Long>> answers = new HashMap<>();
      while (answers.size() < GROUPS.size()) {
        for (String group : GROUPS) {
          OffsetFetchResponseGroup answer = committed(coordinator, group);
          if (answer.errorCode() == Errors.NONE.code()) {
            answers.putIfAbsent(group, offsets(answer));
          } else {
            assertThat(Errors.forCode(answer.errorCode()))
                .isIn(Errors.COORDINATOR_LOAD_IN_PROGRESS, Errors.NOT_COORDINATOR);
          }
        }
      }
      assertThat(answers)
          .allSatisfy(
              (group, offsets) ->
                  assertThat(offsets)
                      .as("the first answer on what %s has committed", group)
                      .hasSize(SOURCE.numPartitions())
                      .containsOnly((long) ROUNDS));
    }
  }

  private static OffsetFetchResponseGroup committed(GroupCoordinator coordinator, String group)
      throws Exception {
    return coordinator
        .fetchOffsets(
            ASKED_BY_A_NEW_CLIENT,
            new OffsetFetchRequestGroup().setGroupId(group).setTopics(null),
            /* requireStable= */ true)
        .get(1, TimeUnit.MINUTES);
  }

  private static List<Long> offsets(OffsetFetchResponseGroup answer) {
    return answer.topics().stream()
        .flatMap(topic -> topic.partitions().stream())
        .map(OffsetFetchResponsePartitions::committedOffset)
        .toList();
  }

  @Test
  void saysSoWhereKafkaIsNotAsItWas() {
    GroupCoordinator other = proxy(GroupCoordinator.class, null);

    assertThatThrownBy(() -> LatestLoads.in(other))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("see whether LatestLoads is still needed");
  }

  /** Answers everything alike. */
  private static <T> T proxy(Class<T> type, Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> answer));
  }

  private static void commit(Admin admin, long offset) throws Exception {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (int partition = 0; partition < SOURCE.numPartitions(); partition++) {
      offsets.put(new TopicPartition(SOURCE.name(), partition), new OffsetAndMetadata(offset));
    }
    List<AlterConsumerGroupOffsetsResult> sent = new ArrayList<>();
    for (String group : GROUPS) {
      sent.add(admin.alterConsumerGroupOffsets(group, offsets));
    }
    for (AlterConsumerGroupOffsetsResult each : sent) {
      each.all().get();
    }
  }
}
