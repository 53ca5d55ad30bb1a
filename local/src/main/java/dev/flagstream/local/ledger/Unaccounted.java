package dev.flagstream.local.ledger;

/**
 * Which records make the counts differ: those that came in and came out nowhere, and transactions
 * that were scored more often than they came in.
 *
 * @param nowhere neither scored nor rejected: ids, or places of records that have none
 * @param tooOften scored more often than they came in
 */
public record Unaccounted(Ids nowhere, Ids tooOften) {

  /** All is accounted for. */
  public static final Unaccounted NONE = new Unaccounted(Ids.NONE, Ids.NONE);

  /** Reads the topics of the input and the scored once more if there are any, for their names. */
  public static Unaccounted find(Expectation expectation) {
    return new Unaccounted(expectation.nowhere(), expectation.scoredTooOften());
  }
}
