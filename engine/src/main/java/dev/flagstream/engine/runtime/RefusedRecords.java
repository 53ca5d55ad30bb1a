package dev.flagstream.engine.runtime;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** The latest records that brokers refused because of what they are. Thread-safe. */
final class RefusedRecords {

  private static final int MAX_REMEMBERED = 10_000;

  private static final String OF_TIME = "Timestamp ";
  private static final String OF_REQUEST = "One or more records have been rejected";

  /** What stands for a record: that two have the same is too rare to matter. */
  private record Fingerprint(String topic, Long timestampMs, int length, long hash) {
    static Fingerprint of(ProducerRecord<byte[], byte[]> record) {
      long keys = Arrays.hashCode(record.key());
      byte[] value = record.value();
      long hash = 1125899906842597L * (keys + 1);
      for (int i = 0; value != null && i < value.length; i++) {
        hash = 31 * hash + value[i];
      }
      return new Fingerprint(
          record.topic(), record.timestamp(), value == null ? -1 : value.length, hash);
    }
  }

  private final Map<Fingerprint, ApiException> refused =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Fingerprint, ApiException> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  /** Set once the first record was refused: usually there is none, and nothing to compute. */
  private volatile boolean any;

  /**
   * Whether an error says that a record is at fault, so that it is no use to send it again. With
   * exactly once it need not be the record that the error comes with: once one is refused, Kafka's
   * producer ends all that waits in the transaction with the error of the whole request, which a
   * broker begins with {@value #OF_REQUEST}. An error of a record's own says what is wrong with it.
   */
  static boolean isOfARecord(Exception error) {
    return error instanceof RecordTooLargeException
        || ((error instanceof InvalidTimestampException || error instanceof InvalidRecordException)
            && !String.valueOf(error.getMessage()).startsWith(OF_REQUEST));
  }

  /**
   * Whether an error of a record is about its time: alone in its batch it has a kind of its own,
   * beside others a broker begins it with {@value #OF_TIME}.
   */
  static boolean isOfTime(Exception error) {
    return error instanceof InvalidTimestampException
        || (error instanceof InvalidRecordException
            && String.valueOf(error.getMessage()).startsWith(OF_TIME));
  }

  /** Takes note of a record that a broker refused, with an error of its own. */
  void remember(ProducerRecord<byte[], byte[]> record, ApiException error) {
    synchronized (refused) {
      refused.put(Fingerprint.of(record), error);
    }
    any = true;
  }

  /** Why the same record was refused before; empty if it was not. */
  Optional<ApiException> find(ProducerRecord<byte[], byte[]> record) {
    if (!any) {
      return Optional.empty();
    }
    synchronized (refused) {
      return Optional.ofNullable(refused.get(Fingerprint.of(record)));
    }
  }
}
