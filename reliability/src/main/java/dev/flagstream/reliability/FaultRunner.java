package dev.flagstream.reliability;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import dev.flagstream.local.command.LedgerProgress;
import dev.flagstream.local.connect.ConnectorFiles;
import dev.flagstream.local.flow.TopicReader;
import dev.flagstream.local.ledger.CardTokens;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.reliability.Fault.Kind;
import dev.flagstream.reliability.NumberedTransactions.Probe;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.bson.Document;

/** Carries out faults on a pipeline and measures how long it takes to catch up. For one thread. */
final class FaultRunner implements AutoCloseable {

  private static final String SINK_GROUP = "connect-scored-transactions";
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration POINT_PATIENCE = Duration.ofSeconds(15);
  private static final Duration CATCH_UP_PATIENCE = Duration.ofMinutes(5);

  /** Even if other transactions pass. */
  private static final Duration CATCH_UP_AT_MOST = Duration.ofMinutes(30);

  /** Between two looks at whether decisions still come; counting them is no work for the store. */
  private static final Duration LOOK_AT_PROGRESS = Duration.ofSeconds(1);

  private static final int LEDGER_PATIENCE_SECONDS = 90;
  private static final String WINDOWS_OF_CARDS = "flagged_by_card_10s";
  private static final long WINDOW_MS = 10_000;
  private static final int RECORDS_OF_A_LIVE_GENERATOR = 20;

  private final Pipeline pipeline;
  private final NumberedTransactions numbered;
  private final MongoClient mongo;
  private final Admin admin;
  private final Path folder;
  private final CardTokens tokens;
  private int probes;

  /** How many flagged probes there have been in each window, by its id. */
  private final Map<String, Long> flaggedProbes = new HashMap<>();

  /** A runner for a running pipeline. */
  FaultRunner(Pipeline pipeline, NumberedTransactions numbered, MongoClient mongo, Path folder) {
    this.pipeline = pipeline;
    this.numbered = numbered;
    this.mongo = mongo;
    this.folder = folder;
    admin = Admin.create(Map.of("bootstrap.servers", pipeline.settings().bootstrapServers()));
    tokens = new CardTokens(pipeline.settings().cardTokenKey());
  }

  /**
   * What became of a fault.
   *
   * @param atSecond when it was done, since the transactions began to flow
   * @param seen what was seen at a named point, and of probes that did not pass; may be empty
   * @param met whether it was done, and at the point that it names
   * @param backSeconds until the parts that were hit answered again, since they were started
   * @param caughtUpSeconds from then until new transactions had passed every step and were in
   *     MongoDB; negative if nothing new was there for five minutes, or they were not for thirty
   * @param ledgerExitCode of a ledger that ran meanwhile; 0 if there was none
   */
  record Outcome(
      Fault fault,
      double atSecond,
      String seen,
      boolean met,
      double backSeconds,
      double caughtUpSeconds,
      int ledgerExitCode) {

    boolean blocked() {
      return caughtUpSeconds < 0;
    }

    /** Whether nothing that may not be was seen. */
    boolean passed() {
      return !blocked() && ledgerExitCode == 0;
    }
  }

  /** What was seen while a fault was carried out, or why it could not be. */
  private record Sight(boolean met, String words) {
    static Sight of(String words) {
      return new Sight(true, words);
    }

    static Sight notMet(String why) {
      return new Sight(false, "NOT MET: " + why);
    }
  }

  /** Carries it out, then waits until the parts answer and new transactions have passed. */
  Outcome run(Fault fault, long beginNanos) throws InterruptedException {
    Pauses.of(Duration.ofMillis(fault.afterMs()));
    double at = secondsSince(beginNanos);
    JavaProcess ledger = fault.kind() == Kind.DURING_LEDGER ? startLedger() : null;
    boolean ledgerReads = ledger != null && ledger.isAlive();
    long[] returned = new long[1];
    Sight sight = hit(fault, returned);
    List<Part> parts = order(fault);
    parts.forEach(pipeline::awaitReady);
    double back = secondsSince(returned[0]);
    Set<Part> ended = EnumSet.noneOf(Part.class);
    List<String> seen = new ArrayList<>();
    seen.add(sight.words());
    double caughtUp = catchUp(parts.contains(Part.GENERATOR), ended, seen);
    boolean met = sight.met();
    int ledgerCode = 0;
    if (ledger != null) {
      ledgerCode = ledger.exitCode();
      met = ledgerReads;
      seen.add(ledgerReads ? "" : "NOT MET: it had ended");
      seen.add(
          ledgerCode == 0
              ? "it balanced"
              : "it did not balance, exit code %d".formatted(ledgerCode));
    }
    seen.add(startedAgain(ended));
    seen.removeIf(String::isEmpty);
    return new Outcome(fault, at, String.join("; ", seen), met, back, caughtUp, ledgerCode);
  }

