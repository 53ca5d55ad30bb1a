package dev.flagstream.local.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.flagstream.dashboard.Dashboard;
import dev.flagstream.dashboard.DashboardSettings;
import dev.flagstream.local.KafkaTopics;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.Ports;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.stack.DataDirectory;
import dev.flagstream.local.stack.Stack;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.core.ConditionFactory;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard's server beside the whole local stack, asked as a browser asks it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardTest {

  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CARD = "4242424242424242";
  private static final String JSON_TYPE = "application/json";
  private static final String FRAUD = "{\"verdict\":\"fraud\"}";
  private static final String QUIET_CARD = "4000000000000002";

  /** More than two pages, so that there is a middle. */
  private static final int CASES = 130;

  private final HttpClient http = HttpClient.newHttpClient();
  private StackSettings settings;
  private Stack stack;
  private KafkaTopics topics;
  private MongoClient mongo;
  private Dashboard dashboard;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    settings = new StackSettings(Path.of(".."), data, FreePorts.pick());
    try (DataDirectory directory = DataDirectory.open(settings)) {
      directory.ensureCardTokenKey();
    }
    stack = Stack.start(settings, line -> {});
    topics = new KafkaTopics(settings.bootstrapServers());
    mongo = MongoClients.create(settings.mongoUri());
    dashboard = dashboardOn(0);
    topics.sendAll(
        IntStream.range(0, CASES)
            .mapToObj(i -> record("case-%03d".formatted(i), CASES - i, amountOf(i)))
            .toList());
    topics.send(Environment.INPUT_TOPIC, QUIET_CARD, json("cleared", QUIET_CARD, 0, "12.50"));
    soon()
        .untilAsserted(
            () -> {
              assertThat(flagged().countDocuments()).as("flagged").isEqualTo(CASES);
              assertThat(scored().countDocuments()).as("scored").isEqualTo(CASES + 1);
            });
  }

  private Dashboard dashboardOn(int port) {
    return dashboard(port, "O'Hara");
  }

  private Dashboard dashboardOf(String analyst) {
    return dashboard(0, analyst);
  }

  private Dashboard dashboard(int port, String analyst) {
    return Dashboard.start(
        new DashboardSettings(
            port,
            settings.sqlUrl(),
            Optional.empty(),
            settings.mongoUri(),
            settings.models(),
            Optional.of(analyst)));
  }

  @AfterAll
  void stop() {
    dashboard.close();
    mongo.close();
    topics.close();
    stack.close();
  }

  private MongoCollection<Document> flagged() {
    return mongo.getDatabase(Environment.DATABASE).getCollection(Environment.FLAGGED_COLLECTION);
  }

  private MongoCollection<Document> scored() {
    return mongo.getDatabase(Environment.DATABASE).getCollection(Environment.SCORED_COLLECTION);
  }

  @Test
  void pagesGiveEachCaseOnceHoweverManyComeMeanwhile() throws Exception {
    for (String order : List.of("newest", "riskiest")) {
      List<String> ids = new ArrayList<>();
      JsonNode page = get("api/cases?text=case&order=" + order);
      ids.addAll(idsOf(page));
      // Newer, and dearer, than all that has been seen; of another name, so that others do not see.
      List<ProducerRecord<byte[], byte[]>> newer =
          IntStream.range(0, 7)
              .mapToObj(i -> record("case-new-" + order + i, -i - 1, "9" + i + "00.00"))
              .toList();
      topics.sendAll(newer);
      soon()
          .until(
              () -> get("api/cases?text=case-new-" + order).path("cases").size() == newer.size());
      while (page.hasNonNull("next")) {
        page =
            get("api/cases?text=case&order=%s&behind=%s".formatted(order, encoded(page, "next")));
        ids.addAll(idsOf(page));
      }

      assertThat(ids).as(order).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(CASES);
      assertThat(ids).filteredOn(id -> id.startsWith("case-new-" + order)).isEmpty();
      removeAll(newer);
    }
  }

  private void removeAll(List<ProducerRecord<byte[], byte[]>> cases) {
    cases.forEach(
        each -> {
          String value = new String(each.value(), StandardCharsets.UTF_8);
          String id = value.replaceAll("(?s).*\"transaction_id\":\"([^\"]*)\".*", "$1");
          flagged().deleteOne(new Document("_id", id));
        });
  }

  @Test
  void theNewestAreInTheOrderOfTheirTimesAndTheRiskiestOfWhatTheyMayCost() throws Exception {
    JsonNode newest = get("api/cases").path("cases");
    JsonNode riskiest = get("api/cases?order=riskiest").path("cases");

    assertThat(texts(newest, "event_time")).isSortedAccordingTo((a, b) -> b.compareTo(a));
    assertThat(texts(riskiest, "expected_loss").stream().map(BigDecimal::new).toList())
        .isSortedAccordingTo((a, b) -> b.compareTo(a));
    assertThat(riskiest).hasSize(50);
  }

  @Test
  void filtersNarrowWhatIsShownAndSayWhatTheyCannotRead() throws Exception {
    assertThat(idsOf(get("api/cases?text=case-007"))).containsExactly("case-007");
    assertThat(idsOf(get("api/cases?min=2100.05&max=2100.05"))).containsExactly("case-100");
    assertThat(get("api/cases?category=travel").path("cases")).isEmpty();
    assertThat(get("api/cases?rule=AMOUNT_OVER_THRESHOLD").path("cases")).hasSize(50);
    String minute = NOON.minusSeconds(10).toString();
    assertThat(idsOf(get("api/cases?from=" + minute + "&to=" + NOON)))
        .contains("case-120", "case-129")
        .doesNotContain("case-119");

    HttpResponse<String> refused = response("api/cases?min=much");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("min=much is not an amount; give a number such as 100.00");
    for (String path : List.of("api/cases", "api/cases/newer", "api/cases.csv")) {
      HttpResponse<String> misspelt = response(path + "?amount_from=5");
      assertThat(misspelt.statusCode()).as(path).isEqualTo(400);
      assertThat(misspelt.body())
          .contains("amount_from is not known here; known are: ")
          .contains("category, from, max");
    }
    assertThat(response("api/cases?rule=A&rule=B").body())
        .contains("rule is given twice; give it once.");
  }

  @Test
  void saysHowManyHaveComeSinceAPageWasShown() throws Exception {
    JsonNode page = get("api/cases?text=case-0");
    String first = encoded(page, "first");
    assertThat(get("api/cases/newer?text=case-0&than=" + first).path("newer").asInt()).isZero();

    String middle =
        URLEncoder.encode(
            NOON.minusSeconds(CASES - 90).toEpochMilli() + "~case-090", StandardCharsets.UTF_8);
    assertThat(get("api/cases/newer?text=case-0&than=" + middle).path("newer").asInt())
        .isEqualTo(9);
  }

  @Test
  void theCsvFileHasWhatTheDatabaseHasToTheCent() throws Exception {
    String csv = response("api/cases.csv?text=case-0").body();

    List<String[]> rows = csv.lines().skip(1).map(line -> line.split(",", 4)).toList();
    TreeMap<String, String> amounts = new TreeMap<>();
    rows.forEach(row -> amounts.put(row[0], row[2]));
    TreeMap<String, String> stored = new TreeMap<>();
    flagged()
        .find(new Document("_id", new Document("$regex", "^case-0")))
        .forEach(
            each ->
                stored.put(
                    each.getString("_id"),
                    each.get("amount", Decimal128.class).bigDecimalValue().toPlainString()));
    assertThat(csv).startsWith("\ufefftransaction_id,event_time,amount,currency,");
    assertThat(rows).hasSize(100);
    assertThat(amounts).isEqualTo(stored).containsEntry("case-003", "2003.05");
    assertThat(csv).as("a merchant named like a formula").contains(",'=Shop,").doesNotContain(",=");
  }

  @Test
  void tellsTheStoryOfAFlaggedAndOfAClearedTransaction() throws Exception {
    JsonNode story = get("api/transactions/case-005");
    assertThat(story.path("transaction").path("amount").asText()).isEqualTo("2005.05");
    assertThat(story.path("transaction").path("rule_set").asText()).startsWith("rules-");
    assertThat(story.path("transaction").path("reasons")).isNotEmpty();
    assertThat(story.path("card")).hasSize(50);
    assertThat(story.path("merchant")).hasSize(10);
    assertThat(story.path("cardRanges").path("amount").path("low").asDouble()).isPositive();
    assertThat(story.path("populationRanges").has("card_count_1h")).isTrue();

    assertThat(get("api/transactions/cleared").path("transaction").path("is_fraud").asBoolean(true))
        .isFalse();
    assertThat(get("api/transactions/cleared/record").path("amount").asText()).isEqualTo("12.50");
    assertThat(response("api/transactions/nobody").statusCode()).isEqualTo(404);
  }

  @Test
  void tellsWhatIsFlaggedWhileItIsWatchedAndGoesOnWhenItIsStartedAgain() throws Exception {
    try (Events events = watch(dashboard)) {
      awaitState(events);
      topics.send(Environment.INPUT_TOPIC, CARD, json("watched", CARD, -100, "2999.90"));
      assertThat(events.next(each -> each.contains("watched"))).contains("\"2999.90\"");
    } finally {
      flagged().deleteOne(new Document("_id", "watched"));
    }
    int port = dashboard.uri().getPort();
    dashboard.close();
    dashboard = dashboardOn(port);
    try (Events events = watch(dashboard)) {
      awaitState(events);
    }
  }

  private static void awaitState(Events events) throws IOException {
    String state = events.next(each -> each.contains("\"sql\":null") && each.contains("decisions"));
    assertThat(state).contains("\"windows\":[{\"start\":").contains("\"store\":null");
  }

  @Test
  void aVerdictIsALabelOnceHoweverOftenItIsGivenAndIsSeenInTheQuality() throws Exception {
    String path = "api/transactions/case-050/verdict";
    assertThat(post(path, "{\"verdict\":\"maybe\"}").body()).contains("give fraud, honest or none");
    assertThat(post(path, "[]").statusCode()).isEqualTo(400);
    HttpResponse<String> onNobody = post("api/transactions/nobody/verdict", FRAUD);
    assertThat(onNobody.statusCode()).isEqualTo(404);
    assertThat(onNobody.body()).contains("There is no transaction with the id nobody");

    for (int i = 0; i < 3; i++) {
      JsonNode verdict = JSON.readTree(post(path, FRAUD).body());
      assertThat(verdict.path("by").asText()).isEqualTo("O'Hara");
      assertThat(verdict.path("sent").asBoolean()).isTrue();
      assertThat(verdict.path("history")).hasSize(1);
    }

    List<ConsumerRecord<byte[], byte[]>> labels = topics.read(Environment.LABELS_TOPIC);
    assertThat(labels).hasSize(1);
    assertThat(new String(labels.get(0).key(), StandardCharsets.UTF_8)).isEqualTo("case-050");
    JsonNode label = JSON.readTree(labels.get(0).value());
    assertThat(label.path("TRANSACTION_ID").asText()).isEqualTo("case-050");
    assertThat(label.path("MERCHANT_ID").asText()).isEqualTo("M1");
    assertThat(label.path("IS_FRAUD").asBoolean()).isTrue();
    assertThat(label.path("TRANSACTION_TIME").asLong())
        .isEqualTo(NOON.minusSeconds(CASES - 50).toEpochMilli());
    assertThat(label.path("REPORTED_AT").asLong()).isPositive();
    soon()
        .untilAsserted(
            () -> {
              JsonNode quality = get("api/quality");
              assertThat(quality.path("labels").asInt()).isEqualTo(1);
              assertThat(quality.path("judgement").path("caught").asInt()).isEqualTo(1);
              assertThat(quality.path("judgement").path("recall").asDouble()).isEqualTo(1.0);
              assertThat(quality.path("alerts"))
                  .as("alerts by hour: one is caught, and it is all that is reported")
                  .anySatisfy(
                      hour -> {
                        assertThat(hour.path("caught").asInt()).isEqualTo(1);
                        assertThat(hour.path("caughtInHour").asInt()).isEqualTo(1);
                        assertThat(hour.path("fraudsInHour").asInt()).isEqualTo(1);
                      });
              assertThat(quality.path("drift").path("features")).hasSizeGreaterThan(20);
              assertThat(quality.path("drift").path("model").asText())
                  .as("whose training it is measured from; else: " + quality.path("drift"))
                  .isEqualTo(quality.path("alerts").path(0).path("model").asText());
              assertThat(quality.path("alerts").path(0).path("model").asText())
                  .startsWith("forest@");
            });

    withdrawingAVerdictLeavesWhatTheBankReported();
    twoAnalystsWhoMarkTheSameCaseAtOnceLeaveOneVerdictAndItsLabel();
  }

  /** Part of the test above, whose labels are in the same topic. */
  private void withdrawingAVerdictLeavesWhatTheBankReported() throws Exception {
    String nobodyReported = "api/transactions/case-050/verdict";
    String bankReported = "api/transactions/case-051/verdict";
    topics.send(
        Environment.LABELS_TOPIC,
        "case-051",
        "{\"transaction_id\":\"case-051\",\"merchant_id\":\"M1\",\"customer_id\":\"C1\","
            + "\"is_fraud\":true,\"transaction_time\":1,\"reported_at\":2}");

    for (String path : List.of(nobodyReported, bankReported)) {
      post(path, "{\"verdict\":\"honest\"}");
      assertThat(post(path, "{\"verdict\":\"none\"}").statusCode()).isEqualTo(200);
      JsonNode again = JSON.readTree(post(path, "{\"verdict\":\"none\"}").body());
      assertThat(again.path("verdict").asText()).isEqualTo("none");
      assertThat(again.path("sent").asBoolean()).isTrue();
    }

    HttpResponse<String> neverGiven =
        post("api/transactions/case-053/verdict", "{\"verdict\":\"none\"}");
    assertThat(neverGiven.statusCode()).as(neverGiven.body()).isEqualTo(200);
    assertThat(JSON.readTree(neverGiven.body()).path("verdict").asText()).isEqualTo("none");
    assertThat(labelsOf("case-053")).isEmpty();
    assertThat(labelsOf("case-050")).containsExactly(true, false, false);
    assertThat(labelsOf("case-051"))
        .as("bank, analyst, bank again")
        .containsExactly(true, false, true);
  }

  /** Part of the test above, too. */
  private void twoAnalystsWhoMarkTheSameCaseAtOnceLeaveOneVerdictAndItsLabel() throws Exception {
    String path = "api/transactions/case-052/verdict";
    Random random = new Random(11);
    ExecutorService analysts = Executors.newFixedThreadPool(2);
    try (Dashboard second = dashboardOf("Second")) {
      for (int round = 0; round < 25; round++) {
        List<Callable<HttpResponse<String>>> both = new ArrayList<>();
        for (Dashboard each : List.of(dashboard, second)) {
          String verdict = List.of("fraud", "honest", "none").get(random.nextInt(3));
          both.add(
              () ->
                  post(
                      each.uri().resolve(path),
                      JSON_TYPE,
                      "{\"verdict\":\"%s\"}".formatted(verdict)));
        }
        for (Future<HttpResponse<String>> answer : analysts.invokeAll(both)) {
          assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(200);
        }

        JsonNode holds = get("api/transactions/case-052").path("verdict");
        JsonNode history = holds.path("history");
        assertThat(holds.path("sent").asBoolean()).as(holds.toString()).isTrue();
        assertThat(holds.path("verdict"))
            .isEqualTo(history.path(history.size() - 1).path("verdict"));
        List<Boolean> labels = labelsOf("case-052");
        assertThat(labels.get(labels.size() - 1))
            .as("the last label, after " + history)
            .isEqualTo(holds.path("verdict").asText().equals("fraud"));
      }
      assertThat(get("api/transactions/case-052").path("verdict").path("history"))
          .extracting(each -> each.path("by").asText())
          .contains("O'Hara", "Second");
    } finally {
      analysts.shutdown();
    }
  }

  private List<Boolean> labelsOf(String id) throws IOException {
    List<Boolean> labels = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> each : topics.read(Environment.LABELS_TOPIC)) {
      if (id.equals(new String(each.key(), StandardCharsets.UTF_8))) {
        JsonNode label = JSON.readTree(each.value());
        labels.add(label.path(label.has("IS_FRAUD") ? "IS_FRAUD" : "is_fraud").asBoolean());
      }
    }
    return labels;
  }

  @Test
  void takesNoVerdictWhereNobodyGivesOneNorFromAPageOfAnotherServer() throws Exception {
    try (Dashboard readOnly =
        Dashboard.start(
            new DashboardSettings(
                0,
                settings.sqlUrl(),
                Optional.empty(),
                settings.mongoUri(),
                settings.models(),
                Optional.empty()))) {
      HttpResponse<String> refused =
          post(readOnly.uri().resolve("api/transactions/case-001/verdict"), JSON_TYPE, FRAUD);
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("read-only").contains("--verdicts --user NAME");
    }
    // What a browser sends for other pages without asking first.
    HttpResponse<String> simple =
        post(dashboard.uri().resolve("api/transactions/case-001/verdict"), "text/plain", FRAUD);
    assertThat(simple.statusCode()).isEqualTo(400);
    assertThat(get("api/transactions/case-001").path("verdict").isNull()).isTrue();
  }

  @Test
  void servesThePageToBrowsersOfThisMachineOnlyAndLetsNothingElseRunInIt() throws Exception {
    for (String path : List.of("", "cases", "transactions/any%20id", "files/page.js")) {
      HttpResponse<String> page = response(path);
      assertThat(page.statusCode()).as(path).isEqualTo(200);
      assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
          .contains("default-src 'none'; script-src 'self'; style-src 'self'")
          .doesNotContain("unsafe");
    }
    assertThat(response("files/..%2FRoutes.class").statusCode()).isEqualTo(404);
    assertThat(response("nowhere").body()).contains("There is nothing at /nowhere");

    int port = dashboard.uri().getPort();
    // As a page of another name sees it that is made to lead here; a browser sends its name.
    assertThat(cases("Host: evil.example")).startsWith("HTTP/1.1 421").doesNotContain("case-");
    assertThat(cases("Host: evil.example:%d\r\nOrigin: http://evil.example:%<d".formatted(port)))
        .startsWith("HTTP/1.1 421")
        .doesNotContain("case-");
    // As a page of another origin sees it, which asks under our name; a browser sends that, too.
    for (String origin : List.of("https://evil.example", "http://127.0.0.1:1", "null")) {
      assertThat(cases("Host: 127.0.0.1:%d\r\nOrigin: %s".formatted(port, origin)))
          .startsWith("HTTP/1.1 403")
          .contains("Pages of another origin (" + origin + ")")
          .doesNotContain("case-");
    }
    assertThat(cases("Host: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%<d".formatted(port)))
        .startsWith("HTTP/1.1 200")
        .contains("case-");
  }

  /** As bytes, since Java's client does not let anybody say which host is meant. */
  private String cases(String headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), dashboard.uri().getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /api/cases HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n"
                  .formatted(headers)
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void saysWhatIsAwayWhereNothingAnswers() throws Exception {
    Ports nowhere = FreePorts.pick();
    try (Dashboard lonely =
            Dashboard.start(
                new DashboardSettings(
                    0,
                    "http://127.0.0.1:" + nowhere.sql(),
                    Optional.empty(),
                    "mongodb://127.0.0.1:" + nowhere.mongo(),
                    settings.models(),
                    Optional.empty()));
        Events events = watch(lonely)) {
      // Which of the two is noticed first is a matter of chance.
      assertThat(events.next(each -> each.contains("nothing listens there")))
          .contains("MongoDB does not answer");
      HttpResponse<String> page = response(lonely.uri().resolve("api/cases"));
      assertThat(page.statusCode()).isEqualTo(502);
      assertThat(page.body()).contains("Is the pipeline running");
    }
  }

  private interface Wanted {
    boolean is(String data);
  }

  /** The events of a live page. */
  private record Events(BufferedReader lines) implements AutoCloseable {

    /** Waits for the data of an event that is wanted. */
    String next(Wanted wanted) throws IOException {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data: ") && wanted.is(line)) {
          return line;
        }
      }
      throw new IOException("the stream has ended");
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  private Events watch(Dashboard watched) throws Exception {
    HttpResponse<InputStream> answer =
        http.send(
            HttpRequest.newBuilder(watched.uri().resolve("api/live")).build(),
            BodyHandlers.ofInputStream());
    return new Events(
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
  }

  private HttpResponse<String> response(String path) throws Exception {
    return response(URI.create(dashboard.uri() + path));
  }

  private HttpResponse<String> response(URI address) throws Exception {
    return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  private JsonNode get(String path) throws Exception {
    HttpResponse<String> answer = response(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return post(dashboard.uri().resolve(path), JSON_TYPE, body);
  }

  private HttpResponse<String> post(URI address, String type, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(address)
            .header("content-type", type)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static List<String> idsOf(JsonNode page) {
    return texts(page.path("cases"), "_id");
  }

  private static List<String> texts(JsonNode rows, String field) {
    List<String> texts = new ArrayList<>();
    rows.forEach(row -> texts.add(row.path(field).asText()));
    return texts;
  }

  private static String encoded(JsonNode page, String field) {
    return URLEncoder.encode(page.path(field).asText(), StandardCharsets.UTF_8);
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200));
  }

  private static String amountOf(int i) {
    return 2_000 + i + ".05";
  }

  private static ProducerRecord<byte[], byte[]> record(
      String id, int secondsBeforeNoon, String amount) {
    return new ProducerRecord<>(
        Environment.INPUT_TOPIC,
        CARD.getBytes(StandardCharsets.UTF_8),
        json(id, CARD, secondsBeforeNoon, amount).getBytes(StandardCharsets.UTF_8));
  }

  private static String json(String id, String card, int secondsBeforeNoon, String amount) {
    return """
    {"transaction_id":"%s","card_number":"%s","customer_id":"C1",
     "customer_age":42,"home_city":"Chicago","home_lat":41.9,"home_lon":-87.6,"amount":%s,
     "currency":"USD","merchant_id":"M1","mcc":"5411","channel":"chip","merchant":"=Shop",
     "merchant_category":"grocery","location":{"city":"Chicago","state":"IL","country":"US",
     "lat":41.88,"lon":-87.63},"location_risk_score":0.12,"timestamp":%d}\
    """
        .formatted(id, card, amount, NOON.minusSeconds(secondsBeforeNoon).toEpochMilli());
  }
}
