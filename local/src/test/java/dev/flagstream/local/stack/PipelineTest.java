package dev.flagstream.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LONG;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import dev.flagstream.client.ConnectClient;
import dev.flagstream.client.SqlClient;
import dev.flagstream.generator.simulation.FraudScenario;
import dev.flagstream.generator.simulation.FraudScenarios;
import dev.flagstream.generator.simulation.SimulatedTransaction;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.generator.simulation.SimulationParameters;
import dev.flagstream.generator.transaction.Transaction;
import dev.flagstream.generator.transaction.TransactionJson;
import dev.flagstream.local.FlagstreamCommandLine;
import dev.flagstream.local.KafkaTopics;
import dev.flagstream.local.flow.FlowMonitor;
import dev.flagstream.local.flow.TopicReader;
import dev.flagstream.local.health.PartHealth.Trouble;
import dev.flagstream.local.health.PipelineHealth;
import dev.flagstream.local.latency.LatencyMonitor;
import dev.flagstream.local.ledger.Balance;
import dev.flagstream.local.ledger.DeadLetters;
import dev.flagstream.local.ledger.Expectation;
import dev.flagstream.local.ledger.Findings;
import dev.flagstream.local.ledger.Ledger;
import dev.flagstream.local.ledger.ReadingProgress;
import dev.flagstream.local.metrics.MetricsEndpoint;
import dev.flagstream.local.metrics.MonitoringFiles;
import dev.flagstream.local.metrics.RecordCounts;
import dev.flagstream.local.scan.ClearNumberScan;
import dev.flagstream.local.scan.PlantedNumbers;
import dev.flagstream.local.settings.ComponentProperties;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.PipelineAddresses;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.sql.DeployedJars;
import dev.flagstream.local.windows.WindowedAggregates;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.core.ConditionFactory;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole local stack, from the input topic to the store, with the project's own SQL scripts, UDF
 * jar and connector files.
 *
 * <p>One stack serves all tests, as starting it takes seconds. Ordered: each goes on with what
 * those before it have sent.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PipelineTest {

  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private static final String CARD = "4539578763621486";

  /** What was replayed, by the thousand: not all of it is of one day. */
  private static final String REPEATED = "REJECTED REPEATED transaction_id";

  private static final Bson NOT_REPEATED = Filters.ne("expectation", REPEATED);

  private final List<String> said = new ArrayList<>();
  private StackSettings settings;
  private Stack stack;
  private KafkaTopics topics;
  private MongoClient mongo;
  private TopicReader reader;

  @BeforeAll
  void start(@TempDir Path data) {
    settings = new StackSettings(Path.of(".."), data, FreePorts.pick());
    try (DataDirectory directory = DataDirectory.open(settings)) {
      directory.ensureCardTokenKey();
    }
    startStack();
    mongo = MongoClients.create(settings.mongoUri());
    reader = new TopicReader(settings.kafka());
  }

  private void startStack() {
    stack = Stack.start(settings, this::say);
    topics = new KafkaTopics(settings.bootstrapServers());
  }

  private synchronized void say(String line) {
    said.add(line);
  }

  @AfterAll
  void stop() {
    mongo.close();
    topics.close();
    stack.close();
  }

  @Test
  @Order(1)
  void storesEachFlaggedTransactionOnceAndExactlyAndItsWindows() throws Exception {
    topics.sendAll(generated(1, 6_000));

    Findings findings = awaitBalanced();

    assertThat(findings.stored()).isEqualTo(findings.expected()).isPositive();
    assertThat(findings.windowsChecked()).isPositive();
    List<WindowedAggregates.Window> windows = WindowedAggregates.last(store(), 1_000);
    assertThat(windows.stream().mapToLong(WindowedAggregates.Window::transactions).sum())
        .as("what MongoDB counts in windows")
        .isEqualTo(findings.stored());
    soon().untilAsserted(this::assertEachIncidentIsToldOnce);
    assertThat(new PipelineHealth(settings).ask())
        .as("every part is well")
        .hasSize(6)
        .allSatisfy(part -> assertThat(part.troubles()).isEmpty());
  }

  /**
   * All that was generated is of one minute: one incident for each card, opened by whichever of its
   * flagged transactions came first; on the way through the merchants they lose their order.
   */
  private void assertEachIncidentIsToldOnce() throws IOException {
    List<Map<String, Object>> flagged = rows(Environment.FLAGGED_TOPIC);
    List<Map<String, Object>> alerts = rows(Environment.ALERTS_TOPIC);
    assertThat(alerts).extracting(alert -> alert.get("ALERT_ID")).doesNotHaveDuplicates();
    assertThat(alerts.stream().filter(alert -> alert.get("KIND").equals("OPENED")))
        .as("cards of which people were told")
        .extracting(alert -> alert.get("CARD_TOKEN"))
        .containsExactlyInAnyOrderElementsOf(
            flagged.stream().map(each -> each.get("CARD_TOKEN")).distinct().toList());
    assertThat(rows("card_incidents")).hasSameSizeAs(flagged);
  }

  @Test
  @Order(2)
  void servesEveryMetricThatTheAlertsAndGrafanasDashboardName() throws Exception {
    RecordCounts counts = new RecordCounts();
    try (LatencyMonitor latency =
            LatencyMonitor.start(store().getCollection(Environment.SCORED_COLLECTION));
        FlowMonitor flow =
            FlowMonitor.startNow(
                settings.kafka(),
                each -> {
                  counts.accept(each);
                  latency.accept(each);
                });
        MetricsEndpoint endpoint =
            MetricsEndpoint.start(
                Environment.LOOPBACK,
                0,
                new MetricsEndpoint.Sources(
                    PipelineAddresses.of(settings),
                    ComponentProperties.sqlServiceId(settings),
                    settings.jmxRules(),
                    counts,
                    latency))) {
      topics.send(Environment.INPUT_TOPIC, CARD, transaction("rejected-for-metrics", "null"));
      topics.send(Environment.INPUT_TOPIC, CARD, transaction("for-metrics", "3000.00"));

      soon()
          .untilAsserted(
              () -> {
                flow.requireHealthy();
                assertThat(metricsOf(scrape(endpoint.port()).body()))
                    .containsAll(MonitoringFiles.metrics());
              });

      soon()
          .untilAsserted(
              () ->
                  assertThat(scrape(endpoint.port()).body().lines())
                      .contains(
                          "flagstream_records_total{topic=\"credit_card_transactions\"} 2.0",
                          "flagstream_records_total{topic=\"flagged_transactions\"} 1.0",
                          "flagstream_rejected_transactions_total{reason=\"MISSING amount\"} 1.0",
                          "flagstream_part_up{part=\"kafka\"} 1.0",
                          "flagstream_part_up{part=\"sql\"} 1.0",
                          "flagstream_part_up{part=\"connect\"} 1.0",
                          "flagstream_part_up{part=\"mongodb\"} 1.0",
                          "flagstream_queries{state=\"ERROR\"} 0.0",
                          "flagstream_connector_lag_records{connector=\"flagged-transactions\"}"
                              + " 0.0",
                          "jmx_scrape_error 0.0"));
      assertThat(scrape(endpoint.port(), "Origin", "http://elsewhere.example").statusCode())
          .as("to a page of another origin")
          .isEqualTo(403);
    }
  }

  private static HttpResponse<String> scrape(int port, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  /** The names of all samples: of a histogram, its buckets, its sum and its count. */
  private static Set<String> metricsOf(String answer) {
    return answer
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceFirst("[{ ].*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  @Order(3)
  void tellsOfItsSinksInSql() {
    SqlClient sql = new SqlClient(settings.sqlUrl());

    JsonNode sinks = sql.execute("SHOW SINK CONNECTORS;").at("/0/connectors");
    JsonNode flagged = sql.execute("DESCRIBE CONNECTOR `flagged-transactions`;").get(0);
    JsonNode plugins = sql.execute("SHOW CONNECTOR PLUGINS;").at("/0/connectorsPlugins");

    assertThat(sinks.findValuesAsText("name"))
        .contains("scored-transactions", "flagged-transactions", "flagged-by-card-10s");
    assertThat(sinks.findValuesAsText("state"))
        .hasSameSizeAs(sinks)
        .allMatch(each -> each.matches("RUNNING.*"));
    assertThat(flagged.at("/status/tasks/0/state").asText()).isEqualTo("RUNNING");
    assertThat(flagged.at("/connectorClass").asText())
        .isEqualTo("com.mongodb.kafka.connect.MongoSinkConnector");
    assertThat(plugins.findValuesAsText("className"))
        .contains("com.mongodb.kafka.connect.MongoSinkConnector");
    assertThat(sql.execute("SHOW SOURCE CONNECTORS;").at("/0/connectors")).isEmpty();
  }

  @Test
  @Order(3)
  void rejectsWhatIsNoTransactionWithItsReasonAndGoesOn() throws Exception {
    topics.send(Environment.INPUT_TOPIC, CARD, CARD + "x is not JSON");
    topics.send(Environment.INPUT_TOPIC, CARD, transaction("lacks-amount", "null"));
    topics.send(Environment.INPUT_TOPIC, CARD, null);
    // Derived from these, a broker would refuse records: for their time, for their size.
    long twoHoursAhead = System.currentTimeMillis() + Duration.ofHours(2).toMillis();
    String large = "\\n".repeat(200_000);
    topics.send(
        Environment.INPUT_TOPIC,
        CARD,
        transaction("two-hours-ahead", "3000.00")
            .replace(Long.toString(NOON.toEpochMilli()), Long.toString(twoHoursAhead)));
    topics.send(
        Environment.INPUT_TOPIC,
        CARD,
        transaction("large", "3000.00").replace("\"Shop\"", "\"" + large + "\""));
    topics.send(
        Environment.INPUT_TOPIC,
        CARD,
        transaction("large-elsewhere", "3000.00")
            .replace("\"channel\"", "\"note\":\"" + large + "\",\"channel\""));
    topics.send(Environment.INPUT_TOPIC, CARD, transaction("after-poison", "3000.00"));

    awaitBalanced();

    for (String id : List.of("large-elsewhere", "after-poison")) {
      assertThat(store().getCollection(Environment.FLAGGED_COLLECTION).find(byId(id))).hasSize(1);
    }
    assertThat(rejections())
        .filteredOn(rejection -> rejection.get("REASON").equals("TOO_LONG merchant"))
        .allSatisfy(
            rejection -> {
              assertThat((String) rejection.get("PAYLOAD")).hasSize(10_000);
              assertThat((Integer) rejection.get("PAYLOAD_BYTES")).isGreaterThan(400_000);
            });
    assertThat(rejections())
        .extracting(rejection -> rejection.get("REASON"))
        .containsExactlyInAnyOrder(
            "MISSING amount", "NOT_JSON", "MISSING amount", "AHEAD timestamp", "TOO_LONG merchant");
    // Its typed stream could not read the first, which SQL says itself, by place.
    soon().untilAsserted(() -> assertThat(rows(Environment.UNPROCESSED_TOPIC)).hasSize(1));
    assertThat(rows(Environment.UNPROCESSED_TOPIC).get(0))
        .containsEntry("REASON", "UNREADABLE value")
        .containsEntry("SOURCE_TOPIC", Environment.INPUT_TOPIC)
        .containsEntry("SOURCE_OFFSET", rejection("NOT_JSON").get("SOURCE_OFFSET"))
        .containsEntry("SOURCE_PARTITION", rejection("NOT_JSON").get("SOURCE_PARTITION"));
    assertThat(
            rejections().toString()
                + rows(Environment.UNPROCESSED_TOPIC)
                + rows("ksql_processing_log"))
        .as("clear card numbers past the input topic")
        .doesNotContain(CARD);
  }

  @Test
  @Order(4)
  void losesAndRepeatsNothingWhenTheStackRestartsInTheMiddle() throws Exception {
    topics.sendAll(generated(3, 2_000));
    topics.close();
    stack.close(); // most of it is still on its way
    startStack();
    topics.sendAll(generated(4, 500));

    Findings findings = awaitBalanced();

    assertThat(findings.stored()).isEqualTo(findings.expected());
  }

  @Test
  @Order(5)
  void loadsANewUdfJarByRestartingTheSqlServer() throws Exception {
    Path jar = settings.extensions().resolve("flagstream-udf.jar");
    Path changed = settings.data().resolve("changed.jar");
    Files.copy(jar, changed);
    try (FileSystem zip =
        FileSystems.newFileSystem(URI.create("jar:" + changed.toUri()), Map.of())) {
      Files.writeString(zip.getPath("note.txt"), "another jar, with the same functions");
    }
    Files.move(changed, jar, StandardCopyOption.ATOMIC_MOVE);

    soon().until(new DeployedJars(settings)::isLoaded);
    topics.send(Environment.INPUT_TOPIC, CARD, transaction("after-deploy", "3000.00"));

    awaitBalanced();
    assertThat(said).anyMatch(line -> line.contains("have changed: the SQL server restarts"));
    assertThat(store().getCollection(Environment.FLAGGED_COLLECTION).find(byId("after-deploy")))
        .hasSize(1);
  }

  @Test
  @Order(6)
  void goesOnWithTheFunctionsThatItHasWhenAJarCannotBeLoaded() throws Exception {
    Path nonsense = settings.extensions().resolve("nonsense.jar");
    Files.writeString(nonsense, "no jar");

    soon().until(() -> said.stream().anyMatch(line -> line.contains("goes on with the functions")));
    topics.send(Environment.INPUT_TOPIC, CARD, transaction("beside-nonsense", "3000.00"));

    awaitBalanced();
    assertThat(said)
        .anyMatch(line -> line.contains(nonsense.toString()) && line.contains("Remove that jar"));
    Files.delete(nonsense);
  }

  @Test
  @Order(7)
  void countsNothingTwiceWhenTheInputTopicIsReplayed() throws Exception {
    List<ConsumerRecord<byte[], byte[]>> input = topics.read(Environment.INPUT_TOPIC);
    long documents = store().getCollection(Environment.FLAGGED_COLLECTION).countDocuments();
    long scored = reader.count(Environment.SCORED_TOPIC);
    List<ProducerRecord<byte[], byte[]>> again = new ArrayList<>();
    input.forEach(
        each ->
            again.add(
                new ProducerRecord<>(
                    each.topic(), null, each.timestamp(), each.key(), each.value())));

    topics.sendAll(again);

    awaitBalanced();
    assertThat(reader.count(Environment.INPUT_TOPIC)).isEqualTo(2L * input.size());
    assertThat(reader.count(Environment.SCORED_TOPIC))
        .as("the first decisions stand")
        .isEqualTo(scored);
    try (Expectation expectation = Expectation.recompute(settings)) {
      assertThat(expectation.rejectedByReason()).containsEntry("REPEATED transaction_id", scored);
    }
    assertThat(store().getCollection(Environment.FLAGGED_COLLECTION).countDocuments())
        .isEqualTo(documents);
  }

  /** What the tests above have sent, most of it twice. */
  @Test
  @Order(8)
  void saysWhatFailsExpectationsOnceItIsAsked() throws Exception {
    FlagstreamCommandLine command = new FlagstreamCommandLine();
    List<String> quality =
        new ArrayList<>(List.of("quality", "--home=..", "--data=" + settings.data()));
    quality.addAll(portOptions());

    assertThat(command.run(quality.toArray(new String[0]))).as(command.err()).isEqualTo(1);
    assertThat(command.out())
        .contains("The quality of the data is watched from now on", "REJECTED MISSING amount")
        .contains("UNDECLARED note", "Unusual:", "  LATE by more than 5 minutes: ");
    assertThat(command.out().lines()).allSatisfy(line -> assertThat(line).hasSizeBetween(0, 80));

    quality.add("--json");
    assertThat(command.run(quality.toArray(new String[0]))).isEqualTo(1);
    assertThat(command.err()).as("what it made the first time").isEmpty();
    JsonNode report = new ObjectMapper().readTree(command.out());
    Map<String, Long> records = new TreeMap<>();
    report
        .path("expectations")
        .forEach(each -> records.put(each.path("what").asText(), each.path("records").asLong()));
    assertThat(records)
        .containsEntry("REJECTED NOT_JSON", 2L)
        .containsEntry("REJECTED MISSING amount", 4L)
        .containsEntry("REJECTED AHEAD timestamp", 2L)
        .containsEntry("UNDECLARED note", 2L);
    // The same in MongoDB, where sinks of its own have brought it.
    soon()
        .untilAsserted(
            () -> {
              Map<String, Long> stored = new TreeMap<>();
              for (Document each : store().getCollection("data_quality_1m").find(NOT_REPEATED)) {
                stored.merge(each.getString("expectation"), each.getLong("records"), Long::sum);
              }
              assertThat(stored).containsAllEntriesOf(records);
              assertFindingsAreStored(stored);
            });
  }

  /**
   * Each finding is a document. Its minute counts it unless it comes a day after a later one, which
   * is a matter of the order in which the partitions are read; one of the newest day is counted.
   */
  private void assertFindingsAreStored(Map<String, Long> countedByMinutes) throws IOException {
    List<ConsumerRecord<byte[], byte[]>> findings = topics.read("data_quality_findings");
    long newest = findings.stream().mapToLong(ConsumerRecord::timestamp).max().orElseThrow();
    Map<String, Long> all = new TreeMap<>();
    Map<String, Long> ofNewestDay = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> finding : findings) {
      String expectation =
          new ObjectMapper().readTree(finding.value()).path("EXPECTATION").asText();
      if (expectation.equals(REPEATED)) {
        continue;
      }
      all.merge(expectation, 1L, Long::sum);
      if (finding.timestamp() > newest - Duration.ofDays(1).toMillis()) {
        ofNewestDay.merge(expectation, 1L, Long::sum);
      }
    }
    assertThat(store().getCollection("data_quality_findings").countDocuments(NOT_REPEATED))
        .isEqualTo(all.values().stream().mapToLong(Long::longValue).sum());
    assertThat(countedByMinutes)
        .allSatisfy(
            (expectation, count) ->
                assertThat(all).extractingByKey(expectation, LONG).isGreaterThanOrEqualTo(count));
    assertThat(ofNewestDay)
        .allSatisfy(
            (expectation, count) ->
                assertThat(countedByMinutes)
                    .extractingByKey(expectation, LONG)
                    .isGreaterThanOrEqualTo(count));
  }

  private List<String> portOptions() {
    return List.of(
        "--kafka-port=" + settings.ports().kafka(),
        "--sql-port=" + settings.ports().sql(),
        "--connect-port=" + settings.ports().connect(),
        "--mongo-port=" + settings.ports().mongo());
  }

  /** Time goes on by 40 days, so that nothing of the tests above is on time any more. */
  @Test
  @Order(9)
  void namesWhyAnIdWasDecidedTwiceWhereItsCardCouldNotKnowIt() throws Exception {
    String card = "4532015112830366";
    String other = "6011000990139424";
    pay(card, "old", "3000.00", 0);
    pay(card, "changed", "10.00", 38 * 24);
    pay(card, "between", "10.00", 38 * 24 + 12);
    pay(card, "moved", "3000.00", 40 * 24);
    pay(card, "late", "3000.00", 30 * 24);
    pay(card, "old", "3000.00", 0);
    pay(card, "late", "3000.00", 30 * 24);
    pay(card, "changed", "3001.00", 38 * 24);
    pay(card, "moved", "3000.00", 40 * 24);
    awaitBalanced(); // before time goes on by what another partition says
    pay(other, "moved", "3000.00", 40 * 24);

    awaitBalanced();
    Balance balance =
        Balance.strike(settings, store(), Balance.cutNow(settings), 0, ReadingProgress.UNSEEN);

    assertThat(balance.differences()).as(String.join("\n", balance.lines())).isZero();
    assertThat(balance.decidedAgain()).isEqualTo(4);
    String place = "offset \\d+ of partition \\d of credit_card_transactions";
    assertThat(balance.repetitions())
        .hasSize(4)
        .allSatisfy(
            each -> assertThat(each).matches(".* from " + place + " and from " + place + ": .*"))
        .anyMatch(each -> each.startsWith("old ") && each.contains("31 days older"))
        .anyMatch(each -> each.startsWith("late ") && each.contains("over a day late"))
        .anyMatch(each -> each.startsWith("changed ") && each.contains("something else"))
        .anyMatch(each -> each.startsWith("moved ") && each.contains("another card"));
    assertThat(balance.lines())
        .containsAll(balance.repetitions().stream().map("    "::concat).toList());
  }

  @Test
  @Order(10)
  void namesAQueryThatIsPausedAndASinkThatHasFailed() throws Exception {
    topics.sendAll(generated(7, 50));
    SqlClient sql = new SqlClient(settings.sqlUrl());
    String query =
        sql.queryStates().keySet().stream()
            .filter(id -> id.contains("FRAUD_ALERTS"))
            .findFirst()
            .orElseThrow();
    sql.execute("PAUSE " + query + ";");
    new ConnectClient(settings.connectUrl()).put("broken", brokenSink());

    soon()
        .untilAsserted(
            () ->
                assertThat(
                        new PipelineHealth(settings)
                            .ask().stream().flatMap(part -> part.troubles().stream()))
                    .extracting(Trouble::what)
                    .anyMatch(what -> what.equals("query " + query + " is paused"))
                    .anyMatch(what -> what.startsWith("sink broken has failed: ")));
  }

  /**
   * In all that the tests above have left, restarts, a replay and a failed sink included. What was
   * planted there shows that nothing is overlooked.
   */
  private void pay(String card, String id, String amount, int hours) throws Exception {
    topics.send(
        Environment.INPUT_TOPIC,
        card,
        transaction(id, amount)
            .replace(CARD, card)
            .replace(
                Long.toString(NOON.toEpochMilli()),
                Long.toString(NOON.plus(Duration.ofHours(hours)).toEpochMilli())));
  }

  @Test
  @Order(11)
  void keepsNoClearCardNumberPastTheInputTopic() throws Exception {
    stack.close();
    PlantedNumbers.in(settings, CARD);

    ClearNumberScan.Result scan = ClearNumberScan.of(settings);

    assertThat(scan.findings())
        .extracting(ClearNumberScan.Finding::place)
        .map(PlantedNumbers::withoutFileNumber)
        .containsExactlyInAnyOrderElementsOf(PlantedNumbers.PLACES);
    assertThat(scan.numbers()).isGreaterThan(500);
    assertThat(scan.topics()).isGreaterThan(20);
    assertThat(scan.records()).isGreaterThan(10_000);
    assertThat(scan.entries()).isGreaterThan(1_000);
  }

  /** A sink that cannot read its first record, and tolerates no error. */
  private String brokenSink() {
    return """
    {"connector.class": "com.mongodb.kafka.connect.MongoSinkConnector", "tasks.max": "1",
     "topics": "scored_transactions", "database": "flagstream", "collection": "broken",
     "connection.uri": "%s", "errors.tolerance": "none",
     "key.converter": "org.apache.kafka.connect.json.JsonConverter",
     "value.converter": "org.apache.kafka.connect.converters.DoubleConverter"}
    """
        .formatted(settings.mongoUri());
  }

  /** Waits until in = scored + rejected, and the store holds exactly what the ledger expects. */
  private Findings awaitBalanced() {
    soon()
        .untilAsserted(
            () ->
                assertThat(
                        reader.count(Environment.SCORED_TOPIC)
                            + reader.count(Environment.REJECTED_TOPIC)
                            + emptyRecords())
                    .as("scored and rejected records")
                    .isEqualTo(reader.count(Environment.INPUT_TOPIC)));
    // Only now: the ledger takes the model's scores from what was scored.
    try (Expectation expectation = Expectation.recompute(settings)) {
      Ledger ledger = new Ledger(expectation, 0);
      soon()
          .untilAsserted(
              () ->
                  assertThat(ledger.check(store(), DeadLetters.count(settings.kafka())).problems())
                      .isEmpty());
      return ledger.check(store(), 0);
    }
  }

  private long emptyRecords() {
    AtomicLong empty = new AtomicLong();
    reader.read(Environment.INPUT_TOPIC, each -> empty.addAndGet(each.value() == null ? 1 : 0));
    return empty.get();
  }

  private List<Map<String, Object>> rejections() throws IOException {
    return rows(Environment.REJECTED_TOPIC);
  }

  private Map<String, Object> rejection(String reason) throws IOException {
    return rejections().stream()
        .filter(rejection -> reason.equals(rejection.get("REASON")))
        .findFirst()
        .orElseThrow();
  }

  private List<Map<String, Object>> rows(String topic) throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> each : topics.read(topic)) {
      rows.add(new ObjectMapper().readValue(each.value(), new TypeReference<>() {}));
    }
    return rows;
  }

  private MongoDatabase store() {
    return mongo.getDatabase(Environment.DATABASE);
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(200));
  }

  private static Document byId(String id) {
    return new Document("_id", id);
  }

  private static List<ProducerRecord<byte[], byte[]>> generated(long seed, int count) {
    Iterator<Transaction> generator =
        SimulatedTransaction.transactions(
            Simulation.of(
                    SimulationParameters.atRate(seed, 100)
                        .withCustomers(200)
                        .withFrauds(
                            FraudScenarios.DEFAULT.withShare(FraudScenario.HIGH_AMOUNT, 0.2)))
                .from(NOON));
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Transaction transaction = generator.next();
      records.add(
          new ProducerRecord<>(
              Environment.INPUT_TOPIC,
              null,
              transaction.timestampMs(),
              transaction.cardNumber().getBytes(StandardCharsets.UTF_8),
              TransactionJson.encode(transaction)));
    }
    return records;
  }

  private static String transaction(String id, String amount) {
    return """
    {"transaction_id":"%s","card_number":"%s","customer_id":"C1","customer_age":42,
     "home_city":"Chicago","home_lat":41.9,"home_lon":-87.6,"amount":%s,"currency":"USD","merchant_id":"M1","mcc":"5411","channel":"chip","merchant":"Shop",
     "merchant_category":"grocery","location":{"city":"Chicago","state":"IL","country":"US",
     "lat":41.88,"lon":-87.63},"location_risk_score":0.12,"timestamp":%d}\
    """
        .formatted(id, CARD, amount, NOON.toEpochMilli());
  }
}
