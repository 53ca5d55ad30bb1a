package dev.flagstream.generator.resume;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.generator.feed.FeedStream;
import dev.flagstream.generator.producer.KafkaSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Finds the last record of a run in a partition. Records of other runs may lie after it, so it
 * reads backwards, in steps that grow. For one thread.
 */
final class LastRecordFinder implements AutoCloseable {

  private static final long FIRST_STEP = 500;
  private static final long STEP_GROWTH = 8;
  private static final Duration POLL = Duration.ofMillis(200);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final byte[] valuePrefix;

  LastRecordFinder(KafkaSettings settings, String runId) {
    this.consumer =
        new KafkaConsumer<>(
            settings.forConsumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.valuePrefix = valuePrefix(runId);
  }

  /** How the value of every record of a run begins: transactions, truth and labels alike. */
  private static byte[] valuePrefix(String runId) {
    return ("{\"transaction_id\":\"" + runId + "-").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The last record of the run in a part of a partition.
   *
   * @param begin the first offset to look at
   * @param end the offset after the last one
   */
  Optional<LastRecord> last(TopicPartition partition, FeedStream stream, long begin, long end) {
    long to = end;
    for (long step = FIRST_STEP; to > begin; step *= STEP_GROWTH) {
      long from = Math.max(begin, to - step);
      ConsumerRecord<byte[], byte[]> last = lastBetween(partition, from, to);
      if (last != null) {
        return Optional.of(held(last.value(), stream));
      }
      to = from;
    }
    return Optional.empty();
  }

  private ConsumerRecord<byte[], byte[]> lastBetween(TopicPartition partition, long from, long to) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    ConsumerRecord<byte[], byte[]> last = null;
    while (consumer.position(partition) < to) {
      for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
        if (each.offset() < to && isOfRun(each.value())) {
          last = each;
        }
      }
    }
    return last;
  }

  private boolean isOfRun(byte[] value) {
    return value != null
        && value.length > valuePrefix.length
        && Arrays.equals(value, 0, valuePrefix.length, valuePrefix, 0, valuePrefix.length);
  }

  /** From the value, as a topic may stamp records with the time at which they were written. */
  static LastRecord held(byte[] value, FeedStream stream) {
    try {
      JsonNode fields = JSON.readTree(value);
      String time =
          switch (stream) {
            case TRANSACTIONS -> "timestamp";
            case TRUTH -> "transaction_time";
            case LABELS -> "reported_at";
          };
      return new LastRecord(
          fields.required("transaction_id").textValue(), fields.required(time).longValue());
    } catch (IOException | IllegalArgumentException e) {
      throw new ResumeException(
          "the last "
              + stream.word()
              + " of the run cannot be read ("
              + e.getMessage()
              + "). Start another run with another --seed",
          e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
