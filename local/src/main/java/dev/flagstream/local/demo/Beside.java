package dev.flagstream.local.demo;

import dev.flagstream.dashboard.Dashboard;
import dev.flagstream.dashboard.DashboardException;
import dev.flagstream.dashboard.DashboardSettings;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.metrics.MetricsEndpoint;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.StackSettings;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What people may have beside a stack in the same process: its dashboard, its metrics. It starts in
 * a thread of its own, so that nothing waits for it; if it cannot start, it says so, and the stack
 * goes on without it.
 */
final class Beside implements AutoCloseable {

  private final Thread starting;
  private Runnable stop = Beside::nothing;

  /** Calls {@code start} in a thread of this name; what it returns ends what it has started. */
  private Beside(String name, Supplier<Runnable> start) {
    starting = new Thread(() -> stop = start.get(), name);
    starting.setDaemon(true);
    starting.start();
  }

  /**
   * Starts the dashboard.
   *
   * @param choice empty for none
   * @param say receives where it is, or why it is not, from another thread
   */
  static Beside dashboard(
      StackSettings settings, Optional<DemoOptions.DashboardChoice> choice, Consumer<String> say) {
    return new Beside(
        "dashboard",
        () -> choice.map(wanted -> startDashboard(settings, wanted, say)).orElse(Beside::nothing));
  }

  private static Runnable startDashboard(
      StackSettings settings, DemoOptions.DashboardChoice choice, Consumer<String> say) {
    try {
      Dashboard dashboard =
          Dashboard.start(
              new DashboardSettings(
                  choice.port(),
                  settings.sqlUrl(),
                  Optional.empty(),
                  settings.mongoUri(),
                  settings.models(),
                  choice.analyst()));
      say.accept("The dashboard is at " + dashboard.uri());
      return dashboard::close;
    } catch (DashboardException e) {
      say.accept("There is no dashboard. " + e.getMessage());
      return Beside::nothing;
    }
  }

  /**
   * Starts to serve metrics.
   *
   * @param port empty for none, 0 for any free one
   * @param say receives where they are, or why there are none, from another thread
   */
  static Beside metrics(OptionalInt port, MetricsEndpoint.Sources sources, Consumer<String> say) {
    return new Beside(
        "metrics",
        () -> port.isPresent() ? startMetrics(port.getAsInt(), sources, say) : Beside::nothing);
  }

  private static Runnable startMetrics(
      int port, MetricsEndpoint.Sources sources, Consumer<String> say) {
    try {
      MetricsEndpoint endpoint = MetricsEndpoint.start(Environment.LOOPBACK, port, sources);
      say.accept(
          "Metrics for Prometheus are at http://%s:%d/metrics"
              .formatted(Environment.LOOPBACK, endpoint.port()));
      return endpoint::close;
    } catch (StackException e) {
      say.accept("There are no metrics. " + e.getMessage());
      return Beside::nothing;
    }
  }

  private static void nothing() {
    // None was wanted, or it did not start.
  }

  /** Waits until it has started, or could not, and stops it. */
  @Override
  public void close() {
    try {
      starting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stop.run();
  }
}
