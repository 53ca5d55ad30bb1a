package dev.flagstream.generator.producer;

import dev.flagstream.generator.transaction.Transaction;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Sends a sequence of transactions on a thread of its own, each when it is due, and counts what
 * becomes of them. All methods may be called from any thread.
 */
public final class TransactionProducer implements AutoCloseable {

  /**
   * Is told the outcome of each transaction, on the sink's thread: it must return quickly and must
   * not throw.
   */
  public interface Listener {

    /** Does nothing. */
    Listener NONE = new Listener() {};

    /** All in-sync replicas have the transaction. */
    default void acknowledged(Transaction transaction) {}

    /** The transaction was given up. */
    default void failed(Transaction transaction, Exception cause) {}
  }

  private static final Duration PATIENCE_WITH_BLOCKED_SEND = Duration.ofSeconds(2);

  private final Iterator<Transaction> transactions;
  private final Schedule schedule;
  private final TransactionSink sink;
  private final Listener listener;

  private final Thread thread = new Thread(this::run, "transaction-producer");
  private final CountDownLatch stopRequested = new CountDownLatch(1);
  private final CountDownLatch sendingEnded = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicReference<Exception> firstFailure = new AtomicReference<>();
  private volatile long behindNanos;

  /**
   * Prepares a run.
   *
   * @param transactions used by the producer's thread only, until it has no next or the run stops
   * @param sink taken over, and closed at the end of the run
   */
  public TransactionProducer(
      Iterator<Transaction> transactions,
      Schedule schedule,
      TransactionSink sink,
      Listener listener) {
    this.transactions = transactions;
    this.schedule = schedule;
    this.sink = sink;
    this.listener = listener;
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
      sink.close();
      return;
    }
    try {
      if (!sendingEnded.await(PATIENCE_WITH_BLOCKED_SEND.toMillis(), TimeUnit.MILLISECONDS)) {
        // The broker is away and the buffer full: without this, send would block for a minute.
        interruptSending();
      }
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public SendCounts counts() {
    // Outcomes first: read later, an outcome could be counted whose sending is not.
    long acknowledgedNow = acknowledged.get();
    long failedNow = failed.get();
    return new SendCounts(sent.get(), acknowledgedNow, failedNow);
  }

  /** Why the first transaction failed, or the run broke off. */
  public Optional<Exception> firstFailure() {
    return Optional.ofNullable(firstFailure.get());
  }

  /** How late the latest transaction was sent; zero if it was on time. */
  public Duration behindSchedule() {
    return Duration.ofNanos(behindNanos);
  }

  private void run() {
    try (sink) {
      sendAll();
    } catch (RuntimeException e) {
      firstFailure.compareAndSet(null, e);
    } finally {
      ended.countDown();
    }
  }

  private void sendAll() {
    try {
      sendUntilStopped();
    } catch (InterruptException | InterruptedException e) {
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
    while (stopRequested.getCount() > 0 && transactions.hasNext()) {
      Transaction transaction = transactions.next();
      long dueNanos = schedule.dueNanos(transaction, sent.get());
      if (dueNanos > 0 && stopRequestedBefore(startNanos + dueNanos)) {
        return;
      }
      send(transaction);
    }
  }

  private void send(Transaction transaction) {
    // Counted first, as the outcome may be known before the call returns.
    sent.incrementAndGet();
    try {
      sink.send(transaction, outcomeOf(transaction));
    } catch (RuntimeException e) {
      sent.decrementAndGet();
      throw e;
    }
  }

  private boolean stopRequestedBefore(long dueNanos) throws InterruptedException {
    long waitNanos = dueNanos - System.nanoTime();
    behindNanos = Math.max(0, -waitNanos);
    return waitNanos > 0 && stopRequested.await(waitNanos, TimeUnit.NANOSECONDS);
  }

  private TransactionSink.Outcome outcomeOf(Transaction transaction) {
    return new TransactionSink.Outcome() {
      @Override
      public void acknowledged() {
        acknowledged.incrementAndGet();
        listener.acknowledged(transaction);
      }

      @Override
      public void failed(Exception cause) {
        failed.incrementAndGet();
        firstFailure.compareAndSet(null, cause);
        if (isHopeless(cause)) {
          requestStop();
        }
        listener.failed(transaction, cause);
      }
    };
  }

  /** Whether every further transaction would fail the same way. */
  private static boolean isHopeless(Exception cause) {
    return cause instanceof AuthorizationException || cause instanceof AuthenticationException;
  }
}
