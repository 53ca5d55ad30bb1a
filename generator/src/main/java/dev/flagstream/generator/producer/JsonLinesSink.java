package dev.flagstream.generator.producer;

import dev.flagstream.generator.transaction.Transaction;
import dev.flagstream.generator.transaction.TransactionJson;
import java.io.PrintStream;

/** Prints each transaction as a line of JSON, to look at instead of sending it. */
public final class JsonLinesSink implements TransactionSink {

  /** Nobody reads the output any more, as after {@code | head}. */
  public static final class OutputClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final PrintStream out;
  private final TransactionJson json = new TransactionJson();

  public JsonLinesSink(PrintStream out) {
    this.out = out;
  }

  /**
   * Prints the transaction.
   *
   * @throws OutputClosedException if nobody reads any more
   */
  @Override
  public void send(Transaction transaction, Outcome outcome) {
    byte[] line = json.encode(transaction);
    out.write(line, 0, line.length);
    out.write('\n');
    if (out.checkError()) {
      throw new OutputClosedException();
    }
    outcome.acknowledged();
  }

  @Override
  public void close() {
    out.flush();
  }
}
