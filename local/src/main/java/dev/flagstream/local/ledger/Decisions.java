package dev.flagstream.local.ledger;

import com.mongodb.client.model.Projections;
import java.util.Set;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.conversions.Bson;

/** The state of one pass over the decisions in the store. For one thread. */
final class Decisions {

  /** The only fields of a decision that are read. */
  static final Bson FIELDS = Projections.include("transaction_id", "is_fraud");

  private final Expectation expectation;
  private final TransactionTable transactions;
  private final Suspects unexpected;
  private final Ids.Counter duplicated = new Ids.Counter();
  private final Ids.Counter wrong = new Ids.Counter();
  private long count;

  /** Begins a pass; what an earlier one has seen is forgotten. */
  Decisions(Expectation expectation) {
    this.expectation = expectation;
    this.transactions = expectation.transactions();
    this.unexpected = new Suspects(expectation.maps());
    transactions.removeFromAll(TransactionTable.STORED);
  }

  void add(BsonDocument decision) {
    addVerdict(idOf(decision), BsonBoolean.TRUE.equals(decision.get("is_fraud")));
  }

  /** Adds what a store says of a transaction. */
  void addVerdict(String id, boolean flagged) {
    int state = transactions.stateOf(id);
    count += (state & TransactionTable.IN_INPUT) == 0 ? 0 : 1;
    if ((state & TransactionTable.SCORED) == 0 || expectation.isErased(id)) {
      unexpected.add(id);
      return;
    }
    if ((state & TransactionTable.STORED) != 0) {
      duplicated.add(id);
    }
    transactions.add(id, TransactionTable.STORED);
    if (!isRight(flagged, state)) {
      wrong.add(id);
    }
  }

  /** Scored twice, on both sides of the threshold, a transaction may have either verdict. */
  private static boolean isRight(boolean flagged, int state) {
    if ((state & TransactionTable.UNDECIDED) != 0 || (state & TransactionTable.IN_INPUT) == 0) {
      return true; // what is not, or not yet, in the input is reported elsewhere
    }
    if ((state & TransactionTable.RULE_HIT) != 0) {
      return flagged;
    }
    return (state & (flagged ? TransactionTable.SCORED_ALERT : TransactionTable.SCORED_CLEAR)) != 0;
  }

  /** A document without the field is named by its {@code _id}, whatever that is. */
  static String idOf(BsonDocument document) {
    return document.get("transaction_id") instanceof BsonString id
        ? id.getValue()
        : String.valueOf(document.get("_id"));
  }

  /**
   * What was found once all have been added.
   *
   * @param excused ids that do not count as missing
   */
  Findings.Decisions findings(Set<String> excused) {
    return new Findings.Decisions(
        expectation.scoredCount(),
        count,
        expectation.scoredWithoutDecision(excused),
        unexpected.without(expectation::isLater),
        duplicated.ids(),
        wrong.ids());
  }
}
