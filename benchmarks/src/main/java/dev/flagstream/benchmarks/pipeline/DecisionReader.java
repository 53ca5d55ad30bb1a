package dev.flagstream.benchmarks.pipeline;

import static dev.flagstream.report.PlainText.text;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads decisions as a sink does, committed ones only, and knows which transactions of a {@link
 * ScaleFeed} are decided: offsets count commit markers, too. For one thread.
 */
final class DecisionReader implements AutoCloseable {

  static final String TOPIC = "scored_transactions";

  /** The id is the first column. */
  private static final int BEGINNING = 64;

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final BitSet decided = new BitSet();

  /**
   * Reads from the beginning of the topic, which must be there.
   *
   * @param partitions of the topic
   */
  DecisionReader(String bootstrapServers, int partitions) {
    List<TopicPartition> all =
        IntStream.range(0, partitions).mapToObj(each -> new TopicPartition(TOPIC, each)).toList();
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "fetch.min.bytes",
                "65536",
                "fetch.max.wait.ms",
                "100"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(all);
    consumer.seekToBeginning(all);
  }

  /**
   * Waits until all transactions from one number to another are decided.
   *
   * @param first the first of them
   * @param end the one behind the last
   * @param whileWaiting called again and again; what it throws ends the waiting
   * @throws IllegalStateException if nothing more has been decided for ten minutes
   */
  void await(long first, long end, Runnable whileWaiting) {
    int missing = missing(first, end);
    long lastNewNanos = System.nanoTime();
    while (missing > 0) {
      whileWaiting.run();
      for (ConsumerRecord<byte[], byte[]> decision : consumer.poll(POLL)) {
        byte[] row = decision.value();
        long number =
            ScaleFeed.number(
                new String(row, 0, Math.min(row.length, BEGINNING), StandardCharsets.UTF_8));
        if (number >= 0) {
          decided.set((int) number);
        }
      }
      int now = missing(first, end);
      if (now < missing) {
        lastNewNanos = System.nanoTime();
      } else if (System.nanoTime() - lastNewNanos > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            text(
                "%,d of %,d transactions are not decided, and no further one has been for %d minutes",
                now, end - first, PATIENCE.toMinutes()));
      }
      missing = now;
    }
  }

  private int missing(long first, long end) {
    return (int) (end - first) - decided.get((int) first, (int) end).cardinality();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
