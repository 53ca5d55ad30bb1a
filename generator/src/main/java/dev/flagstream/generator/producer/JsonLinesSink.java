package dev.flagstream.generator.producer;

import dev.flagstream.generator.feed.FeedStream;
import java.io.PrintStream;

/**
 * Prints each transaction, or row, as a line of JSON instead of sending it. Truth and labels are
 * left out.
 */
public final class JsonLinesSink implements RecordSink {

  private static final int FLUSH_BYTES = 1 << 16;

  /** What a record fails with when nobody reads the output any more, as after {@code | head}. */
  public static final class OutputClosedException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private final PrintStream out;
  private final boolean eager;
  private byte[] buffer = new byte[FLUSH_BYTES];
  private int length;
  private Outcomes outcomes;

  /**
   * Makes a sink.
   *
   * @param eager whether each line is printed at once, rather than many together
   */
  public JsonLinesSink(PrintStream out, boolean eager) {
    this.out = out;
    this.eager = eager;
  }

  @Override
  public void report(Outcomes to) {
    outcomes = to;
  }

  @Override
  public void send(FeedRecord record) {
    boolean isRead = record.stream() != FeedStream.TRANSACTIONS || print(record.value());
    if (isRead) {
      outcomes.acknowledged(record.stream());
    } else {
      outcomes.failed(record.stream(), new OutputClosedException());
    }
  }

  /** Returns false if nobody reads any more. */
  private boolean print(byte[] line) {
    boolean isRead = true;
    if (length + line.length + 1 > buffer.length) {
      isRead = flush();
      buffer = new byte[Math.max(buffer.length, line.length + 1)];
    }
    System.arraycopy(line, 0, buffer, length, line.length);
    length += line.length;
    buffer[length++] = '\n';
    return eager ? flush() : isRead;
  }

  private boolean flush() {
    out.write(buffer, 0, length);
    length = 0;
    return !out.checkError();
  }

  @Override
  public void close() {
    flush();
  }

  @Override
  public void abandon() {
    close();
  }
}
