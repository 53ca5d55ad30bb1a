package dev.flagstream.engine.runtime;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what Kafka Streams applications leave in the cluster: topics and consumer groups. */
final class InternalTopics {

  private static final Logger LOG = LoggerFactory.getLogger(InternalTopics.class);
  private static final long TIMEOUT_SECONDS = 30;

  private final Admin admin;

  InternalTopics(Admin admin) {
    this.admin = admin;
  }

  /** Removes the changelogs, repartition topics and the group of an application that stopped. */
  void removeOf(String applicationId) {
    try {
      List<String> topics =
          admin
              .listTopics(new ListTopicsOptions().listInternal(false))
              .names()
              .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
              .stream()
              .filter(topic -> isOf(topic, applicationId))
              .toList();
      admin.deleteTopics(topics).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      admin
          .deleteConsumerGroups(List.of(applicationId))
          .all()
          .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("{} left topics or its consumer group behind", applicationId, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isOf(String topic, String applicationId) {
    return topic.startsWith(applicationId + "-")
        && (topic.endsWith("-changelog")
            || topic.endsWith("-repartition")
            || topic.endsWith("-topic"));
  }
}
