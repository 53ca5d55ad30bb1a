package dev.flagstream.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of connect/queries in the real MongoDB shell, as `make mongosh FILE=…` runs them. */
class MongoshQueriesTest {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private static final long MINUTES_TO_FETCH_THE_SHELL = 5;

  @TempDir private Path folder;
  private StackSettings settings;
  private Store store;
  private MongoClient mongo;

  @BeforeEach
  void start() {
    settings = new StackSettings(PROJECT, folder.resolve("data"), FreePorts.pick());
    store = Store.start(settings);
    mongo = MongoClients.create(settings.mongoUri());
  }

  @AfterEach
  void stop() {
    mongo.close();
    store.close();
  }

  @Test
  void answerWhatAnalystsAskFor() throws Exception {
    assumeTrue(
        mongosh("print('there')").contains("there"),
        "No MongoDB shell: neither mongosh nor an npx that can fetch it");
    fill(mongo.getDatabase(Environment.DATABASE));

    Map<String, String> printed = printedByEach();

    assertThat(cells(printed.get("top-cards.js")))
        .containsExactly(
            List.of("card-1… 1111", "3", "3700.15", "0.9", "2026-01-02T13:00:00.000Z"),
            List.of("card-2… 2222", "2", "0.30", "0.3", "2026-01-02T12:59:50.000Z"));
    assertThat(cells(printed.get("by-category.js")))
        .containsExactly(
            List.of("travel", "3", "2", "3100.25", "2500.05"),
            List.of("electronics", "2", "2", "600.20", "600.00"));
    assertThat(cells(printed.get("last-hour.js")))
        .containsExactly(
            List.of("2026-01-02T12:00:10.000Z", "2", "10.20", "10.10"),
            List.of("2026-01-02T13:00:00.000Z", "5", "40.30", "30.20"));
    assertThat(cells(printed.get("reasons.js")))
        .containsExactly(List.of("km_from_home", "2", "0.3"), List.of("location_risk", "1", "0.1"));
    JsonNode way = new ObjectMapper().readTree(printed.get("card-path.js"));
    assertThat(way.at("/features/0/geometry/type").asText()).isEqualTo("LineString");
    assertThat(way.at("/features/0/geometry/coordinates"))
        .hasToString("[[2.35,48.85],[13.4,52.52]]");
    assertThat(way.at("/features")).hasSize(3);
    assertThat(way.at("/features/2/properties/amount").asText()).isEqualTo("600.00");
    // The local store has no index of places.
    assertThat(cells(printed.get("near.js")))
        .containsExactly(
            List.of("0.0", "2026-01-02T13:00:00.000Z", "card-1… 1111", "M", "600.10"),
            List.of("1.3", "2026-01-02T12:00:00.000Z", "card-1… 1111", "M", "600.00"));
    assertThat(printed).as("a script in connect/queries without a test").hasSize(6);
  }

  @Test
  void theIndexesAreMadeOnceHoweverOftenTheirScriptRuns() throws Exception {
    assumeTrue(
        mongosh("print('there')").contains("there"),
        "No MongoDB shell: neither mongosh nor an npx that can fetch it");
    String script = "connect/mongodb/collections.js";

    String first = run(Map.of("FILE", script));
    String second = run(Map.of("FILE", script, "QUERY", "KEEP_DAYS = 90"));

    assertThat(first)
        .contains("8 indexes are there")
        .contains("flagged_transactions: this store checks no documents (no such command")
        .contains(
            "flagged_transactions: this store has no index of places (the local store has no index"
                + " of the kind '2dsphere', which is asked for 'location_point': only 1 and -1)");
    assertThat(second).contains("8 indexes are there", "This store removes nothing by itself");
    assertThat(
            mongo
                .getDatabase(Environment.DATABASE)
                .getCollection(Environment.FLAGGED_COLLECTION)
                .listIndexes())
        .extracting(index -> index.get("key", Document.class).toJson())
        .containsExactlyInAnyOrder(
            "{\"_id\": 1}",
            "{\"card_token\": 1, \"event_time\": 1}",
            "{\"event_time\": 1, \"_id\": 1}",
            "{\"merchant_id\": 1, \"event_time\": 1}",
            "{\"fraud_score\": -1}");
  }

