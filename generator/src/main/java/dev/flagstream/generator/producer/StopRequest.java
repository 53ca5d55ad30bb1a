package dev.flagstream.generator.producer;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A request, which cannot be withdrawn, that nothing more be sent. May be used by any thread. */
public final class StopRequest {

  private final CountDownLatch latch = new CountDownLatch(1);

  /** Asks that nothing more be sent; a second time changes nothing. */
  public void make() {
    latch.countDown();
  }

  public boolean isMade() {
    return latch.getCount() == 0;
  }

  /** Waits for the request, at most this many nanoseconds; returns whether it was made. */
  public boolean isMadeWithin(long nanos) throws InterruptedException {
    return latch.await(nanos, TimeUnit.NANOSECONDS);
  }
}
