package dev.flagstream.engine.shell;

/** Where the shell writes: a terminal, or plain output when it runs a script. */
interface Screen {

  int DEFAULT_WIDTH = 120;

  /** How many characters fit into a line. */
  int width();

  /** Shows a line, or several, at once. */
  void print(String text);

  /** Shows the text of a complete answer, page by page if it is long and someone sits there. */
  void show(String text);

  /** Shows what went wrong. */
  void error(String text);

  /** Runs an action each time the user asks to interrupt, until the result is closed. */
  Interrupt onInterrupt(Runnable action);

  /** Undoes {@link #onInterrupt}. */
  interface Interrupt extends AutoCloseable {
    @Override
    void close();
  }
}
