package dev.flagstream.generator.producer;

import dev.flagstream.generator.feed.FeedStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Sends the records of a run on a thread of its own, each when it is due, and counts what becomes
 * of them. It ends at the first failure: going on would leave a gap in the topic, which nobody
 * would ever fill. All methods may be called from any thread.
 */
public final class FeedProducer implements AutoCloseable {

  private static final Duration PATIENCE_WITH_BLOCKED_SEND = Duration.ofSeconds(2);

  private final Iterator<FeedRecord> records;
  private final Schedule schedule;
  private final FeedSink sink;

  private final Thread thread = new Thread(this::run, "feed-producer");
  private final CountDownLatch stopRequested = new CountDownLatch(1);
  private final CountDownLatch sendingEnded = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Map<FeedStream, Counter> counters = new EnumMap<>(FeedStream.class);
  private final AtomicReference<Exception> firstFailure = new AtomicReference<>();
  private volatile long behindNanos;
  private final AtomicLong eventTimeMs = new AtomicLong();

  /**
   * The counts of one stream. Only the producer's thread sends, while outcomes are counted on
   * another: kept in cache lines of their own, neither waits for the other.
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
   * Prepares a run.
   *
   * @param records used by the producer's thread only, until it has no next or the run stops;
   *     closed in the end if it can be
   * @param sink taken over, and closed at the end of the run
   */
  public FeedProducer(Iterator<FeedRecord> records, Schedule schedule, FeedSink sink) {
    this.records = records;
    this.schedule = schedule;
    this.sink = sink;
    for (FeedStream stream : FeedStream.values()) {
      counters.put(stream, new Counter());
    }
    sink.report(
        new FeedSink.Outcomes() {
          @Override
          public void acknowledged(FeedStream stream) {
            counters.get(stream).numbers.getAndIncrement(Counter.ACKNOWLEDGED);
          }

          @Override
          public void failed(FeedStream stream, Exception cause) {
            counters.get(stream).numbers.getAndIncrement(Counter.FAILED);
            firstFailure.compareAndSet(null, cause);
            requestStop();
          }
        });
    thread.setDaemon(true);
  }

  /** Begins to send; to be called once. */
  public void start() {
    thread.start();
  }

  /** Asks the run to end: nothing more is sent, what was sent is still waited for. */
  public void requestStop() {
    stopRequested.countDown();
  }

  /**
   * Waits for the end of the run, when every outcome is known.
   *
   * @return whether it has ended
   */
  public boolean awaitEnd(Duration timeout) throws InterruptedException {
    return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Stops the run and waits until everything sent has an outcome, or the sink gives up on it. */
  @Override
  public void close() {
    requestStop();
    if (thread.getState() == Thread.State.NEW) {
      closeRecords();
      sink.close();
      return;
    }
    try {
      if (!sendingEnded.await(PATIENCE_WITH_BLOCKED_SEND.toMillis(), TimeUnit.MILLISECONDS)) {
        // The broker is away and the buffer full: without this, send would block for good.
        interruptSending();
      }
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The counts of the transactions. */
  public SendCounts counts() {
    return counts(FeedStream.TRANSACTIONS);
  }

  public SendCounts counts(FeedStream stream) {
    return counters.get(stream).counts();
  }

  /** Why the first record failed, or the run broke off. */
  public Optional<Exception> firstFailure() {
    return Optional.ofNullable(firstFailure.get());
  }

  /** How late the latest record was sent; zero if it was on time. */
  public Duration behindSchedule() {
    return Duration.ofNanos(behindNanos);
  }

  /** Event time of the latest record, milliseconds since the epoch; 0 before the first. */
  public long eventTimeMs() {
    return eventTimeMs.get();
  }

  private void run() {
    try {
      sendAll();
    } catch (RuntimeException e) {
      firstFailure.compareAndSet(null, e);
    } finally {
      closeRecords();
      closeSink();
      ended.countDown();
    }
  }

  private void closeSink() {
    try {
      if (firstFailure.get() == null) {
        sink.close();
      } else {
        sink.abandon();
      }
    } catch (RuntimeException e) {
      firstFailure.compareAndSet(null, e);
    }
  }

  private void closeRecords() {
    if (records instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) { // what AutoCloseable declares
        firstFailure.compareAndSet(null, e);
      }
    }
  }

  private void sendAll() {
    try {
      sendUntilStopped();
    } catch (InterruptException | CancellationException | InterruptedException e) {
      // close() lost patience with a send that blocked; what was sent before is still waited for.
    } finally {
      endSending();
    }
  }

  private void endSending() {
    synchronized (sendingEnded) {
      sendingEnded.countDown();
      // An interrupt was meant for the sending; it must not cut short the sink's bounded close.
      Thread.interrupted();
    }
  }

  private void interruptSending() {
    synchronized (sendingEnded) {
      if (sendingEnded.getCount() > 0) {
        thread.interrupt();
      }
    }
  }

  private void sendUntilStopped() throws InterruptedException {
    long startNanos = System.nanoTime();
    while (stopRequested.getCount() > 0 && records.hasNext()) {
      FeedRecord record = records.next();
      long dueNanos = schedule.dueNanos(record.timeMs());
      if (dueNanos != Schedule.AT_ONCE && stopRequestedBefore(startNanos, dueNanos)) {
        return;
      }
      send(record);
    }
  }

  private boolean stopRequestedBefore(long startNanos, long dueNanos) throws InterruptedException {
    long waitNanos = dueNanos - (System.nanoTime() - startNanos);
    behindNanos = Math.max(0, -waitNanos);
    return waitNanos > 0 && stopRequested.await(waitNanos, TimeUnit.NANOSECONDS);
  }

  private void send(FeedRecord record) {
    Counter counter = counters.get(record.stream());
    // Counted first, as the outcome may be known before the call returns.
    counter.addSent(1);
    try {
      sink.send(record);
    } catch (RuntimeException e) {
      counter.addSent(-1);
      throw e;
    }
    eventTimeMs.lazySet(record.timeMs());
  }
}
