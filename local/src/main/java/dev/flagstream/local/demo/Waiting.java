package dev.flagstream.local.demo;

import dev.flagstream.local.component.StopSignal;
import dev.flagstream.local.health.Readers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Waits for something that is looked at again and again, says in figures how far it is, and what
 * holds it up when it stands still.
 */
final class Waiting {

  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration FIRST_NOTE = Duration.ofSeconds(15);

  private final Narrator narrator;
  private final Readers readers;
  private final StopSignal stop;

  /** Tells a narrator, and asks queries and sinks when nothing moves. */
  Waiting(Narrator narrator, Readers readers, StopSignal stop) {
    this.narrator = narrator;
    this.readers = readers;
    this.stop = stop;
  }

  /**
   * What was seen.
   *
   * @param isEnough whether the waiting is over
   * @param movement anything that differs from before as soon as something has moved
   * @param done how much has been done
   * @param inAll how much there is to do
   * @param what a sentence with two places for these numbers
   */
  record Sight(boolean isEnough, long movement, long done, long inAll, String what) {}

  /** Looks at what is waited for. */
  interface Look {
    Sight look() throws InterruptedException;
  }

  /**
   * Waits.
   *
   * @return empty once it is enough; otherwise why the waiting was given up
   * @throws dev.flagstream.local.failure.StackException if a stop is requested meanwhile
   */
  List<String> until(Look look) throws InterruptedException {
    Patience patience = new Patience(System.nanoTime());
    Remaining remaining = new Remaining();
    Duration nextNote = FIRST_NOTE;
    while (true) {
      Sight sight = look.look();
      long nowNanos = System.nanoTime();
      if (sight.isEnough()) {
        return List.of();
      }
      patience.look(nowNanos, sight.movement());
      narrator.waitingFor(remaining.sentence(nowNanos, sight.done(), sight.inAll(), sight.what()));
      if (patience.isExhausted(nowNanos)) {
        return standstill(patience.standstill(nowNanos));
      }
      if (patience.standstill(nowNanos).compareTo(nextNote) >= 0) {
        standstill(nextNote).forEach(narrator::say);
        nextNote = nextNote.multipliedBy(2);
      } else if (patience.standstill(nowNanos).compareTo(FIRST_NOTE) < 0) {
        nextNote = FIRST_NOTE;
      }
      stop.await(POLL);
      stop.throwIfRequested();
    }
  }

  private List<String> standstill(Duration duration) {
    List<String> obstacles = readers.obstacles();
    String cause =
        obstacles.isEmpty()
            ? "all queries run and have read all, and so have the sinks"
            : String.join("; ", obstacles);
    return List.of(
        String.format(Locale.ROOT, "nothing has moved for %,d s: %s", duration.toSeconds(), cause));
  }
}
