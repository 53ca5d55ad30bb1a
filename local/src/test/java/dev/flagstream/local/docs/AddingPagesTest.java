package dev.flagstream.local.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.flagstream.client.ConnectClient;
import dev.flagstream.local.KafkaTopics;
import dev.flagstream.local.broker.Broker;
import dev.flagstream.local.connect.ConnectWorker;
import dev.flagstream.local.connect.ConnectorFiles;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Carries out, in a copy of the project's files, the changes that the pages docs/adding-… show. */
class AddingPagesTest {

  @TempDir private Path folder;

  private ProjectCopy project;

  @BeforeEach
  void copyTheProject() throws Exception {
    project = new ProjectCopy(folder);
  }

  @Test
  void tellInTenLinesWhatToDoAndThenShowIt() {
    List<Path> pages =
        Documents.files(page -> page.getFileName().toString().matches("adding-.*\\.md"));

    assertThat(pages).isNotEmpty();
    for (Path page : pages) {
      String beforeTheExample = Documents.text(page).split("(?m)^```diff$", 2)[0];
      assertThat(beforeTheExample.lines().filter(line -> !line.isBlank()))
          .as("what %s says before its example", page.getFileName())
          .hasSizeLessThanOrEqualTo(10);
    }
  }

  @Test
  void addsAFeature() throws Exception {
    project.changedAs("adding-a-feature.md").withWhatMakeFeaturesWrites().compiled();

    project.checkScenario("tells-amounts-without-cents.scenario");
    assertThat(text("connect/scored-transactions.json")).contains("\\\"whole_amount\\\"");
    assertThat(text("connect/flagged-transactions.json")).contains("\\\"whole_amount\\\"");
    assertThat(text("docs/features.md")).contains("1 for an amount without cents.");
  }

  @Test
  void addsARule() throws Exception {
    project.changedAs("adding-a-rule.md").compiled();

    project.checkScenario("flags-amounts-just-below-the-threshold.scenario");
  }

  @Test
  void addsAModel() throws Exception {
    project.changedAs("adding-a-model.md").withWhatMakeFeaturesWrites();

    project.checkScenario("asks-two-models.scenario");
    assertThat(text("connect/scored-transactions.json"))
        .contains("BOOSTING_SCORE:boosting_score", "{\\\"field\\\":\\\"BOOSTING_MODEL\\\"");
  }

  @Test
  void addsASqlFunction() throws Exception {
    project.changedAs("adding-a-sql-function.md").compiled();

    project.checkScenario("names-the-size-of-amounts.scenario");
  }

  @Test
  @SuppressWarnings("try") // what is started is not asked anything
  void addsASink(@TempDir Path data) throws Exception {
    project.changedAs("adding-a-sink.md").withWhatMakeFeaturesWrites();
    StackSettings settings = new StackSettings(Path.of(".."), data, FreePorts.pick());
    String name = "rejected-transactions";
    String topic = "rejected_transactions";

    try (Broker broker = Broker.start(settings);
        Store store = Store.start(settings);
        ConnectWorker worker = ConnectWorker.start(settings);
        KafkaTopics topics = new KafkaTopics(settings.bootstrapServers());
        MongoClient mongo = MongoClients.create(settings.mongoUri())) {
      topics.create(topic, 1);
      ConnectClient client = new ConnectClient(settings.connectUrl());
      client.awaitReady(Duration.ofMinutes(3));
      client.put(name, ConnectorFiles.read(folder.resolve("connect")).get(name));
      topics.send(
          topic,
          "token",
          "{\"REASON\":\"MISSING amount\",\"SOURCE_PARTITION\":2,\"SOURCE_OFFSET\":7}");

      MongoCollection<Document> stored = mongo.getDatabase("flagstream").getCollection(topic);
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(
              () ->
                  assertThat(stored.find().first())
                      .isNotNull()
                      .containsEntry("reason", "MISSING amount")
                      .containsEntry(
                          "_id", new Document("source_partition", 2).append("source_offset", 7L)));
    }
  }

  private String text(String file) throws Exception {
    return Files.readString(folder.resolve(file));
  }
}
