package dev.flagstream.local.ledger;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.flow.CurrentWindow;
import dev.flagstream.local.flow.ScoredRecord;
import dev.flagstream.local.flow.TopicReader;
import dev.flagstream.local.ledger.files.FileMap;
import dev.flagstream.local.ledger.files.FileMaps;
import dev.flagstream.local.settings.ComponentProperties;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.StackSettings;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the store must hold, recomputed from the whole input topic by plain code of the ledger's
 * own, in one pass over the topics of the rejected and the scored, and one over the input topic.
 *
 * <p>Of every transaction it keeps what {@link TransactionTable} packs into a slot; whole
 * transactions only of the flagged, in {@linkplain FileMaps files} that go when it is closed. For
 * one thread.
 */
public final class Expectation implements AutoCloseable {

  private static final String NO_VALUE = "EMPTY";

  /** An hour less than the windows wait: so late a transaction may have missed its window. */
  private static final long LATE_MS = 23 * 3_600_000L;

  private final TransactionTable transactions = new TransactionTable();
  private final FileMaps maps;

  private final FileMap<ExpectedDocument> flagged;

  /** What earlier records said of those whose ids were flagged for more than one. */
  private final Map<String, List<ExpectedDocument>> flaggedBefore = new HashMap<>();

  /** Those of them that were erased: they have no document, and still count in their categories. */
  private final Map<String, ExpectedDocument> erasedFlagged = new HashMap<>();

  /** Transactions of which nothing may be in the store, because a person asked for it. */
  private final Set<String> erased = new HashSet<>();

  /** The scores of what SQL flagged: whichever of them is in the store, the model has given it. */
  private final FileMap<Set<Double>> scores;

  private final FraudRule rule;
  private final IncidentRule incidents;
  private final CardTokens tokens;

  /** The tokens under which SQL scored what it flagged; none while there is one key only. */
  private final FileMap<String> scoredTokens;

  private final TopicReader reader;

  /** Why a record is rejected whose id was scored for an earlier one. */
  private static final Set<String> REPETITIONS =
      Set.of("REPEATED transaction_id", "REUSED transaction_id");

  /** The ledger is about what lies before these offsets of the input topic, by partition. */
  private final Map<Integer, Long> cut;

  /** How far the input topic was read beyond the cut. */
  private final Map<Integer, Long> readTo;

  private final Rejections rejections = new Rejections();
  private final Repetitions repetitions;
  private Unprocessed unprocessed;
  private final SortedMap<String, Long> rejectedByReason = new TreeMap<>();
  private final Ids.Counter wronglyRejected = new Ids.Counter();
  private final Ids.Counter nowhere = new Ids.Counter();

  /** Windows whose contents cannot be foretold. */
  private final FileMap<Boolean> openWindows;

  /** The newest event time of each partition so far. */
  private final Map<Integer, Long> newestMs = new HashMap<>();

  private long flaggedRecords;
  private long clearedRecords;
  private long inputRecords;
  private long emptyRecords;
  private long unprocessedRecords;
  private long laterRecords;
  private long scoredRecords;

  private Expectation(StackSettings settings, TopicReader reader, Map<Integer, Long> cut) {
    Map<String, String> sqlProperties = ComponentProperties.sqlServer(settings);
    this.rule = FraudRule.configured(sqlProperties);
    this.incidents = IncidentRule.configured(sqlProperties);
    this.repetitions = new Repetitions(sqlProperties);
    this.tokens = new CardTokens(settings.cardTokenKey());
    this.reader = reader;
    this.cut = Map.copyOf(cut);
    this.readTo = new HashMap<>(cut);
    // Last, as nobody closes it if something before it fails.
    this.maps = FileMaps.open();
    this.flagged = maps.map(new TypeReference<>() {});
    this.scores = maps.map(new TypeReference<>() {});
    this.scoredTokens = maps.map(new TypeReference<>() {});
    this.openWindows = maps.map(new TypeReference<>() {});
  }

  /**
   * Reads the whole input topic as it is now, and the model's scores of what was scored: the rules
   * are worked out again, the model is taken at its word. So all must have been scored by now.
   */
  public static Expectation recompute(StackSettings settings) {
    return recompute(settings, ReadingProgress.UNSEEN);
  }

  /**
   * As above.
   *
   * @param progress receives how far it has got
   */
  public static Expectation recompute(StackSettings settings, ReadingProgress progress) {
    TopicReader reader = new TopicReader(settings.kafka());
    Expectation expectation =
        new Expectation(settings, reader, reader.ends(Environment.INPUT_TOPIC));
    return expectation.read(progress);
  }

