package dev.flagstream.generator.producer;

import dev.flagstream.generator.feed.FeedStream;
import java.io.PrintStream;
import java.util.Optional;

/**
 * Prints each transaction as a line of JSON, to look at instead of sending it; writes the truth to
 * a file if there is one. Labels are left out.
 */
public final class JsonLinesSink implements FeedSink {

  /** Nobody reads the output any more, as after {@code | head}. */
  public static final class OutputClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final PrintStream out;
  private final Optional<TruthFile> truthFile;
  private Outcomes outcomes;

  public JsonLinesSink(PrintStream out, Optional<TruthFile> truthFile) {
    this.out = out;
    this.truthFile = truthFile;
  }

  @Override
  public void report(Outcomes to) {
    outcomes = to;
  }

  /**
   * Prints a transaction.
   *
   * @throws OutputClosedException if nobody reads any more
   */
  @Override
  public void send(FeedRecord record) {
    if (record.stream() == FeedStream.TRANSACTIONS) {
      print(record.value());
    } else if (record.stream() == FeedStream.TRUTH) {
      truthFile.ifPresent(file -> file.write(record.value()));
    }
    outcomes.acknowledged(record.stream());
  }

  private void print(byte[] line) {
    out.write(line, 0, line.length);
    out.write('\n');
    if (out.checkError()) {
      throw new OutputClosedException();
    }
  }

  @Override
  public void close() {
    out.flush();
    truthFile.ifPresent(TruthFile::close);
  }

  @Override
  public void abandon() {
    close();
  }
}
