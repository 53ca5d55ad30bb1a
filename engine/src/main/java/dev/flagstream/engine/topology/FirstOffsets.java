package dev.flagstream.engine.topology;

import dev.flagstream.engine.ast.Statement.SourceKind;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Where a query begins that has read nothing yet: where {@code auto.offset.reset} says, for all its
 * sources. If nothing says so, it reads of streams what comes from now on, and of tables all rows
 * there are, as ksqlDB does. Immutable.
 */
public final class FirstOffsets {

  /** The names by which Kafka Streams takes the setting, the one that counts most first. */
  private static final List<String> NAMES =
      List.of(
          StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG),
          StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG),
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG);

  private final Optional<String> setting;

  private FirstOffsets(Optional<String> setting) {
    this.setting = setting;
  }

  /** As the settings of a query's Kafka Streams say, or do not. */
  public static FirstOffsets of(Properties streams) {
    return new FirstOffsets(
        NAMES.stream()
            .filter(streams::containsKey)
            .map(name -> String.valueOf(streams.get(name)))
            .findFirst());
  }

  /** Whether a source is read from its first record on. */
  public boolean areTheFirst(SourceKind kind) {
    return setting.map("earliest"::equals).orElse(kind == SourceKind.TABLE);
  }

  /**
   * What Kafka Streams has to be told of a topic.
   *
   * @param kinds of the sources that are read from it; one table among them needs its rows
   * @return empty where a setting says it already
   */
  Optional<AutoOffsetReset> ofTopic(Collection<SourceKind> kinds) {
    return setting.isPresent()
        ? Optional.empty()
        : Optional.of(
            kinds.stream().anyMatch(this::areTheFirst)
                ? AutoOffsetReset.earliest()
                : AutoOffsetReset.latest());
  }
}
