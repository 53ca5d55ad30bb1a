package dev.flagstream.local.ledger;

import dev.flagstream.local.StackException;
import dev.flagstream.local.flow.TopicReader;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** The records that a sink could not store. */
public final class DeadLetters {

  private static final String TOPIC_PREFIX = "dlq_";

  private DeadLetters() {}

  /** How many records all dead-letter topics hold. */
  public static long count(String bootstrapServers) {
    var reader = new TopicReader(bootstrapServers);
    try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      return admin.listTopics().names().get().stream()
          .filter(topic -> topic.startsWith(TOPIC_PREFIX))
          .mapToLong(reader::count)
          .sum();
    } catch (ExecutionException e) {
      throw new StackException("Cannot list the topics at " + bootstrapServers, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while listing the topics", e);
    }
  }
}
