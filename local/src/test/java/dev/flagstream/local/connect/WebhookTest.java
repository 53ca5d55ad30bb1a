package dev.flagstream.local.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.flagstream.client.ConnectClient;
import dev.flagstream.client.ServerException;
import dev.flagstream.local.FreePorts;
import dev.flagstream.local.KafkaTopics;
import dev.flagstream.local.broker.Broker;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.store.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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

  /** Pauses double from 1 s to at most 60 s: so many attempts are more than an hour. */
  private static final int ATTEMPTS_OF_AN_HOUR = 80;

  /** What was posted, and how it was answered. */
  private record Posted(String id, String timestamp, String signature, String body, int status) {}

  private final List<Posted> posted = new CopyOnWriteArrayList<>();

  /** The answers of the next requests; none is a drop of the connection. */
  private final AtomicInteger failuresLeft = new AtomicInteger();

  private StackSettings settings;
  private HttpServer server;
  private Broker broker;
  private ConnectWorker worker;
  private KafkaTopics topics;
  private ConnectClient client;

  @BeforeAll
  void startWithAWebhook(@TempDir Path data) throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/alerts", this::receive);
    server.start();
    settings =
        new StackSettings(
            Path.of(".."),
            data,
            FreePorts.pick(),
            Map.of(),
            Optional.of("http://127.0.0.1:" + server.getAddress().getPort() + "/alerts"));
    Files.createDirectories(settings.webhookSecret().getParent());
    Files.writeString(
        settings.webhookSecret(), "whsec_" + Base64.getEncoder().encodeToString(KEY) + "\n");
    broker = Broker.start(settings);
    worker = ConnectWorker.start(settings);
    topics = new KafkaTopics(settings.bootstrapServers());
    topics.create(TOPIC, 4);
    client = new ConnectClient(settings.connectUrl());
    client.awaitReady(Duration.ofMinutes(3));
    client.put(NAME, config());
  }

  @AfterAll
  void stop() {
    server.stop(0);
    topics.close();
    worker.close();
    broker.close();
  }

  @BeforeEach
  void forgetWhatWasPosted() {
    posted.clear();
  }

  /** As it ships, but with pauses of milliseconds. */
  private ObjectNode file() throws IOException {
    return (ObjectNode)
        new ObjectMapper()
            .readTree(ConnectorFiles.read(settings.connectors().resolve("webhook")).get(NAME));
  }

  private String config() throws IOException {
    return file()
        .put("webhook.backoff.ms", "1")
        .put("webhook.backoff.max.ms", "5")
        .put("webhook.timeout.ms", "300")
        .toString();
  }

  private void receive(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int status = 204;
    if (failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      // Every third time it accepts the alert, but its answer gets lost.
      status = failuresLeft.get() % 3 == 0 ? 0 : failuresLeft.get() % 3 == 1 ? 503 : 429;
    } else if (body.contains("\"refuse me\"")) {
      status = 422;
    }
    posted.add(
        new Posted(
            exchange.getRequestHeaders().getFirst("webhook-id"),
            exchange.getRequestHeaders().getFirst("webhook-timestamp"),
            exchange.getRequestHeaders().getFirst("webhook-signature"),
            body,
            status));
    if (status > 0) {
      exchange.sendResponseHeaders(status, -1);
    }
    exchange.close();
  }

  @Test
  void losesNothingWhileTheReceiverIsAwayForAnHourAndKeepsTheOrderOfEachCard() throws Exception {
    long deadLetters = topics.recordsIn("dlq_" + TOPIC);
    topics.send(TOPIC, "card-0", alert("before|LOW", "card-0", "shop"));
    soon().until(() -> acceptedIds().contains("before|LOW"));
    failuresLeft.set(ATTEMPTS_OF_AN_HOUR);
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String id = "t%02d|HIGH".formatted(i);
      sent.add(id);
      topics.send(TOPIC, "card-" + i % 3, alert(id, "card-" + i % 3, "shop"));
    }
    soon().untilAsserted(() -> assertThat(acceptedIds()).containsAll(sent));

    assertThat(posted).hasSizeGreaterThanOrEqualTo(ATTEMPTS_OF_AN_HOUR + 31);
    assertThat(posted).extracting(Posted::status).contains(0, 429, 503);
    // A receiver that acts on each id once acts on each alert once, in the order of its card.
    assertThat(acceptedIds()).doesNotHaveDuplicates().hasSize(31);
    for (int card = 0; card < 3; card++) {
      String own = "\"card-" + card + "\"";
      assertThat(
              posted.stream()
                  .filter(each -> each.status() == 204 && each.body().contains(own))
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

    soon().until(() -> acceptedIds().equals(List.of("yes|LOW")));
    soon().until(() -> topics.recordsIn("dlq_" + TOPIC) == 2);
    assertThat(topics.read("dlq_" + TOPIC))
        .extracting(WebhookTest::reason)
        .anyMatch(reason -> reason.equals("the webhook answered with HTTP status 422"));
  }

  @Test
  void signsEachRequestSoThatAReceiverCanVerifyIt() throws Exception {
    topics.send(TOPIC, "card", alert("t1|LOW", "card", "Café"));

    soon().until(() -> acceptedIds().equals(List.of("t1|LOW")));
    Posted request = posted.get(0);
    assertThat(verified(request.id(), request.timestamp(), request.signature(), request.body()))
        .isTrue();
    assertThat(verified("t2|LOW", request.timestamp(), request.signature(), request.body()))
        .isFalse();
    assertThat(verified(request.id(), "1", request.signature(), request.body())).isFalse();
    assertThat(
            verified(request.id(), request.timestamp(), request.signature(), request.body() + " "))
        .isFalse();
    assertThat(request.body())
        .contains("\"alert_id\":\"t1|LOW\"", "\"expected_loss\":590.00", "\"merchant\":\"Café\"")
        .contains("\"rule_hits\":[\"AMOUNT\"]", "\"event_time\":1763632980000");
  }

  /** As docs/webhook.md shows it. */
  private static boolean verified(String id, String timestamp, String signature, String body)
      throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    byte[] expected =
        mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
    return signature.equals("v1," + Base64.getEncoder().encodeToString(expected));
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
      assertThat(SinkRegistration.register(client, off)).isNotEmpty().doesNotContainKey(NAME);
      assertThat(client.connectors()).isNotEmpty().doesNotContain(NAME);
    } finally {
      client.put(NAME, config());
    }
  }

  private List<String> acceptedIds() {
    return posted.stream().filter(each -> each.status() == 204).map(Posted::id).toList();
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
