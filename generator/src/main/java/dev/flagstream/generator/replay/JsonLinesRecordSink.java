package dev.flagstream.generator.replay;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Prints the values of one topic as JSON lines, to look at instead of sending them. */
final class JsonLinesRecordSink implements RecordSink {

  private static final int FLUSH_BYTES = 1 << 16;

  private final PrintStream out;
  private final String topic;
  private final boolean eager;
  private final AtomicLong printed = new AtomicLong();
  private byte[] buffer = new byte[FLUSH_BYTES];
  private int length;
  private boolean readerGone;

  /**
   * Prints what is bound for the topic; other records are counted only.
   *
   * @param eager whether each line is shown at once, rather than many together
   */
  JsonLinesRecordSink(PrintStream out, String topic, boolean eager) {
    this.out = out;
    this.topic = topic;
    this.eager = eager;
  }

  @Override
  public void send(String recordTopic, byte[] key, byte[] value, Long timeMs) {
    if (recordTopic.equals(topic)) {
      if (length + value.length + 1 > buffer.length) {
        flush();
        buffer = new byte[Math.max(buffer.length, value.length + 1)];
      }
      System.arraycopy(value, 0, buffer, length, value.length);
      length += value.length;
      buffer[length++] = '\n';
      if (eager) {
        flush();
      }
    }
    printed.incrementAndGet();
  }

  @Override
  public long acknowledged() {
    return printed.get();
  }

  @Override
  public long failed() {
    return 0;
  }

  @Override
  public Optional<Exception> firstFailure() {
    return Optional.empty();
  }

  /** Nobody reads the output any more, as after {@code | head}. */
  @Override
  public boolean isHopeless() {
    return readerGone;
  }

  @Override
  public void close() {
    flush();
  }

  private void flush() {
    out.write(buffer, 0, length);
    length = 0;
    readerGone = out.checkError();
  }
}
