package dev.flagstream.local.ledger;

import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.flow.TopicReader;
import dev.flagstream.local.settings.PipelineAddresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/**
 * The records that sinks could not store.
 *
 * @param count how many there are in all dead-letter topics
 * @param letters the first {@value #READ_AT_MOST} of them
 */
public record DeadLetters(long count, List<DeadLetter> letters) {

  /** Not one. */
  public static final DeadLetters NONE = new DeadLetters(0, List.of());

  private static final String TOPIC_PREFIX = "dlq_";
  private static final int READ_AT_MOST = 10_000;

  public DeadLetters {
    letters = List.copyOf(letters);
  }

  /** Whether the topic of this name is one of dead letters. */
  public static boolean isTopic(String name) {
    return name.startsWith(TOPIC_PREFIX);
  }

  /** How many records all dead-letter topics hold. */
  public static long count(KafkaSettings kafka) {
    TopicReader reader = new TopicReader(kafka);
    return topics(kafka).stream().mapToLong(reader::span).sum();
  }

  /** Reads the dead-letter topics as they are now. */
  public static DeadLetters read(KafkaSettings kafka) {
    TopicReader reader = new TopicReader(kafka);
    List<DeadLetter> letters = new ArrayList<>();
    long count = 0;
    for (String topic : topics(kafka)) {
      // Sinks write them without transactions: every offset is a record.
      long inTopic = reader.span(topic);
      count += inTopic;
      if (inTopic > 0) {
        reader.readWhile(
            topic, each -> letters.size() < READ_AT_MOST && letters.add(DeadLetter.of(each)));
      }
    }
    return new DeadLetters(count, letters);
  }

  private static List<String> topics(KafkaSettings kafka) {
    try (Admin admin = Admin.create(PipelineAddresses.clientProperties(kafka))) {
      return admin.listTopics().names().get().stream()
          .filter(DeadLetters::isTopic)
          .sorted()
          .toList();
    } catch (ExecutionException e) {
      throw new StackException(
          "Cannot list the topics at "
              + kafka.bootstrapServers()
              + ": "
              + e.getCause().getMessage(),
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while listing the topics", e);
    }
  }

  /** Those that have come since {@code earlier}. */
  public DeadLetters since(DeadLetters earlier) {
    Set<String> known = earlier.letters.stream().map(DeadLetter::place).collect(Collectors.toSet());
    return new DeadLetters(
        count - earlier.count,
        letters.stream().filter(letter -> !known.contains(letter.place())).toList());
  }

  /** The ids of what could not be stored from a topic. */
  Set<String> idsFrom(String sourceTopic) {
    return letters.stream()
        .filter(letter -> letter.sourceTopic().equals(sourceTopic))
        .map(DeadLetter::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Why a transaction or window of a topic could not be stored; empty if it is not here. */
  Optional<String> reason(String sourceTopic, String id) {
    return letters.stream()
        .filter(letter -> letter.sourceTopic().equals(sourceTopic) && letter.id().equals(id))
        .map(DeadLetter::reason)
        .findFirst();
  }
}
