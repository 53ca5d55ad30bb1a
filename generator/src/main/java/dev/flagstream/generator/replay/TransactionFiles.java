package dev.flagstream.generator.replay;

import dev.flagstream.generator.producer.TransactionTopic;
import dev.flagstream.generator.replay.csv.RejectedRows;
import dev.flagstream.generator.replay.layout.MappedTransactions;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** Files of known layouts, whose rows become card transactions. */
final class TransactionFiles implements ReplayFiles {

  private final ReplayOptions options;
  private final RejectsFile rejects;
  private final FileTally tally;

  TransactionFiles(ReplayOptions options, RejectsFile rejects) {
    this.options = options;
    this.rejects = rejects;
    this.tally = new FileTally(options.files());
  }

  /** Opens each file once, so that one of no known layout is refused before anything is sent. */
  @Override
  public void prepare(BooleanSupplier stopped) {
    for (Path file : options.files()) {
      open(file, RejectedRows.IGNORED).close();
    }
  }

  @Override
  public void sendAll(Replay replay) throws InterruptedException {
    for (Path file : options.files()) {
      if (replay.isStopped()) {
        return;
      }
      try (ReplaySource source = open(file, rejects.of(file))) {
        tally.send(file, source, replay);
      }
    }
  }

  @Override
  public String topic() {
    return options.topic().orElse(TransactionTopic.DEFAULT_NAME);
  }

  @Override
  public boolean haveLabels() {
    return true;
  }

  @Override
  public String description() {
    return "the rows of "
        + String.join(", ", options.files().stream().map(Path::toString).toList())
        + " as transactions";
  }

  @Override
  public String next() {
    return "make ksql and make mongosh show what was flagged";
  }

  @Override
  public FileTally tally() {
    return tally;
  }

  private ReplaySource open(Path file, RejectedRows rejected) {
    return new MappedSource(
        MappedTransactions.open(file, options.dialect(), rejected, options.startTime()));
  }
}
