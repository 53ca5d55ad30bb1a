package dev.flagstream.generator.resume;

import dev.flagstream.generator.feed.FeedEvent;
import dev.flagstream.generator.feed.FeedStream;
import dev.flagstream.generator.producer.PartitionedTopic;
import dev.flagstream.generator.producer.RecordKey;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The beginnings that the partitions (or files) of all streams hold. For one thread. */
final class HeldBeginnings {

  /**
   * The lanes of one stream, one for each partition.
   *
   * @param topic null for a file, which is a single lane
   */
  record OfStream(PartitionedTopic topic, List<HeldBeginning> lanes) {

    private HeldBeginning laneOf(FeedEvent event) {
      return lanes.get(topic == null ? 0 : topic.partitionOf(RecordKey.of(event)));
    }
  }

  private final Map<FeedStream, OfStream> streams;
  private boolean allPassed;

  HeldBeginnings(Map<FeedStream, OfStream> streams) {
    this.streams = new EnumMap<>(streams);
    this.allPassed = all().allMatch(HeldBeginning::isPassed);
  }

  /** Whether the record is in its lane already. */
  boolean hold(FeedEvent event) {
    if (allPassed) {
      return false;
    }
    boolean held = streams.get(FeedStream.of(event)).laneOf(event).holds(event);
    allPassed = held && all().allMatch(HeldBeginning::isPassed);
    return held;
  }

  List<HeldBeginning> of(FeedStream stream) {
    return streams.containsKey(stream) ? streams.get(stream).lanes() : List.of();
  }

  Stream<HeldBeginning> all() {
    return streams.values().stream().flatMap(stream -> stream.lanes().stream());
  }
}
