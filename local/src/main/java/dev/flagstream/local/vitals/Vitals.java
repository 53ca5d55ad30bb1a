package dev.flagstream.local.vitals;

import dev.flagstream.local.component.StopSignal;
import dev.flagstream.local.failure.StackException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after what every part needs: room on the disk, memory, a clock that goes forward. What
 * nobody can go on with ends the run in order, before a part fails in the middle of something.
 */
public final class Vitals implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Vitals.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final DiskSpace disk;
  private final HeapSpace heap = new HeapSpace();
  private final ClockSteps clock = new ClockSteps(System.nanoTime(), System.currentTimeMillis());
  private final StopSignal stop;
  private final Consumer<String> say;
  private final Thread thread = new Thread(this::lookAgainAndAgain, "vitals");

  /**
   * Of a run with its data in a folder.
   *
   * @param stop is told of what nobody can go on with
   * @param say is told of what is only worth knowing
   */
  public Vitals(Path data, StopSignal stop, Consumer<String> say) {
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
    disk.requireEnough();
    thread.start();
  }

  private void lookAgainAndAgain() {
    try {
      while (!stop.isRequested()) {
        Thread.sleep(INTERVAL.toMillis());
        disk.check();
        heap.check(System.nanoTime());
        clock.look(System.nanoTime(), System.currentTimeMillis()).ifPresent(say);
      }
    } catch (StackException e) {
      LOG.error("The run ends: {}", e.getMessage());
      stop.fail(e);
    } catch (InterruptedException e) {
      LOG.debug("Vitals are watched no more", e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
