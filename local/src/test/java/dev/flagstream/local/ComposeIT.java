package dev.flagstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.flagstream.client.ConnectClient;
import dev.flagstream.client.SqlClient;
import dev.flagstream.local.connect.ConnectorFiles;
import dev.flagstream.local.ledger.Expectation;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.Ports;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.sql.ServerFunctions;
import dev.flagstream.local.windows.WindowedAggregates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * The containers of docker-compose.yml, brought up as `make up` does, with the real ksqlDB and the
 * real MongoDB. Needs the default ports.
 */
@Testcontainers(disabledWithoutDocker = true)
class ComposeIT {

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final StackSettings CLUSTER =
      new StackSettings(HOME, HOME.resolve("data/cluster"), Ports.DEFAULT);

  @BeforeAll
  static void up() throws Exception {
    cluster("up");
  }

  @AfterAll
  static void down() throws Exception {
    cluster("down", "--volumes");
  }

  private static String uriOfAReader() throws IOException {
    String word = Files.readString(HOME.resolve("data/cluster/mongodb/reader.password"));
    return CLUSTER.mongoUri().replace("//", "//reader:" + word + "@") + "/?authSource=flagstream";
  }

  private static void cluster(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("connect/cluster.sh"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).directory(HOME.toFile()).inheritIO().start();
    assertThat(process.waitFor()).as("exit code of %s", command).isZero();
  }

  @Test
  void loadsTheUdfJarIntoTheRealKsqlDb() {
    SqlClient server = new SqlClient(CLUSTER.sqlUrl());
    server.awaitHealthy(Duration.ofMinutes(5));

    assertThat(ServerFunctions.describe(server))
        .anyMatch(line -> line.startsWith("IS_FRAUD(") && line.contains("-> BOOLEAN"))
        .anyMatch(line -> line.startsWith("CARD_TOKEN("));
  }

  @Test
  void runsEverySink() throws Exception {
    ConnectClient client = new ConnectClient(CLUSTER.connectUrl());
    client.awaitReady(Duration.ofMinutes(5));

    for (String name : ConnectorFiles.read(CLUSTER.connectors()).keySet()) {
      await().atMost(Duration.ofMinutes(5)).until(() -> client.isRunning(name));
    }
  }

  @Test
  void landsFlaggedTransactionsInTheRealMongoDb() throws IOException {
    try (MongoClient mongo = MongoClients.create(uriOfAReader())) {
      MongoDatabase store = mongo.getDatabase(Environment.DATABASE);
      MongoCollection<Document> flagged = store.getCollection(Environment.FLAGGED_COLLECTION);

      await().atMost(Duration.ofMinutes(5)).until(() -> flagged.countDocuments() >= 20);

      Document document = flagged.find().first();
      assertThat(document).isNotNull();
      assertThat(document.get("amount")).isInstanceOf(Decimal128.class);
      assertThat(document.getDate("event_time")).isNotNull();
      assertThat(document.get("_id")).isEqualTo(document.get("transaction_id"));
      assertThat(WindowedAggregates.last(store, 3)).isNotEmpty();
    }
  }

  @Test
  void flagsWhatTheLedgerWorksOutFromTheInputTopic() throws Exception {
    assertThat(Files.isReadable(CLUSTER.cardTokenKey())).isTrue();
    try (Expectation expectation = Expectation.recompute(CLUSTER);
        MongoClient mongo = MongoClients.create(uriOfAReader())) {
      MongoCollection<Document> flagged =
          mongo.getDatabase(Environment.DATABASE).getCollection(Environment.FLAGGED_COLLECTION);
      await()
          .atMost(Duration.ofMinutes(5))
          .untilAsserted(
              () ->
                  assertThat(expectation.flaggedIds())
                      .allSatisfy(
                          id -> assertThat(flagged.find(new Document("_id", id))).hasSize(1)));
    }
  }
}
