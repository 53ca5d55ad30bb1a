package dev.flagstream.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Sorts;
import dev.flagstream.local.flow.TopicReader;
import dev.flagstream.local.scan.ClearNumberScan;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.common.utils.Utils;
import org.bson.Document;

/**
 * One run: starts the pipeline, carries out the faults while transactions flow, lets it come to
 * rest, and has another process check the ledger.
 */
public final class CrashTest {

  private static final Duration REST_AT_MOST = Duration.ofSeconds(20);
  private static final int LEDGER_PATIENCE_SECONDS = 90;

  /** Some ten minutes of a sink, in which a fault that has just been caught up was. */
  private static final int NEWEST = 1_000_000;

  /** From here on, what the JVM's second compiler saves is more than what it costs. */
  private static final Duration LONG = Duration.ofMinutes(10);

  private static final List<String> FIRST_COMPILER_ALONE = List.of("-XX:TieredStopAtLevel=1");

  private final StackSettings settings;
  private final Path folder;
  private final GeneratedTraffic traffic;
  private final Consumer<String> say;

  /**
   * A run on data of its own.
   *
   * @param folder for the processes' output and the ledger's figures
   * @param traffic what the generator sends; its seed is that of the numbered transactions, too
   * @param say receives what happens, a line at a time
   */
  CrashTest(StackSettings settings, Path folder, GeneratedTraffic traffic, Consumer<String> say) {
    this.settings = settings;
    this.folder = folder;
    this.traffic = traffic;
    this.say = say;
  }

  /**
   * How a run came out.
   *
   * @param ledger the figures of the ledger, as it writes them
   * @param ledgerExitCode 0 if the books balance
   * @param ledgerSeconds how long it took, its wait for what was on its way included
   * @param acknowledged numbered records that the broker acknowledged
   * @param acknowledgedAndLost those of them that are not in the input topic, where the broker
   *     said, as they were sent
   * @param counterExampleDocuments documents of the sink that makes ids of its own, which is
   *     stopped once it has some too many
   * @param counterExampleTransactions different transactions among them
   * @param clear what was searched for card numbers in clear, and where some were found
   */
  public record Result(
      long seed,
      double seconds,
      List<FaultRunner.Outcome> outcomes,
      JsonNode ledger,
      int ledgerExitCode,
      double ledgerSeconds,
      long acknowledged,
      long acknowledgedAndLost,
      long counterExampleDocuments,
      long counterExampleTransactions,
      ClearNumberScan.Result clear) {

    public Result {
      outcomes = List.copyOf(outcomes);
    }

    /** Whether nothing was lost, stored twice, wrong, in clear or blocked, whatever was done. */
    public boolean passed() {
      return ledgerExitCode == 0
          && acknowledgedAndLost == 0
          && clear.findings().isEmpty()
          && outcomes.stream().allMatch(FaultRunner.Outcome::passed)
          && outcomes.stream().anyMatch(FaultRunner.Outcome::met);
    }

    /** How many documents the counter-example has too many. */
    public long counterExampleDuplicates() {
      return counterExampleDocuments - counterExampleTransactions;
    }
  }

