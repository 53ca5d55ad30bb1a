package dev.flagstream.local.store;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that cannot write for a while loses nothing, and goes on by itself. */
class StoreFullDiskTest {

  private static final Path LIMITS = Path.of("/usr/bin/prlimit");

  @TempDir private Path folder;

  @Test
  void writesAgainOnceTheDiskTakesData() throws Exception {
    assumeThat(LIMITS).as("what sets the limits of a running process on Linux").exists();
    Ports ports = FreePorts.pick();
    Path data = folder.resolve("data");
    try (KilledStore process = KilledStore.start(data, ports, folder.resolve("errors"));
        MongoClient client = MongoClients.create("mongodb://127.0.0.1:" + ports.mongo())) {
      MongoCollection<Document> decisions = client.getDatabase("test").getCollection("decisions");
      decisions.insertOne(new Document("_id", "before"));

      process.limitFiles("0");
      assertThatThrownBy(() -> decisions.insertOne(new Document("_id", "meanwhile")))
          .isInstanceOf(MongoException.class)
          .hasMessageContaining("cannot write " + data.resolve("mongo"));
      assertThat(decisions.find(eq("before")).first()).isNotNull();

      process.limitFiles("unlimited");
      await()
          .atMost(Duration.ofMinutes(1))
          .ignoreExceptionsInstanceOf(MongoException.class)
          .until(() -> decisions.insertOne(new Document("_id", "after")).wasAcknowledged());
      process.kill();
    }
    try (RunningStore store = RunningStore.on(data)) {
      MongoCollection<Document> decisions = store.collection("decisions");
      assertThat(decisions.find(eq("before")).first()).isNotNull();
      assertThat(decisions.find(eq("after")).first()).isNotNull();
    }
    assertThat(Files.exists(data.resolve("mongo/documents.room"))).isFalse();
  }
}
