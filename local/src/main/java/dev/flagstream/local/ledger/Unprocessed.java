package dev.flagstream.local.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.local.flow.TopicReader;
import dev.flagstream.local.settings.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What SQL could not read, compute or write, and why: by the place in the input topic, or by the
 * transaction where it happened further on. That a transaction is here does not say that it was
 * lost: one of its columns may be NULL, and the log has an entry for each attempt.
 *
 * <p>Keeps {@value #KEPT} records at most, some 30 MB; what is beyond stays unexplained. For one
 * thread.
 */
final class Unprocessed {

  private static final int KEPT = 100_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Place(String topic, int partition, long offset) {}

  private final Map<Place, String> reasons = new HashMap<>();
  private final Map<String, String> reasonsById = new HashMap<>();

  private Unprocessed() {}

  /** Reads what there is; nothing where the scripts do not make the topic. */
  static Unprocessed read(TopicReader reader, ReadingProgress progress) {
    Unprocessed unprocessed = new Unprocessed();
    if (reader.exists(Environment.UNPROCESSED_TOPIC)) {
      reader.read(
          Environment.UNPROCESSED_TOPIC, progress.counting("unprocessed", unprocessed::add));
      unprocessed.findTransactions(reader);
    }
    return unprocessed;
  }

  private void add(ConsumerRecord<byte[], byte[]> each) {
    JsonNode fields = parse(each);
    if (fields.hasNonNull("SOURCE_OFFSET") && reasons.size() < KEPT) {
      reasons.putIfAbsent(
          new Place(
              fields.path("SOURCE_TOPIC").asText(),
              fields.path("SOURCE_PARTITION").asInt(),
              fields.path("SOURCE_OFFSET").asLong()),
          "%s (%s)"
              .formatted(
                  fields.path("REASON").asText(), queryName(fields.path("FAILED_QUERY").asText())));
    }
  }

  /** The id without the number at its end, which depends on when the query was made. */
  private static String queryName(String queryId) {
    return queryId.replaceFirst("_[0-9]+$", "");
  }

  /** Looks up which transactions the records past the input topic were about. */
  private void findTransactions(TopicReader reader) {
    Map<String, Map<Integer, Long>> firstOffsets = new HashMap<>();
    for (Place place : reasons.keySet()) {
      if (!place.topic().equals(Environment.INPUT_TOPIC)) {
        firstOffsets
            .computeIfAbsent(place.topic(), topic -> new HashMap<>())
            .merge(place.partition(), place.offset(), Math::min);
      }
    }
    firstOffsets.forEach(
        (topic, first) -> {
          if (reader.exists(topic)) {
            Map<Integer, Long> from = new HashMap<>(reader.ends(topic));
            from.putAll(first);
            reader.readFrom(topic, from, this::noteTransaction);
          }
        });
  }

  private void noteTransaction(ConsumerRecord<byte[], byte[]> record) {
    String reason = reasons.get(new Place(record.topic(), record.partition(), record.offset()));
    if (reason != null && record.value() != null) {
      transactionId(record.value()).ifPresent(id -> reasonsById.putIfAbsent(id, reason));
    }
  }

  /** Of what no query could read, and of what queries keep for themselves, much is no JSON. */
  private static Optional<String> transactionId(byte[] value) {
    JsonNode fields;
    try {
      fields = JSON.readTree(value);
    } catch (IOException e) {
      return Optional.empty();
    }
    // In some topics it is a column, in others a part of one, and on the way it is packed.
    JsonNode id = fields.findValue("TRANSACTION_ID");
    return id != null && id.isTextual()
        ? Optional.of(id.textValue())
        : PackedTransaction.id(fields.path("TRANSACTION"));
  }

  private static JsonNode parse(ConsumerRecord<byte[], byte[]> record) {
    try {
      return JSON.readTree(record.value());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Offset %d of partition %d of %s is not JSON"
              .formatted(record.offset(), record.partition(), record.topic()),
          e);
    }
  }

  /** Why a record of the input topic itself could not be processed. */
  Optional<String> reason(ConsumerRecord<byte[], byte[]> input) {
    return Optional.ofNullable(
        reasons.get(new Place(input.topic(), input.partition(), input.offset())));
  }

  /** Why something that was derived from a transaction could not be processed. */
  Optional<String> reason(String id) {
    return Optional.ofNullable(reasonsById.get(id));
  }
}
