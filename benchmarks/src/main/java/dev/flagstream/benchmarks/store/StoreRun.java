package dev.flagstream.benchmarks.store;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import dev.flagstream.local.windows.WindowedAggregates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/** One round of one store, from empty to full. */
final class StoreRun {

  private static final String DATABASE = "flagstream_benchmark";
  private static final String COLLECTION = "scored_transactions";
  private static final String WARM_UP = "warm_up";
  private static final int WARM_UP_DOCUMENTS = 20_000;
  private static final int BATCH = 1_000;
  private static final int FINDS = 200;
  private static final long WINDOW_MS = 10_000;
  private static final int WINDOWS = 12;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_MICRO = 1e3;
  private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

  private final MeasuredStore store;
  private final List<RawBsonDocument> documents;
  private final List<RawBsonDocument> changed;
  private final Map<Measure, Double> results = new EnumMap<>(Measure.class);

  private StoreRun(
      MeasuredStore store, List<RawBsonDocument> documents, List<RawBsonDocument> changed) {
    this.store = store;
    this.documents = documents;
    this.changed = changed;
  }

  /**
   * Measures a store that holds nothing of the benchmark, and leaves it so.
   *
   * @param changed the same documents, of the same ids, with one field changed in each
   */
  static Map<Measure, Double> measure(
      MeasuredStore store, List<RawBsonDocument> documents, List<RawBsonDocument> changed)
      throws InterruptedException {
    StoreRun run = new StoreRun(store, documents, changed);
    try (MongoClient client = MongoClients.create(store.uri())) {
      client.getDatabase(DATABASE).drop();
      run.warmUp(client.getDatabase(DATABASE).getCollection(WARM_UP, RawBsonDocument.class));
      run.measure(client.getDatabase(DATABASE).getCollection(COLLECTION, RawBsonDocument.class));
      client.getDatabase(DATABASE).drop();
    }
    return run.results;
  }

  /** Warms up, since a store that has just started would look slow. */
  private void warmUp(MongoCollection<RawBsonDocument> decisions) {
    upsert(decisions, documents.subList(0, Math.min(WARM_UP_DOCUMENTS, documents.size())));
    decisions.drop();
  }

  private void measure(MongoCollection<RawBsonDocument> decisions) throws InterruptedException {
    writes(decisions, documents, Measure.NEW, Measure.NEW_CPU);
    writes(decisions, changed, Measure.AGAIN, Measure.AGAIN_CPU);
    results.put(
        Measure.COUNT,
        millis(() -> expect(documents.size(), decisions.countDocuments(), "documents counted")));
    results.put(
        Measure.WINDOWS,
        millis(
            () -> {
              List<RawBsonDocument> windows =
                  decisions.aggregate(WindowedAggregates.pipeline(WINDOWS)).into(new ArrayList<>());
              expect(WINDOWS, windows.size(), "windows");
            }));
    results.put(
        Measure.INDEX, millis(() -> decisions.createIndex(Indexes.ascending("event_time"))));
    finds(decisions);
    results.put(Measure.SCAN, documents.size() / (millis(() -> scan(decisions)) / 1e3));
    writesBesideScans(decisions);
    store.heapMib().ifPresent(heap -> results.put(Measure.HEAP, heap));
    store.peakMib().ifPresent(peak -> results.put(Measure.PEAK, peak));
  }

  private void writes(
      MongoCollection<RawBsonDocument> decisions,
      List<RawBsonDocument> written,
      Measure perSecond,
      Measure cpuMicros) {
    Optional<Duration> before = store.cpu();
    double millis = millis(() -> upsert(decisions, written));
    results.put(perSecond, documents.size() / (millis / 1e3));
    if (before.isPresent()) {
      Duration cpu = store.cpu().orElseThrow().minus(before.get());
      results.put(cpuMicros, cpu.toNanos() / NANOS_PER_MICRO / documents.size());
    }
  }

  /** As the sink does: replacements by id, in ordered bulks; returns the longest in ms. */
  private static double upsert(
      MongoCollection<RawBsonDocument> decisions, List<RawBsonDocument> documents) {
    double longest = 0;
    for (int from = 0; from < documents.size(); from += BATCH) {
      List<ReplaceOneModel<RawBsonDocument>> bulk = new ArrayList<>();
      for (RawBsonDocument each :
          documents.subList(from, Math.min(from + BATCH, documents.size()))) {
        bulk.add(new ReplaceOneModel<>(new BsonDocument("_id", each.get("_id")), each, UPSERT));
      }
      longest =
          Math.max(
              longest,
              millis(() -> decisions.bulkWrite(bulk, new BulkWriteOptions().ordered(true))));
    }
    return longest;
  }

  /** Queries over every part of the time, the ten newest of ten seconds. */
  private void finds(MongoCollection<RawBsonDocument> decisions) {
    double millis =
        millis(
            () -> {
              for (int i = 0; i < FINDS; i++) {
                long from =
                    documents
                        .get((int) ((long) i * documents.size() / FINDS))
                        .getDateTime("event_time")
                        .getValue();
                List<RawBsonDocument> found =
                    decisions
                        .find(
                            Filters.and(
                                Filters.gte("event_time", new BsonDateTime(from)),
                                Filters.lt("event_time", new BsonDateTime(from + WINDOW_MS))))
                        .sort(Sorts.descending("event_time"))
                        .limit(10)
                        .into(new ArrayList<>());
                if (found.isEmpty()) {
                  throw new IllegalStateException("Nothing was found at " + from);
                }
              }
            });
    results.put(Measure.FIND, millis / FINDS);
  }

  private void scan(MongoCollection<RawBsonDocument> decisions) {
    long count = 0;
    for (RawBsonDocument each : decisions.find().batchSize(BATCH)) {
      count += each.containsKey("_id") ? 1 : 0;
    }
    expect(documents.size(), count, "documents scanned");
  }

  private void writesBesideScans(MongoCollection<RawBsonDocument> decisions)
      throws InterruptedException {
    AtomicBoolean writing = new AtomicBoolean(true);
    AtomicLong scanned = new AtomicLong();
    AtomicLong failed = new AtomicLong();
    Thread scanner =
        new Thread(
            () -> {
              while (writing.get()) {
                try {
                  for (RawBsonDocument each : decisions.find().batchSize(BATCH)) {
                    scanned.addAndGet(each.containsKey("_id") ? 1 : 0);
                    if (!writing.get()) {
                      break;
                    }
                  }
                } catch (MongoException e) {
                  failed.incrementAndGet();
                }
              }
            },
            "scanner");
    scanner.start();
    double[] longest = new double[1];
    double millis = millis(() -> longest[0] = upsert(decisions, documents));
    double seconds = millis / 1e3;
    results.put(Measure.SCAN_BESIDE, scanned.get() / seconds);
    writing.set(false);
    scanner.join();
    results.put(Measure.BESIDE, documents.size() / seconds);
    results.put(Measure.LONGEST, longest[0]);
    results.put(Measure.FAILED, (double) failed.get());
  }

  private static double millis(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / NANOS_PER_MILLI;
  }

  private static void expect(long expected, long actual, String what) {
    if (expected != actual) {
      throw new IllegalStateException(
          "%,d %s where there should be %,d".formatted(actual, what, expected));
    }
  }
}