  /** Without a broker no other part starts. */
  private static List<Part> order(Fault fault) {
    return Stream.of(fault.part(), fault.other()).filter(Objects::nonNull).sorted().toList();
  }

  private Sight hit(Fault fault, long[] returned) throws InterruptedException {
    Part part = fault.part();
    switch (fault.kind()) {
      case KILL -> {
        pipeline.kill(part);
        Pauses.of(Duration.ofMillis(fault.lastsMs() / 4));
        return start(returned, Sight.of(""), part);
      }
      case PAUSE -> {
        pipeline.process(part).pause();
        Pauses.of(Duration.ofMillis(fault.lastsMs()));
        returned[0] = System.nanoTime();
        pipeline.process(part).goOn();
        return Sight.of(String.format(Locale.ROOT, "for %.1f s", fault.lastsMs() / 1e3));
      }
      case SLOWED -> {
        Duration lasts = Duration.ofMillis(fault.lastsMs());
        pipeline.process(part).slow(lasts);
        returned[0] = System.nanoTime();
        return Sight.of("for %d s".formatted(lasts.toSeconds()));
      }
      case DISK_FULL -> {
        JavaProcess process = pipeline.process(part);
        process.fillDisk();
        Pauses.of(Duration.ofMillis(fault.lastsMs()));
        boolean lived = process.isAlive();
        returned[0] = System.nanoTime();
        process.freeDisk();
        return Sight.of(
            String.format(
                Locale.ROOT,
                "for %.1f s; it %s",
                fault.lastsMs() / 1e3,
                lived ? "went on" : "ended, and was started again"));
      }
      case CLOCK_AHEAD, CLOCK_BEHIND -> {
        return Sight.of(stepClocks(fault, returned));
      }
      case CUT, CUT_RESET -> {
        return cutNetwork(fault, returned);
      }
      case SLOW_ANSWERS -> {
        NetworkLink link = pipeline.link(part, fault.other());
        link.delayAnswers(fault.byMs());
        Pauses.of(Duration.ofMillis(fault.lastsMs()));
        returned[0] = System.nanoTime();
        link.delayAnswers(0);
        return Sight.of("by %,d ms, for %d s".formatted(fault.byMs(), fault.lastsMs() / 1_000));
      }
      case RESTART -> {
        pipeline.process(part).stop();
        return start(returned, Sight.of(""), part);
      }
      case TWO_AT_ONCE -> {
        pipeline.kill(part);
        pipeline.kill(fault.other());
        return start(returned, Sight.of(""), order(fault).toArray(Part[]::new));
      }
      case SINK_BEFORE_COMMIT -> {
        Sight seen = awaitUncommittedDocuments();
        pipeline.process(part).kill();
        return start(returned, seen, part);
      }
      case TRANSACTION_OPEN -> {
        Sight seen = awaitTransaction();
        pipeline.process(part).kill();
        return start(returned, seen, part);
      }
      case STORE_RESTORED -> {
        pipeline.process(part).kill();
        Path state = pipeline.settings().data().resolve("sql/state");
        delete(state);
        pipeline.start(part);
        Sight seen = awaitRestoring(state);
        pipeline.process(part).kill();
        return start(returned, seen, part);
      }
      case CONNECTOR_RECONFIGURED -> {
        Sight seen = reconfigureAndKill();
        start(returned, seen, part);
        pipeline.awaitReady(part);
        ConnectorFiles.read(pipeline.settings().connectors()).forEach(pipeline.connect()::put);
        return seen;
      }
      case UDF_REPLACED -> {
        pipeline.process(part).stop();
        replaceUdfJar();
        pipeline.start(part);
        Pauses.of(Duration.ofMillis(1_500));
        pipeline.process(part).kill();
        return start(returned, Sight.of("1.5 s into the start with the new jar"), part);
      }
      case DURING_LEDGER -> {
        pipeline.process(part).kill();
        return start(returned, Sight.of(""), part);
      }
      default -> throw new IllegalStateException("Not known: " + fault.kind());
    }
  }

  private Sight start(long[] returned, Sight seen, Part... parts) {
    returned[0] = System.nanoTime();
    for (Part part : parts) {
      pipeline.start(part);
    }
    return seen;
  }

  private String stepClocks(Fault fault, long[] returned) {
    List<Part> parts = order(fault);
    parts.forEach(part -> pipeline.clock(part).set(fault.byMs()));
    Pauses.of(Duration.ofMillis(fault.lastsMs()));
    List<Part> ended = parts.stream().filter(part -> !pipeline.process(part).isAlive()).toList();
    parts.forEach(part -> pipeline.clock(part).set(0));
    returned[0] = System.nanoTime();
    Pauses.of(Duration.ofMillis(WallClock.seenWithinMs()));
    return String.format(
        Locale.ROOT,
        "by %,d s, for %d s%s",
        Math.abs(fault.byMs()) / 1_000,
        fault.lastsMs() / 1_000,
        ended.isEmpty() ? "" : "; " + startedAgain(ended));
  }

