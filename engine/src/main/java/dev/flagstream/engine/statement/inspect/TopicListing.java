package dev.flagstream.engine.statement.inspect;

import dev.flagstream.engine.statement.config.SystemTopics;
import dev.flagstream.engine.statement.entity.Entity;
import dev.flagstream.engine.statement.state.BrokerTopics;
import dev.flagstream.engine.statement.state.BrokerTopics.Readers;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;

/** Answers SHOW TOPICS. */
public final class TopicListing {

  private final BrokerTopics topics;
  private final SystemTopics hidden;

  public TopicListing(BrokerTopics topics, SystemTopics hidden) {
    this.topics = topics;
    this.hidden = hidden;
  }

  Entity answer(String text, boolean hiddenToo, boolean extended) {
    List<TopicDescription> listed =
        BrokerTopics.sorted(topics.all().values()).stream()
            .filter(topic -> hiddenToo || !hidden.contains(topic.name()))
            .toList();
    return extended ? extended(text, listed) : plain(text, listed);
  }

  private static Entity plain(String text, List<TopicDescription> listed) {
    return new Entity.Topics(
        text,
        listed.stream()
            .map(topic -> new Entity.TopicInfo(topic.name(), BrokerTopics.replicasOf(topic)))
            .toList(),
        List.of());
  }

  private Entity extended(String text, List<TopicDescription> listed) {
    Map<String, Readers> readers = topics.readers();
    return new Entity.TopicsExtended(
        text,
        listed.stream()
            .map(
                topic -> {
                  Readers of = readers.getOrDefault(topic.name(), Readers.NONE);
                  return new Entity.TopicUse(
                      topic.name(), BrokerTopics.replicasOf(topic), of.consumers(), of.groups());
                })
            .toList(),
        List.of());
  }
}
