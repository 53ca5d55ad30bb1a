package dev.flagstream.generator.producer;

import dev.flagstream.generator.feed.FeedStream;

/** Writes the truth to a file instead of the sink that takes everything else. */
public final class TruthFileSink implements RecordSink {

  private final RecordSink others;
  private final TruthFile file;
  private Outcomes outcomes;

  /** Takes over both and closes them in the end. */
  public TruthFileSink(RecordSink others, TruthFile file) {
    this.others = others;
    this.file = file;
  }

  @Override
  public void report(Outcomes to) {
    outcomes = to;
    others.report(to);
  }

  @Override
  public void send(FeedRecord record) {
    if (record.stream() == FeedStream.TRUTH) {
      file.write(record.value());
      outcomes.acknowledged(FeedStream.TRUTH);
    } else {
      others.send(record);
    }
  }

  @Override
  public void close() {
    others.close();
    file.close();
  }

  @Override
  public void abandon() {
    others.abandon();
    file.close();
  }
}
