package dev.flagstream.local.ledger;

/**
 * A transaction that was decided, although its id had been decided for an earlier record.
 *
 * @param first where the earlier record is
 * @param again where the other one is
 */
record DecidedAgain(String id, Place first, Place again, Cause cause) {

  /** Where a record of the input topic is. */
  record Place(String topic, int partition, long offset) {

    String text() {
      return "offset %d of partition %d of %s".formatted(offset, partition, topic);
    }
  }

  /** Why its card did not know the id. */
  enum Cause {
    OTHER_CARD("it came under another card, and a card knows its own ids alone"),
    OTHER_PARTITION(
        "its card's records come in several partitions, between which there is no order"),
    CAME_LATE(
        "the first came over a day late, by the newest payment of its card, which keeps none of these"),
    TOO_OLD("the first was 31 days older than the newest payment of its card, or more, by then"),
    TOO_MANY("so many payments of its card have come since that the first was not kept"),
    OLD_AND_DIFFERENT(
        "the first was over a day older than the newest payment of its card by then, and says something else"),
    PERSON_FORGOTTEN("what was known of its card was forgotten because a person asked for it"),
    IRREGULAR(
        "one of both is not of the documented form: the ledger cannot tell what its card knew"),

    /** It should have been rejected. */
    UNKNOWN("nothing that the ledger knows of is the reason");

    private final String words;

    Cause(String words) {
      this.words = words;
    }

    /** Whether it is one of the limits within which an id counts once. */
    boolean isStated() {
      return this != UNKNOWN;
    }
  }

  /** What happened, with both places. */
  String sentence() {
    return "%s was decided twice, from %s and from %s: %s."
        .formatted(id, first.text(), again.text(), cause.words);
  }
}