  /** Words for parts that a fault ended; none for none. */
  private static String startedAgain(Collection<Part> ended) {
    return ended.isEmpty()
        ? ""
        : ended.stream()
            .map(Part::title)
            .collect(Collectors.joining(" and ", "ended and started again: ", ""));
  }

  private Sight cutNetwork(Fault fault, long[] returned) {
    NetworkLink link = pipeline.link(fault.part(), fault.other());
    link.cut();
    Pauses.of(Duration.ofMillis(fault.lastsMs()));
    returned[0] = System.nanoTime();
    String seen = "for %d s".formatted(fault.lastsMs() / 1_000);
    if (fault.kind() == Kind.CUT_RESET) {
      int reset = link.mendByReset();
      return reset == 0
          ? Sight.notMet("there was no connection")
          : Sight.of(seen + "; %d connections reset".formatted(reset));
    }
    link.mend();
    return Sight.of(seen);
  }

  private Sight awaitUncommittedDocuments() {
    MongoCollection<Document> decisions =
        mongo.getDatabase(Environment.DATABASE).getCollection(Environment.SCORED_COLLECTION);
    long stored = decisions.estimatedDocumentCount();
    long committed = committedBySink();
    long endNanos = System.nanoTime() + POINT_PATIENCE.toNanos();
    while (System.nanoTime() < endNanos) {
      long storedNow = decisions.estimatedDocumentCount();
      long committedNow = committedBySink();
      if (committedNow != committed) {
        committed = committedNow;
        stored = storedNow;
      } else if (storedNow > stored) {
        return Sight.of(
            "%,d documents acknowledged since the last commit".formatted(storedNow - stored));
      }
      Pauses.of(LOOK);
    }
    return Sight.notMet("no document since the last commit");
  }

  private long committedBySink() {
    return ask(
            () -> admin.listConsumerGroupOffsets(SINK_GROUP).partitionsToOffsetAndMetadata().get())
        .values()
        .stream()
        .filter(offset -> offset != null)
        .mapToLong(offset -> offset.offset())
        .sum();
  }

  private Sight awaitTransaction() {
    Set<TransactionState> committing = Set.of(TransactionState.PREPARE_COMMIT);
    long endNanos = System.nanoTime() + POINT_PATIENCE.toNanos() / 3;
    while (System.nanoTime() < endNanos) {
      if (!transactions(committing).isEmpty()) {
        return Sight.of("between prepare and commit");
      }
    }
    while (System.nanoTime() < endNanos + POINT_PATIENCE.toNanos()) {
      List<TransactionListing> open = transactions(Set.of(TransactionState.ONGOING));
      if (!open.isEmpty()) {
        return Sight.of("%d open, none caught between prepare and commit".formatted(open.size()));
      }
    }
    return Sight.notMet("no transaction open");
  }

  private List<TransactionListing> transactions(Set<TransactionState> states) {
    return List.copyOf(
        ask(
            () ->
                admin
                    .listTransactions(new ListTransactionsOptions().filterStates(states))
                    .all()
                    .get()));
  }

  private Sight awaitRestoring(Path state) {
    long endNanos = System.nanoTime() + CATCH_UP_PATIENCE.toNanos();
    while (System.nanoTime() < endNanos) {
      long stores = count(state, "rocksdb");
      if (stores > 0) {
        return Sight.of(stores + " stores begun");
      }
      Pauses.of(LOOK);
    }
    return Sight.notMet("no store was restored");
  }

