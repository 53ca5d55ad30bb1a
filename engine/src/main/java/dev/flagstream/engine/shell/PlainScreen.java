package dev.flagstream.engine.shell;

import java.io.PrintWriter;

/** Output that nobody turns the pages of: of single statements, scripts and pipes. */
final class PlainScreen implements Screen {

  private final PrintWriter out;
  private final PrintWriter err;
  private final int width;

  PlainScreen(PrintWriter out, PrintWriter err, int width) {
    this.out = out;
    this.err = err;
    this.width = width;
  }

  @Override
  public int width() {
    return width;
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
