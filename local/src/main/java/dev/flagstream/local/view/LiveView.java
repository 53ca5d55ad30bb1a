package dev.flagstream.local.view;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.TerminalBuilder.SystemOutput;

/** What the user sees while the stack runs. Lines may be said from any thread. */
public interface LiveView extends AutoCloseable {

  /** Says something that stays on the screen. */
  void say(String line);

  /** Shows the state of now in place of the one before. */
  void show(Telemetry now);

  /**
   * Shows the state of now and what is being waited for. Where lines stay, the same sentence is not
   * said twice.
   */
  void showWaiting(Telemetry now, String waitingFor);

  /** Leaves the terminal as it was found. */
  @Override
  void close();

  /** A panel that refreshes itself if this is a terminal, otherwise a line every few seconds. */
  static LiveView open() {
    try {
      Terminal terminal =
          TerminalBuilder.builder()
              .systemOutput(SystemOutput.SysOut)
              .nativeSignals(false)
              .dumb(true)
              .build();
      if (!terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
        return new TerminalView(terminal, ZoneId.systemDefault());
      }
      terminal.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open the terminal", e);
    }
    return new LineView(System.out, ZoneId.systemDefault());
  }
}
