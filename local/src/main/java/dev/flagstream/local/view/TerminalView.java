package dev.flagstream.local.view;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;

/** For people: a panel at the bottom of the terminal that is drawn anew each time. */
final class TerminalView implements LiveView {

  private final Terminal terminal;
  private final Display display;
  private final Panel panel;
  private List<AttributedString> shown = List.of();

  /** A view on a terminal, which it takes over and closes in the end. */
  TerminalView(Terminal terminal, ZoneId zone) {
    this.terminal = terminal;
    display = new Display(terminal, false);
    panel = new Panel(zone);
  }

  @Override
  public synchronized void say(String line) {
    draw(List.of());
    Folding.fold(line, terminal.getSize().getColumns()).forEach(terminal.writer()::println);
    terminal.flush();
    draw(shown);
  }

  @Override
  public void show(Telemetry now) {
    show(panel.lines(now));
  }

  @Override
  public void showWaiting(Telemetry now, String waitingFor) {
    show(panel.lines(now, waitingFor));
  }

  private synchronized void show(List<String> lines) {
    Size size = terminal.getSize();
    int width = Math.max(1, size.getColumns());
    shown =
        lines.stream()
            .map(line -> cut(new AttributedString(line), width))
            .limit(Math.max(1, size.getRows() - 1))
            .toList();
    draw(shown);
  }

  private static AttributedString cut(AttributedString line, int width) {
    if (line.columnLength() <= width) {
      return line;
    }
    return AttributedString.join(
        AttributedString.EMPTY, line.columnSubSequence(0, width - 1), new AttributedString("…"));
  }

  private void draw(List<AttributedString> lines) {
    display.resize(terminal.getSize());
    display.update(lines, 0);
    if (lines.isEmpty()) {
      display.reset();
    }
  }

  @Override
  public synchronized void close() {
    try {
      // What was said last, such as a verdict, must not be pushed off the screen by the panel.
      draw(List.of());
      terminal.flush();
      terminal.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot give the terminal back", e);
    }
  }
}
