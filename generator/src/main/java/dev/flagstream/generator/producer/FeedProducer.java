package dev.flagstream.generator.producer;

import dev.flagstream.generator.feed.FeedStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends the records of a run on a thread of its own, each when it is due, and counts what becomes
 * of them. It ends at the first failure: going on would leave a gap in the topic, which nobody
 * would ever fill. All methods may be called from any thread.
 */
public final class FeedProducer implements AutoCloseable {

  private final Iterator<FeedRecord> records;
  private final Schedule schedule;
  private final RecordSink sink;

  private final StopRequest stop = new StopRequest();
  private final SendTally tally = new SendTally(failure -> stop.make());
  private final SendingThread thread;
  private volatile long behindNanos;
  private final AtomicLong eventTimeMs = new AtomicLong();

  /**
   * Prepares a run.
   *
   * @param records used by the producer's thread only, until it has no next or the run stops;
   *     closed in the end if it can be
   * @param sink taken over, and closed at the end of the run
   */
  public FeedProducer(Iterator<FeedRecord> records, Schedule schedule, RecordSink sink) {
    this(records, schedule, sink, InstantSource.system());
  }

  /** The same with another clock of the machine. */
  FeedProducer(
      Iterator<FeedRecord> records, Schedule schedule, RecordSink sink, InstantSource clock) {
    this.records = records;
    this.schedule = schedule;
    this.sink = sink;
    sink.report(tally);
    thread = new SendingThread("feed-producer", stop, this::send, this::release, clock);
  }

  /** Begins to send; to be called once. */
  public void start() {
    thread.start();
  }

  /**
   * Waits for the end of the run, when every outcome is known; as {@link SendingThread#awaitEnd},
   * it is also the end if the clock was set back.
   *
   * @return whether it has ended
   */
  public boolean awaitEnd(Duration timeout) throws InterruptedException {
    return thread.awaitEnd(timeout);
  }

  /** Stops the run and waits until everything sent has an outcome, or the sink gives up on it. */
  @Override
  public void close() {
    thread.close();
  }

  /** The counts of the transactions. */
  public SendCounts counts() {
    return counts(FeedStream.TRANSACTIONS);
  }

  public SendCounts counts(FeedStream stream) {
    return tally.counts(stream);
  }

  /** Why the first record failed, or the run broke off. */
  public Optional<Exception> firstFailure() {
    return tally.firstFailure().or(thread::failure);
  }

  /** How late the latest record was sent; zero if it was on time. */
  public Duration behindSchedule() {
    return Duration.ofNanos(behindNanos);
  }

  /** Event time of the latest record, milliseconds since the epoch; 0 before the first. */
  public long eventTimeMs() {
    return eventTimeMs.get();
  }

  private void send() throws InterruptedException {
    long startNanos = System.nanoTime();
    while (!stop.isMade() && records.hasNext()) {
      FeedRecord record = records.next();
      long dueNanos = schedule.dueNanos(record.timeMs());
      if (dueNanos != Schedule.AT_ONCE && isStoppedBefore(startNanos, dueNanos)) {
        return;
      }
      tally.send(sink, record);
      eventTimeMs.lazySet(record.timeMs());
    }
  }

  private boolean isStoppedBefore(long startNanos, long dueNanos) throws InterruptedException {
    long waitNanos = dueNanos - (System.nanoTime() - startNanos);
    behindNanos = Math.max(0, -waitNanos);
    return waitNanos > 0 && stop.isMadeWithin(waitNanos);
  }

  private void release() {
    try {
      closeRecords();
    } finally {
      if (firstFailure().isEmpty()) {
        sink.close();
      } else {
        sink.abandon();
      }
    }
  }

  private void closeRecords() {
    if (records instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) { // what AutoCloseable declares
        throw new IllegalStateException("The records cannot be closed", e);
      }
    }
  }
}
