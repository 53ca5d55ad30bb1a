package dev.flagstream.engine.shell;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A screen whose text also goes to a file while SPOOL is on. */
final class SpooledScreen implements Screen {

  private final Screen screen;
  private PrintWriter file;

  SpooledScreen(Screen screen) {
    this.screen = screen;
  }

  /**
   * Begins a file; what was spooled to before is complete.
   *
   * @throws SqlError if the file cannot be written
   */
  void spoolTo(Path path) throws SqlError {
    stop();
    try {
      file = new PrintWriter(Files.newBufferedWriter(path, StandardCharsets.UTF_8), true);
    } catch (IOException e) {
      throw new SqlError("SPOOL: cannot write %s: %s".formatted(path, FileTrouble.of(e)), e);
    }
  }

  /** Ends the file, if there is one. */
  void stop() {
    if (file != null) {
      file.close();
      file = null;
    }
  }

  /** Writes what was typed to the file, which the screen has already. */
  void note(String statement) {
    if (file != null) {
      file.println("sql> " + statement);
    }
  }

  @Override
  public int width() {
    return screen.width();
  }

  @Override
  public void print(String text) {
    spool(text);
    screen.print(text);
  }

  @Override
  public void show(String text) {
    spool(text);
    screen.show(text);
  }

  @Override
  public void error(String text) {
    spool(text);
    screen.error(text);
  }

  private void spool(String text) {
    if (file != null) {
      file.println(text);
    }
  }

  @Override
  public Interrupt onInterrupt(Runnable action) {
    return screen.onInterrupt(action);
  }
}
