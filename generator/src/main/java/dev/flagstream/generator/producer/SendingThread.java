package dev.flagstream.generator.producer;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.InterruptException;

/**
 * A thread that sends and can be stopped in order. Once that is requested, it sends nothing more;
 * if it blocks because the broker is away and the buffer full, it is interrupted. What it does
 * after the sending, such as waiting for the last outcomes, is never cut short. All methods may be
 * called from any thread.
 */
public final class SendingThread implements AutoCloseable {

  private static final Duration PATIENCE_WITH_BLOCKED_SEND = Duration.ofSeconds(2);

  /** What the thread does; ends soon once the stop is requested, or when interrupted. */
  public interface Sending {
    void run() throws InterruptedException;
  }

  private final StopRequest stop;
  private final Thread thread;
  private final Sending sending;
  private final Runnable afterwards;
  private final InstantSource clock;
  private final ClockBack clockBack;
  private final CountDownLatch sendingEnded = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

  /**
   * Prepares a thread; {@link #start} starts it.
   *
   * @param afterwards carried out in any case, also when nothing was ever started
   */
  public SendingThread(String name, StopRequest stop, Sending sending, Runnable afterwards) {
    this(name, stop, sending, afterwards, InstantSource.system());
  }

  /** The same with another clock of the machine. */
  SendingThread(
      String name, StopRequest stop, Sending sending, Runnable afterwards, InstantSource clock) {
    this.clock = clock;
    this.clockBack = new ClockBack(System.nanoTime(), clock.millis());
    this.stop = stop;
    this.sending = sending;
    this.afterwards = afterwards;
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  /** Begins to send; to be called once. */
  public void start() {
    thread.start();
  }

  /**
   * Waits for the end of the sending and of what is done afterwards. If the clock of the machine
   * was set back meanwhile, it ends everything, as a {@linkplain #failure failure}: Kafka's
   * producer would send nothing until it is as late again, and say nothing.
   *
   * @return whether it has ended
   */
  public boolean awaitEnd(Duration timeout) throws InterruptedException {
    return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS) || endsAsTheClockWasSetBack();
  }

  private synchronized boolean endsAsTheClockWasSetBack() {
    Optional<Duration> back = clockBack.look(System.nanoTime(), clock.millis());
    back.ifPresent(
        by -> {
          failure.compareAndSet(null, KafkaAccessException.clockSetBack(by));
          close();
        });
    return back.isPresent();
  }

  /** The first failure of the sending or of what was done afterwards; empty if there was none. */
  public Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** Requests the stop and waits for the end. */
  @Override
  public void close() {
    stop.make();
    if (thread.getState() == Thread.State.NEW) {
      carryOutAfterwards();
      ended.countDown();
      return;
    }
    try {
      if (!sendingEnded.await(PATIENCE_WITH_BLOCKED_SEND.toMillis(), TimeUnit.MILLISECONDS)) {
        interruptSending();
      }
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      sending.run();
    } catch (InterruptException | CancellationException | InterruptedException e) {
      // close() lost patience with a send that blocked; what was sent before is still waited for.
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    } finally {
      endSending();
      carryOutAfterwards();
      ended.countDown();
    }
  }

  private void carryOutAfterwards() {
    try {
      afterwards.run();
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  private void endSending() {
    synchronized (sendingEnded) {
      sendingEnded.countDown();
      // An interrupt was meant for the sending; it must not cut short what follows.
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
}
