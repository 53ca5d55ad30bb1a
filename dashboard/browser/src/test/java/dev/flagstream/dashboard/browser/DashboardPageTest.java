package dev.flagstream.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.flagstream.client.SqlClient;
import dev.flagstream.client.SqlRows;
import dev.flagstream.dashboard.Dashboard;
import dev.flagstream.dashboard.DashboardSettings;
import dev.flagstream.generator.feed.FraudLabel;
import dev.flagstream.generator.feed.LabelJson;
import dev.flagstream.generator.simulation.FraudScenario;
import dev.flagstream.generator.simulation.FraudScenarios;
import dev.flagstream.generator.simulation.SimulatedTransaction;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.generator.simulation.SimulationParameters;
import dev.flagstream.generator.transaction.Transaction;
import dev.flagstream.generator.transaction.TransactionJson;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.stack.DataDirectory;
import dev.flagstream.local.stack.Stack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * The page as people see it, beside the whole local stack. Ordered, because the pictures are of
 * what the other tests have left. With {@code -Dflagstream.rewrite=true} they are those of the
 * documents.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DashboardPageTest {

  private static final String NO_BROWSER =
      "chromium and chromedriver are not installed; dashboard/browser/install-chromium.sh does it";
  private static final Path PROJECT = Path.of("../..");
  private static final String ANALYST = "O'Hara";
  private static final int RATE = 100;
  private static final int TRANSACTIONS = 12_000;
  private static final int LATER = 1_000;
  private static final int FLAGGED_PER_SECOND = 3_000;
  private static final int BURSTS_PER_SECOND = 20;
  private static final int WATCHED_SECONDS = 10;
  private static final int WIDTH = 1_280;
  private static final int PHONE_WIDTH = 390;
  private static final List<String> THEMES = List.of("light", "dark");

  private StackSettings settings;
  private Stack stack;
  private MongoClient mongo;
  private KafkaProducer<byte[], byte[]> producer;
  private Iterator<SimulatedTransaction> simulation;
  private final List<Transaction> frauds = new ArrayList<>();
  private Dashboard dashboard;
  private Browser browser;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    Optional<Path> program = Browser.program();
    if (program.isEmpty()) {
      // Surefire does not print why a whole class was left out.
      System.err.println("DashboardPageTest is skipped: " + NO_BROWSER);
    }
    assumeTrue(program.isPresent(), NO_BROWSER);
    settings = new StackSettings(PROJECT, data, FreePorts.pick());
    try (DataDirectory directory = DataDirectory.open(settings)) {
      directory.ensureCardTokenKey();
    }
    stack = Stack.start(settings, line -> {});
    mongo = MongoClients.create(settings.mongoUri());
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", settings.bootstrapServers(), "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    simulation =
        Simulation.of(
                SimulationParameters.atRate(7, RATE)
                    .withCustomers(8_000)
                    .withFrauds(
                        FraudScenarios.DEFAULT
                            .withShare(FraudScenario.HIGH_AMOUNT, 0.01)
                            .withShare(FraudScenario.CARD_TESTING, 0.01)))
            .from(Instant.now().minusSeconds((TRANSACTIONS + LATER) / RATE));
    dashboard = dashboardOn(0);
    browser = Browser.start(program.get(), dashboard.uri().toString());
  }

  private Dashboard dashboardOn(int port) {
    return Dashboard.start(
        new DashboardSettings(
            port,
            settings.sqlUrl(),
            Optional.empty(),
            settings.mongoUri(),
            settings.models(),
            Optional.of(ANALYST)));
  }

  @AfterAll
  void stop() {
    if (browser != null) {
      browser.close();
      dashboard.close();
      producer.close();
      mongo.close();
      stack.close();
    }
  }

  private void send(int count) {
    for (int i = 0; i < count; i++) {
      SimulatedTransaction simulated = simulation.next();
      Transaction transaction = simulated.transaction();
      if (simulated.isFraud()) {
        frauds.add(transaction);
      }
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(
                  Environment.INPUT_TOPIC,
                  null,
                  transaction.timestampMs(),
                  transaction.cardNumber().getBytes(StandardCharsets.UTF_8),
                  TransactionJson.encode(transaction)));
    }
    producer.flush();
  }

  /** What the bank learns of the frauds so far: of two in three, right now. */
  private void report() {
    for (int i = 0; i < frauds.size(); i++) {
      if (i % 3 != 0) {
        Transaction fraud = frauds.get(i);
        Future<RecordMetadata> unused =
            producer.send(
                new ProducerRecord<>(
                    Environment.LABELS_TOPIC,
                    LabelJson.encode(
                        new FraudLabel(
                            fraud.transactionId(),
                            fraud.acceptor().merchantId(),
                            fraud.cardholder().customerId(),
                            true,
                            fraud.timestampMs(),
                            fraud.timestampMs()))));
      }
    }
    producer.flush();
  }

  private MongoCollection<Document> flagged() {
    return mongo.getDatabase(Environment.DATABASE).getCollection(Environment.FLAGGED_COLLECTION);
  }

  private MongoCollection<Document> scored() {
    return mongo.getDatabase(Environment.DATABASE).getCollection(Environment.SCORED_COLLECTION);
  }

  @Test
  @Order(1)
  void saysThatNothingHasBeenFlaggedYetAndThenShowsRowsAsTheyCome() {
    browser.open("cases");
    browser.awaitText("main", "Nothing has been flagged yet");
    browser.open("");
    browser.awaitText("[role=status].pill", "live");
    browser.awaitText("main", "Nothing has been flagged yet");

    send(TRANSACTIONS);

    browser.await("tbody tr a");
    browser.awaitText("tbody tr", "USD");
    browser.await(".map circle");
    browser.awaitText("dl.figures", "12,000");
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(flagged().countDocuments())
                    .as("flagged transactions in their own collection")
                    .isEqualTo(scored().countDocuments(new Document("is_fraud", true))));
  }

  @Test
  @Order(2)
  void aFilterNarrowsTheCasesAndTheAddressKeepsIt() {
    browser.open("cases");
    String id =
        browser.await("tbody tr a").getAttribute("href").replaceFirst(".*/transactions/", "");

    browser.script("document.body.focus()");
    browser.await("body").sendKeys("/");
    browser.await("input[name=text]:focus").sendKeys(id, Keys.ENTER);

    browser.awaitCount("tbody tr", 1);
    assertThat(browser.address()).endsWith("/cases?text=" + id);
    browser.open(browser.address().replaceFirst(".*/cases", "cases"));
    browser.awaitCount("tbody tr", 1);
  }

  @Test
  @Order(2)
  void keysLeadToPagesAndThroughTheCases() {
    browser.open("");
    browser.await("body").sendKeys("g", "c");
    browser.await("tbody tr:nth-child(2) a");
    assertThat(browser.address()).endsWith("/cases");

    browser.await("body").sendKeys("j");
    browser.await("tbody tr:nth-child(1) a:focus").sendKeys("j");
    browser.await("tbody tr:nth-child(2) a:focus").sendKeys("k");
    browser.await("tbody tr:nth-child(1) a:focus").sendKeys("g", "q");
    assertThat(browser.address()).endsWith("/quality");
  }

  @Test
  @Order(3)
  void theCsvFileOfAFilterHasTheCentsOfTheDatabase() throws Exception {
    browser.open("cases?rule=AMOUNT_OVER_THRESHOLD");
    browser.await("tbody tr");
    String link = browser.await("a[download]").getAttribute("href");

    String csv =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(URI.create(link)).build(), BodyHandlers.ofString())
            .body();

    List<String> amounts = csv.lines().skip(1).map(line -> line.split(",", 4)[2]).sorted().toList();
    List<String> stored = new ArrayList<>();
    flagged()
        .find(new Document("rule_hits", "AMOUNT_OVER_THRESHOLD"))
        .forEach(
            each ->
                stored.add(each.get("amount", Decimal128.class).bigDecimalValue().toPlainString()));
    assertThat(amounts).isNotEmpty().containsExactlyInAnyOrderElementsOf(stored);
  }

  @Test
  @Order(4)
  void aVerdictComesBackAsALabelOnceAndCanBeTakenBack() throws Exception {
    browser.open("cases?order=riskiest");
    String href = browser.await("tbody tr a").getAttribute("href");
    String id = href.replaceFirst(".*/transactions/", "");
    browser.open("transactions/" + id);

    browser.await("button[data-verdict=fraud]").click();
    browser.awaitText("#verdict", "fraud, says " + ANALYST);
    browser.await("button[data-verdict=none]").click();
    browser.awaitText("#verdict", "No verdict");

    SqlClient client = new SqlClient(settings.sqlUrl());
    try (SqlRows rows =
        client.query(
            "SELECT transaction_id, is_fraud FROM fraud_labels WHERE transaction_id = '"
                + id
                + "' EMIT CHANGES LIMIT 2;",
            Map.of("ksql.streams.auto.offset.reset", "earliest"))) {
      List<String> labels =
          List.of(rows.next().orElseThrow().toString(), rows.next().orElseThrow().toString());
      assertThat(labels)
          .containsExactlyInAnyOrder("[\"" + id + "\",true]", "[\"" + id + "\",false]");
    }
  }

  @Test
  @Order(5)
  void saysThatTheServerIsAwayAndGoesOnWhenItIsBack() {
    browser.open("");
    browser.awaitText("[role=status].pill", "live");
    int port = dashboard.uri().getPort();

    dashboard.close();
    browser.awaitText("[role=status].pill", "reconnecting");
    browser.awaitText("[role=alert]", "the page tries again");
    dashboard = dashboardOn(port);

    browser.awaitText("[role=status].pill", "live");
    send(LATER);
    browser.await("tbody tr a");
    assertThat(browser.await("[role=alert].banner").getText()).isEmpty();
  }

  @Test
  @Order(6)
  void everyPageIsAccessibleInBothThemesFitsAPhoneAndIsPictured() throws Exception {
    report();
    browser.open("quality");
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> !browser.await("dl.figures").getText().contains("of 0 frauds"));
    String story = "transactions/" + flaggedOfTheBusiestCard();
    Map<String, String> pages =
        Map.of("live", "", "cases", "cases", "transaction", story, "quality", "quality");
    Path pictures =
        Boolean.getBoolean("flagstream.rewrite")
            ? PROJECT.resolve("docs/dashboard")
            : Path.of("target/pictures");
    List<String> problems = new ArrayList<>();
    for (String theme : THEMES) {
      browser.useTheme(theme);
      for (Map.Entry<String, String> page : pages.entrySet()) {
        browser.open(page.getValue());
        browser.await("main canvas, main tbody tr");
        if (page.getKey().equals("live")) {
          send(LATER);
          await()
              .atMost(Duration.ofMinutes(1))
              .until(() -> !browser.await("dl.figures dd").getText().matches("0|–"));
        }
        browser
            .accessibilityProblems()
            .forEach(each -> problems.add(page.getKey() + ", " + theme + ": " + each));
        browser.picture(pictures.resolve(page.getKey() + "-" + theme + ".png"), WIDTH);
        browser.picture(
            Path.of("target/pictures", page.getKey() + "-" + theme + "-phone.png"), PHONE_WIDTH);
        browser.resize(PHONE_WIDTH, WIDTH);
        // The page is laid out anew a moment after the window has its width.
        await()
            .atMost(Duration.ofMinutes(1))
            .untilAsserted(
                () ->
                    assertThat((long) browser.script("return document.documentElement.scrollWidth"))
                        .as(page.getKey() + " on a phone")
                        .isLessThanOrEqualTo(PHONE_WIDTH));
        browser.resize(WIDTH, WIDTH);
      }
    }
    assertThat(problems).as("what axe-core finds").isEmpty();
  }

  /** One of whose card there is a story to tell. */
  private String flaggedOfTheBusiestCard() {
    Map<String, List<String>> byCard = new TreeMap<>();
    flagged()
        .find()
        .forEach(
            each ->
                byCard
                    .computeIfAbsent(each.getString("card_token"), card -> new ArrayList<>())
                    .add(each.getString("_id")));
    return byCard.values().stream()
        .max(Comparator.comparingInt(List::size))
        .map(ids -> ids.get(ids.size() - 1))
        .orElseThrow();
  }

  @Test
  @Order(7)
  void ofThousandsOfFlaggedTransactionsASecondThePageShowsTheLatestAndSaysSo() throws Exception {
    browser.open("");
    browser.awaitText("[role=status].pill", "live");
    Browser.MainThread quiet = browser.watchMainThread(WATCHED_SECONDS);
    FlaggedRecord example = FlaggedRecord.first(settings.bootstrapServers());
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try {
      AtomicLong sent = new AtomicLong();
      ScheduledFuture<?> unused =
          clock.scheduleAtFixedRate(
              () -> {
                for (int i = 0; i < FLAGGED_PER_SECOND / BURSTS_PER_SECOND; i++) {
                  Future<RecordMetadata> unusedToo =
                      producer.send(example.withId("many-" + sent.incrementAndGet()));
                }
              },
              0,
              1_000 / BURSTS_PER_SECOND,
              TimeUnit.MILLISECONDS);
      browser.awaitText("main", "in this second");

      long before = sent.get();
      Browser.MainThread busy = browser.watchMainThread(WATCHED_SECONDS);
      double rate = (sent.get() - before) / busy.seconds();

      // The benchmarks' README has these; they depend on the machine and are no assertion.
      System.out.printf(
          Locale.ROOT,
          "flagged transactions a second %,.0f: main thread busy %.1f %%, %.0f frames/s, longest"
              + " gap %.0f ms; none: busy %.1f %%, %.0f frames/s, longest gap %.0f ms%n",
          rate,
          busy.busyShare() * 100,
          busy.framesPerSecond(),
          busy.longestGapMs(),
          quiet.busyShare() * 100,
          quiet.framesPerSecond(),
          quiet.longestGapMs());
      assertThat(browser.all("main tbody tr")).hasSizeLessThanOrEqualTo(40);
      assertThat(browser.await("main").getText()).contains("the latest 20 of ");
    } finally {
      clock.shutdownNow();
    }
  }

  /** A record of the topic {@code flagged_transactions}, to be sent again under other ids. */
  private record FlaggedRecord(String key, String value, String id) {

    static FlaggedRecord first(String bootstrapServers) throws IOException {
      try (KafkaConsumer<byte[], byte[]> consumer =
          new KafkaConsumer<>(
              Map.of("bootstrap.servers", bootstrapServers),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer())) {
        List<TopicPartition> partitions =
            consumer.partitionsFor("flagged_transactions").stream()
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        ConsumerRecord<byte[], byte[]> record =
            await()
                .until(() -> consumer.poll(Duration.ofSeconds(1)).iterator(), Iterator::hasNext)
                .next();
        String value = new String(record.value(), StandardCharsets.UTF_8);
        return new FlaggedRecord(
            new String(record.key(), StandardCharsets.UTF_8),
            value,
            new ObjectMapper().readTree(value).path("TRANSACTION_ID").asText());
      }
    }

    ProducerRecord<byte[], byte[]> withId(String other) {
      return new ProducerRecord<>(
          "flagged_transactions",
          key.getBytes(StandardCharsets.UTF_8),
          value.replace("\"" + id + "\"", "\"" + other + "\"").getBytes(StandardCharsets.UTF_8));
    }
  }
}
