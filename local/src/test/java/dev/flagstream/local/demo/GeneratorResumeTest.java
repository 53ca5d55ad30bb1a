package dev.flagstream.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.generator.GeneratorCommand;
import dev.flagstream.generator.feed.Feed;
import dev.flagstream.generator.feed.FeedEvent;
import dev.flagstream.generator.feed.FeedStream;
import dev.flagstream.generator.feed.LabelDelay;
import dev.flagstream.generator.producer.PartitionedTopic;
import dev.flagstream.generator.producer.RecordKey;
import dev.flagstream.generator.simulation.Rhythm;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.generator.simulation.SimulationParameters;
import dev.flagstream.local.KafkaTopics;
import dev.flagstream.local.broker.Broker;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A generator that is killed in the middle of its work, without a chance to tidy up, goes on where
 * it was: each partition of each topic holds in the end what an uninterrupted run puts there, in
 * the same order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratorResumeTest {

  private static final int PARTITIONS = 4;
  private static final int MERCHANTS = 1_500;
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final ObjectMapper JSON = new ObjectMapper();

  private Path folder;
  private Broker broker;
  private KafkaTopics topics;

  @BeforeAll
  void start(@TempDir Path temporary) {
    folder = temporary;
    broker =
        Broker.start(new StackSettings(Path.of(".."), folder.resolve("data"), FreePorts.pick()));
    topics = new KafkaTopics(broker.bootstrapServers());
  }

  @AfterAll
  void stop() {
    topics.close();
    broker.close();
  }

  @Test
  void fillsARangeThoughItIsKilledAgainAndAgain() throws Exception {
    Names names = new Names("backfill");
    int customers = 12_000;
    List<String> options =
        List.of(
            "--from=2026-03-01",
            "--to=2026-03-04",
            "--seed=7",
            "--customers=" + customers,
            "--merchants=" + MERCHANTS,
            "--label-delay=12h",
            "--labels=all",
            // Small batches make it slow enough to be killed in the middle.
            "--config=" + slowProducer());
    Feed expected =
        feed(
            SimulationParameters.ofCustomers(7, customers),
            Instant.parse("2026-03-01T00:00:00Z"),
            Instant.parse("2026-03-04T00:00:00Z").toEpochMilli(),
            LabelDelay.parse("12h"),
            Feed.Labels.ALL,
            7);

    killOnceItHasSent(4_000, names, options);
    killOnceItHasSent(24_000, names, options);
    String said = finish(names, options);

    assertThat(said).contains("continuing run ").contains(" already there)");
    Map<FeedStream, Map<Integer, List<String>>> wanted = byPartition(expected, event -> true);
    assertThat(wanted.get(FeedStream.LABELS).values()).allMatch(ids -> ids.size() > 10);
    assertHold(names, wanted);

    String again = finish(names, options);

    assertThat(again).contains("sent 0, acknowledged 0, failed 0");
    assertHold(names, wanted);
  }

  @Test
  void goesOnLiveThoughItIsKilledAgainAndAgain() throws Exception {
    Names names = new Names("live");
    List<String> options =
        List.of(
            "--rate=3000", "--seed=9", "--merchants=" + MERCHANTS, "--label-delay=exponential:1s");

    killOnceItHasSent(6_000, names, options);
    // Another run writes to the same topics meanwhile.
    finish(names, with(options, "--seed=10", "--count=2000"));
    killOnceItHasSent(16_000, names, options);
    String said = finish(names, with(options, "--duration=3s"));

    assertThat(said).contains("continuing run ");
    Simulation world =
        Simulation.of(
            SimulationParameters.atRate(9, 3_000).withMerchants(MERCHANTS).withRhythm(Rhythm.EVEN));
    String run = world.runId() + "-";
    long payments = count(names.of(FeedStream.TRANSACTIONS), run);
    long labels = count(names.of(FeedStream.LABELS), run);
    long[] left = {payments, labels};
    Map<FeedStream, Map<Integer, List<String>>> wanted =
        byPartition(
            feed(
                world,
                Instant.ofEpochMilli(startOf(world.runId(), names)),
                Feed.ENDLESS,
                LabelDelay.parse("exponential:1s"),
                Feed.Labels.DUE,
                9),
            event ->
                switch (FeedStream.of(event)) {
                  case TRANSACTIONS -> left[0]-- > 0;
                  case TRUTH -> left[0] >= 0;
                  case LABELS -> left[1]-- > 0;
                });
    assertThat(payments).isGreaterThan(16_000);
    assertThat(labels).isGreaterThan(20);
    assertHold(names, wanted, run);
  }

  @Test
  void writesTheTruthToAFileThatGoesOnToo() throws Exception {
    Names names = new Names("file");
    Path truth = folder.resolve("truth.jsonl");
    List<String> options =
        List.of(
            "--from=2026-03-01",
            "--to=2026-03-03",
            "--seed=5",
            "--customers=15000",
            "--merchants=" + MERCHANTS,
            "--labels=none",
            "--truth=" + truth,
            "--config=" + slowProducer());

    killOnceItHasSent(10_000, names, options);
    finish(names, options);

    List<String> wanted = new ArrayList<>();
    feed(
            SimulationParameters.ofCustomers(5, 15_000),
            Instant.parse("2026-03-01T00:00:00Z"),
            Instant.parse("2026-03-03T00:00:00Z").toEpochMilli(),
            LabelDelay.parse("7d"),
            Feed.Labels.NONE,
            5)
        .forEachRemaining(
            event -> {
              if (FeedStream.of(event) == FeedStream.TRUTH) {
                wanted.add(event.transactionId());
              }
            });
    List<String> found = new ArrayList<>();
    for (String line : Files.readAllLines(truth)) {
      found.add(JSON.readTree(line).get("transaction_id").textValue());
    }
    assertThat(found).isEqualTo(wanted).hasSizeGreaterThan(100);
  }

  @Test
  void refusesToGoOnWhereItCouldNotWithoutAGapOrADuplicate() throws Exception {
    Names names = new Names("refusals");
    List<String> options =
        List.of(
            "--from=2026-03-01",
            "--to=2026-03-02",
            "--seed=3",
            "--customers=2000",
            "--merchants=" + MERCHANTS);
    finish(names, options);

    assertThat(refused(names, with(options, "--from=2026-02-01")))
        .contains("began at 2026-03-01T00:00:00Z")
        .contains("another --seed");
    assertThat(refused(names, with(options, "--label-delay=1d")))
        .contains("began with --label-delay lognormal:7d")
        .contains("cannot go on with lognormal:1d");
    assertThat(refused(names, with(options, "--fresh")))
        .contains("would use its transaction ids again");

    topics.grow(names.of(FeedStream.TRANSACTIONS), PARTITIONS + 1);
    assertThat(refused(names, options))
        .contains("had 4 partitions when the run")
        .contains("has 5 now");
  }

  @Test
  void startsAnewAfterAGapOnRequestAndUsesNoIdTwice() throws Exception {
    Names names = new Names("fresh");
    List<String> world = List.of("--seed=4", "--customers=2000", "--merchants=" + MERCHANTS);
    finish(names, with(world, "--from=2026-03-01", "--to=2026-03-02"));

    String said = finish(names, with(world, "--from=2026-03-10", "--to=2026-03-11", "--fresh"));

    assertThat(said).contains("begins at 2026-03-10T00:00:00Z");
    Map<FeedStream, Map<Integer, List<String>>> wanted = new TreeMap<>();
    for (String day : List.of("2026-03-01", "2026-03-10")) {
      Instant begin = Instant.parse(day + "T00:00:00Z");
      byPartition(
              feed(
                  SimulationParameters.ofCustomers(4, 2_000),
                  begin,
                  begin.plus(Duration.ofDays(1)).toEpochMilli(),
                  LabelDelay.parse("7d"),
                  Feed.Labels.DUE,
                  4),
              event -> true)
          .forEach(
              (stream, partitions) ->
                  partitions.forEach(
                      (partition, ids) ->
                          wanted
                              .computeIfAbsent(stream, each -> new TreeMap<>())
                              .computeIfAbsent(partition, each -> new ArrayList<>())
                              .addAll(ids)));
    }
    assertHold(names, wanted);
  }

  @Test
  void startsALiveRunAnewThatWasDownForLongerThanItMayCatchUp() throws Exception {
    Names names = new Names("catch-up");
    List<String> options =
        List.of("--rate=500", "--seed=6", "--merchants=" + MERCHANTS, "--count=300");
    finish(names, options);

    String goesOn = finish(names, with(options, "--catch-up=1h"));
    Instant pause = Instant.now().plusSeconds(2);
    await().atMost(PATIENCE).until(() -> Instant.now().isAfter(pause));
    String anew = finish(names, with(options, "--catch-up=1s"));

    assertThat(goesOn).contains("continuing run ");
    assertThat(anew).contains(" begins at ");
  }

  /** The topics of one test. */
  private record Names(String prefix) {

    String of(FeedStream stream) {
      return prefix + "-" + stream.word();
    }

    List<String> options() {
      return List.of(
          "--topic=" + of(FeedStream.TRANSACTIONS),
          "--truth-topic=" + of(FeedStream.TRUTH),
          "--labels-topic=" + of(FeedStream.LABELS));
    }
  }

  private Path slowProducer() throws IOException {
    return Files.writeString(
        folder.resolve("slow.properties"),
        "batch.size=4000\nlinger.ms=0\ncompression.type=none\nbuffer.memory=400000\n");
  }

  private static Feed feed(
      SimulationParameters parameters,
      Instant start,
      long endMs,
      LabelDelay delay,
      Feed.Labels labels,
      long seed) {
    return feed(
        Simulation.of(parameters.withMerchants(MERCHANTS)), start, endMs, delay, labels, seed);
  }

  private static Feed feed(
      Simulation world,
      Instant start,
      long endMs,
      LabelDelay delay,
      Feed.Labels labels,
      long seed) {
    return new Feed(world.from(start), delay, seed, labels, endMs, leftOut -> {});
  }

  /** The ids of a feed, in order, by stream and partition; up to the first that is not wanted. */
  private static Map<FeedStream, Map<Integer, List<String>>> byPartition(
      Iterator<FeedEvent> feed, Predicate<FeedEvent> wanted) {
    PartitionedTopic partitions = new PartitionedTopic("any", PARTITIONS);
    Map<FeedStream, Map<Integer, List<String>>> ids = new TreeMap<>();
    int refusedInARow = 0;
    while (refusedInARow < 100_000 && feed.hasNext()) {
      FeedEvent event = feed.next();
      if (!wanted.test(event)) {
        refusedInARow++;
        continue;
      }
      refusedInARow = 0;
      ids.computeIfAbsent(FeedStream.of(event), stream -> new TreeMap<>())
          .computeIfAbsent(
              partitions.partitionOf(RecordKey.of(event)), partition -> new ArrayList<>())
          .add(event.transactionId());
    }
    return ids;
  }

  private void assertHold(Names names, Map<FeedStream, Map<Integer, List<String>>> wanted)
      throws IOException {
    assertHold(names, wanted, "");
  }

  private void assertHold(
      Names names, Map<FeedStream, Map<Integer, List<String>>> wanted, String idPrefix)
      throws IOException {
    for (Map.Entry<FeedStream, Map<Integer, List<String>>> stream : wanted.entrySet()) {
      Map<Integer, List<String>> found = new TreeMap<>();
      for (ConsumerRecord<byte[], byte[]> each : topics.read(names.of(stream.getKey()))) {
        String id = id(each);
        if (id.startsWith(idPrefix)) {
          found.computeIfAbsent(each.partition(), partition -> new ArrayList<>()).add(id);
        }
      }
      for (Map.Entry<Integer, List<String>> partition : stream.getValue().entrySet()) {
        assertSame(
            stream.getKey() + " of partition " + partition.getKey(),
            found.getOrDefault(partition.getKey(), List.of()),
            partition.getValue());
      }
      assertThat(found.keySet()).isEqualTo(stream.getValue().keySet());
    }
  }

  /** As isEqualTo, but telling where two long lists differ instead of printing both. */
  private static void assertSame(String what, List<String> found, List<String> wanted) {
    for (int i = 0; i < Math.min(found.size(), wanted.size()); i++) {
      if (!found.get(i).equals(wanted.get(i))) {
        assertThat(found.get(i)).as("number " + i + " of the " + what).isEqualTo(wanted.get(i));
      }
    }
    assertThat(found.size()).as("how many " + what).isEqualTo(wanted.size());
  }

  private static String id(ConsumerRecord<byte[], byte[]> each) throws IOException {
    return JSON.readTree(each.value()).get("transaction_id").textValue();
  }

  private long count(String topic, String idPrefix) throws IOException {
    long count = 0;
    for (ConsumerRecord<byte[], byte[]> each : topics.read(topic)) {
      count += id(each).startsWith(idPrefix) ? 1 : 0;
    }
    return count;
  }

  private long startOf(String runId, Names names) throws IOException {
    String key = runId + " " + names.of(FeedStream.TRANSACTIONS);
    JsonNode entry = null;
    for (ConsumerRecord<byte[], byte[]> each : topics.read("generator_runs")) {
      if (key.equals(new String(each.key(), UTF_8))) {
        entry = JSON.readTree(each.value());
      }
    }
    assertThat(entry).as("the entry of " + key).isNotNull();
    return entry.get("start").longValue();
  }

  private void killOnceItHasSent(long records, Names names, List<String> options) throws Exception {
    Process process = generator(names, options, folder.resolve("killed.txt"));
    try {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(
              () ->
                  !process.isAlive()
                      || topics.recordsIn(names.of(FeedStream.TRANSACTIONS)) > records);
      assertThat(process.isAlive())
          .as("it is in the middle of its work: " + Files.readString(folder.resolve("killed.txt")))
          .isTrue();
    } finally {
      // As kill -9 does.
      process.destroyForcibly();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("it is dead").isTrue();
    }
  }

  private String finish(Names names, List<String> options) {
    return end(names, options, 0);
  }

  private String refused(Names names, List<String> options) {
    return end(names, options, 1);
  }

  /** Runs the generator to its end in this process, which is as good as any unless it is killed. */
  private String end(Names names, List<String> options, int exitCode) {
    StringWriter said = new StringWriter();
    int code =
        GeneratorCommand.commandLine()
            .setErr(new PrintWriter(said))
            .execute(arguments(names, options).toArray(String[]::new));
    assertThat(code).as(said.toString()).isEqualTo(exitCode);
    return said.toString();
  }

  private Process generator(Names names, List<String> options, Path errors) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path")));
    command.add(GeneratorCommand.class.getName());
    command.addAll(arguments(names, options));
    return new ProcessBuilder(command).redirectError(errors.toFile()).start();
  }

  private List<String> arguments(Names names, List<String> options) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--bootstrap-servers=" + broker.bootstrapServers());
    arguments.addAll(names.options());
    arguments.addAll(options);
    return arguments;
  }

  /** Options with some of them replaced. */
  private static List<String> with(List<String> options, String... others) {
    Map<String, String> byName = new TreeMap<>();
    for (String option : options) {
      byName.put(option.split("=", 2)[0], option);
    }
    for (String option : others) {
      byName.put(option.split("=", 2)[0], option);
    }
    return List.copyOf(byName.values());
  }
}
