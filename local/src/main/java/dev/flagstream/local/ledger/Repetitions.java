package dev.flagstream.local.ledger;

import dev.flagstream.local.ledger.DecidedAgain.Cause;
import dev.flagstream.local.ledger.DecidedAgain.Place;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Finds out why ids were decided more than once. It follows what CARD_FEATURES remembers of their
 * cards, by a calculation of its own, in two passes over the decided records of the input topic:
 * one in which it learns which cards these are, and one in which it follows them.
 *
 * <p>Keeps some 300 bytes of each such id, and some 100 of each of their cards; of others it keeps
 * nothing. For one thread.
 */
final class Repetitions {

  /** How the SQL server's properties call what CARD_FEATURES remembers. */
  private static final String GRACE = "grace.ms";

  private static final String MAX_EVENTS = "max.events";
  private static final long MONTH_MS = Duration.ofDays(30).toMillis();

  private final long graceMs;
  private final long maxEvents;
  private final Set<String> ids = new HashSet<>();
  private final Map<String, First> firsts = new HashMap<>();
  private final Map<String, Card> cards = new HashMap<>();
  private final List<String> sentences = new ArrayList<>();
  private final Map<Cause, Long> byCause = new EnumMap<>(Cause.class);
  private final Ids.Counter unexplained = new Ids.Counter();

  /** As the SQL server's properties set what a card remembers. */
  Repetitions(Map<String, String> sqlProperties) {
    graceMs = setting(sqlProperties, GRACE, Duration.ofDays(1).toMillis());
    maxEvents = setting(sqlProperties, MAX_EVENTS, 1_000);
  }

  private static long setting(Map<String, String> properties, String key, long otherwise) {
    String forAll = properties.get("ksql.functions._global_." + key);
    String own = properties.getOrDefault("ksql.functions.card_features." + key, forAll);
    return own == null ? otherwise : Long.parseLong(own.strip());
  }

  /** What is known of a card when a record comes. */
  private static final class Card {
    private long newestMs = Long.MIN_VALUE / 2;
    private long payments;
  }

  /** The record for which an id was decided first. */
  private record First(
      InputTransaction transaction, Place place, boolean cameLate, long paymentsBefore) {}

  /** Notes that the id was decided more than once. */
  void note(String id) {
    ids.add(id);
  }

  boolean isEmpty() {
    return ids.isEmpty();
  }

  /** Whether the id was noted. */
  boolean contains(String id) {
    return ids.contains(id);
  }

  /** Takes up a decided record in the first pass: the card of a noted id will be followed. */
  void follow(ConsumerRecord<byte[], byte[]> each, InputTransaction transaction) {
    if (ids.contains(transaction.id())) {
      cards.putIfAbsent(cardOf(each, transaction), new Card());
    }
  }

  private static String cardOf(ConsumerRecord<byte[], byte[]> each, InputTransaction transaction) {
    return each.partition() + "|" + transaction.cardNumber();
  }

  /**
   * Takes up a decided record in the second pass, in the order of its partition.
   *
   * @param isForgotten whether a person asked for what is known of an id to be forgotten
   */
  void add(
      ConsumerRecord<byte[], byte[]> each,
      InputTransaction transaction,
      Predicate<String> isForgotten) {
    Card card = cards.get(cardOf(each, transaction));
    if (card == null) {
      return;
    }
    String id = transaction.id();
    boolean late = transaction.timestampMs() < card.newestMs - graceMs;
    if (ids.contains(id)) {
      Place place = new Place(each.topic(), each.partition(), each.offset());
      First first = firsts.get(id);
      if (first == null) {
        firsts.put(id, new First(transaction, place, late, card.payments));
      } else {
        found(
            new DecidedAgain(
                id,
                first.place(),
                place,
                isForgotten.test(id)
                    ? Cause.PERSON_FORGOTTEN
                    : cause(first, transaction, place, card)));
      }
    }
    card.payments++;
    card.newestMs = Math.max(card.newestMs, transaction.timestampMs());
  }

  private Cause cause(First first, InputTransaction again, Place place, Card card) {
    InputTransaction before = first.transaction();
    if (before.cardNumber() == null || again.cardNumber() == null) {
      return Cause.IRREGULAR;
    }
    if (!before.cardNumber().equals(again.cardNumber())) {
      return Cause.OTHER_CARD;
    }
    if (first.place().partition() != place.partition()) {
      return Cause.OTHER_PARTITION;
    }
    if (!before.regular() || !again.regular()) {
      return Cause.IRREGULAR;
    }
    if (first.cameLate()) {
      return Cause.CAME_LATE;
    }
    long ageMs = card.newestMs - before.timestampMs();
    if (ageMs >= MONTH_MS + graceMs) {
      return Cause.TOO_OLD;
    }
    if (card.payments - first.paymentsBefore() > maxEvents) {
      return Cause.TOO_MANY;
    }
    return ageMs > graceMs && !isAlike(before, again) ? Cause.OLD_AND_DIFFERENT : Cause.UNKNOWN;
  }

  /** By that it is known once its id is not kept any more. */
  private static boolean isAlike(InputTransaction before, InputTransaction again) {
    return before.timestampMs() == again.timestampMs()
        && sameAmount(before.amount(), again.amount())
        && before.merchantId().equals(again.merchantId())
        && before.category().equals(again.category())
        && before.country().equals(again.country());
  }

  private static boolean sameAmount(BigDecimal one, BigDecimal other) {
    return one.compareTo(other) == 0;
  }

  private void found(DecidedAgain again) {
    byCause.merge(again.cause(), 1L, Long::sum);
    if (!again.cause().isStated()) {
      unexplained.add(again.id());
    }
    if (sentences.size() < Ids.SHOWN) {
      sentences.add(again.sentence());
    }
  }

  /** How often an id was decided once more for a reason that is one of the stated limits. */
  long explained() {
    return byCause.entrySet().stream()
        .filter(each -> each.getKey().isStated())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Ids that were decided once more without such a reason. */
  Ids unexplained() {
    return unexplained.ids();
  }

  /** What happened to the first of them, a sentence each. */
  List<String> sentences() {
    return List.copyOf(sentences);
  }
}
