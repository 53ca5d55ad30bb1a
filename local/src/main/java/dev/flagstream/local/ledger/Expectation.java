package dev.flagstream.local.ledger;

import dev.flagstream.local.flow.CurrentWindow;
import dev.flagstream.local.flow.TopicReader;
import dev.flagstream.local.settings.ComponentProperties;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.StackSettings;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the store must hold, recomputed from the whole input topic by plain code of the ledger's
 * own, in one pass over the topic of the scored and one over the input topic.
 *
 * <p>Of every transaction it keeps what {@link TransactionTable} packs into a slot; whole
 * transactions only of the flagged. For one thread.
 */
public final class Expectation {

  private final TransactionTable transactions = new TransactionTable();
  private final Map<String, ExpectedDocument> flagged = new HashMap<>();

  /** The scores of what SQL flagged: whichever of them is in the store, the model has given it. */
  private final Map<String, Set<Double>> scores = new HashMap<>();

  private final FraudRule rule;
  private final CardTokens tokens;
  private final TopicReader reader;
  private long inputRecords;
  private long emptyRecords;
  private long scoredRecords;

  private Expectation(FraudRule rule, CardTokens tokens, TopicReader reader) {
    this.rule = rule;
    this.tokens = tokens;
    this.reader = reader;
  }

  /**
   * Reads the whole input topic as it is now, and of what was scored the model's scores: the rules
   * are worked out again, the model is taken at its word. So all must have been scored by now.
   */
  public static Expectation recompute(StackSettings settings) {
    return recompute(settings, ReadingProgress.UNSEEN);
  }

  /**
   * As above.
   *
   * @param progress is told how far it has got
   */
  public static Expectation recompute(StackSettings settings, ReadingProgress progress) {
    var expectation =
        new Expectation(
            FraudRule.configured(ComponentProperties.sqlServer(settings)),
            new CardTokens(settings.cardTokenKey()),
            new TopicReader(settings.bootstrapServers()));
    expectation.read(progress);
    return expectation;
  }

  private void read(ReadingProgress progress) {
    reader.read(Environment.SCORED_TOPIC, progress.counting("scored", this::addScored));
    reader.read(Environment.INPUT_TOPIC, progress.counting("input", this::addInput));
  }

  private void addScored(ConsumerRecord<byte[], byte[]> each) {
    scoredRecords++;
    var record = ScoredRecord.parse(each);
    boolean alert = record.isAlert();
    transactions.note(
        record.id(), alert ? TransactionTable.SCORED_ALERT : TransactionTable.SCORED_CLEAR, -1);
    if ((alert || record.flagged()) && !Double.isNaN(record.score())) {
      scores.computeIfAbsent(record.id(), id -> new HashSet<>()).add(record.score());
    }
  }

  private void addInput(ConsumerRecord<byte[], byte[]> each) {
    inputRecords++;
    emptyRecords += each.value() == null ? 1 : 0;
    InputTransaction.parse(each.value(), each.timestamp()).ifPresent(this::add);
  }

  private void add(InputTransaction transaction) {
    var id = transaction.id();
    if (!transaction.regular()) {
      transactions.note(id, TransactionTable.IN_INPUT | TransactionTable.UNDECIDED, 1);
      return;
    }
    var hits = rule.reasons(transaction.amount(), transaction.city(), transaction.homeCity());
    transactions.note(
        id, TransactionTable.IN_INPUT | (hits.isEmpty() ? 0 : TransactionTable.RULE_HIT), 1);
    if (isFlagged(transactions.stateOf(id))) {
      flagged.put(
          id,
          new ExpectedDocument(
              id,
              transaction.cardNumber(),
              tokens.of(transaction.cardNumber()),
              transaction.amount(),
              transaction.category(),
              hits,
              scores.getOrDefault(id, Set.of()),
              transaction.timestampMs()));
    }
  }

  private static boolean isFlagged(int state) {
    return (state & (TransactionTable.RULE_HIT | TransactionTable.SCORED_ALERT)) != 0;
  }

  /** Records of the input topic. */
  public long inputRecords() {
    return inputRecords;
  }

  /** Those of them without a value, which no stream ever sees: rejected with the reason EMPTY. */
  public long emptyRecords() {
    return emptyRecords;
  }

  /** Records of the topic of the scored; a transaction that came in twice has two of them. */
  public long scoredRecords() {
    return scoredRecords;
  }

  /** How many different transactions were scored: so many decisions there must be. */
  public long scoredCount() {
    return transactions.count(TransactionTable.SCORED);
  }

  /** How many documents of flagged transactions there must be. */
  public int flaggedCount() {
    return flagged.size();
  }

  /** The ids of the flagged transactions. */
  public Set<String> flaggedIds() {
    return Set.copyOf(flagged.keySet());
  }

  /**
   * Scored transactions that no pass over the decisions has met. Reads the topic of the scored once
   * more if there are any: their names are not kept.
   *
   * @param excused ids that do not count
   */
  Ids scoredWithoutDecision(Set<String> excused) {
    long missing = transactions.count(TransactionTable.SCORED, TransactionTable.STORED);
    missing -= excused.stream().filter(this::isWithoutDecision).count();
    if (missing == 0) {
      return Ids.NONE;
    }
    var first = new TreeSet<String>();
    reader.readWhile(
        Environment.SCORED_TOPIC,
        each -> {
          var id = ScoredRecord.parse(each).id();
          if (isWithoutDecision(id) && !excused.contains(id)) {
            first.add(id);
          }
          return first.size() < Ids.SHOWN;
        });
    return new Ids(missing, List.copyOf(first));
  }

  private boolean isWithoutDecision(String id) {
    int state = transactions.stateOf(id);
    return (state & TransactionTable.SCORED) != 0 && (state & TransactionTable.STORED) == 0;
  }

  TransactionTable transactions() {
    return transactions;
  }

  Map<String, ExpectedDocument> flagged() {
    return flagged;
  }

  /** Whether the id is that of an irregular record, of which the ledger foretells no verdict. */
  boolean isUndecided(String id) {
    return (transactions.stateOf(id) & TransactionTable.UNDECIDED) != 0;
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
}
