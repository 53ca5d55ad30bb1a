package dev.flagstream.local.store;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.inc;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers and writers at once: nothing is lost, nothing is torn, nobody fails. */
class StoreConcurrencyTest {

  private static final int DOCUMENTS = 2_000;
  private static final int ROUNDS = 5;
  private static final int BATCH = 200;
  private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

  private RunningStore store;
  private MongoCollection<Document> decisions;
  private ExecutorService threads;

  @BeforeEach
  void start(@TempDir Path data) {
    store = RunningStore.on(data);
    decisions = store.collection("decisions");
    threads = Executors.newCachedThreadPool();
  }

  @AfterEach
  void stop() throws InterruptedException {
    threads.shutdownNow();
    threads.awaitTermination(1, TimeUnit.MINUTES);
    store.close();
  }

  @Test
  void scansAndAggregatesWholeDocumentsWhileTheyAreReplaced() throws Exception {
    decisions.createIndex(ascending("version"));
    replaceAll(0);
    AtomicBoolean writing = new AtomicBoolean(true);

    List<Future<Integer>> readers =
        List.of(
            repeat(writing, this::scan),
            repeat(writing, this::scanThroughTheIndex),
            repeat(writing, this::aggregate));
    for (int round = 1; round <= ROUNDS; round++) {
      replaceAll(round);
    }
    writing.set(false);

    for (Future<Integer> reader : readers) {
      assertThat(reader.get()).isPositive();
    }
    assertThat(decisions.countDocuments()).isEqualTo(DOCUMENTS);
    assertThat(decisions.countDocuments(eq("version", ROUNDS))).isEqualTo(DOCUMENTS);
  }

  private void replaceAll(int version) {
    for (int from = 0; from < DOCUMENTS; from += BATCH) {
      List<ReplaceOneModel<Document>> upserts = new ArrayList<>();
      for (int i = from; i < from + BATCH; i++) {
        upserts.add(new ReplaceOneModel<>(eq("_id", "d" + i), document(i, version), UPSERT));
      }
      decisions.bulkWrite(upserts);
    }
  }

  private static Document document(int i, int version) {
    return new Document("_id", "d" + i)
        .append("version", version)
        .append("text", ("version " + version + " ").repeat(100))
        .append("again", version);
  }

  private Void scan() {
    Set<String> seen = new HashSet<>();
    for (Document document : decisions.find().batchSize(500)) {
      assertThat(seen.add(document.getString("_id"))).isTrue();
      assertThat(document.get("again")).isEqualTo(document.get("version"));
      assertThat(document.getString("text")).startsWith("version " + document.get("version") + " ");
    }
    assertThat(seen).hasSize(DOCUMENTS);
    return null;
  }

  private Void scanThroughTheIndex() {
    Set<String> seen = new HashSet<>();
    for (Document document : decisions.find(gte("version", 0))) {
      // One whose entry moves ahead of the scan may be met again, as in MongoDB; none is missed.
      seen.add(document.getString("_id"));
      assertThat(document.get("again")).isEqualTo(document.get("version"));
    }
    assertThat(seen).hasSize(DOCUMENTS);
    return null;
  }

  private Void aggregate() {
    ArrayList<Document> groups =
        decisions
            .aggregate(
                List.of(
                    Aggregates.group("$version", Accumulators.sum("count", 1)),
                    Aggregates.group(null, Accumulators.sum("count", "$count"))))
            .into(new ArrayList<>());
    assertThat(groups).hasSize(1);
    assertThat(groups.get(0).get("count", Number.class).intValue()).isEqualTo(DOCUMENTS);
    return null;
  }

  /** How often it was done, at least once, until there is no more writing. */
  private Future<Integer> repeat(AtomicBoolean writing, Callable<Void> reading) {
    return threads.submit(
        () -> {
          int times = 0;
          do {
            reading.call();
            times++;
          } while (writing.get());
          return times;
        });
  }

  @Test
  void countsUpOneDocumentFromManyThreads() throws Exception {
    decisions.insertOne(new Document("_id", "counter").append("value", 0));
    List<Future<Void>> counters = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      counters.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 250; i++) {
                  decisions.updateOne(eq("_id", "counter"), inc("value", 1));
                }
                return null;
              }));
    }
    for (Future<Void> counter : counters) {
      counter.get();
    }

    assertThat(decisions.find().first().getInteger("value")).isEqualTo(1_000);
  }

  @Test
  void letsOneOfManyInsertTheSameId() throws Exception {
    AtomicLong inserted = new AtomicLong();
    CountDownLatch together = new CountDownLatch(4);
    List<Future<Void>> inserters = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      inserters.add(
          threads.submit(
              () -> {
                together.countDown();
                together.await();
                for (int i = 0; i < 200; i++) {
                  try {
                    decisions.insertOne(new Document("_id", i));
                    inserted.incrementAndGet();
                  } catch (MongoException e) {
                    assertThat(e.getCode()).isEqualTo(11_000);
                  }
                }
                return null;
              }));
    }
    for (Future<Void> inserter : inserters) {
      inserter.get();
    }

    assertThat(inserted).hasValue(200);
    assertThat(decisions.countDocuments()).isEqualTo(200);
  }

  @Test
  void createsCollectionsFromManyThreadsOnce() throws Exception {
    List<Future<Void>> writers = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      int number = thread;
      writers.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 20; i++) {
                  store.collection("c" + i).insertOne(new Document("_id", number));
                }
                return null;
              }));
    }
    for (Future<Void> writer : writers) {
      writer.get();
    }

    assertThat(store.database().listCollectionNames().into(new ArrayList<>()))
        .hasSize(20)
        .doesNotHaveDuplicates();
    for (int i = 0; i < 20; i++) {
      assertThat(store.collection("c" + i).countDocuments()).isEqualTo(4);
    }
  }
}