  /**
   * Runs the test.
   *
   * @param lastsAtLeast the least time for which transactions flow, over which the faults are
   *     spread; they may take longer
   */
  public Result run(List<Fault> schedule, Duration lastsAtLeast) throws InterruptedException {
    List<String> jvmOptions = lastsAtLeast.compareTo(LONG) < 0 ? FIRST_COMPILER_ALONE : List.of();
    say.accept("Starting the pipeline; data in " + settings.data());
    Optional<Path> faketime =
        schedule.stream().anyMatch(fault -> fault.kind().isOfClock())
            ? WallClock.library()
            : Optional.empty();
    try (Pipeline pipeline = Pipeline.start(settings, folder, traffic, jvmOptions, faketime);
        MongoClient mongo = MongoClients.create(settings.mongoUri());
        NumberedTransactions numbered =
            NumberedTransactions.start(settings.bootstrapServers(), traffic.seed());
        FaultRunner faults = new FaultRunner(pipeline, numbered, mongo, folder)) {
      long beginNanos = System.nanoTime();
      List<FaultRunner.Outcome> outcomes = new ArrayList<>();
      MongoDatabase database = mongo.getDatabase(Environment.DATABASE);
      boolean counterExampleStopped = false;
      for (Fault fault : schedule) {
        Pauses.until(
            beginNanos, lastsAtLeast.multipliedBy(outcomes.size()).dividedBy(schedule.size()));
        FaultRunner.Outcome outcome = faults.run(fault, beginNanos);
        outcomes.add(outcome);
        say.accept(ReliabilityReport.line(outcome));
        if (!counterExampleStopped && countsTwice(database)) {
          pipeline.stopCounterExample();
          counterExampleStopped = true;
        }
      }
      Pauses.until(beginNanos, lastsAtLeast);
      double seconds = (System.nanoTime() - beginNanos) / 1e9;
      say.accept("The faults are over: checking the books");
      for (Part part : pipeline.startAgain()) {
        say.accept("The " + part.title() + " had ended by itself and was started again");
      }
      pipeline.process(Part.GENERATOR).stop();
      numbered.finish();
      Path json = folder.resolve("ledger.json");
      long ledgerNanos = System.nanoTime();
      int code = pipeline.startLedger(json, LEDGER_PATIENCE_SECONDS).exitCode();
      double ledgerSeconds = (System.nanoTime() - ledgerNanos) / 1e9;
      long lost = lost(numbered);
      if (!counterExampleStopped) {
        awaitCounterExample(database);
      }
      long[] counterExample = counted(database.getCollection(Pipeline.COUNTER_EXAMPLE).find());
      say.accept("Looking for card numbers");
      pipeline.stop();
      ClearNumberScan.Result clear = ClearNumberScan.of(settings);
      return new Result(
          traffic.seed(),
          seconds,
          outcomes,
          read(json),
          code,
          ledgerSeconds,
          numbered.acknowledged().count(),
          lost,
          counterExample[0],
          counterExample[1],
          clear);
    }
  }

  private static JsonNode read(Path json) {
    try {
      return new ObjectMapper().readTree(json.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The ledger wrote no figures; see ledger.txt beside " + json, e);
    }
  }

  /**
   * How many acknowledged records are not where they were acknowledged, or not as they were sent.
   */
  private long lost(NumberedTransactions numbered) {
    AcknowledgedRecords.Missing missing = numbered.acknowledged().missing();
    new TopicReader(settings.kafka()).read(Environment.INPUT_TOPIC, missing::found);
    return missing.count();
  }

  /**
   * Whether the counter-example has a transaction twice, of those it has stored last. From then on
   * it has shown what it is there for, and would only take as much of the machine as the sink
   * itself. Looked for among the newest, as it may be millions behind by then.
   */
  private static boolean countsTwice(MongoDatabase database) {
    long[] counted =
        counted(
            database
                .getCollection(Pipeline.COUNTER_EXAMPLE)
                .find()
                .sort(Sorts.descending("_id")) // which begin with the time
                .limit(NEWEST));
    return counted[0] > counted[1];
  }

  /**
   * Waits until it has as many documents as there are decisions, but not for ever: it may never get
   * there.
   */
  private static void awaitCounterExample(MongoDatabase database) {
    long endNanos = System.nanoTime() + REST_AT_MOST.toNanos();
    while (System.nanoTime() < endNanos
        && database.getCollection(Pipeline.COUNTER_EXAMPLE).estimatedDocumentCount()
            < database.getCollection(Environment.SCORED_COLLECTION).estimatedDocumentCount()) {
      Pauses.of(Duration.ofMillis(200));
    }
  }

  /**
   * Counts the documents, and the different transactions among them, by 64 bits of each id: among
   * ten million, two that differ are taken for one in three of a million runs.
   */
  private static long[] counted(FindIterable<Document> documents) {
    LongStream.Builder hashes = LongStream.builder();
    for (Document document : documents) {
      String id = document.getString("transaction_id");
      hashes.add(
          ((long) id.hashCode() << Integer.SIZE)
              | Integer.toUnsignedLong(Utils.murmur2(id.getBytes(UTF_8))));
    }
    long[] sorted = hashes.build().sorted().toArray();
    long different =
        IntStream.range(0, sorted.length).filter(i -> i == 0 || sorted[i] != sorted[i - 1]).count();
    return new long[] {sorted.length, different};
  }
}
