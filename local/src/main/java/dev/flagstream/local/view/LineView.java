package dev.flagstream.local.view;

import java.io.PrintStream;
import java.time.Duration;
import java.time.ZoneId;

/** For logs and pipes: one line every few seconds. */
final class LineView implements LiveView {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final PrintStream out;
  private final Panel panel;
  private Duration lastShown = Duration.ofSeconds(-5);
  private String lastWaitedFor = "";

  LineView(PrintStream out, ZoneId zone) {
    this.out = out;
    this.panel = new Panel(zone);
  }

  @Override
  public synchronized void say(String line) {
    out.println(line);
  }

  @Override
  public synchronized void show(Telemetry now) {
    if (now.running().minus(lastShown).compareTo(INTERVAL) >= 0) {
      lastShown = now.running();
      out.println(panel.line(now));
    }
  }

  @Override
  public synchronized void showWaiting(Telemetry now, String waitingFor) {
    if (!waitingFor.equals(lastWaitedFor)
        && now.running().minus(lastShown).compareTo(INTERVAL) >= 0) {
      lastShown = now.running();
      lastWaitedFor = waitingFor;
      out.println(waitingFor);
    }
  }

  @Override
  public void close() {
    out.flush();
  }
}
