package dev.flagstream.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One task before a real HTTP server, at a time that the test sets. */
class WebhookSinkTaskTest {

  private static final Schema ALERT =
      SchemaBuilder.struct().field("alert_id", Schema.STRING_SCHEMA).build();

  private static final String OLD_SECRET = secret("the old secret, of 32 characters");
  private static final String NEW_SECRET = secret("the new secret, of 32 characters");

  private final List<HttpHeaders> requests = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final TaskContext context = new TaskContext();

  private HttpServer server;
  private volatile int status = 204;
  private volatile String retryAfter = "";

  /** What the task takes for now. */
  private Instant now = Instant.now();

  @TempDir private Path folder;

  @BeforeEach
  void startTheReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/alerts", this::receive);
    server.start();
    Files.writeString(folder.resolve("secret"), OLD_SECRET + "\n");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    requests.add(HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true));
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    if (!retryAfter.isEmpty()) {
      exchange.getResponseHeaders().set("Retry-After", retryAfter);
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Test
  void leavesAReceiverAloneForAsLongAsItAsks() {
    WebhookSinkTask task = task();
    status = 429;
    retryAfter = "120";

    assertThatThrownBy(() -> task.put(records("a")))
        .isInstanceOf(RetriableException.class)
        .hasMessageContaining("HTTP status 429", "the next in 120000 ms");
    assertThat(context.timeouts()).containsExactly(120_000L);

    now = now.plusMillis(119_999);
    assertThatThrownBy(() -> task.put(records("a"))).isInstanceOf(RetriableException.class);
    assertThat(requests).hasSize(1);

    now = now.plusMillis(1);
    status = 204;
    task.put(records("a"));
    assertThat(requests).hasSize(2);
    assertThat(context.deadLetters()).isEmpty();
  }

  @Test
  void understandsAPauseThatIsGivenAsATime() {
    WebhookSinkTask task = task();
    now = Instant.parse("2026-01-31T10:00:00Z");
    status = 503;
    retryAfter =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(now.plusSeconds(90).atOffset(ZoneOffset.UTC));

    assertThatThrownBy(() -> task.put(records("a"))).isInstanceOf(RetriableException.class);

    assertThat(context.timeouts()).containsExactly(90_000L);
  }

  @ParameterizedTest
  @CsvSource({"86400, 3600000", "0, 5", "-7, 5", "soon, 5", "'Sat, 31 Jan 1998 10:00:00 GMT', 5"})
  void pausesForAnHourAtMostAndAsConfiguredWithoutAUsableWish(String wish, long atMostMs) {
    WebhookSinkTask task = task();
    status = 503;
    retryAfter = wish;

    assertThatThrownBy(() -> task.put(records("a"))).isInstanceOf(RetriableException.class);

    assertThat(context.timeouts()).hasSize(1).allMatch(each -> each > 0 && each <= atMostMs);
    assertThat(context.timeouts().get(0) > 1000).isEqualTo(atMostMs > 1000);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 401, 404, 410, 422})
  void givesARecordUpThatIsRefusedAndGoesOnWithTheNext(int refusal) {
    WebhookSinkTask task = task();
    status = refusal;
    // No answer of this kind asks for another attempt.
    retryAfter = "1";

    task.put(records("a", "b"));

    assertThat(requests).hasSize(2);
    assertThat(context.deadLetters())
        .containsExactly(
            "0: the webhook answered with HTTP status " + refusal,
            "1: the webhook answered with HTTP status " + refusal);
    assertThat(context.timeouts()).isEmpty();
  }

  @Test
  void triesARecordForADayAndThenTheNext() {
    WebhookSinkTask task = task();
    status = 500;
    for (int hour = 0; hour < 24; hour++) {
      assertThatThrownBy(() -> task.put(records("a", "b"))).isInstanceOf(RetriableException.class);
      now = now.plus(Duration.ofHours(1));
    }

    // The day is over: the first is given up, and the next one's day begins.
    assertThatThrownBy(() -> task.put(records("a", "b"))).isInstanceOf(RetriableException.class);
    assertThat(context.deadLetters())
        .containsExactly(
            "0: tried for 86400 s, at last: the webhook answered with HTTP status 500");

    now = now.plus(Duration.ofHours(1));
    status = 204;
    task.put(records("a", "b"));
    assertThat(ids()).filteredOn(id -> id.equals("a")).hasSize(25);
    assertThat(ids()).filteredOn(id -> id.equals("b")).hasSize(2);
    assertThat(context.deadLetters()).hasSize(1);
  }

  @Test
  void signsWithEverySecretThatThereIsSoThatASecretCanBeReplaced() throws Exception {
    WebhookSinkTask task = task();
    task.put(records("a"));
    Files.writeString(folder.resolve("secret"), NEW_SECRET + "\n" + OLD_SECRET + "\n");
    task.put(List.of(alert(1, "b")));
    Files.writeString(folder.resolve("secret"), NEW_SECRET + "\n");
    task.put(List.of(alert(2, "c")));

    assertThat(ids()).containsExactly("a", "b", "c");
    assertThat(List.of(verifies(OLD_SECRET, 0), verifies(NEW_SECRET, 0)))
        .containsExactly(true, false);
    assertThat(List.of(verifies(OLD_SECRET, 1), verifies(NEW_SECRET, 1)))
        .containsExactly(true, true);
    assertThat(List.of(verifies(OLD_SECRET, 2), verifies(NEW_SECRET, 2)))
        .containsExactly(false, true);
  }

  /** Whether a receiver that uses the library of Standard Webhooks takes a request. */
  private boolean verifies(String secret, int request) {
    HashMap<String, List<String>> lowerCase = new HashMap<>();
    requests
        .get(request)
        .map()
        .forEach((name, values) -> lowerCase.put(name.toLowerCase(Locale.ROOT), values));
    try {
      new Webhook(secret)
          .verify(bodies.get(request), HttpHeaders.of(lowerCase, (name, value) -> true).map());
      return true;
    } catch (WebhookVerificationException e) {
      return false;
    }
  }

  @Test
  void stopsWithoutQuotingASecretThatIsNone() throws IOException {
    Files.writeString(folder.resolve("secret"), "whsec_not*Base64\n");

    assertThatThrownBy(() -> task().put(records("a")))
        .isInstanceOf(ConnectException.class)
        .isNotInstanceOf(RetriableException.class)
        .hasMessageContaining("is not whsec_ and Base64")
        .hasNoCause();
    assertThat(requests).isEmpty();
  }

  @Test
  void startsOnlyWithCertificatesThatItCanRead() throws IOException {
    Files.writeString(folder.resolve("empty.pem"), "");
    Files.writeString(folder.resolve("wrong.pem"), "-----BEGIN CERTIFICATE-----\nno\n");

    assertThatThrownBy(
            () -> task(Map.of("webhook.ca.file", folder.resolve("empty.pem").toString())))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("webhook.ca.file", "contains no certificate");
    for (String name : List.of("wrong.pem", "nowhere.pem")) {
      assertThatThrownBy(() -> task(Map.of("webhook.ca.file", folder.resolve(name).toString())))
          .isInstanceOf(ConfigException.class)
          .hasMessageContainingAll("webhook.ca.file", name, "cannot be read");
    }
  }

  @Test
  void beginsAgainWhereItWasCommittedOnceItHadLostAPartition() {
    WebhookSinkTask task = task();
    task.put(records("a", "b"));
    task.put(records("a", "b"));
    assertThat(ids()).containsExactly("a", "b");

    task.close(List.of(new TopicPartition("alerts", 0)));
    task.put(List.of(alert(1, "b")));

    assertThat(ids()).containsExactly("a", "b", "b");
  }

  @Test
  void encodesIdsThatAHeaderCannotHave() {
    WebhookSinkTask task = task();

    task.put(records("TX 17:a", "ä%1", "a/b?c"));

    assertThat(ids()).containsExactly("TX%2017:a", "%C3%A4%251", "a/b?c");
    assertThat(context.deadLetters()).isEmpty();
  }

  private List<String> ids() {
    return requests.stream().map(each -> each.firstValue("webhook-id").orElse("")).toList();
  }

  private WebhookSinkTask task() {
    return task(Map.of());
  }

  /** With pauses of milliseconds. */
  private WebhookSinkTask task(Map<String, String> more) {
    HashMap<String, String> settings = new HashMap<>();
    settings.put("webhook.url", "http://127.0.0.1:" + server.getAddress().getPort() + "/alerts");
    settings.put("webhook.secret.file", folder.resolve("secret").toString());
    settings.put("webhook.id.field", "alert_id");
    settings.put("webhook.backoff.ms", "1");
    settings.put("webhook.backoff.max.ms", "4");
    settings.putAll(more);
    WebhookSinkTask task = new WebhookSinkTask(() -> now);
    task.initialize(context);
    task.start(settings);
    return task;
  }

  private static List<SinkRecord> records(String... ids) {
    List<SinkRecord> records = new ArrayList<>();
    for (String id : ids) {
      records.add(alert(records.size(), id));
    }
    return records;
  }

  private static SinkRecord alert(int offset, String id) {
    return new SinkRecord(
        "alerts", 0, null, null, ALERT, new Struct(ALERT).put("alert_id", id), offset);
  }

  private static String secret(String key) {
    return "whsec_" + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }
}
