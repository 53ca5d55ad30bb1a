package dev.flagstream.local.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which records of the input topic were rejected, and why. Keeps some 80 bytes of each. For one
 * thread.
 */
final class Rejections {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PARTITION_BITS = 16;

  private final Map<Long, String> reasons = new HashMap<>();
  private final Ids.Counter twice = new Ids.Counter();

  /**
   * Takes up a record of the topic of the rejected.
   *
   * @throws UncheckedIOException naming its place if it is no object of JSON
   */
  void add(ConsumerRecord<byte[], byte[]> rejection) {
    try {
      JsonNode fields =
          rejection.value() == null ? MissingNode.getInstance() : JSON.readTree(rejection.value());
      if (!fields.isObject()) {
        throw new IOException("There is no object");
      }
      int partition = fields.path("SOURCE_PARTITION").asInt();
      long offset = fields.path("SOURCE_OFFSET").asLong();
      String reason = fields.path("REASON").asText().intern();
      if (reasons.putIfAbsent(place(partition, offset), reason) != null) {
        twice.add("the record at offset %d of partition %d".formatted(offset, partition));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Offset %d of partition %d of %s is not JSON"
              .formatted(rejection.offset(), rejection.partition(), rejection.topic()),
          e);
    }
  }

  /** Why a record of the input topic was rejected; null if it was not. */
  String reason(ConsumerRecord<byte[], byte[]> input) {
    return reasons.get(place(input.partition(), input.offset()));
  }

  /** Those that were rejected more than once. */
  Ids twice() {
    return twice.ids();
  }

  private static long place(int partition, long offset) {
    return offset << PARTITION_BITS | partition;
  }
}