  /**
   * As above, of the beginning of the input topic, while more comes in.
   *
   * @param cut where that ends: the offset after its last record, by partition
   */
  public static Expectation recompute(
      StackSettings settings, Map<Integer, Long> cut, ReadingProgress progress) {
    Expectation expectation = new Expectation(settings, new TopicReader(settings.kafka()), cut);
    return expectation.read(progress);
  }

  private Expectation read(ReadingProgress progress) {
    try {
      readTopics(progress);
      return this;
    } catch (UncheckedIOException e) {
      close();
      throw new StackException(
          e.getMessage() + ": only queries write to it. The ledger cannot tell what it was about.",
          e);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void readTopics(ReadingProgress progress) {
    readErased(progress);
    reader.read(Environment.REJECTED_TOPIC, progress.counting("rejected", rejections::add));
    reader.read(
        Environment.SCORED_TOPIC,
        ScoredRecord::parse,
        progress.counting("scored", this::addScored));
    unprocessed = Unprocessed.read(reader, progress);
    reader.read(
        Environment.INPUT_TOPIC,
        Expectation::transaction,
        progress.counting("input", this::addInput));
    if (!repetitions.isEmpty()) {
      lookIntoRepetitions(progress);
    }
  }

  /** Reads the input topic twice more, for what was decided more often than once. */
  private void lookIntoRepetitions(ReadingProgress progress) {
    readDecided(progress, repetitions::follow);
    newestMs.clear();
    Map<String, Set<Boolean>> verdicts = new HashMap<>();
    readDecided(
        progress,
        (each, transaction) -> {
          repetitions.add(each, transaction, erased::contains);
          addRepetition(transaction, each.partition(), verdicts);
        });
    verdicts.forEach(
        (id, both) -> {
          if (both.size() > 1) { // whichever was written last is in the store
            transactions.add(id, TransactionTable.UNDECIDED);
          }
        });
  }

  private void readDecided(
      ReadingProgress progress,
      BiConsumer<ConsumerRecord<byte[], byte[]>, InputTransaction> taker) {
    reader.read(
        Environment.INPUT_TOPIC,
        Expectation::transaction,
        progress.counting(
            "repetitions",
            (ConsumerRecord<byte[], byte[]> each, Optional<InputTransaction> found) -> {
              if (isDecided(each, found)) {
                taker.accept(each, found.get());
              }
            }));
  }

  private boolean isDecided(
      ConsumerRecord<byte[], byte[]> each, Optional<InputTransaction> transaction) {
    return each.offset() < cut.getOrDefault(each.partition(), 0L)
        && transaction.isPresent()
        && rejections.reason(each) == null
        && isScored(transaction.get().id());
  }

  private void addRepetition(
      InputTransaction transaction, int partition, Map<String, Set<Boolean>> verdicts) {
    if (!transaction.regular()) {
      return;
    }
    long newest = newestMs.merge(partition, transaction.timestampMs(), Math::max);
    String id = transaction.id();
    if (!repetitions.contains(id)) {
      return;
    }
    List<String> hits = hits(transaction);
    int scored = transactions.stateOf(id) & TransactionTable.SCORED;
    if (hits.isEmpty() && scored == TransactionTable.SCORED) {
      // The model has flagged one of them and cleared another: which of them is not said.
      verdicts.computeIfAbsent(id, any -> new HashSet<>()).addAll(Set.of(true, false));
      leaveOpen(transaction);
      return;
    }
    boolean flags = !hits.isEmpty() || scored == TransactionTable.SCORED_ALERT;
    verdicts.computeIfAbsent(id, any -> new HashSet<>()).add(flags);
    if (flags) {
      expect(transaction, newest, hits);
    }
  }

  private void readErased(ReadingProgress progress) {
    if (reader.exists(Environment.ERASED_TOPIC)) {
      reader.read(
          Environment.ERASED_TOPIC,
          progress.counting(
              "erased",
              each -> {
                if (each.key() != null) {
                  erased.add(new String(each.key(), StandardCharsets.UTF_8));
                }
              }));
    }
  }

  private void addScored(ConsumerRecord<byte[], byte[]> each, ScoredRecord record) {
    scoredRecords++;
    boolean alert = record.isAlert();
    transactions.note(
        record.id(),
        (alert ? TransactionTable.SCORED_ALERT : TransactionTable.SCORED_CLEAR)
            | (record.flagged() ? TransactionTable.SAID_FLAGGED : 0),
        -1);
    if ((alert || record.flagged()) && !Double.isNaN(record.score())) {
      scores.merge(record.id(), Set.of(record.score()), Expectation::both);
    }
    if (tokens.rotated() && record.flagged() && each.key() != null) {
      scoredTokens.put(record.id(), new String(each.key(), StandardCharsets.UTF_8));
    }
  }

  private static <T> Set<T> both(Set<T> some, Set<T> others) {
    Set<T> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }

  /** What a record of the input topic says; empty if that is no transaction. */
  private static Optional<InputTransaction> transaction(ConsumerRecord<byte[], byte[]> each) {
    return each.value() == null
        ? Optional.empty()
        : InputTransaction.parse(each.value(), each.timestamp());
  }

  private void addInput(
      ConsumerRecord<byte[], byte[]> each, Optional<InputTransaction> transaction) {
    if (each.offset() >= cut.getOrDefault(each.partition(), 0L)) {
      return;
    }
    inputRecords++;
    if (each.value() == null) {
      emptyRecords++;
      rejectedByReason.merge(NO_VALUE, 1L, Long::sum);
      return;
    }
    String reason = rejections.reason(each);
    if (reason != null) {
      rejectedByReason.merge(reason, 1L, Long::sum);
      transaction
          .filter(InputTransaction::regular)
          .filter(regular -> !REPETITIONS.contains(reason) || !isScored(regular.id()))
          .ifPresent(regular -> wronglyRejected.add(regular.id()));
    } else if (transaction.isPresent() && isScored(transaction.get().id())) {
      add(transaction.get(), each.partition());
    } else {
      addUnscored(each, transaction);
    }
  }

  private boolean isScored(String id) {
    return (transactions.stateOf(id) & TransactionTable.SCORED) != 0;
  }

  /** A record that is neither scored nor rejected: perhaps SQL has said that it cannot. */
  private void addUnscored(
      ConsumerRecord<byte[], byte[]> each, Optional<InputTransaction> transaction) {
    Optional<String> reason =
        unprocessed
            .reason(each)
            .or(() -> transaction.flatMap(found -> unprocessed.reason(found.id())));
    if (reason.isPresent()) {
      unprocessedRecords++;
      rejectedByReason.merge(reason.get(), 1L, Long::sum);
      transaction.ifPresent(
          found ->
              transactions.add(found.id(), TransactionTable.IN_INPUT | TransactionTable.UNDECIDED));
    } else if (transaction.isEmpty()) {
      nowhere.add(
          "the record at offset %d of partition %d".formatted(each.offset(), each.partition()));
    } else {
      add(transaction.get(), each.partition());
    }
  }

  private void add(InputTransaction transaction, int partition) {
    String id = transaction.id();
    int known = transactions.stateOf(id);
    if ((known & TransactionTable.IN_INPUT) != 0 && isScored(id)) {
      repetitions.note(id);
      flagged.remove(id);
      erasedFlagged.remove(id);
    }
    if ((known & TransactionTable.SCORED) != 0) {
      if ((known & TransactionTable.SAID_FLAGGED) != 0) {
        flaggedRecords++;
      } else {
        clearedRecords++;
      }
    }
    if (!transaction.regular()) {
      transactions.note(id, TransactionTable.IN_INPUT | TransactionTable.UNDECIDED, 1);
      leaveOpen(transaction);
      return;
    }
    List<String> hits = hits(transaction);
    transactions.note(
        id, TransactionTable.IN_INPUT | (hits.isEmpty() ? 0 : TransactionTable.RULE_HIT), 1);
    long newest = newestMs.merge(partition, transaction.timestampMs(), Math::max);
    if (isFlagged(transactions.stateOf(id)) && !repetitions.contains(id)) {
      expect(transaction, newest, hits);
    }
  }

  private List<String> hits(InputTransaction transaction) {
    return rule.reasons(transaction.amount(), transaction.city(), transaction.homeCity());
  }

  /**
   * A flagged transaction must be in the store.
   *
   * @param newestMs the newest event time of its partition by then
   */
  private void expect(InputTransaction transaction, long newestMs, List<String> hits) {
    String id = transaction.id();
    if (transaction.timestampMs() < newestMs - LATE_MS) {
      leaveOpen(transaction);
    }
    if (erased.contains(id)) {
      leaveCardOpen(transaction);
    }
    Map<String, ExpectedDocument> documents = erased.contains(id) ? erasedFlagged : flagged;
    ExpectedDocument before =
        documents.put(
            id,
            new ExpectedDocument(
                id,
                transaction.cardNumber(),
                token(transaction),
                transaction.amount(),
                transaction.category(),
                hits,
                scores.getOrDefault(id, Set.of()),
                transaction.timestampMs()));
    if (before != null) {
      flaggedBefore.computeIfAbsent(id, any -> new ArrayList<>()).add(before);
    }
  }

  /** Once a key was rotated, that of the key which was the newest when SQL scored it. */
  private String token(InputTransaction transaction) {
    String scored = scoredTokens.get(transaction.id());
    return scored != null && tokens.allOf(transaction.cardNumber()).contains(scored)
        ? scored
        : tokens.of(transaction.cardNumber());
  }

  /**
   * Reads what has come in after the cut by now. With it, all that the store held before this call
   * is accounted for, although the ledger is not about it.
   */
  void readLater() {
    reader.readFrom(
        Environment.INPUT_TOPIC,
        Map.copyOf(readTo),
        each -> {
          readTo.put(each.partition(), each.offset() + 1);
          laterRecords++;
          boolean rejected = rejections.reason(each) != null;
          transaction(each).ifPresent(later -> addLater(later, rejected));
        });
  }

  /** Records that came in beyond the cut, as far as they were read. */
  public long laterRecords() {
    return laterRecords;
  }

  /** Whether a transaction came in before the cut. */
  boolean isOfTheCut(String id) {
    return (transactions.stateOf(id) & TransactionTable.IN_INPUT) != 0;
  }

  /** One that was rejected by then is not scored, and so makes up for no score. */
  private void addLater(InputTransaction transaction, boolean rejected) {
    transactions.note(transaction.id(), TransactionTable.LATER, rejected ? 0 : 1);
    leaveOpen(transaction);
  }

  private void leaveOpen(InputTransaction transaction) {
    leaveOpen(transaction.category() + "|" + CurrentWindow.startOf(transaction.timestampMs()));
    leaveCardOpen(transaction);
  }

  private void leaveCardOpen(InputTransaction transaction) {
    String window = "|" + CurrentWindow.startOf(transaction.timestampMs());
    if (transaction.cardNumber() != null) {
      tokens.allOf(transaction.cardNumber()).forEach(token -> leaveOpen(token + window));
    }
  }

  private void leaveOpen(String window) {
    openWindows.put(window, true);
  }

  /** Compares the alerts with what was flagged, as both are now. */
  Findings.Alerts alerts(ReadingProgress progress) {
    return AlertAudit.check(incidents, reader, this, progress);
  }

  boolean isLater(String id) {
    return (transactions.stateOf(id) & TransactionTable.LATER) != 0;
  }

  /** Whether the contents of the window with this id cannot be foretold. */
  boolean isOpen(String windowId) {
    return openWindows.containsKey(windowId);
  }

  /** Records that were rejected, by reason; those without a value under {@value #NO_VALUE}. */
  public SortedMap<String, Long> rejectedByReason() {
    return Collections.unmodifiableSortedMap(rejectedByReason);
  }

  /** Records of the input topic that SQL flagged. */
  public long flaggedRecords() {
    return flaggedRecords;
  }

  /** Records of the input topic that SQL scored and did not flag. */
  public long clearedRecords() {
    return clearedRecords;
  }

  /** Records of the documented form that were rejected all the same. */
  Ids wronglyRejected() {
    return wronglyRejected.ids();
  }

  /** Records that were rejected more than once. */
  Ids rejectedTwice() {
    return rejections.twice();
  }

  /** Records that are neither scored nor rejected; reads the input topic again if there are any. */
  Ids nowhere() {
    long count = transactions.countUnscored(TransactionTable.IN_INPUT, TransactionTable.LATER);
    if (count == 0) {
      return nowhere.ids();
    }
    TreeSet<String> first = new TreeSet<>(nowhere.ids().first());
    reader.readWhile(
        Environment.INPUT_TOPIC,
        each -> {
          if (each.offset() < cut.getOrDefault(each.partition(), 0L)
              && rejections.reason(each) == null) {
            transaction(each)
                .map(InputTransaction::id)
                .filter(id -> transactions.unscored(id) > 0 && !isLater(id))
                .ifPresent(first::add);
          }
          return first.size() < Ids.SHOWN;
        });
    return new Ids(count + nowhere.ids().count(), first.stream().limit(Ids.SHOWN).toList());
  }

  /**
   * Transactions that were scored more often than they came in; reads the topic of the scored again
   * if there are any, for the first of their names.
   */
  Ids scoredTooOften() {
    long count = transactions.countScoredTooOften();
    if (count == 0) {
      return Ids.NONE;
    }
    TreeSet<String> first = new TreeSet<>();
    reader.readWhile(
        Environment.SCORED_TOPIC,
        each -> {
          String id = ScoredRecord.parse(each).id();
          if (transactions.unscored(id) < 0) {
            first.add(id);
          }
          return first.size() < Ids.SHOWN && first.size() < count;
        });
    return new Ids(count, List.copyOf(first));
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

  /** Those that SQL could not read, compute or write, so that they are not scored. */
  public long unprocessedRecords() {
    return unprocessedRecords;
  }

  /** Records of the topic of the scored; a transaction that came in twice has two of them. */
  public long scoredRecords() {
    return scoredRecords;
  }

  /** How many decisions there must be: of each transaction that was scored and not erased. */
  public long scoredCount() {
    return transactions.count(TransactionTable.SCORED) - erasedCount();
  }

  /** How many transactions were scored, and have nothing in the store because it was erased. */
  public long erasedCount() {
    return erased.stream().filter(this::isScored).count();
  }

  /** Whether anything was erased because a person asked for it. */
  boolean hasErased() {
    return !erased.isEmpty();
  }

  /** Whether nothing of the transaction may be in the store. */
  boolean isErased(String id) {
    return erased.contains(id);
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
   * @param others ids that do not count, beside those that were erased
   */
  Ids scoredWithoutDecision(Set<String> others) {
    Set<String> excused = new HashSet<>(others);
    excused.addAll(erased);
    long missing =
        transactions.count(
            TransactionTable.SCORED, TransactionTable.STORED | TransactionTable.LATER);
    missing -= excused.stream().filter(this::isWithoutDecision).count();
    if (missing == 0) {
      return Ids.NONE;
    }
    TreeSet<String> first = new TreeSet<>();
    reader.readWhile(
        Environment.SCORED_TOPIC,
        each -> {
          String id = ScoredRecord.parse(each).id();
          if (isWithoutDecision(id) && !excused.contains(id)) {
            first.add(id);
          }
          return first.size() < Ids.SHOWN;
        });
    return new Ids(missing, List.copyOf(first));
  }

  private boolean isWithoutDecision(String id) {
    int state = transactions.stateOf(id);
    return (state & TransactionTable.SCORED) != 0
        && (state & (TransactionTable.STORED | TransactionTable.LATER)) == 0;
  }

  TransactionTable transactions() {
    return transactions;
  }

  Map<String, ExpectedDocument> flagged() {
    return flagged;
  }

  /** Where others who look into the same keep what grows with it. */
  FileMaps maps() {
    return maps;
  }

  /** What must be in the store instead, if an earlier record of the id was written last. */
  List<ExpectedDocument> flaggedBefore(String id) {
    return flaggedBefore.getOrDefault(id, List.of());
  }

  /** What was decided more often than once, and why. */
  Repetitions repetitions() {
    return repetitions;
  }

  /** Whether the id is that of an irregular record, of which the ledger foretells no verdict. */
  boolean isUndecided(String id) {
    return (transactions.stateOf(id) & TransactionTable.UNDECIDED) != 0;
  }

  /** The windows by card that begin at or after a time. */
  Map<String, ExpectedWindow> windowsByCard(long fromMs) {
    return windows(
        Stream.concat(
            flagged.values().stream(),
            flaggedBefore().filter(document -> !erased.contains(document.id()))),
        fromMs,
        ExpectedDocument::cardToken);
  }

  /** The windows by merchant category that begin at or after a time. */
  Map<String, ExpectedWindow> windowsByCategory(long fromMs) {
    return windows(
        Stream.of(flagged.values().stream(), erasedFlagged.values().stream(), flaggedBefore())
            .flatMap(Function.identity()),
        fromMs,
        ExpectedDocument::category);
  }

  private Stream<ExpectedDocument> flaggedBefore() {
    return flaggedBefore.values().stream().flatMap(List::stream);
  }

  /** By their ids, in order. */
  private Map<String, ExpectedWindow> windows(
      Stream<ExpectedDocument> documents, long fromMs, Function<ExpectedDocument, String> key) {
    FileMap<ExpectedWindow> windows = maps.map(new TypeReference<>() {});
    documents
        .filter(document -> CurrentWindow.startOf(document.eventTimeMs()) >= fromMs)
        .map(
            document ->
                ExpectedWindow.of(
                    key.apply(document) + "|" + CurrentWindow.startOf(document.eventTimeMs()),
                    document.amount()))
        .forEach(window -> windows.merge(window.id(), window, ExpectedWindow::plus));
    return windows;
  }

  @Override
  public void close() {
    maps.close();
  }
}
