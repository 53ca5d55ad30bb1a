package dev.flagstream.engine.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.jline.builtins.Less;
import org.jline.builtins.Source;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** A terminal that someone sits at. */
final class TerminalScreen implements Screen {

  private static final AttributedStyle ERROR =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);

  private final Terminal terminal;

  TerminalScreen(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int width() {
    int columns = terminal.getSize().getColumns();
    return columns > 0 ? columns : DEFAULT_WIDTH;
  }

  @Override
  public void print(String text) {
    terminal.writer().println(text);
    terminal.flush();
  }

  @Override
  public void show(String text) {
    int rows = terminal.getSize().getRows();
    if (text.lines().count() < rows || rows <= 0 || Terminal.TYPE_DUMB.equals(terminal.getType())) {
      print(text);
    } else {
      page(text);
    }
  }

  private void page(String text) {
    try {
      ByteArrayInputStream bytes = new ByteArrayInputStream(text.getBytes(UTF_8));
      new Less(terminal, Path.of(""))
          .run(new Source.InputStreamSource(bytes, true, "answer (q: back to the prompt)"));
    } catch (IOException e) {
      print(text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void error(String text) {
    print(new AttributedString(text, ERROR).toAnsi(terminal));
  }

  @Override
  public Interrupt onInterrupt(Runnable action) {
    SignalHandler former = terminal.handle(Signal.INT, signal -> action.run());
    return () -> terminal.handle(Signal.INT, former);
  }
}
