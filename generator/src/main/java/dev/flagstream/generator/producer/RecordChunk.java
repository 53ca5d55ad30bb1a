package dev.flagstream.generator.producer;

import dev.flagstream.generator.feed.FeedEvent;
import dev.flagstream.generator.feed.FeedStream;
import dev.flagstream.generator.feed.FraudLabel;
import dev.flagstream.generator.feed.FraudTruth;
import dev.flagstream.generator.feed.LabelJson;
import dev.flagstream.generator.feed.Payment;
import dev.flagstream.generator.transaction.Transaction;
import dev.flagstream.generator.transaction.TransactionJson;
import java.util.Arrays;

/**
 * Records one behind the other in one array: what one thread encodes and another sends costs the
 * other much less to read than objects that lie about in memory. For one thread at a time.
 */
final class RecordChunk {

  static final int CAPACITY = 256;

  private static final int USUAL_RECORD_BYTES = 640;

  private final FeedStream[] streams = new FeedStream[CAPACITY];
  private final long[] timesMs = new long[CAPACITY];
  private final int[] keyEnds = new int[CAPACITY];
  private final int[] ends = new int[CAPACITY];
  private byte[] bytes = new byte[CAPACITY * USUAL_RECORD_BYTES];
  private int size;

  int size() {
    return size;
  }

  boolean isFull() {
    return size == CAPACITY;
  }

  void clear() {
    size = 0;
  }

  /** Encodes an event behind the others; there must be room for another record. */
  void add(FeedEvent event) {
    byte[] key = RecordKey.of(event);
    int start = append(size == 0 ? 0 : ends[size - 1], key);
    streams[size] = FeedStream.of(event);
    timesMs[size] = event.timeMs();
    keyEnds[size] = start;
    if (event instanceof Payment payment) {
      Transaction transaction = payment.transaction();
      makeRoom(start, TransactionJson.room(transaction));
      ends[size] = TransactionJson.write(transaction, bytes, start);
    } else if (event instanceof FraudTruth truth) {
      ends[size] = append(start, LabelJson.encode(truth));
    } else {
      ends[size] = append(start, LabelJson.encode((FraudLabel) event));
    }
    size++;
  }

  /** One of the records, in arrays of its own. */
  FeedRecord get(int index) {
    int start = index == 0 ? 0 : ends[index - 1];
    return new FeedRecord(
        streams[index],
        timesMs[index],
        Arrays.copyOfRange(bytes, start, keyEnds[index]),
        Arrays.copyOfRange(bytes, keyEnds[index], ends[index]));
  }

  private int append(int at, byte[] more) {
    makeRoom(at, more.length);
    System.arraycopy(more, 0, bytes, at, more.length);
    return at + more.length;
  }

  private void makeRoom(int used, int more) {
    if (bytes.length - used < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, used + more));
    }
  }
}
