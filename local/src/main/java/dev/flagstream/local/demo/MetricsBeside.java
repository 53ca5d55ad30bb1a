package dev.flagstream.local.demo;

import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.metrics.MetricsEndpoint;
import dev.flagstream.local.settings.Environment;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The metrics of a stack in the same process. The endpoint starts in a thread of its own, so that
 * nothing waits for it; if it cannot, it says so, and the stack goes on without it.
 */
final class MetricsBeside implements AutoCloseable {

  private final Thread starting;
  private Optional<MetricsEndpoint> endpoint = Optional.empty();

  private MetricsBeside(OptionalInt port, MetricsEndpoint.Sources sources, Consumer<String> say) {
    starting = new Thread(() -> port.ifPresent(wanted -> start(wanted, sources, say)), "metrics");
    starting.setDaemon(true);
    starting.start();
  }

  /**
   * Starts it.
   *
   * @param port empty for none, 0 for any free one
   * @param say receives where they are, or why there are none, from another thread
   */
  static MetricsBeside start(
      OptionalInt port, MetricsEndpoint.Sources sources, Consumer<String> say) {
    return new MetricsBeside(port, sources, say);
  }

  private void start(int port, MetricsEndpoint.Sources sources, Consumer<String> say) {
    try {
      MetricsEndpoint started = MetricsEndpoint.start(Environment.LOOPBACK, port, sources);
      endpoint = Optional.of(started);
      say.accept(
          "Metrics for Prometheus are at http://%s:%d/metrics"
              .formatted(Environment.LOOPBACK, started.port()));
    } catch (StackException e) {
      say.accept("There are no metrics. " + e.getMessage());
    }
  }

  @Override
  public void close() {
    try {
      starting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    endpoint.ifPresent(MetricsEndpoint::close);
  }
}