  private static void fill(MongoDatabase database) {
    MongoCollection<Document> flagged = database.getCollection(Environment.FLAGGED_COLLECTION);
    flagged.insertMany(
        List.of(
            flagged("a", "1", "600.00", "electronics", NOON, 0.5, "km_from_home"),
            flagged("b", "1", "2500.05", "travel", NOON.plusSeconds(10), 0.9, "km_from_home"),
            flagged("c", "1", "600.10", "travel", NOON.plusSeconds(3_600), 0.2, null),
            flagged("d", "2", "0.10", "travel", NOON.plusSeconds(60), 0.1, null),
            flagged("e", "2", "0.20", "electronics", NOON.plusSeconds(3_590), 0.3, null)));
    flagged.updateOne(
        new Document("_id", "a"),
        new Document(
            "$push",
            new Document(
                "reasons", new Document("feature", "location_risk").append("contribution", 0.1))));
    // One from before there were points, one that is far away, two near each other.
    Map.of("c", List.of(2.35, 48.85), "a", List.of(2.36, 48.86), "b", List.of(13.4, 52.52))
        .forEach(
            (id, coordinates) ->
                flagged.updateOne(
                    new Document("_id", id),
                    new Document("$set", new Document("location_point", point(coordinates)))));
    database
        .getCollection(Environment.SCORED_COLLECTION)
        .insertMany(
            List.of(
                at("x", "1", NOON.plusSeconds(9), "600.00", 52.52, 13.4),
                at("y", "1", NOON, "5.00", 48.85, 2.35),
                at("nowhere", "1", NOON, "5.00", null, null),
                at("of-another", "2", NOON, "5.00", 1.0, 2.0)));
    database
        .getCollection("flagged_by_category_10s")
        .insertMany(
            List.of(
                window("travel", NOON, 9, "90.90", "90.00"), // an hour before the newest: no longer
                window("travel", NOON.plusSeconds(10), 2, "10.20", "10.10"),
                window("travel", NOON.plusSeconds(3_600), 4, "10.10", "9.10"),
                window("electronics", NOON.plusSeconds(3_600), 1, "30.20", "30.20")));
  }

  private static Document point(List<Double> coordinates) {
    return new Document("type", "Point").append("coordinates", coordinates);
  }

  private static Document flagged(
      String id, String card, String amount, String category, Instant at, double score, String by) {
    List<Document> reasons = new ArrayList<>();
    if (by != null) {
      reasons.add(new Document("feature", by).append("contribution", id.equals("a") ? 0.2 : 0.4));
      reasons.add(new Document("feature", "amount").append("contribution", -0.1));
    }
    return new Document("_id", id)
        .append("card_token", "card-" + card)
        .append("card_last4", card.repeat(4))
        .append("amount", Decimal128.parse(amount))
        .append("merchant", "M")
        .append("merchant_category", category)
        .append("event_time", Date.from(at))
        .append("fraud_score", score)
        .append("model_alert", by != null)
        .append("reasons", reasons);
  }

  private static Document at(
      String id, String card, Instant at, String amount, Double lat, Double lon) {
    return new Document("_id", id)
        .append("card_token", "card-" + card)
        .append("amount", Decimal128.parse(amount))
        .append("merchant", "M")
        .append("is_fraud", false)
        .append("event_time", Date.from(at))
        .append("location", new Document("lat", lat).append("lon", lon));
  }

  private static Document window(
      String category, Instant start, long transactions, String sum, String largest) {
    return new Document("_id", category + "|" + start.toEpochMilli())
        .append("merchant_category", category)
        .append("window_start", Date.from(start))
        .append("transactions", transactions)
        .append("amount_sum", Decimal128.parse(sum))
        .append("amount_max", Decimal128.parse(largest));
  }

  // ------------------------------------------------------------------------------------- the shell

  /** What each script prints; all in one shell, which takes seconds to start. */
  private Map<String, String> printedByEach() throws Exception {
    List<Path> scripts;
    try (Stream<Path> files = Files.list(PROJECT.resolve("connect/queries"))) {
      scripts = files.sorted().toList();
    }
    Path border = Files.writeString(folder.resolve("border.js"), "print('=====');");
    List<String> files = new ArrayList<>();
    scripts.forEach(
        script -> {
          files.add(PROJECT.relativize(script).toString());
          files.add(border.toString());
        });
    String[] parts = run(Map.of("FILE", String.join(" ", files))).split("=====", -1);
    TreeMap<String, String> printed = new TreeMap<>();
    for (int i = 0; i < scripts.size(); i++) {
      printed.put(scripts.get(i).getFileName().toString(), parts[i].strip());
    }
    return printed;
  }

  private String mongosh(String query) throws Exception {
    return run(Map.of("QUERY", query));
  }

  private String run(Map<String, String> variables) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(PROJECT.resolve("connect/mongosh.sh").toString());
    builder.environment().remove("QUERY");
    builder.environment().putAll(variables);
    builder.environment().put("MONGO_PORT", String.valueOf(settings.ports().mongo()));
    Path output = folder.resolve("output");
    Process process = builder.redirectErrorStream(false).redirectOutput(output.toFile()).start();
    if (!process.waitFor(MINUTES_TO_FETCH_THE_SHELL, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      return "";
    }
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  /** The cells of a table of console.table, row by row, without the number of the row. */
  private static List<List<String>> cells(String table) {
    return table
        .lines()
        .filter(line -> line.startsWith("│") && !line.contains("(index)"))
        .map(line -> line.split("│", -1))
        .map(
            // Before the first border and behind the last one there is nothing.
            parts ->
                Stream.of(parts)
                    .limit(parts.length - 1L)
                    .skip(2)
                    .map(cell -> cell.strip().replaceAll("^'(.*)'$", "$1"))
                    .toList())
        .toList();
  }
}
