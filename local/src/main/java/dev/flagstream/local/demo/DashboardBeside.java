package dev.flagstream.local.demo;

import dev.flagstream.dashboard.Dashboard;
import dev.flagstream.dashboard.DashboardException;
import dev.flagstream.dashboard.DashboardSettings;
import dev.flagstream.local.settings.StackSettings;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The dashboard of a stack in the same process. It starts in a thread of its own, so that nothing
 * waits for it; if it cannot start, it says so, and the stack goes on without it.
 */
final class DashboardBeside implements AutoCloseable {

  private final Thread starting;
  private Optional<Dashboard> dashboard = Optional.empty();

  private DashboardBeside(
      StackSettings settings, Optional<DemoOptions.DashboardChoice> choice, Consumer<String> say) {
    starting =
        new Thread(() -> choice.ifPresent(wanted -> start(settings, wanted, say)), "dashboard");
    starting.setDaemon(true);
    starting.start();
  }

  /**
   * Starts it.
   *
   * @param choice empty for no dashboard
   * @param say receives where it is, or why it is not, from another thread
   */
  static DashboardBeside start(
      StackSettings settings, Optional<DemoOptions.DashboardChoice> choice, Consumer<String> say) {
    return new DashboardBeside(settings, choice, say);
  }

  private void start(
      StackSettings settings, DemoOptions.DashboardChoice choice, Consumer<String> say) {
    try {
      dashboard =
          Optional.of(
              Dashboard.start(
                  new DashboardSettings(
                      choice.port(),
                      settings.sqlUrl(),
                      Optional.empty(),
                      settings.mongoUri(),
                      choice.analyst())));
      say.accept("The dashboard is at " + dashboard.get().uri());
    } catch (DashboardException e) {
      say.accept("There is no dashboard. " + e.getMessage());
    }
  }

  @Override
  public void close() {
    try {
      starting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    dashboard.ifPresent(Dashboard::close);
  }
}
