package dev.flagstream.local.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the ledger found when it compared the store with the input topic. Sets hold ids, never
 * contents.
 *
 * @param expected documents there must be
 * @param stored documents there are
 * @param missing flagged transactions that are not in the store
 * @param unexpected documents that no flagged transaction accounts for
 * @param duplicated transactions with more than one document
 * @param altered documents whose contents or types are not what they must be
 * @param withoutDecision scored transactions whose decision is not in the store
 * @param windowsChecked windows by card and by category that were compared
 * @param wrongWindows windows that are missing or differ
 * @param deadLetters records in dead-letter topics
 */
public record Findings(
    long expected,
    long stored,
    Set<String> missing,
    Set<String> unexpected,
    Set<String> duplicated,
    Set<String> altered,
    Set<String> withoutDecision,
    long windowsChecked,
    Set<String> wrongWindows,
    long deadLetters) {

  private static final int IDS_SHOWN = 10;

  /** Whether everything is as it must be. */
  public boolean balanced() {
    return differences() == 0;
  }

  /** How many single differences there are. */
  public long differences() {
    return missing.size()
        + unexpected.size()
        + duplicated.size()
        + altered.size()
        + withoutDecision.size()
        + wrongWindows.size()
        + deadLetters;
  }

  /** One sentence for each kind of difference, naming ids. */
  public List<String> problems() {
    var problems = new ArrayList<String>();
    add(problems, missing, "flagged transactions are missing in the store");
    add(problems, unexpected, "documents belong to no flagged transaction");
    add(problems, duplicated, "transactions are stored more than once");
    add(problems, altered, "documents differ from their transaction");
    add(problems, withoutDecision, "scored transactions have no decision in the store");
    add(problems, wrongWindows, "windows are missing or differ");
    if (deadLetters != 0) {
      problems.add(deadLetters + " records went to a dead-letter topic (dlq_*)");
    }
    return problems;
  }

  private static void add(List<String> problems, Set<String> ids, String what) {
    if (!ids.isEmpty()) {
      var shown = String.join(", ", ids.stream().sorted().limit(IDS_SHOWN).toList());
      var more = ids.size() > IDS_SHOWN ? ", …" : "";
      problems.add(ids.size() + " " + what + ": " + shown + more);
    }
  }
}
