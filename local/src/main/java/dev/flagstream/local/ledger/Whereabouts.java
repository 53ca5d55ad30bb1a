package dev.flagstream.local.ledger;

import java.util.List;
import java.util.Locale;

/** Says how far something that is missing in the store has got. */
final class Whereabouts {

  private final Expectation expectation;
  private final DeadLetters deadLetters;

  Whereabouts(Expectation expectation, DeadLetters deadLetters) {
    this.expectation = expectation;
    this.deadLetters = deadLetters;
  }

  /**
   * A line for each of the first few ids, which says where it is.
   *
   * @param topic from which the store should have it
   */
  List<String> of(Ids missing, String topic) {
    return missing.first().stream().map(id -> id + ": " + of(id, topic)).toList();
  }

  private String of(String id, String topic) {
    return deadLetters
        .reason(topic, id)
        .map(reason -> "in the dead letters (dlq_" + topic + "): " + reason)
        .orElseGet(
            () ->
                (expectation.transactions().stateOf(id) & TransactionTable.SCORED) == 0
                    ? "not scored"
                    : "scored, but not in MongoDB");
  }

  /** Dead letters, the first few with their reasons. */
  static List<String> described(DeadLetters deadLetters) {
    return deadLetters.letters().stream()
        .limit(Ids.SHOWN)
        .map(
            letter ->
                String.format(
                    Locale.ROOT,
                    "%s of %s, in %s: %s",
                    letter.id().isEmpty() ? "a record" : letter.id(),
                    letter.sourceTopic(),
                    letter.place(),
                    letter.reason()))
        .toList();
  }
}
