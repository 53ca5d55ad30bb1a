package dev.flagstream.generator.resume;

import dev.flagstream.generator.feed.FeedEvent;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The records of a run that their topics do not hold yet. For one thread. */
final class MissingEvents implements Iterator<FeedEvent> {

  private static final int LOOK_EVERY = 1_024;

  private final Iterator<FeedEvent> all;
  private final HeldBeginnings lanes;
  private FeedEvent lookahead;
  private int skipped;

  MissingEvents(Iterator<FeedEvent> all, HeldBeginnings lanes) {
    this.all = all;
    this.lanes = lanes;
  }

  /**
   * Skips what the topics hold already, up to the first record that is missing; ends if interrupted
   * meanwhile.
   *
   * @throws ResumeException if the topics hold what this simulation does not make
   */
  @Override
  public boolean hasNext() {
    while (lookahead == null && all.hasNext() && !isInterrupted()) {
      FeedEvent next = all.next();
      if (lanes.hold(next)) {
        skipped++;
      } else {
        lookahead = next;
      }
    }
    return lookahead != null;
  }

  private boolean isInterrupted() {
    return skipped % LOOK_EVERY == 0 && Thread.currentThread().isInterrupted();
  }

  @Override
  public FeedEvent next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    FeedEvent next = lookahead;
    lookahead = null;
    return next;
  }
}
