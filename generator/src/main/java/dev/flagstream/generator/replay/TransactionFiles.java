package dev.flagstream.generator.replay;

import dev.flagstream.generator.producer.TransactionTopic;
import dev.flagstream.generator.replay.csv.RejectedRows;
import dev.flagstream.generator.replay.layout.MappedTransactions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Files of known layouts, whose rows become card transactions. */
final class TransactionFiles implements ReplayFiles {

  private final ReplayOptions options;
  private final RejectsFile rejects;
  private final ReadBytes bytes;
  private final List<String> brokenOff = new ArrayList<>();
  private long rejected;

  TransactionFiles(ReplayOptions options, RejectsFile rejects) {
    this.options = options;
    this.rejects = rejects;
    this.bytes = new ReadBytes(options.files());
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
        bytes.begin(source::bytesRead);
        replay.send(source);
        bytes.end(file);
        rejected += source.rejected();
        source.brokenOff().ifPresent(brokenOff::add);
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
  public long totalBytes() {
    return bytes.total();
  }

  @Override
  public long bytesRead() {
    return bytes.now();
  }

  @Override
  public long rejected() {
    return rejected;
  }

  @Override
  public List<String> brokenOff() {
    return List.copyOf(brokenOff);
  }

  private ReplaySource open(Path file, RejectedRows rejected) {
    return new MappedSource(
        MappedTransactions.open(file, options.dialect(), rejected, options.startTime()));
  }
}
