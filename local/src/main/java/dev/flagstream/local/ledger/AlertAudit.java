package dev.flagstream.local.ledger;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.flagstream.local.flow.TopicReader;
import dev.flagstream.local.ledger.IncidentRule.Flagged;
import dev.flagstream.local.ledger.IncidentRule.Outcome;
import dev.flagstream.local.ledger.files.FileMap;
import dev.flagstream.local.settings.Environment;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Whether people were told of each flagged transaction, or it is counted as one that they need not
 * be told of: the alerts and the incidents are worked out again from {@code flagged_transactions},
 * whose order is the one that counts. It keeps what is in the topics of the flagged and of the
 * alerts, in files. For one thread.
 */
final class AlertAudit {

  /** What the SQL table of incidents writes to; the latest record of a card counts. */
  private static final String INCIDENTS_TOPIC = "card_incidents";

  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private final IncidentRule rule;
  private final TopicReader reader;
  private final Expectation expectation;

  /** What the alerts say that nothing flagged has accounted for yet. */
  private final FileMap<List<Outcome>> told;

  /** The alerts that there must be. */
  private final FileMap<Boolean> expectedAlerts;

  private final FileMap<Outcome> latest;
  private final FileMap<Outcome> expectedLatest;

  /** The incidents of each card. */
  private final FileMap<List<IncidentRule.Incident>> cards;

  private final Ids.Counter missing = new Ids.Counter();
  private final Ids.Counter duplicated = new Ids.Counter();
  private final Ids.Counter different = new Ids.Counter();
  private long alerts;
  private long counted;

  /** Cards whose incidents were forgotten because a person asked for it: nothing is claimed. */
  private final Set<String> forgotten = new HashSet<>();

  /** Cards of which flagged transactions came in later than what the ledger is about. */
  private final FileMap<Boolean> moving;

  private AlertAudit(IncidentRule rule, TopicReader reader, Expectation expectation) {
    this.rule = rule;
    this.reader = reader;
    this.expectation = expectation;
    told = expectation.maps().map(new TypeReference<>() {});
    expectedAlerts = expectation.maps().map(new TypeReference<>() {});
    latest = expectation.maps().map(new TypeReference<>() {});
    expectedLatest = expectation.maps().map(new TypeReference<>() {});
    cards = expectation.maps().map(new TypeReference<>() {});
    moving = expectation.maps().map(new TypeReference<>() {});
  }

  /** Reads the topics as they are now; where one is not there, nothing is checked. */
  static Findings.Alerts check(
      IncidentRule rule, TopicReader reader, Expectation expectation, ReadingProgress progress) {
    for (String topic :
        List.of(Environment.FLAGGED_TOPIC, INCIDENTS_TOPIC, Environment.ALERTS_TOPIC)) {
      if (!reader.exists(topic)) {
        return Findings.Alerts.NONE;
      }
    }
    return new AlertAudit(rule, reader, expectation).check(progress);
  }

  private Findings.Alerts check(ReadingProgress progress) {
    // What alerts were made of has been flagged before: so the flagged are read last.
    reader.read(INCIDENTS_TOPIC, progress.counting("incidents", this::noteForgotten));
    reader.read(Environment.ALERTS_TOPIC, progress.counting("alerts", this::addAlert));
    reader.read(INCIDENTS_TOPIC, progress.counting("incidents", this::addIncident));
    reader.read(Environment.FLAGGED_TOPIC, progress.counting("for alerts", this::addFlagged));
    Ids.Counter beyond = new Ids.Counter();
    told.forEach(
        (id, left) -> {
          if (!left.isEmpty()) {
            (expectedAlerts.containsKey(id) ? duplicated : beyond).add(id);
          }
        });
    expectedLatest.forEach(
        (card, expected) -> {
          Outcome known = latest.get(card);
          if (!moving.containsKey(card) && (known == null || !known.agreesWith(expected))) {
            different.add("the incident of card " + card);
          }
        });
    List.of(told, expectedAlerts, latest, expectedLatest, cards, moving).forEach(FileMap::clear);
    return new Findings.Alerts(
        true, alerts, counted, missing.ids(), beyond.ids(), duplicated.ids(), different.ids());
  }

