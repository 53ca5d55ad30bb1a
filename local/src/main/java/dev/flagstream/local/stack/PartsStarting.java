package dev.flagstream.local.stack;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.flagstream.local.failure.StackException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts that start side by side and are stopped one after the other, in reverse of the order in
 * which their starts were asked for, whichever was ready first. For one thread; the parts start in
 * threads of their own.
 */
final class PartsStarting implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PartsStarting.class);

  private final List<CompletableFuture<? extends AutoCloseable>> parts = new ArrayList<>();

  /** What a part does to start; what it throws keeps it from starting. */
  interface Start<T> {
    T start();
  }

  /**
   * Starts a part at once.
   *
   * @param name names it in the error, such as "The broker"
   */
  @CanIgnoreReturnValue
  <T extends AutoCloseable> CompletableFuture<T> start(String name, Start<T> start) {
    return keep(CompletableFuture.supplyAsync(() -> named(name, start), PartsStarting::inThread));
  }

  /** Starts a part when another one has started; if that does not, this one is not tried. */
  @CanIgnoreReturnValue
  <T extends AutoCloseable, U> CompletableFuture<T> startAfter(
      CompletableFuture<U> other, String name, Function<U, T> start) {
    return keep(
        other.thenApplyAsync(
            started -> named(name, () -> start.apply(started)), PartsStarting::inThread));
  }

  private <T extends AutoCloseable> CompletableFuture<T> keep(CompletableFuture<T> part) {
    parts.add(part);
    return part;
  }

  /** Not the common pool, which has one thread on two cores: a part that waits would hold it up. */
  private static void inThread(Runnable start) {
    Thread thread = new Thread(start, "part-start");
    thread.setDaemon(true);
    thread.start();
  }

  private static <T> T named(String name, Start<T> start) {
    try {
      return start.start();
    } catch (StackException e) {
      throw e;
    } catch (CompletionException e) {
      // Of a part that this one waits for: its own error says more.
      throw e;
    } catch (RuntimeException e) {
      throw new StackException(name + " does not start: " + e.getMessage(), e);
    }
  }

  /**
   * Waits until all parts asked for have started, or one has not.
   *
   * @throws StackException of the first part, in the order they were asked for, that did not start
   */
  void await() {
    CompletableFuture<Void> all =
        CompletableFuture.allOf(parts.toArray(new CompletableFuture<?>[0]));
    // One that fails ends the wait: the others may be waiting for it.
    for (CompletableFuture<? extends AutoCloseable> part : parts) {
      CompletableFuture<? extends AutoCloseable> unused =
          part.whenComplete((started, problem) -> fail(all, problem));
    }
    try {
      all.join();
    } catch (CompletionException e) {
      throw firstProblem(e);
    }
  }

  private static void fail(CompletableFuture<Void> all, Throwable problem) {
    if (problem != null) {
      all.completeExceptionally(problem);
    }
  }

  private RuntimeException firstProblem(CompletionException last) {
    for (CompletableFuture<? extends AutoCloseable> part : parts) {
      if (part.isCompletedExceptionally()) {
        try {
          part.join();
        } catch (CompletionException e) {
          return e.getCause() instanceof RuntimeException cause ? cause : e;
        }
      }
    }
    return last;
  }

  /** Stops every part that has started or still will, the latest asked for first. */
  @Override
  public void close() {
    for (int i = parts.size() - 1; i >= 0; i--) {
      stop(parts.get(i));
    }
    parts.clear();
  }

  private static void stop(CompletableFuture<? extends AutoCloseable> part) {
    AutoCloseable started;
    try {
      started = part.join();
    } catch (CompletionException e) {
      LOG.debug("Nothing to stop: it did not start", e);
      return;
    }
    try {
      started.close();
    } catch (Exception e) { // what AutoCloseable.close declares
      LOG.error("{} did not stop cleanly", started, e);
    }
  }
}
