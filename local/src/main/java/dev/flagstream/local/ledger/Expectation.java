package dev.flagstream.local.ledger;

import dev.flagstream.local.flow.CurrentWindow;
import dev.flagstream.local.flow.TopicReader;
import dev.flagstream.local.settings.ComponentProperties;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.StackSettings;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the store must hold, recomputed from the whole input topic by plain code of the ledger's
 * own. Immutable.
 */
public final class Expectation {

  private final Map<String, ExpectedDocument> flagged;
  private final Set<String> undecided;
  private final Set<String> scoredIds;
  private final long inputRecords;
  private final long emptyRecords;

  private Expectation(Recount recount) {
    flagged = Map.copyOf(recount.flagged);
    undecided = Set.copyOf(recount.undecided);
    scoredIds = Set.copyOf(recount.scored.ids());
    inputRecords = recount.inputRecords;
    emptyRecords = recount.emptyRecords;
  }

  /**
   * Reads the whole input topic as it is now, and of what was scored the model's scores: the rules
   * are worked out again, the model is taken at its word. So all must have been scored by now.
   */
  public static Expectation recompute(StackSettings settings) {
    var recount =
        new Recount(
            FraudRule.configured(ComponentProperties.sqlServer(settings)),
            new CardTokens(settings.cardTokenKey()),
            Scores.read(settings.bootstrapServers()));
    new TopicReader(settings.bootstrapServers()).read(Environment.INPUT_TOPIC, recount::add);
    return new Expectation(recount);
  }

  /** Records of the input topic. */
  public long inputRecords() {
    return inputRecords;
  }

  /** Those of them without a value, which no stream ever sees: rejected with the reason EMPTY. */
  public long emptyRecords() {
    return emptyRecords;
  }

  /** How many documents of flagged transactions there must be. */
  public int flaggedCount() {
    return flagged.size();
  }

  /** The ids of the flagged transactions. */
  public Set<String> flaggedIds() {
    return flagged.keySet();
  }

  /** The ids of all transactions that were scored. */
  Set<String> scoredIds() {
    return scoredIds;
  }

  Map<String, ExpectedDocument> flagged() {
    return flagged;
  }

  /** Whether the id is that of an irregular record, of which the ledger foretells no verdict. */
  boolean isUndecided(String id) {
    return undecided.contains(id);
  }

  /** The windows by card that begin at or after a time. */
  Collection<ExpectedWindow> windowsByCard(long fromMs) {
    return windows(fromMs, ExpectedDocument::cardToken);
  }

  /** The windows by merchant category that begin at or after a time. */
  Collection<ExpectedWindow> windowsByCategory(long fromMs) {
    return windows(fromMs, ExpectedDocument::category);
  }

  private Collection<ExpectedWindow> windows(long fromMs, Function<ExpectedDocument, String> key) {
    return flagged.values().stream()
        .filter(document -> CurrentWindow.startOf(document.eventTimeMs()) >= fromMs)
        .map(
            document ->
                ExpectedWindow.of(
                    key.apply(document) + "|" + CurrentWindow.startOf(document.eventTimeMs()),
                    document.amount()))
        .collect(Collectors.toMap(ExpectedWindow::id, window -> window, ExpectedWindow::plus))
        .values();
  }

  /** The state of one pass over the input topic. */
  private static final class Recount {

    private final FraudRule rule;
    private final CardTokens tokens;
    private final Scores scored;
    private final Map<String, ExpectedDocument> flagged = new HashMap<>();
    private final Set<String> undecided = new HashSet<>();
    private long inputRecords;
    private long emptyRecords;

    private Recount(FraudRule rule, CardTokens tokens, Scores scored) {
      this.rule = rule;
      this.tokens = tokens;
      this.scored = scored;
    }

    private void add(ConsumerRecord<byte[], byte[]> each) {
      inputRecords++;
      emptyRecords += each.value() == null ? 1 : 0;
      InputTransaction.parse(each.value(), each.timestamp()).ifPresent(this::add);
    }

    private void add(InputTransaction transaction) {
      if (!transaction.regular()) {
        undecided.add(transaction.id());
        return;
      }
      var hits = rule.reasons(transaction.amount(), transaction.city(), transaction.homeCity());
      if (!hits.isEmpty() || scored.isAlert(transaction.id())) {
        flagged.put(
            transaction.id(),
            new ExpectedDocument(
                transaction.id(),
                transaction.cardNumber(),
                tokens.of(transaction.cardNumber()),
                transaction.amount(),
                transaction.category(),
                hits,
                scored.of(transaction.id()),
                transaction.timestampMs()));
      }
    }
  }
}