  private void noteForgotten(ConsumerRecord<byte[], byte[]> each) {
    if (!json(each.value()).hasNonNull("INCIDENT")) {
      forgotten.add(card(each));
    }
  }

  private void addAlert(ConsumerRecord<byte[], byte[]> each) {
    if (each.key() != null && forgotten.contains(card(each))) {
      return;
    }
    JsonNode alert = json(each.value());
    String id = alert.path("ALERT_ID").asText();
    Outcome outcome =
        new Outcome(
            alert.path("INCIDENT_ID").asText(),
            alert.path("TRANSACTIONS").asLong(),
            alert.path("SUPPRESSED").asLong(),
            money(alert.path("AMOUNT_SUM")),
            money(alert.path("EXPECTED_LOSS")),
            alert.path("SEVERITY").asText(),
            alert.path("KIND").asText());
    List<Outcome> all = new ArrayList<>(told.getOrDefault(id, List.of()));
    all.add(outcome);
    told.put(id, all);
  }

  private void addIncident(ConsumerRecord<byte[], byte[]> each) {
    if (forgotten.contains(card(each))) {
      return;
    }
    JsonNode incident = json(each.value()).path("INCIDENT");
    latest.put(
        card(each),
        new Outcome(
            incident.path("INCIDENT_ID").asText(),
            incident.path("TRANSACTIONS").asLong(),
            incident.path("SUPPRESSED").asLong(),
            money(incident.path("AMOUNT")),
            money(incident.path("EXPECTED_LOSS")),
            incident.path("SEVERITY").asText(),
            incident.path("ALERT").isTextual() ? incident.path("ALERT").asText() : ""));
  }

  private void addFlagged(ConsumerRecord<byte[], byte[]> each) {
    JsonNode fields = json(each.value());
    if (!fields.hasNonNull("TRANSACTION_ID") || each.key() == null) {
      return;
    }
    String card = card(each);
    if (forgotten.contains(card)) {
      return;
    }
    String id = fields.path("TRANSACTION_ID").asText();
    IncidentRule.Card incidents = rule.card(cards.getOrDefault(card, List.of()));
    Outcome outcome =
        incidents.add(
            new Flagged(
                id,
                fields.path("EVENT_TIME").asLong(),
                money(fields.path("AMOUNT")),
                fields.path("FRAUD_PROBABILITY").isNumber()
                    ? Double.valueOf(fields.path("FRAUD_PROBABILITY").doubleValue())
                    : null));
    cards.put(card, incidents.incidents());
    expectedLatest.put(card, outcome);
    boolean later = !expectation.isOfTheCut(id) || expectation.isLater(id);
    if (later) {
      moving.put(card, true);
    }
    if (outcome.told().isEmpty()) {
      counted += later ? 0 : 1;
      return;
    }
    alerts += later ? 0 : 1;
    expectedAlerts.put(outcome.alertId(), true);
    List<Outcome> toldOfIt = new ArrayList<>(told.getOrDefault(outcome.alertId(), List.of()));
    if (toldOfIt.isEmpty()) {
      if (!later) {
        missing.add(outcome.alertId());
      }
    } else {
      if (!removeOneLike(outcome, toldOfIt)) {
        different.add(outcome.alertId());
      }
      told.put(outcome.alertId(), toldOfIt);
    }
  }

  /** An id that was decided twice may have opened an incident twice, under two cards. */
  private static boolean removeOneLike(Outcome outcome, List<Outcome> alerts) {
    for (Outcome alert : alerts) {
      if (alert.agreesWith(outcome)) {
        alerts.remove(alert);
        return true;
      }
    }
    alerts.remove(0);
    return false;
  }

  private static String card(ConsumerRecord<byte[], byte[]> each) {
    return new String(each.key(), StandardCharsets.UTF_8);
  }

  private static BigDecimal money(JsonNode value) {
    return value.isNumber() ? value.decimalValue() : BigDecimal.ZERO;
  }

  /** What is no JSON has no fields, and so differs from all that is expected. */
  private static JsonNode json(byte[] value) {
    try {
      return value == null ? MissingNode.getInstance() : JSON.readTree(value);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }
}
