package dev.flagstream.local.store;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Sorts.ascending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.Ports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose process is killed in the middle of its work loses nothing it has acknowledged. */
class StoreCrashTest {

  private static final long SEED = 11;
  private static final int KILLS = 2;
  private static final int WRITERS = 2;
  private static final int BATCH = 50;
  private static final int BATCHES_BEFORE_THE_KILL = 25;
  private static final int KEYS = 3_000;
  private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

  /** The latest version of each document that was acknowledged; deletions as -1. */
  private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();

  /** What may have been written, or not: sent, and not answered when the process was killed. */
  private final Map<String, Integer> inFlight = new ConcurrentHashMap<>();

  @TempDir private Path folder;

  @Test
  void keepsEveryAcknowledgedWriteThroughKills() throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      writeUntilKilled(kill);
      try (RunningStore store = RunningStore.on(folder.resolve("data"))) {
        check(store.collection("decisions"));
      }
    }
  }

  private void writeUntilKilled(int kill) throws Exception {
    Ports ports = FreePorts.pick();
    try (KilledStore process =
            KilledStore.start(folder.resolve("data"), ports, folder.resolve("errors-" + kill));
        MongoClient client = MongoClients.create("mongodb://127.0.0.1:" + ports.mongo())) {
      MongoCollection<Document> decisions = client.getDatabase("test").getCollection("decisions");
      decisions.createIndex(ascending("unique"), new IndexOptions().unique(true));
      decisions.createIndex(ascending("group"));
      CountDownLatch enough = new CountDownLatch(WRITERS * BATCHES_BEFORE_THE_KILL);
      List<Thread> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        Random random = new Random(SEED + 100L * kill + writer);
        String prefix = "w" + writer + "-";
        int base = kill * 1_000_000;
        writers.add(new Thread(() -> write(decisions, prefix, base, random, enough)));
      }
      writers.forEach(Thread::start);
      enough.await();
      process.kill();
      for (Thread writer : writers) {
        writer.join();
      }
    }
  }

  /** Upserts and deletes documents of its own until the store is gone. */
  private void write(
      MongoCollection<Document> decisions,
      String prefix,
      int base,
      Random random,
      CountDownLatch enough) {
    for (int batch = 0; ; batch++) {
      Map<String, Integer> sent = new ConcurrentHashMap<>();
      try {
        if (batch % 10 == 9) {
          String id = prefix + random.nextInt(KEYS);
          sent.put(id, -1);
          inFlight.putAll(sent);
          decisions.deleteOne(eq("_id", id));
        } else {
          List<ReplaceOneModel<Document>> upserts = new ArrayList<>();
          for (int i = 0; i < BATCH; i++) {
            String id = prefix + random.nextInt(KEYS);
            int version = base + batch * BATCH + i;
            sent.put(id, version);
            upserts.add(new ReplaceOneModel<>(eq("_id", id), document(id, version), UPSERT));
          }
          inFlight.putAll(sent);
          decisions.bulkWrite(upserts);
        }
      } catch (MongoException e) {
        return; // killed
      }
      acknowledged.putAll(sent);
      sent.keySet().forEach(inFlight::remove);
      enough.countDown();
    }
  }

  private static Document document(String id, int version) {
    return new Document("_id", id)
        .append("version", version)
        .append("unique", id)
        .append("group", version % 10)
        .append("text", ("text " + version + " ").repeat(50));
  }

  private void check(MongoCollection<Document> decisions) {
    Map<String, Document> found = new ConcurrentHashMap<>();
    decisions.find().forEach(each -> found.put(each.getString("_id"), each));
    acknowledged.forEach(
        (id, version) -> {
          if (!inFlight.containsKey(id)) {
            assertThat(found.get(id)).as(id).isEqualTo(version < 0 ? null : document(id, version));
          }
        });
    found.forEach(
        (id, document) -> {
          // Whole, whichever version it is.
          int version = document.getInteger("version");
          assertThat(document).isEqualTo(document(id, version));
          acknowledged.put(id, version);
        });
    // What was in flight is decided now.
    inFlight
        .keySet()
        .forEach(
            id ->
                acknowledged.put(
                    id, found.containsKey(id) ? found.get(id).getInteger("version") : -1));
    inFlight.clear();

    assertThat(found).hasSizeGreaterThan(100);
    assertThat(decisions.countDocuments()).isEqualTo(found.size());
    assertThat(decisions.estimatedDocumentCount()).isEqualTo(found.size());
    for (int group = 0; group < 10; group++) {
      int expected = group;
      assertThat(
              decisions
                  .find(eq("group", group))
                  .map(each -> each.getString("_id"))
                  .into(new ArrayList<>()))
          .containsExactlyInAnyOrderElementsOf(
              found.values().stream()
                  .filter(each -> each.getInteger("group") == expected)
                  .map(each -> each.getString("_id"))
                  .toList());
    }
    String taken = found.keySet().iterator().next();
    assertThatThrownBy(
            () -> decisions.insertOne(new Document("_id", "other").append("unique", taken)))
        .hasMessageContaining("E11000");
  }
}
