package dev.flagstream.generator.producer;

import dev.flagstream.generator.feed.FeedStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Counts what is sent, and what becomes of it. One thread sends; all else may be called by any
 * thread.
 */
public final class SendTally implements RecordSink.Outcomes {

  private final Map<FeedStream, Counter> counters = new EnumMap<>(FeedStream.class);
  private final AtomicReference<Exception> firstFailure = new AtomicReference<>();
  private final Consumer<Exception> onFailure;

  /**
   * The counts of one stream. One thread sends while another counts outcomes: the numbers are in
   * cache lines of their own, so that neither waits for the other.
   */
  private static final class Counter {
    private static final int LINE = 16;
    private static final int SENT = LINE;
    private static final int ACKNOWLEDGED = 2 * LINE;
    private static final int FAILED = 3 * LINE;

    private final AtomicLongArray numbers = new AtomicLongArray(4 * LINE);

    private void addSent(int number) {
      numbers.lazySet(SENT, numbers.getPlain(SENT) + number);
    }

    private SendCounts counts() {
      // Outcomes first: read later, an outcome could be counted whose sending is not.
      long acknowledged = numbers.get(ACKNOWLEDGED);
      long failed = numbers.get(FAILED);
      return new SendCounts(numbers.get(SENT), acknowledged, failed);
    }
  }

  /**
   * Begins with all counts at 0.
   *
   * @param onFailure receives each failure, from the thread that learns of it; quick and not
   *     throwing
   */
  public SendTally(Consumer<Exception> onFailure) {
    this.onFailure = onFailure;
    for (FeedStream stream : FeedStream.values()) {
      counters.put(stream, new Counter());
    }
  }

  /** Hands a record to a sink that reports here; what the sink throws, it throws. */
  public void send(RecordSink sink, FeedRecord record) {
    Counter counter = counters.get(record.stream());
    // Counted first, as the outcome may be known before the call returns.
    counter.addSent(1);
    try {
      sink.send(record);
    } catch (RuntimeException e) {
      counter.addSent(-1);
      throw e;
    }
  }

  @Override
  public void acknowledged(FeedStream stream) {
    counters.get(stream).numbers.getAndIncrement(Counter.ACKNOWLEDGED);
  }

  @Override
  public void failed(FeedStream stream, Exception cause) {
    counters.get(stream).numbers.getAndIncrement(Counter.FAILED);
    firstFailure.compareAndSet(null, cause);
    onFailure.accept(cause);
  }

  public SendCounts counts(FeedStream stream) {
    return counters.get(stream).counts();
  }

  /** The counts of all streams together. */
  public SendCounts total() {
    SendCounts total = new SendCounts(0, 0, 0);
    for (Counter counter : counters.values()) {
      SendCounts more = counter.counts();
      total =
          new SendCounts(
              total.sent() + more.sent(),
              total.acknowledged() + more.acknowledged(),
              total.failed() + more.failed());
    }
    return total;
  }

  /** Why the first record failed. */
  public Optional<Exception> firstFailure() {
    return Optional.ofNullable(firstFailure.get());
  }
}
