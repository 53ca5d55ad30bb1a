package dev.flagstream.local.metrics;

import dev.flagstream.local.health.PipelineLook;
import dev.flagstream.local.health.PipelineProbe;
import dev.flagstream.local.settings.PipelineAddresses;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the parts when somebody asks, in a thread of its own: whoever asks waits for a part that
 * does not answer only for so long, and is then told what the look before found. Nobody asking
 * costs nothing. Thread-safe.
 */
final class PipelineWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PipelineWatch.class);

  /** Whoever asks sooner after a look is told what it found. */
  private static final Duration FRESH = Duration.ofSeconds(4);

  /** How long to wait for a look; Prometheus gives up after 10 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  /** The same for the first one, for which every client has still to connect. */
  private static final Duration FIRST_PATIENCE = Duration.ofSeconds(8);

  private final PipelineAddresses addresses;
  private final String serviceId;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          look -> {
            Thread made = new Thread(look, "pipeline-watch");
            made.setDaemon(true);
            return made;
          });

  /** Of the thread alone. */
  private PipelineProbe probe;

  private PipelineLook latest = PipelineLook.NONE;
  private long latestNanos;
  private CompletableFuture<PipelineLook> looking;

  /**
   * Will ask the parts at these addresses.
   *
   * @param serviceId the SQL server's {@code ksql.service.id}
   */
  PipelineWatch(PipelineAddresses addresses, String serviceId) {
    this.addresses = addresses;
    this.serviceId = serviceId;
  }

  /** What a look of now finds; that of the one before if a part is slow to answer. */
  PipelineLook latest() {
    Duration patience = isFirst() ? FIRST_PATIENCE : PATIENCE;
    try {
      return begin().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.debug("The look at the parts is not over yet", e);
    } catch (ExecutionException e) {
      LOG.warn("Could not look at the parts", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return known();
  }

  private synchronized boolean isFirst() {
    return latest.atMs() == 0;
  }

  private synchronized PipelineLook known() {
    return latest;
  }

  private synchronized CompletableFuture<PipelineLook> begin() {
    if (latest.atMs() > 0 && System.nanoTime() - latestNanos < FRESH.toNanos()) {
      return CompletableFuture.completedFuture(latest);
    }
    if (looking == null || looking.isDone()) {
      looking = CompletableFuture.supplyAsync(this::look, thread);
    }
    return looking;
  }

  private PipelineLook look() {
    if (probe == null) {
      probe = new PipelineProbe(addresses, serviceId);
    }
    PipelineLook look = PipelineLook.at(probe);
    synchronized (this) {
      latest = look;
      latestNanos = System.nanoTime();
    }
    return look;
  }

  /** Ends what is being asked, and returns when all clients are closed. */
  @Override
  public void close() {
    CompletableFuture<Void> closed =
        CompletableFuture.runAsync(
            () -> {
              if (probe != null) {
                probe.close();
              }
            },
            thread);
    thread.shutdown();
    closed.join();
  }
}
