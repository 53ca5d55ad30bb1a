package dev.flagstream.local.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.flagstream.client.lake.LakeReader;
import dev.flagstream.local.command.elsewhere.KafkaElsewhereOptions;
import dev.flagstream.local.command.elsewhere.MongoElsewhereOptions;
import dev.flagstream.local.connect.RegisteredSinks;
import dev.flagstream.local.failure.ExitCodes;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.flow.TopicReader;
import dev.flagstream.local.health.Readers;
import dev.flagstream.local.health.RunningBroker;
import dev.flagstream.local.lake.Lakes;
import dev.flagstream.local.ledger.Balance;
import dev.flagstream.local.settings.Elsewhere;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.sqlstore.SqlStoreClient;
import dev.flagstream.report.WritablePlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command "ledger": checks the books of whatever pipeline runs, also while traffic flows.
 *
 * <p>The balance covers what the input topic holds when the command begins. What is still on its
 * way shows as differences, so the balance is struck again for as long as their number falls.
 */
@Command(
    name = "ledger",
    description =
        "Accounts for every record that is in the input topic now: flagged, cleared or rejected,"
            + " and in MongoDB, once and as an independent recomputation has it. Exits with 1 on"
            + " any difference.")
public final class LedgerCommand implements Callable<Integer> {

  private static final long PAUSE_MS = 1_000;
  private static final long STANDS_STILL_SECONDS = 10;

  @Mixin private StackOptions options;
  @Mixin private KafkaElsewhereOptions kafka;
  @Mixin private MongoElsewhereOptions mongo;

  @Mixin private SqlStoreOptions sqlStore;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      converter = PatienceConverter.class,
      defaultValue = "60",
      description =
          "How long to wait for what is on its way while nothing moves. Default:"
              + " ${DEFAULT-VALUE}.")
  private long patienceSeconds;

  @Option(
      names = "--windows-from",
      paramLabel = "MILLISECONDS",
      defaultValue = "0",
      description =
          "Windows that begin before, in epoch milliseconds, are not compared. Default: all are.")
  private long windowsFromMs;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "File to which the figures are written as well, as JSON.")
  private Path json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException, IOException {
    requireWritable();
    StackSettings settings =
        options.settings().with(new Elsewhere(kafka.kafka(), mongo.mongoUri()));
    RunningBroker.requireTopic(settings, Environment.INPUT_TOPIC);
    Set<String> sinks = sinks(settings);
    try (MongoClient client = MongoClients.create(settings.mongoUri())) {
      Balance balance =
          untilAtRest(
              settings,
              client.getDatabase(Environment.DATABASE),
              sqlStore.client(settings, options.sqlStorePort(), sinks),
              Lakes.running(settings, options.lakeUrl(settings), sinks),
              Balance.cutNow(settings));
      balance.lines().forEach(System.out::println);
      if (json != null) {
        Files.createDirectories(json.toAbsolutePath().getParent());
        Files.write(
            json, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(balance));
      }
      return balance.differences() == 0 ? ExitCodes.OK : ExitCodes.FAILED;
    }
  }

  /** The books of MongoDB can be kept without Connect; that others are not kept is said. */
  private static Set<String> sinks(StackSettings settings) {
    try {
      return RegisteredSinks.of(settings);
    } catch (StackException e) {
      System.err.println(
          e.getMessage()
              + ". A SQL store or a lake is looked at only if it is named: --sql-store-url=…,"
              + " LAKE_URL=…");
      return Set.of();
    }
  }

  /** Before all is read, which may take minutes. */
  private void requireWritable() {
    if (json == null) {
      return;
    }
    Optional<String> reason = WritablePlace.reasonAgainstFile(json);
    if (reason.isPresent()) {
      throw new ParameterException(spec.commandLine(), "--json: " + reason.get());
    }
  }

  /**
   * Waits for what queries and sinks have left to read, unless more comes in: it would be a
   * difference, and all would have to be read once more. Gives up soon once none of them gets on:
   * the balance is struck until nothing changes any more anyway.
   */
  private void awaitReaders(StackSettings settings, LedgerProgress progress)
      throws InterruptedException {
    long stillSeconds = Math.min(STANDS_STILL_SECONDS, patienceSeconds);
    TopicReader input = new TopicReader(settings.kafka());
    try (Readers readers = new Readers(settings)) {
      Map<Integer, Long> ends = input.ends(Environment.INPUT_TOPIC);
      List<Map<String, Long>> left = List.of();
      long movedNanos = System.nanoTime();
      do {
        Thread.sleep(left.isEmpty() ? 0 : PAUSE_MS);
        List<Map<String, Long>> leftNow = List.of(readers.queryBacklog(), readers.sinkBacklog());
        if (!leftNow.equals(left)) {
          movedNanos = System.nanoTime();
        }
        left = leftNow;
        long records = left.stream().flatMap(each -> each.values().stream()).reduce(0L, Long::sum);
        if (records == 0) {
          return;
        }
        progress.waits(records);
      } while (input.ends(Environment.INPUT_TOPIC).equals(ends)
          && System.nanoTime() - movedNanos < TimeUnit.SECONDS.toNanos(stillSeconds));
    } catch (StackException | KafkaException e) {
      // Who cannot be asked is not waited for; what the ledger cannot read, it says itself.
    }
  }

  private Balance untilAtRest(
      StackSettings settings,
      MongoDatabase store,
      Optional<SqlStoreClient> rows,
      Optional<LakeReader> lake,
      Map<Integer, Long> cut)
      throws InterruptedException {
    LedgerProgress progress =
        new LedgerProgress(System.err, cut.values().stream().mapToLong(Long::longValue).sum());
    awaitReaders(settings, progress);
    long fewest = Long.MAX_VALUE;
    long movedNanos = System.nanoTime();
    Long troubleSinceNanos = null;
    while (true) {
      Balance balance = null;
      StackException trouble = null;
      try {
        balance = Balance.strike(settings, store, rows, lake, cut, windowsFromMs, progress);
        troubleSinceNanos = null;
        if (balance.differences() < fewest) {
          fewest = balance.differences();
          movedNanos = System.nanoTime();
        }
        if (fewest == 0) {
          return balance;
        }
        progress.differs(balance.differences());
      } catch (MongoException | KafkaException | SQLException e) {
        trouble = unreadable(e);
      } catch (StackException e) {
        if (!(e.getCause() instanceof KafkaException)) {
          throw e;
        }
        trouble = e;
      }
      // A part may be starting again: what counts is since when it has been away, not how long was
      // read before.
      if (trouble != null && troubleSinceNanos == null) {
        troubleSinceNanos = System.nanoTime();
      }
      long sinceNanos = trouble == null ? movedNanos : troubleSinceNanos;
      if (System.nanoTime() - sinceNanos > TimeUnit.SECONDS.toNanos(patienceSeconds)) {
        if (trouble != null) {
          throw trouble;
        }
        return balance;
      }
      Thread.sleep(PAUSE_MS);
    }
  }

  private static StackException unreadable(Exception e) {
    return new StackException(
        "The ledger cannot be read: "
            + e.getMessage()
            + ". Is the pipeline running, and on these ports? 'make status' tells.",
        e);
  }
}
