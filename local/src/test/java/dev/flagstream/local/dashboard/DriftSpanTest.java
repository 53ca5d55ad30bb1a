package dev.flagstream.local.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Indexes;
import dev.flagstream.dashboard.Dashboard;
import dev.flagstream.dashboard.DashboardSettings;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.store.Store;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Of which decisions the page tells the drift, on a store with more than it reads. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriftSpanTest {

  private static final int MOST = 5_000;

  /** Of fifty places, which are looked at however slow the store is; some of them overlap. */
  private static final int FEWEST = 500;

  private static final int OF_EACH_TIME = 6_000;
  private static final int CARDS = 500;
  private static final Instant NEWEST = Instant.parse("2026-03-05T12:00:00Z");
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Random random = new Random(7);
  private final List<String> tokens = tokens();
  private Store store;
  private MongoClient mongo;
  private Dashboard dashboard;

  @BeforeAll
  void fill(@TempDir Path data) {
    StackSettings settings = new StackSettings(Path.of(".."), data, FreePorts.pick());
    store = Store.start(settings);
    mongo = MongoClients.create(settings.mongoUri());
    MongoCollection<Document> scored =
        mongo.getDatabase(Environment.DATABASE).getCollection(Environment.SCORED_COLLECTION);
    // As the dashboard makes it, which does so beside what this test asks.
    scored.createIndex(Indexes.ascending("card_token", "event_time"));
    scored.createIndex(Indexes.ascending("event_time", "_id"));
    // Their ids say nothing of their time, as those of several runs do not.
    scored.insertMany(decisions("c", NEWEST.minus(Duration.ofDays(5)), Duration.ofDays(3), 10));
    scored.insertMany(
        decisions("b", NEWEST.minus(Duration.ofHours(22)), Duration.ofHours(20), 100));
    scored.insertMany(decisions("a", NEWEST.minus(HALF_AN_HOUR), HALF_AN_HOUR, 1_000));
    dashboard =
        Dashboard.start(
            new DashboardSettings(
                0,
                settings.sqlUrl(),
                Optional.empty(),
                settings.mongoUri(),
                settings.models(),
                Optional.empty()));
  }

  /** Evenly in a time, of cards that are drawn. */
  private List<Document> decisions(String prefix, Instant from, Duration length, double amount) {
    List<Document> decisions = new ArrayList<>();
    for (int i = 0; i < OF_EACH_TIME; i++) {
      Instant time = from.plusMillis(i * length.toMillis() / OF_EACH_TIME);
      decisions.add(
          new Document("_id", "%s-%06d".formatted(prefix, i))
              .append("card_token", tokens.get(random.nextInt(CARDS)))
              .append("event_time", Date.from(time))
              .append("features", new Document("amount", amount + random.nextDouble())));
    }
    return decisions;
  }

  /** Of two keys, as after the first was replaced by one that has an id. */
  private List<String> tokens() {
    return IntStream.range(0, CARDS)
        .mapToObj(i -> (i % 2 == 0 ? "" : "2026.") + "%016x".formatted(random.nextLong()))
        .toList();
  }

  @AfterAll
  void stop() {
    dashboard.close();
    mongo.close();
    store.close();
  }

  @Test
  void theLatestAreThoseThatWereStoredLast() throws Exception {
    JsonNode drift = drift("latest");

    assertThat(drift).isEqualTo(drift(""));
    assertThat(drift.path("decisions").asInt()).isEqualTo(MOST);
    assertThat(from(drift)).isAfter(NEWEST.minus(HALF_AN_HOUR));
  }

  @Test
  void ofAnHourAndADayOnlyTheirDecisionsCount() throws Exception {
    JsonNode hour = drift("hour");
    JsonNode day = drift("day");

    assertSample(hour);
    assertSample(day);
    assertThat(from(hour)).isAfterOrEqualTo(NEWEST.minus(HALF_AN_HOUR));
    assertThat(from(day))
        .isBetween(NEWEST.minus(Duration.ofHours(22)), NEWEST.minus(Duration.ofHours(12)));
    assertThat(to(day)).isAfter(NEWEST.minus(HALF_AN_HOUR));
  }

  @Test
  void allReachesFurtherBackAndHasMovedLessThanTheLastHour() throws Exception {
    JsonNode all = drift("all");

    assertSample(all);
    assertThat(from(all)).isBefore(NEWEST.minus(Duration.ofDays(1)));
    assertThat(index(all)).isPositive().isLessThan(index(drift("hour")));
  }

  @Test
  void anotherSpanIsRefusedWithThoseThatThereAre() throws Exception {
    HttpResponse<String> answer = answer("week");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("drift=week is not known; give latest, hour, day or all.");
  }

  private static void assertSample(JsonNode drift) {
    assertThat(drift.path("decisions").asInt()).isBetween(FEWEST, MOST);
  }

  private static Instant from(JsonNode drift) {
    return Instant.parse(drift.path("from").asText());
  }

  private static Instant to(JsonNode drift) {
    return Instant.parse(drift.path("to").asText());
  }

  private static double index(JsonNode drift) {
    return drift.path("features").path(0).path("index").asDouble();
  }

  private JsonNode drift(String span) throws Exception {
    HttpResponse<String> answer = answer(span);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body()).path("drift");
  }

  private HttpResponse<String> answer(String span) throws Exception {
    return http.send(
        HttpRequest.newBuilder(dashboard.uri().resolve("api/quality?drift=" + span)).build(),
        BodyHandlers.ofString());
  }
}
