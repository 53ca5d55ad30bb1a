package dev.flagstream.local.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.flagstream.dashboard.Dashboard;
import dev.flagstream.dashboard.DashboardSettings;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.store.Store;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page of quality says of each hour, from the flagged transactions of a real store. */
class AlertsByHourTest {

  private static final Instant NEWEST = Instant.parse("2026-03-05T12:30:00Z");
  private static final String OLD = "forest@000000000001";
  private static final String NEW = "forest@000000000002";

  private final List<Document> flagged = new ArrayList<>();
  private Store store;

  @AfterEach
  void stop() {
    store.close();
  }

  @Test
  void countsEachHourOfTheLastDayByModelHoweverManyDecisionsThereAre(@TempDir Path data)
      throws Exception {
    flag(30_000, NEWEST.minus(Duration.ofMinutes(29)), Duration.ofMinutes(29), NEW);
    flag(7, NEWEST.minus(Duration.ofMinutes(90)), Duration.ofMinutes(10), OLD);
    flag(3, NEWEST.minus(Duration.ofMinutes(70)), Duration.ofMinutes(5), NEW);
    flag(2, NEWEST.minus(Duration.ofHours(20)), Duration.ofMinutes(5), null);
    flag(5, NEWEST.minus(Duration.ofHours(25)), Duration.ofMinutes(5), OLD);
    StackSettings settings = new StackSettings(Path.of(".."), data, FreePorts.pick());
    store = Store.start(settings);
    try (MongoClient mongo = MongoClients.create(settings.mongoUri());
        Dashboard dashboard = dashboard(settings)) {
      MongoCollection<Document> collection =
          mongo.getDatabase(Environment.DATABASE).getCollection(Environment.FLAGGED_COLLECTION);
      collection.insertMany(flagged);

      JsonNode alerts = alerts(dashboard);

      assertThat(alerts)
          .extracting(
              each ->
                  "%s %s %d"
                      .formatted(
                          each.path("hour").asText(),
                          each.path("model").asText(),
                          each.path("flagged").asInt()))
          .containsExactly(
              "2026-03-05T12:00:00Z " + NEW + " 30000",
              "2026-03-05T11:00:00Z " + OLD + " 7",
              "2026-03-05T11:00:00Z " + NEW + " 3",
              "2026-03-04T16:00:00Z no model 2");
    }
  }

  /** Evenly in a time, the last of them at its end. */
  private void flag(int count, Instant from, Duration length, String model) {
    for (int i = 1; i <= count; i++) {
      flagged.add(
          new Document("_id", "t%06d".formatted(flagged.size()))
              .append("event_time", Date.from(from.plusMillis(i * length.toMillis() / count)))
              .append("model", model));
    }
  }

  private static Dashboard dashboard(StackSettings settings) {
    return Dashboard.start(
        new DashboardSettings(
            0,
            settings.sqlUrl(),
            Optional.empty(),
            settings.mongoUri(),
            settings.models(),
            Optional.empty()));
  }

  private static JsonNode alerts(Dashboard dashboard) throws Exception {
    return new ObjectMapper()
        .readTree(
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(dashboard.uri().resolve("api/quality")).build(),
                    BodyHandlers.ofString())
                .body())
        .path("alerts");
  }
}
