package dev.flagstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flagstream.client.ConnectClient;
import dev.flagstream.local.broker.Broker;
import dev.flagstream.local.connect.AlertReceiver;
import dev.flagstream.local.connect.ConnectorFiles;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.Ports;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.settings.WebhookAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker, a process of its own, is killed while it posts. */
class WebhookCrashTest {

  private static final String TOPIC = "fraud_alerts";
  private static final int ALERTS = 60;
  private static final int CARDS = 4;

  /** So many were accepted when the worker is killed, most likely before it committed any. */
  private static final int BEFORE_THE_KILL = 25;

  @Test
  void losesNoAlertAndKeepsTheOrderOfEachCardForAReceiverThatHonoursTheKey(@TempDir Path folder)
      throws Exception {
    try (AlertReceiver receiver = AlertReceiver.start(0, body -> AlertReceiver.ACCEPTED)) {
      StackSettings settings =
          new StackSettings(Path.of(".."), folder.resolve("broker"), FreePorts.pick())
              .withWebhook(new WebhookAddress(receiver.url(), Optional.empty()));
      try (Broker broker = Broker.start(settings);
          KafkaTopics topics = new KafkaTopics(settings.bootstrapServers())) {
        assertThat(broker.name()).isEqualTo("broker");
        topics.create(TOPIC, 4);
        List<String> sent = new ArrayList<>();
        ChildProcess first = worker(settings, folder.resolve("first.txt"));
        try (first) {
          register(settings);
          sent.addAll(send(topics, 0, ALERTS / 2));
          soon().until(() -> receiver.acceptedIds().size() >= BEFORE_THE_KILL);
          first.signal("KILL");
        }
        sent.addAll(send(topics, ALERTS / 2, ALERTS));
        try (ChildProcess second = worker(settings, folder.resolve("second.txt"))) {
          second.awaitSaid("The connect runs at");
          soon().untilAsserted(() -> assertThat(receiver.acceptedIds()).containsAll(sent));
        }

        // What was accepted but not committed came again, each under its own key.
        List<String> actedOn = List.copyOf(new LinkedHashSet<>(receiver.acceptedIds()));
        assertThat(actedOn).containsExactlyInAnyOrderElementsOf(sent);
        for (int card = 0; card < CARDS; card++) {
          String ofTheCard = "c" + card + "-";
          assertThat(actedOn).filteredOn(id -> id.startsWith(ofTheCard)).isSorted();
        }
        assertThat(receiver.posted())
            .extracting(posted -> posted.id() + " " + posted.body())
            .satisfies(all -> assertThat(new HashSet<>(all)).hasSize(ALERTS));
      }
    }
  }

  /** The same as from the command line. */
  private static ChildProcess worker(StackSettings settings, Path output) throws Exception {
    Ports ports = settings.ports();
    return ChildProcess.start(
        output,
        "-Xmx256m",
        "connect",
        "--home=..",
        "--data=" + settings.data().resolveSibling("worker"),
        "--kafka-port=" + ports.kafka(),
        "--connect-port=" + ports.connect(),
        "--webhook-url=" + settings.webhook().orElseThrow().url());
  }

  /** The webhook alone: the other sinks have no topics here. */
  private static void register(StackSettings settings) {
    ConnectClient client = new ConnectClient(settings.connectUrl());
    client.awaitReady(Duration.ofMinutes(3));
    client.put(
        "fraud-alerts-webhook",
        ConnectorFiles.read(settings.connectors().resolve("webhook")).get("fraud-alerts-webhook"));
  }

  private static List<String> send(KafkaTopics topics, int from, int to) throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = from; i < to; i++) {
      String card = "c" + i % CARDS;
      String id = "%s-%03d|LOW".formatted(card, i);
      ids.add(id);
      topics.send(TOPIC, card, "{\"ALERT_ID\":\"%s\",\"CARD_TOKEN\":\"%s\"}".formatted(id, card));
    }
    return ids;
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(50));
  }
}
