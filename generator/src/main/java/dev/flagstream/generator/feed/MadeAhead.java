package dev.flagstream.generator.feed;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;

/**
 * A sequence that a thread of its own makes while its user is busy with what is there already. The
 * hand-over is by batches, as a queue of single elements would cost as much as making them.
 *
 * <p>For one using thread; {@link #close} may come from any.
 */
public final class MadeAhead<T> implements Iterator<T>, AutoCloseable {

  private static final int BATCH = 512;
  private static final int BATCHES_AHEAD = 8;

  /** Some elements; after the last batch nothing follows, or the failure that ended it. */
  private record Batch<T>(List<T> elements, boolean last, RuntimeException failure) {}

  private final BlockingQueue<Batch<T>> batches = new ArrayBlockingQueue<>(BATCHES_AHEAD);
  private final Iterator<T> source;
  private final Thread maker = new Thread(this::make, "feed-maker");

  private Batch<T> current = new Batch<>(List.of(), false, null);
  private int position;

  /**
   * Starts to make.
   *
   * @param source from now on used by the other thread only
   */
  public MadeAhead(Iterator<T> source) {
    this.source = source;
    maker.setDaemon(true);
    maker.start();
  }

  private void make() {
    try {
      makeAll();
    } catch (InterruptedException e) {
      // Closed: nobody waits for more.
    }
  }

  private void makeAll() throws InterruptedException {
    List<T> elements = new ArrayList<>(BATCH);
    RuntimeException failure = null;
    try {
      while (source.hasNext()) {
        elements.add(source.next());
        if (elements.size() == BATCH) {
          batches.put(new Batch<>(elements, false, null));
          elements = new ArrayList<>(BATCH);
        }
      }
    } catch (RuntimeException e) {
      failure = e;
    }
    batches.put(new Batch<>(elements, true, failure));
  }

  /**
   * Whether there is another element; may wait for it.
   *
   * @throws RuntimeException what the source threw, after all that came before
   * @throws CancellationException if interrupted while waiting
   */
  @Override
  public boolean hasNext() {
    while (position == current.elements().size()) {
      if (current.failure() != null) {
        throw current.failure();
      }
      if (current.last()) {
        return false;
      }
      current = take();
      position = 0;
    }
    return true;
  }

  private Batch<T> take() {
    try {
      return batches.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for the next element");
    }
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return current.elements().get(position++);
  }

  /** Stops making; elements that nobody took are lost. */
  @Override
  public void close() {
    maker.interrupt();
  }
}
