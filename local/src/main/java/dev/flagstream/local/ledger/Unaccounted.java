package dev.flagstream.local.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.local.flow.ScoredRecord;
import dev.flagstream.local.flow.TopicReader;
import dev.flagstream.local.settings.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which records make the counts differ: those that came in and came out nowhere, and transactions
 * that were scored more often than they came in.
 *
 * @param nowhere neither scored nor rejected: ids, or places of records that have none
 * @param tooOften scored more often than they came in
 */
public record Unaccounted(Ids nowhere, Ids tooOften) {

  /** Nothing. */
  public static final Unaccounted NONE = new Unaccounted(Ids.NONE, Ids.NONE);

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads the rejected, the input and, if need be, the scored once more. */
  public static Unaccounted find(String bootstrapServers, Expectation expectation) {
    var reader = new TopicReader(bootstrapServers);
    var transactions = expectation.transactions();
    var rejected = new HashSet<String>();
    reader.read(Environment.REJECTED_TOPIC, each -> rejected.add(sourceOf(each)));
    var nowhere = new Ids.Counter();
    reader.read(
        Environment.INPUT_TOPIC,
        each -> {
          var place = each.partition() + "@" + each.offset();
          if (each.value() != null && !rejected.contains(place)) {
            var id =
                InputTransaction.parse(each.value(), each.timestamp()).map(InputTransaction::id);
            if (id.isEmpty()) {
              nowhere.add(
                  "the record at offset %d of partition %d"
                      .formatted(each.offset(), each.partition()));
            } else if (transactions.unscored(id.get()) > 0) {
              nowhere.add(id.get());
            }
          }
        });
    return new Unaccounted(nowhere.ids(), scoredTooOften(reader, transactions));
  }

  private static String sourceOf(ConsumerRecord<byte[], byte[]> rejection) {
    try {
      JsonNode fields = JSON.readTree(rejection.value());
      return fields.path("SOURCE_PARTITION").asInt() + "@" + fields.path("SOURCE_OFFSET").asLong();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Offset %d of partition %d of %s is no JSON"
              .formatted(rejection.offset(), rejection.partition(), rejection.topic()),
          e);
    }
  }

  private static Ids scoredTooOften(TopicReader reader, TransactionTable transactions) {
    long count = transactions.countScoredTooOften();
    if (count == 0) {
      return Ids.NONE;
    }
    Set<String> first = new TreeSet<>();
    reader.readWhile(
        Environment.SCORED_TOPIC,
        each -> {
          var id = ScoredRecord.parse(each).id();
          if (transactions.unscored(id) < 0) {
            first.add(id);
          }
          return first.size() < Ids.SHOWN && first.size() < count;
        });
    return new Ids(count, List.copyOf(first));
  }
}
