package dev.flagstream.local.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flagstream.client.ConnectClient;
import dev.flagstream.client.ServerException;
import dev.flagstream.local.KafkaTopics;
import dev.flagstream.local.broker.Broker;
import dev.flagstream.local.connect.AlertReceiver.Posted;
import dev.flagstream.local.docs.ShownMethod;
import dev.flagstream.local.security.PrivateAuthority;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.settings.WebhookAddress;
import dev.flagstream.local.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The project's own webhook sink, on the real Connect runtime, before a real HTTP server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookTest {

  private static final String TOPIC = "fraud_alerts";
  private static final String NAME = "fraud-alerts-webhook";
  private static final byte[] KEY =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);

  private static final byte[] NEW_KEY =
      "ABCDEF0123456789ABCDEF0123456789".getBytes(StandardCharsets.UTF_8);

  /** Pauses double from 1 s to at most 60 s: so many attempts are more than an hour. */
  private static final int ATTEMPTS_OF_AN_HOUR = 80;

  /** A batch of 20 takes 1 s of the 4 s that a task may be busy, all alerts together 6 s. */
  private static final int ANSWER_MS = 50;

  private static final int BUSY_MS = 4_000;
  private static final int SLOW_ALERTS = 120;

  /** The answers of the next requests; none is a drop of the connection. */
  private final AtomicInteger failuresLeft = new AtomicInteger();

  private StackSettings settings;
  private AlertReceiver receiver;
  private Broker broker;
  private ConnectWorker worker;
  private KafkaTopics topics;
  private ConnectClient client;

  @BeforeAll
  void startWithAWebhook(@TempDir Path data) throws Exception {
    receiver = AlertReceiver.start(0, this::answer);
    settings =
        new StackSettings(Path.of(".."), data, FreePorts.pick())
            .withWebhook(new WebhookAddress(receiver.url(), Optional.empty()));
    Files.createDirectories(settings.webhookSecret().getParent());
    writeSecrets(KEY);
    broker = Broker.start(settings);
    worker = ConnectWorker.start(settings);
    topics = new KafkaTopics(settings.bootstrapServers());
    topics.create(TOPIC, 4);
    client = new ConnectClient(settings.connectUrl());
    client.awaitReady(Duration.ofMinutes(3));
    client.put(NAME, config().toString());
  }

  @AfterAll
  void stop() {
    receiver.close();
    topics.close();
    worker.close();
    broker.close();
  }

  @BeforeEach
  void forgetWhatWasPosted() {
    receiver.forget();
  }

  /** As it ships, but with pauses of milliseconds. */
  private ObjectNode file() throws IOException {
    return (ObjectNode)
        new ObjectMapper()
            .readTree(ConnectorFiles.read(settings.connectors().resolve("webhook")).get(NAME));
  }

  private ObjectNode config() throws IOException {
    return file()
        .put("webhook.backoff.ms", "1")
        .put("webhook.backoff.max.ms", "5")
        .put("webhook.timeout.ms", "300");
  }

  /**
   * Registers a webhook of a test's own, with a topic of its own, which is made.
   *
   * @return its name, which its topic and its dead letters have too
   */
  private String register(String name, String url, Map<String, String> more) throws Exception {
    topics.create(name, 4);
    ObjectNode config = config().put("topics", name).put("webhook.url", url);
    config.put("errors.deadletterqueue.topic.name", "dlq_" + name);
    more.forEach(config::put);
    client.put(name, config.toString());
    return name;
  }

  private void writeSecrets(byte[]... keys) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (byte[] key : keys) {
      lines.append("whsec_").append(Base64.getEncoder().encodeToString(key)).append('\n');
    }
    Files.writeString(settings.webhookSecret(), lines);
  }

  private int answer(String body) {
    if (failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      // Every third time it accepts the alert, but its answer gets lost.
      return failuresLeft.get() % 3 == 0 ? 0 : failuresLeft.get() % 3 == 1 ? 503 : 429;
    }
    return body.contains("\"refuse me\"") ? 422 : AlertReceiver.ACCEPTED;
  }

  @Test
  void losesNothingWhileTheReceiverIsAwayForAnHourAndKeepsTheOrderOfEachCard() throws Exception {
    long deadLetters = topics.recordsIn("dlq_" + TOPIC);
    topics.send(TOPIC, "card-0", alert("before|LOW", "card-0", "shop"));
    soon().until(() -> receiver.acceptedIds().contains("before|LOW"));
    failuresLeft.set(ATTEMPTS_OF_AN_HOUR);
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String id = "t%02d|HIGH".formatted(i);
      sent.add(id);
      topics.send(TOPIC, "card-" + i % 3, alert(id, "card-" + i % 3, "shop"));
    }
    soon().untilAsserted(() -> assertThat(receiver.acceptedIds()).containsAll(sent));

    assertThat(receiver.posted()).hasSizeGreaterThanOrEqualTo(ATTEMPTS_OF_AN_HOUR + 31);
    assertThat(receiver.posted()).extracting(Posted::status).contains(0, 429, 503);
    // A receiver that acts on each id once acts on each alert once, in the order of its card.
    assertThat(receiver.acceptedIds()).doesNotHaveDuplicates().hasSize(31);
    for (int card = 0; card < 3; card++) {
      String own = "\"card-" + card + "\"";
      assertThat(
              receiver.posted().stream()
                  .filter(
                      each -> each.status() == AlertReceiver.ACCEPTED && each.body().contains(own))
                  .map(Posted::id)
                  .filter(each -> each.startsWith("t")))
          .isSorted();
    }
    assertThat(topics.recordsIn("dlq_" + TOPIC)).isEqualTo(deadLetters);
  }

  @Test
  void setsAsideWithItsReasonWhatIsRefusedAndGoesOn() throws Exception {
    topics.send(TOPIC, "card", alert("no|LOW", "card", "refuse me"));
    topics.send(TOPIC, "card", "this is no JSON");
    topics.send(TOPIC, "card", alert("yes|LOW", "card", "shop"));

    soon().until(() -> receiver.acceptedIds().equals(List.of("yes|LOW")));
    soon().until(() -> topics.recordsIn("dlq_" + TOPIC) == 2);
    assertThat(topics.read("dlq_" + TOPIC))
        .extracting(WebhookTest::reason)
        .anyMatch(reason -> reason.equals("the webhook answered with HTTP status 422"));
  }

  @Test
  void signsEachRequestSoThatAReceiverCanVerifyItAsDocumented(@TempDir Path folder)
      throws Exception {
    topics.send(TOPIC, "card", alert("t1|LOW", "card", "Café"));

    soon().until(() -> receiver.acceptedIds().equals(List.of("t1|LOW")));
    Posted request = receiver.posted().get(0);
    String id = request.id();
    String timestamp = request.timestamp();
    String signature = request.signature();
    String body = request.body();
    try (ShownMethod verified = documented(folder)) {
      assertThat(verified.call(KEY, id, timestamp, signature, body)).isEqualTo(true);
      assertThat(verified.call(NEW_KEY, id, timestamp, signature, body)).isEqualTo(false);
      assertThat(verified.call(KEY, "t2|LOW", timestamp, signature, body)).isEqualTo(false);
      assertThat(verified.call(KEY, id, "1", signature, body)).isEqualTo(false);
      assertThat(verified.call(KEY, id, timestamp, signature, body + " ")).isEqualTo(false);
    }
    assertThat(body)
        .contains("\"alert_id\":\"t1|LOW\"", "\"expected_loss\":590.00", "\"merchant\":\"Café\"")
        .contains("\"rule_hits\":[\"AMOUNT\"]", "\"event_time\":1763632980000");
  }

  @Test
  void aSecretIsReplacedWithoutARestartWhileReceiversKnowTheOldOrTheNew(@TempDir Path folder)
      throws Exception {
    try (ShownMethod verified = documented(folder)) {
      writeSecrets(NEW_KEY, KEY);
      topics.send(TOPIC, "card", alert("both|LOW", "card", "shop"));
      soon().until(() -> receiver.acceptedIds().contains("both|LOW"));
      writeSecrets(NEW_KEY);
      topics.send(TOPIC, "card", alert("new|LOW", "card", "shop"));
      soon().until(() -> receiver.acceptedIds().contains("new|LOW"));

      assertThat(verifies(verified, KEY, receiver.posted().get(0))).isTrue();
      assertThat(verifies(verified, NEW_KEY, receiver.posted().get(0))).isTrue();
      assertThat(verifies(verified, KEY, receiver.posted().get(1))).isFalse();
      assertThat(verifies(verified, NEW_KEY, receiver.posted().get(1))).isTrue();
    } finally {
      writeSecrets(KEY);
    }
  }

  private static ShownMethod documented(Path folder) throws Exception {
    return ShownMethod.compiled("docs/webhook.md", "verified", folder);
  }

  private static boolean verifies(ShownMethod method, byte[] key, Posted request)
      throws ReflectiveOperationException {
    return (boolean)
        method.call(key, request.id(), request.timestamp(), request.signature(), request.body());
  }

  @Test
  void postsByHttpsToAReceiverOfACertificateAuthorityThatItIsGiven(@TempDir Path folder)
      throws Exception {
    PrivateAuthority authority = PrivateAuthority.in(folder, "ip:127.0.0.1");
    try (AlertReceiver secure =
        AlertReceiver.overTls(authority.server(), body -> AlertReceiver.ACCEPTED)) {
      String topic =
          register(
              "https",
              secure.url(),
              Map.of("webhook.ca.file", authority.pem().toString(), "webhook.timeout.ms", "10000"));
      topics.send(topic, "card", alert("t1|LOW", "card", "shop"));
      topics.send(topic, "card", alert("t1|HIGH", "card", "shop"));

      soon().until(() -> secure.acceptedIds().equals(List.of("t1|LOW", "t1|HIGH")));
      assertThat(topics.recordsIn("dlq_" + topic)).isZero();
    } finally {
      client.remove("https");
    }
  }

  @Test
  void sendsNothingToAReceiverWhoseCertificateIsNotTrustedOrForAnotherHost(@TempDir Path folder)
      throws Exception {
    PrivateAuthority ours = PrivateAuthority.in(folder.resolve("ours"), "dns:elsewhere.example");
    PrivateAuthority other = PrivateAuthority.in(folder.resolve("other"), "ip:127.0.0.1");
    Map<String, String> trust = Map.of("webhook.ca.file", ours.pem().toString());
    try (AlertReceiver stranger = AlertReceiver.overTls(other.server(), body -> 204);
        AlertReceiver elsewhere = AlertReceiver.overTls(ours.server(), body -> 204)) {
      register("stranger", stranger.url(), onlyOneAttempt(trust));
      register("stranger-of-the-jvm", stranger.url(), onlyOneAttempt(Map.of()));
      register("elsewhere", elsewhere.url(), onlyOneAttempt(trust));
      for (String topic : List.of("stranger", "stranger-of-the-jvm", "elsewhere")) {
        topics.send(topic, "card", alert("t1|LOW", "card", "shop"));
        soon().until(() -> topics.recordsIn("dlq_" + topic) == 1);
      }

      for (String topic : List.of("stranger", "stranger-of-the-jvm")) {
        assertThat(topics.read("dlq_" + topic))
            .extracting(WebhookTest::reason)
            .allMatch(
                reason ->
                    reason.contains("no connection: javax.net.ssl.SSLHandshakeException: PKIX"));
      }
      assertThat(topics.read("dlq_elsewhere"))
          .extracting(WebhookTest::reason)
          .allMatch(reason -> reason.contains("No subject alternative names"));
      assertThat(stranger.posted()).isEmpty();
      assertThat(elsewhere.posted()).isEmpty();
    } finally {
      for (String name : List.of("stranger", "stranger-of-the-jvm", "elsewhere")) {
        client.remove(name);
      }
    }
  }

  /** What cannot be delivered is a dead letter at once. */
  private static Map<String, String> onlyOneAttempt(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("webhook.budget.ms", "0");
    settings.put("webhook.timeout.ms", "10000");
    return settings;
  }

  @Test
  void deliversOnceThereIsAReceiverWhereConnectionsWereRefused() throws Exception {
    int port = FreePorts.pick().kafka();
    String url = "http://127.0.0.1:" + port + "/alerts";
    String topic = register("nobody-there", url, onlyOneAttempt(Map.of()));
    topics.send(topic, "card", alert("t1|LOW", "card", "shop"));
    soon().until(() -> topics.recordsIn("dlq_" + topic) == 1);
    assertThat(topics.read("dlq_" + topic))
        .extracting(WebhookTest::reason)
        .allMatch(reason -> reason.contains("at last: no connection: java.net.ConnectException"));

    client.put(topic, config().put("topics", topic).put("webhook.url", url).toString());
    topics.send(topic, "card", alert("t2|LOW", "card", "shop"));
    try (AlertReceiver late = AlertReceiver.start(port, body -> AlertReceiver.ACCEPTED)) {
      soon().until(() -> late.acceptedIds().equals(List.of("t2|LOW")));
    } finally {
      client.remove(topic);
    }
  }

  /**
   * Each alert of one partition takes its time, so that all of them take several times as long as
   * Kafka lets a task be busy.
   */
  @Test
  void losesNoPartitionToAReceiverThatAnswersSlowly() throws Exception {
    List<String> sent = new ArrayList<>();
    try (AlertReceiver slow = AlertReceiver.start(0, body -> answerSlowly())) {
      String topic =
          register(
              "slow",
              slow.url(),
              Map.of(
                  "consumer.override.max.poll.interval.ms",
                  Integer.toString(BUSY_MS),
                  "webhook.timeout.ms",
                  "10000"));
      for (int i = 0; i < SLOW_ALERTS; i++) {
        String id = "t%03d|LOW".formatted(i);
        sent.add(id);
        topics.send(topic, "card", alert(id, "card", "shop"));
      }

      soon().untilAsserted(() -> assertThat(slow.acceptedIds()).containsAll(sent));
      assertThat(slow.posted()).extracting(Posted::id).containsExactlyElementsOf(sent);
    } finally {
      client.remove("slow");
    }
  }

  private static int answerSlowly() {
    try {
      // What is tested is a receiver that takes its time.
      Thread.sleep(ANSWER_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return AlertReceiver.ACCEPTED;
  }

  @Test
  void refusesAnAddressThatIsNotEncrypted() throws Exception {
    String open = file().put("webhook.url", "http://example.com/alerts").toString();

    assertThatThrownBy(() -> client.put(NAME, open))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("must begin with https://");
  }

  @Test
  @SuppressWarnings("try") // the store is not asked anything
  void isRemovedOnceNoAddressIsGiven() throws Exception {
    StackSettings off = new StackSettings(settings.home(), settings.data(), settings.ports());

    try (Store store = Store.start(off)) {
      SinkRegistration sinks = SinkRegistration.read(off);
      sinks.registerWith(client);
      assertThat(sinks.names()).isNotEmpty().doesNotContain(NAME);
      assertThat(client.connectors()).isNotEmpty().doesNotContain(NAME);
    } finally {
      client.put(NAME, config().toString());
    }
  }

  private static String reason(ConsumerRecord<byte[], byte[]> deadLetter) {
    return new String(
        deadLetter.headers().lastHeader("__connect.errors.exception.message").value(),
        StandardCharsets.UTF_8);
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(50));
  }

  private static String alert(String id, String card, String merchant) {
    return """
        {"ALERT_ID":"%s","INCIDENT_ID":"t","KIND":"OPENED","SEVERITY":"HIGH","EXPECTED_LOSS":590.00,
         "CARD_TOKEN":"%s","MERCHANT":"%s","RULE_HITS":["AMOUNT"],"EVENT_TIME":1763632980000}"""
        .formatted(id, card, merchant);
  }
}
