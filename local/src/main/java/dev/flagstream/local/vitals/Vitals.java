package dev.flagstream.local.vitals;

import dev.flagstream.local.component.StopSignal;
import dev.flagstream.local.failure.StackException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after what every part needs: room on the disk, memory, a clock that goes forward. A
 * shortage with which nothing can go on ends the run in order, before a part fails in the middle of
 * something.
 */
public final class Vitals implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Vitals.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final DiskSpace disk;
  private final HeapSpace heap = new HeapSpace();
  private final ClockSteps clock = new ClockSteps(System.nanoTime(), System.currentTimeMillis());
  private final StopSignal stop;
  private final Consumer<String> say;
  private final boolean talksToKafka;
  private final Thread thread = new Thread(this::lookAgainAndAgain, "vitals");

  /**
   * Watches a run with its data in a folder.
   *
   * @param stop receives problems with which nothing can go on
   * @param say receives what is only worth knowing
   * @param talksToKafka whether clients of Kafka are in this process, or its broker: they cannot go
   *     on if the clock is set back
   */
  public Vitals(Path data, StopSignal stop, Consumer<String> say, boolean talksToKafka) {
    this.talksToKafka = talksToKafka;
    this.disk = new DiskSpace(data);
    this.stop = stop;
    this.say = say;
    thread.setDaemon(true);
  }

  /**
   * Makes sure that there is enough of all to start with, and then looks again every second.
   *
   * @throws StackException if there is not
   */
  public void watch() {
    HeapSpace.requireEnough(Runtime.getRuntime().maxMemory());
    watchOnePart();
  }

  /**
   * As {@link #watch}, for one part in a process of its own: it needs less memory than all of them.
   */
  public void watchOnePart() {
    disk.requireEnough();
    Exit.setHaltProcedure(this::end);
    Exit.setExitProcedure(this::end);
    thread.start();
  }

  /**
   * Says why a broker that cannot write any more ends its process on the spot, before anybody could
   * stop the rest in order.
   */
  private void end(int unusedStatus, String message) {
    StackException reason = reasonToEnd(message);
    LOG.error("The process ends", reason);
    System.err.printf("%n%s%n", reason.getMessage());
    Runtime.getRuntime().halt(reason.exitCode());
  }

  /** What ends the process may itself follow from all being stopped: then that has a reason. */
  StackException reasonToEnd(String message) {
    if (stop.failure().isPresent()) {
      return stop.failure().get();
    }
    try {
      disk.check();
    } catch (StackException e) {
      return e;
    }
    if (stop.breakdown().isPresent()) {
      RuntimeException reason = stop.breakdown().get();
      return reason instanceof StackException known
          ? known
          : new StackException(
              "It failed: %s. The end of logs/flagstream.log in the data folder has what led to it."
                  .formatted(reason),
              reason);
    }
    if (stop.isRequested()) {
      return new StackException(
          stop.exitCode(),
          "Stopped, but a part did not stop in order. The data are kept; the same command goes on where it was.",
          null);
    }
    return new StackException(
        "A part cannot go on and ended the process"
            + (message == null ? "" : ": " + message)
            + ". The end of logs/flagstream.log in the data folder tells why. The data are kept; the"
            + " same command goes on where it was.");
  }

  private void lookAgainAndAgain() {
    try {
      while (!stop.isRequested()) {
        Thread.sleep(INTERVAL.toMillis());
        disk.check();
        heap.check(System.nanoTime());
        lookAtClock(System.nanoTime(), System.currentTimeMillis());
      }
    } catch (StackException e) {
      LOG.error("The run ends: {}", e.getMessage());
      stop.fail(e);
    } catch (InterruptedException e) {
      LOG.debug("Vitals are watched no more", e);
    }
  }

  private void lookAtClock(long nanos, long wallMs) {
    if (talksToKafka) {
      clock.requireNoneBack(nanos, wallMs);
    }
    clock.look(nanos, wallMs).ifPresent(say);
  }

  @Override
  public void close() {
    Exit.resetHaltProcedure();
    Exit.resetExitProcedure();
    thread.interrupt();
  }
}
