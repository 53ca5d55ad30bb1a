package dev.flagstream.local.stack;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.flagstream.local.failure.StackException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts that start side by side, and are stopped side by side as well, but for those that others
 * need: these stop when the others have. For one thread; the parts start and stop in threads of
 * their own.
 */
final class PartsStarting implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PartsStarting.class);

  private final List<CompletableFuture<? extends AutoCloseable>> parts = new ArrayList<>();

  /** What each part needs for as long as it has not stopped; never a later one. */
  private final Map<CompletableFuture<?>, List<CompletableFuture<?>>> needs = new HashMap<>();

  /** What a part does to start; what it throws keeps it from starting. */
  interface Start<T> {
    T start();
  }

  /**
   * Starts a part at once.
   *
   * @param name names it in the error, such as "The broker"
   * @param needed parts that are stopped only when this one has
   */
  @CanIgnoreReturnValue
  <T extends AutoCloseable> CompletableFuture<T> start(
      String name, Start<T> start, CompletableFuture<?>... needed) {
    return keep(
        CompletableFuture.supplyAsync(() -> named(name, start), PartsStarting::inThread),
        List.of(needed));
  }

  /**
   * Starts a part when another one has started; if that does not, this one is not tried.
   *
   * @param other is stopped only when this one has
   * @param needed so are these
   */
  @CanIgnoreReturnValue
  <T extends AutoCloseable, U> CompletableFuture<T> startAfter(
      CompletableFuture<U> other,
      String name,
      Function<U, T> start,
      CompletableFuture<?>... needed) {
    List<CompletableFuture<?>> all = new ArrayList<>(List.of(needed));
    all.add(other);
    return keep(
        other.thenApplyAsync(
            started -> named(name, () -> start.apply(started)), PartsStarting::inThread),
        all);
  }

  private <T extends AutoCloseable> CompletableFuture<T> keep(
      CompletableFuture<T> part, List<CompletableFuture<?>> needed) {
    parts.add(part);
    needs.put(part, List.copyOf(needed));
    return part;
  }

  /** Not the common pool, which has one thread on two cores: a part that waits would hold it up. */
  private static void inThread(Runnable task) {
    Thread thread = new Thread(task, "part");
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

  /** Stops every part that has started or still will, and returns when all have. */
  @Override
  @SuppressWarnings("CollectionUndefinedEquality") // Each part is one object; no other is meant.
  public void close() {
    Map<CompletableFuture<?>, CompletableFuture<Void>> stops = new LinkedHashMap<>();
    for (int i = parts.size() - 1; i >= 0; i--) {
      CompletableFuture<? extends AutoCloseable> part = parts.get(i);
      CompletableFuture<?>[] before =
          stops.entrySet().stream()
              .filter(stop -> needs.get(stop.getKey()).contains(part))
              .map(Map.Entry::getValue)
              .toArray(CompletableFuture<?>[]::new);
      stops.put(
          part,
          CompletableFuture.allOf(before).thenRunAsync(() -> stop(part), PartsStarting::inThread));
    }
    stops.values().forEach(CompletableFuture::join);
    parts.clear();
    needs.clear();
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
