package dev.flagstream.local.flow;

/**
 * How many committed records each stage holds, those of earlier runs included.
 *
 * @param input records of the input topic
 * @param empty those of them without a value, which SQL over streams never sees
 * @param scored records with a verdict
 * @param rejected records with a reason why they have no verdict
 * @param flagged records with the verdict "suspicious"
 */
public record FlowCounts(long input, long empty, long scored, long rejected, long flagged) {

  public static final FlowCounts NONE = new FlowCounts(0, 0, 0, 0, 0);

  /** Records that have come out of the SQL server, one way or the other. */
  public long processed() {
    return scored + rejected + empty;
  }

  /** Records that have not come out yet. */
  public long inFlight() {
    return input - processed();
  }

  /** Both together. */
  public FlowCounts plus(FlowCounts other) {
    return new FlowCounts(
        input + other.input,
        empty + other.empty,
        scored + other.scored,
        rejected + other.rejected,
        flagged + other.flagged);
  }

  /** What has been added since {@code earlier}. */
  public FlowCounts since(FlowCounts earlier) {
    return new FlowCounts(
        input - earlier.input,
        empty - earlier.empty,
        scored - earlier.scored,
        rejected - earlier.rejected,
        flagged - earlier.flagged);
  }
}
