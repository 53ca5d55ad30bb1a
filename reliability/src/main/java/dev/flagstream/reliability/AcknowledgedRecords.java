package dev.flagstream.reliability;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * What a broker has acknowledged, by its place, with 64 bits of each value by which two are told
 * apart: a log that lost its end has other records in the same places later. Thread-safe.
 */
final class AcknowledgedRecords {

  private record Place(int partition, long offset) {}

  private final Map<Place, Long> contents = new HashMap<>();

  /** Acknowledged more often than there were places: one of them has not what it had. */
  private long twice;

  /**
   * Notes a record.
   *
   * @param value may be null
   */
  synchronized void add(int partition, long offset, byte[] value) {
    twice += contents.put(new Place(partition, offset), contentOf(value)) == null ? 0 : 1;
  }

  /** How many there are. */
  synchronized long count() {
    return contents.size() + twice;
  }

  /** Those that no record has accounted for yet. */
  synchronized Missing missing() {
    return new Missing(new HashMap<>(contents), twice);
  }

  private static long contentOf(byte[] value) {
    return value == null
        ? 0
        : ((long) Arrays.hashCode(value) << Integer.SIZE)
            | Integer.toUnsignedLong(Utils.murmur2(value));
  }

  /** What is left while the topic is read. For one thread. */
  static final class Missing {

    private final Map<Place, Long> left;
    private final long twice;

    private Missing(Map<Place, Long> left, long twice) {
      this.left = left;
      this.twice = twice;
    }

    /** Takes up a record of the topic, which is the acknowledged one if it has its value. */
    void found(ConsumerRecord<byte[], byte[]> each) {
      left.remove(new Place(each.partition(), each.offset()), contentOf(each.value()));
    }

    long count() {
      return left.size() + twice;
    }
  }
}
