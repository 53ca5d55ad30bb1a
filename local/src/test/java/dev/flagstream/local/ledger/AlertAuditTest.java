package dev.flagstream.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.local.KafkaTopics;
import dev.flagstream.local.broker.Broker;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.stack.DataDirectory;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The audit of alerts must be able to fail: step by step, what comes in breaks one thing more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AlertAuditTest {

  private static final String INCIDENTS_TOPIC = "card_incidents";
  private static final long NOON = 1_767_355_200_000L;

  private StackSettings settings;
  private Broker broker;
  private KafkaTopics topics;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    settings = new StackSettings(Path.of(".."), data, FreePorts.pick());
    try (DataDirectory directory = DataDirectory.open(settings)) {
      directory.ensureCardTokenKey();
    }
    broker = Broker.start(settings);
    topics = new KafkaTopics(settings.bootstrapServers());
    topics.create(Environment.INPUT_TOPIC, 1);
    topics.create(Environment.REJECTED_TOPIC, 1);
    topics.create(Environment.SCORED_TOPIC, 1);
    topics.create(Environment.FLAGGED_TOPIC, 2);
    topics.create(INCIDENTS_TOPIC, 2);
  }

  @AfterAll
  void stop() {
    topics.close();
    broker.close();
  }

  @Test
  @Order(1)
  void hasNothingToSayWhereNoAlertsAreMade() throws Exception {
    assertThat(audit()).isEqualTo(Findings.Alerts.NONE);
    topics.create(Environment.ALERTS_TOPIC, 2);
  }

  @Test
  @Order(2)
  void findsThatEachFlaggedTransactionIsToldOrCounted() throws Exception {
    flag("card-1", "t1", 0, "120.00");
    flag("card-1", "t2", 1, "30.00");
    flag("card-2", "t3", 0, "90.00");
    tell("card-1", "t1", "t1", "MEDIUM", "OPENED", 1, 0, "120.00");
    tell("card-2", "t3", "t3", "LOW", "OPENED", 1, 0, "90.00");
    note("card-1", "t1", "MEDIUM", null, 2, 1, "150.00");
    note("card-2", "t3", "LOW", "OPENED", 1, 0, "90.00");

    Findings.Alerts found = audit();

    assertThat(found.differences()).isZero();
    assertThat(found.told()).isEqualTo(2);
    assertThat(found.counted()).isEqualTo(1);
  }

  @Test
  @Order(3)
  void namesAnAlertThatIsMissingAndAnIncidentThatCountsTooFew() throws Exception {
    flag("card-2", "t4", 100, "700.00");

    Findings.Alerts found = audit();

    assertThat(found.missing().first()).containsExactly("t4|HIGH");
    assertThat(found.different().first()).containsExactly("the incident of card card-2");

    tell("card-2", "t4", "t4", "HIGH", "OPENED", 1, 0, "700.00");
    note("card-2", "t4", "HIGH", "OPENED", 1, 0, "700.00");
    assertThat(audit().differences()).isZero();
  }

  @Test
  @Order(4)
  void namesAnAlertThatIsACentOff() throws Exception {
    flag("card-2", "t5", 200, "800.00");
    tell("card-2", "t5", "t5", "HIGH", "OPENED", 1, 0, "800.01");
    note("card-2", "t5", "HIGH", "OPENED", 1, 0, "800.00");

    Findings.Alerts found = audit();

    assertThat(found.different().first()).containsExactly("t5|HIGH");
    assertThat(found.differences()).isEqualTo(1);
  }

  @Test
  @Order(5)
  void namesAnAlertThatIsThereTwiceAndOneOfNothingFlagged() throws Exception {
    tell("card-1", "t1", "t1", "MEDIUM", "OPENED", 1, 0, "120.00");
    tell("card-1", "t9", "t9", "LOW", "OPENED", 1, 0, "9.00");

    Findings.Alerts found = audit();

    assertThat(found.duplicated().first()).containsExactly("t1|MEDIUM");
    assertThat(found.unexpected().first()).containsExactly("t9|LOW");
  }

  @Test
  @Order(6)
  void waitsForNoAlertOfWhatCameInLater() throws Exception {
    long missing = audit().missing().count();
    // Flagged, but not among the transactions that the ledger is about.
    topics.send(Environment.FLAGGED_TOPIC, "card-3", flagged("later", 0, "900.00"));

    assertThat(audit().missing().count()).isEqualTo(missing);
  }

  /** Under two cards, say: each decision opens an incident of the same name. */
  @Test
  @Order(7)
  void expectsTwoAlertsOfAnIdThatWasFlaggedTwice() throws Exception {
    Findings.Alerts before = audit();
    flag("card-4", "t7", 0, "120.00");
    flag("card-5", "t7", 0, "130.00");
    tell("card-5", "t7", "t7", "MEDIUM", "OPENED", 1, 0, "130.00");
    tell("card-4", "t7", "t7", "MEDIUM", "OPENED", 1, 0, "120.00");
    note("card-4", "t7", "MEDIUM", "OPENED", 1, 0, "120.00");
    note("card-5", "t7", "MEDIUM", "OPENED", 1, 0, "130.00");

    assertThat(audit().differences()).isEqualTo(before.differences());
  }

  private Findings.Alerts audit() {
    try (Expectation expectation = Expectation.recompute(settings)) {
      return expectation.alerts(ReadingProgress.UNSEEN);
    }
  }

  private void flag(String card, String id, int minute, String amount) throws Exception {
    topics.send(
        Environment.INPUT_TOPIC,
        card,
        """
        {"transaction_id":"%s","card_number":"4242424242424242","amount":%s,"timestamp":%d}\
        """
            .formatted(id, amount, NOON + minute * 60_000L));
    topics.send(Environment.FLAGGED_TOPIC, card, flagged(id, minute, amount));
  }

  private static String flagged(String id, int minute, String amount) {
    return """
    {"TRANSACTION_ID":"%s","AMOUNT":%s,"FRAUD_PROBABILITY":null,"EVENT_TIME":%d}\
    """
        .formatted(id, amount, NOON + minute * 60_000L);
  }

  private void tell(
      String card,
      String id,
      String incident,
      String severity,
      String kind,
      int transactions,
      int suppressed,
      String amount)
      throws Exception {
    topics.send(
        Environment.ALERTS_TOPIC,
        card,
        """
        {"ALERT_ID":"%s|%s","INCIDENT_ID":"%s","KIND":"%s","SEVERITY":"%s","EXPECTED_LOSS":%s,
         "AMOUNT_SUM":%s,"TRANSACTIONS":%d,"SUPPRESSED":%d}\
        """
            .formatted(
                id, severity, incident, kind, severity, amount, amount, transactions, suppressed));
  }

  private void note(
      String card,
      String incident,
      String severity,
      String alert,
      int transactions,
      int suppressed,
      String amount)
      throws Exception {
    topics.send(
        INCIDENTS_TOPIC,
        card,
        """
        {"INCIDENT":{"INCIDENT_ID":"%s","SEVERITY":"%s","ALERT":%s,"EXPECTED_LOSS":%s,
         "AMOUNT":%s,"TRANSACTIONS":%d,"SUPPRESSED":%d}}\
        """
            .formatted(
                incident,
                severity,
                alert == null ? "null" : "\"" + alert + "\"",
                amount,
                amount,
                transactions,
                suppressed));
  }
}
