package dev.flagstream.engine.shell;

import java.io.PrintWriter;

/** Output without a terminal: for scripts and pipes. */
final class PlainScreen implements Screen {

  private final PrintWriter out;
  private final PrintWriter err;

  PlainScreen(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public int width() {
    return DEFAULT_WIDTH;
  }

  @Override
  public void print(String text) {
    out.println(text);
    out.flush();
  }

  @Override
  public void show(String text) {
    print(text);
  }

  @Override
  public void error(String text) {
    err.println(text);
    err.flush();
  }

  /** Does nothing: an interrupt ends the program, as it does any other in a pipe. */
  @Override
  public Interrupt onInterrupt(Runnable action) {
    return () -> {};
  }
}
