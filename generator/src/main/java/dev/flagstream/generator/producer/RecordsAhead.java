package dev.flagstream.generator.producer;

import dev.flagstream.generator.feed.FeedEvent;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;

/**
 * The records of a run, which a thread of its own makes and encodes while its user is busy with
 * sending what is there already. They are handed over by chunks, which come back and are used
 * again.
 *
 * <p>For one using thread; {@link #close} may come from any.
 */
public final class RecordsAhead implements Iterator<FeedRecord>, AutoCloseable {

  private static final int CHUNKS_AHEAD = 8;

  /** Some records; after the last ones nothing follows, or the failure that ended it. */
  private record Made(RecordChunk chunk, boolean last, RuntimeException failure) {}

  private final BlockingQueue<Made> made = new ArrayBlockingQueue<>(CHUNKS_AHEAD);
  private final BlockingQueue<RecordChunk> used = new ArrayBlockingQueue<>(CHUNKS_AHEAD);
  private final Iterator<FeedEvent> events;
  private final Thread maker = new Thread(this::make, "feed-maker");

  private Made current = new Made(new RecordChunk(), false, null);
  private int position;

  /**
   * Starts to make.
   *
   * @param events from now on used by the other thread only
   */
  public RecordsAhead(Iterator<FeedEvent> events) {
    this.events = events;
    maker.setDaemon(true);
    maker.start();
  }

  private void make() {
    try {
      Made next;
      do {
        next = makeChunk();
        made.put(next);
      } while (!next.last());
    } catch (InterruptedException e) {
      // Closed: nobody waits for more.
    }
  }

  private Made makeChunk() {
    RecordChunk chunk = used.poll();
    if (chunk == null) {
      chunk = new RecordChunk();
    }
    chunk.clear();
    try {
      while (events.hasNext()) {
        chunk.add(events.next());
        if (chunk.isFull()) {
          return new Made(chunk, false, null);
        }
      }
      return new Made(chunk, true, null);
    } catch (RuntimeException e) {
      return new Made(chunk, true, e);
    }
  }

  /**
   * Whether there is another record; may wait for it.
   *
   * @throws RuntimeException what the events threw, after all that came before
   * @throws CancellationException if interrupted while waiting
   */
  @Override
  public boolean hasNext() {
    while (position == current.chunk().size()) {
      if (current.failure() != null) {
        throw current.failure();
      }
      if (current.last()) {
        return false;
      }
      Made next = take();
      used.offer(current.chunk());
      current = next;
      position = 0;
    }
    return true;
  }

  private Made take() {
    try {
      return made.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for the next record");
    }
  }

  @Override
  public FeedRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return current.chunk().get(position++);
  }

  /** Stops making; records that nobody took are lost. */
  @Override
  public void close() {
    maker.interrupt();
  }
}
