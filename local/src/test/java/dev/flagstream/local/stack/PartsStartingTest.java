package dev.flagstream.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.local.failure.StackException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PartsStartingTest {

  private final List<String> stopped = Collections.synchronizedList(new ArrayList<>());
  private final PartsStarting parts = new PartsStarting();

  @Test
  void startsPartsSideBySide() {
    CompletableFuture<Void> storeRuns = new CompletableFuture<>();
    CompletableFuture<Void> brokerRuns = new CompletableFuture<>();

    // Each waits for the other: one after the other, neither would ever start.
    parts.start(
        "The store",
        () -> {
          storeRuns.complete(null);
          brokerRuns.join();
          return part("store");
        });
    parts.start(
        "The broker",
        () -> {
          brokerRuns.complete(null);
          storeRuns.join();
          return part("broker");
        });

    parts.await();
  }

  @Test
  void stopsWhatOthersNeedWhenTheyHaveStopped() {
    CompletableFuture<Void> connectRuns = new CompletableFuture<>();
    CompletableFuture<AutoCloseable> store =
        parts.start(
            "The store",
            () -> {
              connectRuns.join(); // ready last, needed all the same
              return part("store");
            });
    CompletableFuture<AutoCloseable> broker = parts.start("The broker", () -> part("broker"));
    CompletableFuture<Void> unused =
        parts
            .startAfter(broker, "Kafka Connect", started -> part("Connect"), store)
            .thenRun(() -> connectRuns.complete(null));
    parts.await();

    parts.close();

    assertThat(stopped).startsWith("Connect").containsOnlyOnce("Connect", "broker", "store");
  }

  @Test
  void stopsSideBySideWhatDoesNotNeedEachOther() {
    CountDownLatch bothStop = new CountDownLatch(2);
    for (String name : List.of("SQL server", "Connect")) {
      parts.start(
          name,
          () ->
              (AutoCloseable)
                  () -> {
                    bothStop.countDown();
                    // One after the other, neither would ever stop.
                    bothStop.await();
                    stopped.add(name);
                  });
    }
    parts.await();

    parts.close();

    assertThat(stopped).containsExactlyInAnyOrder("SQL server", "Connect");
  }

  @Test
  void namesThePartThatDoesNotStartAndStopsTheOthers() {
    parts.start("The store", () -> part("store"));
    CompletableFuture<AutoCloseable> broker =
        parts.start(
            "The broker",
            () -> {
              throw new IllegalStateException("the log is damaged");
            });
    parts.start(
        "The SQL server",
        () -> {
          broker.join();
          return part("SQL server");
        });
    parts.startAfter(broker, "Kafka Connect", started -> part("Connect"));

    assertThatThrownBy(parts::await)
        .isInstanceOf(StackException.class)
        .hasMessage("The broker does not start: the log is damaged");
    parts.close();
    assertThat(stopped).containsExactly("store");
  }

  @Test
  void saysAtOnceWhatFailedThoughAnotherPartIsStillStarting() {
    CountDownLatch sqlMayGoOn = new CountDownLatch(1);
    parts.start("The SQL server", () -> afterwards(sqlMayGoOn, "SQL server"));
    parts.start(
        "Kafka Connect",
        () -> {
          throw new StackException("no plug-in");
        });

    assertThatThrownBy(parts::await).isInstanceOf(StackException.class).hasMessage("no plug-in");
    sqlMayGoOn.countDown();
    parts.close();
    assertThat(stopped).containsExactly("SQL server");
  }

  @Test
  void stopsTheOthersThoughOneDoesNotStopCleanly() {
    parts.start("The store", () -> part("store"));
    parts.start(
        "The broker",
        () ->
            (AutoCloseable)
                () -> {
                  throw new IllegalStateException("stuck");
                });
    parts.await();

    parts.close();

    assertThat(stopped).containsExactly("store");
  }

  private AutoCloseable afterwards(CountDownLatch signal, String name) {
    try {
      signal.await();
    } catch (InterruptedException e) {
      throw new CompletionException(e);
    }
    return part(name);
  }

  private AutoCloseable part(String name) {
    return () -> stopped.add(name);
  }
}
