package dev.flagstream.generator.feed;

/** The three streams that a run gives out. */
public enum FeedStream {
  TRANSACTIONS("transaction"),
  TRUTH("truth"),
  LABELS("label");

  private final String word;

  FeedStream(String word) {
    this.word = word;
  }

  /** What one record of it is called. */
  public String word() {
    return word;
  }

  /** The stream that an event belongs to. */
  public static FeedStream of(FeedEvent event) {
    if (event instanceof Payment) {
      return TRANSACTIONS;
    }
    return event instanceof FraudTruth ? TRUTH : LABELS;
  }
}
