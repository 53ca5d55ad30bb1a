package dev.flagstream.generator.producer;

import dev.flagstream.generator.feed.FeedEvent;
import dev.flagstream.generator.feed.FeedStream;
import dev.flagstream.generator.feed.FraudTruth;
import dev.flagstream.generator.feed.Payment;
import dev.flagstream.generator.transaction.TransactionJson;
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
  private final TransactionJson json = new TransactionJson();
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
  public void send(FeedEvent event) {
    if (event instanceof Payment payment) {
      print(payment);
    } else if (event instanceof FraudTruth truth) {
      truthFile.ifPresent(file -> file.write(truth));
    }
    outcomes.acknowledged(FeedStream.of(event));
  }

  private void print(Payment payment) {
    byte[] line = json.encode(payment.transaction());
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