  private static long count(Path folder, String name) {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.getFileName().toString().equals(name)).count();
    } catch (IOException | UncheckedIOException e) {
      return 0; // it is being made while it is looked at
    }
  }

  private Sight reconfigureAndKill() throws InterruptedException {
    SortedMap<String, String> configs = ConnectorFiles.read(pipeline.settings().connectors());
    String connector = "scored-transactions";
    String changed =
        configs
            .get(connector)
            .replaceFirst(
                "\"consumer.override.max.poll.records\": \"\\d+\"",
                "\"consumer.override.max.poll.records\": \"777\"");
    pipeline.connect().put(connector, changed);
    pipeline.process(Part.CONNECT).kill();
    return changed.equals(configs.get(connector))
        ? Sight.notMet("nothing to change")
        : Sight.of("right after");
  }

  private void replaceUdfJar() {
    Path jar = pipeline.settings().builtUdfJar();
    Path deployed = pipeline.settings().extensions().resolve(jar.getFileName());
    try {
      Files.copy(jar, deployed, StandardCopyOption.REPLACE_EXISTING);
      Files.setLastModifiedTime(deployed, FileTime.fromMillis(System.currentTimeMillis()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot replace " + deployed, e);
    }
  }

  /** Starts it and waits until it reads, or has ended. */
  private JavaProcess startLedger() {
    Path output = folder.resolve("ledger.txt");
    long before = length(output);
    JavaProcess ledger =
        pipeline.startLedger(folder.resolve("ledger-during-fault.json"), LEDGER_PATIENCE_SECONDS);
    while (ledger.isAlive()
        && said(output, before).lines().noneMatch(LedgerProgress::tellsOfReading)) {
      Pauses.of(LOOK);
    }
    return ledger;
  }

  private static long length(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look at " + file, e);
    }
  }

  private static String said(Path file, long offset) {
    try (InputStream said = Files.newInputStream(file)) {
      said.skipNBytes(offset);
      return new String(said.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /**
   * Waits until new transactions are in MongoDB, and what is flagged in its window, for as long as
   * decisions come: only a pipeline in which nothing moves is blocked, or one in which some of them
   * stay away for half an hour. As whatever supervises the parts would, it starts again what ends
   * by itself.
   *
   * @param seen receives what did not pass
   */
  private double catchUp(boolean alsoGenerator, Set<Part> ended, List<String> seen) {
    long beginNanos = System.nanoTime();
    long movedNanos = beginNanos;
    long lookedNanos = beginNanos;
    long stored = 0;
    long generatedBefore = alsoGenerator ? generated() : 0;
    List<Probe> waiting = new ArrayList<>(numbered.sendProbes(probes++));
    waiting.stream()
        .filter(Probe::isFlagged)
        .forEach(probe -> flaggedProbes.merge(windowOf(probe), 1L, Long::sum));
    while (System.nanoTime() - movedNanos < CATCH_UP_PATIENCE.toNanos()
        && System.nanoTime() - beginNanos < CATCH_UP_AT_MOST.toNanos()
        && waiting.stream().allMatch(probe -> probe.refusal().get() == null)) {
      try {
        if (System.nanoTime() - lookedNanos > LOOK_AT_PROGRESS.toNanos()) {
          lookedNanos = System.nanoTime();
          long storedNow = collection(Environment.SCORED_COLLECTION).estimatedDocumentCount();
          movedNanos = storedNow > stored ? lookedNanos : movedNanos;
          stored = storedNow;
        }
        waiting.removeIf(this::hasPassed);
        if (waiting.isEmpty()
            && (!alsoGenerator || generated() >= generatedBefore + RECORDS_OF_A_LIVE_GENERATOR)) {
          return secondsSince(beginNanos);
        }
      } catch (MongoException e) {
        // The store is still on its way back.
      }
      ended.addAll(pipeline.startAgain());
      Pauses.of(LOOK);
    }
    waiting.forEach(probe -> seen.add(missing(probe)));
    return -1;
  }

  private static String missing(Probe probe) {
    Exception refusal = probe.refusal().get();
    return refusal == null
        ? probe.id() + " did not pass"
        : probe.id() + " was refused: " + refusal.getMessage();
  }

  private boolean hasPassed(Probe probe) {
    if (!isIn(Environment.SCORED_COLLECTION, probe.id())) {
      return false;
    }
    if (!probe.isFlagged()) {
      return true;
    }
    String window = windowOf(probe);
    return isIn(Environment.FLAGGED_COLLECTION, probe.id())
        && collection(WINDOWS_OF_CARDS)
                .countDocuments(
                    Filters.and(
                        Filters.eq("_id", window),
                        Filters.gte("transactions", flaggedProbes.get(window))))
            > 0;
  }

  private boolean isIn(String collection, String id) {
    return collection(collection).find(Filters.eq("_id", id)).first() != null;
  }

  private MongoCollection<Document> collection(String name) {
    return mongo.getDatabase(Environment.DATABASE).getCollection(name);
  }

  /** The id of the window that a flagged probe falls into, as ksql/09 makes it. */
  private String windowOf(Probe probe) {
    return tokens.allOf(probe.card()).get(0) + "|" + probe.timestampMs() / WINDOW_MS * WINDOW_MS;
  }

  /** Records of the input topic that others than this process sent. */
  private long generated() {
    long acknowledged = numbered.acknowledged().count();
    return new TopicReader(pipeline.settings().kafka())
            .ends(Environment.INPUT_TOPIC).values().stream().mapToLong(Long::longValue).sum()
        - acknowledged;
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = new ArrayList<>(files.toList());
      all.sort(Comparator.reverseOrder());
      for (Path file : all) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + folder, e);
    }
  }

  /** A question to the cluster. */
  private interface Question<T> {
    T ask() throws ExecutionException, InterruptedException;
  }

  private static <T> T ask(Question<T> question) {
    try {
      return question.ask();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka does not answer", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking Kafka", e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
