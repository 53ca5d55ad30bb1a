package dev.flagstream.engine.conformance.transcripts;

import dev.flagstream.engine.conformance.transcripts.TopicComparison.Mode;
import dev.flagstream.engine.conformance.transcripts.Transcript.Answer;
import dev.flagstream.engine.conformance.transcripts.Transcript.Exchange;
import dev.flagstream.engine.conformance.transcripts.Transcript.InputRecords;
import dev.flagstream.engine.conformance.transcripts.Transcript.NotReplayable;
import dev.flagstream.engine.conformance.transcripts.Transcript.Request;
import dev.flagstream.engine.conformance.transcripts.Transcript.TopicContents;
import dev.flagstream.engine.function.loader.FunctionLoader;
import dev.flagstream.engine.server.SqlServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Plays recorded files, in order, to a server of this engine that is new, and compares what it
 * answers. Not thread-safe.
 */
public final class TranscriptReplay implements AutoCloseable {

  /** How long rows may take from a topic to where they are looked at. */
  private static final long SETTLING_MS = 30_000;

  private static final long ANSWER_SETTLING_MS = 4_000;
  private static final long RETRY_MS = 250;
  private static final String PROCESSING_LOG = "_ksql_processing_log";
  private static final String RESTART = "after-restart";
  private static final Pattern READS_ONLY =
      Pattern.compile(
          "^\\{\"k?sql\":\\s*\"(SHOW|LIST|DESCRIBE|EXPLAIN|SELECT(?!.*EMIT CHANGES))\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final Recording recording;
  private final TopicClient topics;
  private final Path extensions;
  private final Map<String, String> settings = new HashMap<>();
  private final Set<String> functionsFromJars = new HashSet<>();
  private SqlServer server;
  private ExchangeClient client;

  private TranscriptReplay(Recording recording, String bootstrapServers, Path work) {
    this.recording = recording;
    this.topics = new TopicClient(bootstrapServers);
    this.extensions = work.resolve("ext");
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("listeners", "http://127.0.0.1:0");
    settings.put("ksql.service.id", recording.serviceId().orElse("default_"));
    settings.put("ksql.extension.dir", extensions.toString());
    settings.put("ksql.streams.state.dir", work.resolve("state").toString());
    settings.put("ksql.streams.num.stream.threads", "1");
    settings.put("ksql.logging.processing.topic.auto.create", "true");
    settings.put("ksql.logging.processing.stream.auto.create", "true");
    settings.put("ksql.logging.processing.rows.include", "true");
  }

  /**
   * Starts a server for a recording.
   *
   * @param bootstrapServers a cluster without topics
   * @param jars jars of functions; if there are none, stand-ins take their place
   * @param work an empty directory; what is written there stays
   */
  public static TranscriptReplay start(
      List<Transcript> transcripts, String bootstrapServers, List<Path> jars, Path work)
      throws IOException {
    TranscriptReplay replay =
        new TranscriptReplay(new Recording(transcripts), bootstrapServers, work);
    Files.createDirectories(replay.extensions);
    for (Path jar : jars) {
      Files.copy(jar, replay.extensions.resolve(jar.getFileName()));
    }
    if (jars.isEmpty()) {
      StandInFunctions.writeTo(replay.extensions);
    }
    replay.functionsFromJars.addAll(replay.recording.functionsFromJars());
    FunctionLoader.load(replay.extensions).descriptions().stream()
        .filter(function -> !function.path().equals("internal"))
        .forEach(function -> replay.functionsFromJars.add(function.name()));
    replay.startServer();
    return replay;
  }

  private void startServer() {
    server = SqlServer.start(settings);
    client = new ExchangeClient(server.uri());
  }

  private void stopServer() {
    if (client != null) {
      client.close();
    }
    if (server != null) {
      server.close();
    }
  }

  /** Plays all files, telling of each as soon as it is done. */
  public TranscriptSummary run(Consumer<Outcome> listener) throws InterruptedException {
    TranscriptSummary summary = new TranscriptSummary();
    for (Transcript transcript : recording.transcripts()) {
      Outcome outcome;
      try {
        outcome = replay(transcript);
      } catch (IOException | ExecutionException | RuntimeException e) {
        outcome = Outcome.different(transcript.name(), List.of("could not be replayed: " + e));
      }
      summary.add(outcome);
      listener.accept(outcome);
    }
    return summary;
  }

  private Outcome replay(Transcript transcript)
      throws IOException, InterruptedException, ExecutionException {
    if (transcript.name().contains(RESTART)) {
      restart();
    }
    if (transcript instanceof Exchange exchange) {
      return replay(exchange);
    } else if (transcript instanceof TopicContents contents) {
      return compare(contents);
    } else if (transcript instanceof InputRecords input) {
      return write(input);
    }
    return Outcome.skipped(transcript.name(), ((NotReplayable) transcript).reason());
  }

  private void restart() {
    stopServer();
    if (recording.expectsHeartbeats()) {
      settings.put("ksql.heartbeat.enable", "true");
      settings.put("ksql.lag.reporting.enable", "true");
    }
    startServer();
  }

  private Outcome write(InputRecords input) throws InterruptedException, ExecutionException {
    Optional<String> topic = recording.topicOf(input);
    if (topic.isEmpty()) {
      return Outcome.skipped(input.name(), "no topic is recorded to hold these records");
    }
    topics.keepOldRecords();
    topics.write(topic.get(), input.records());
    return Outcome.skipped(
        input.name(), "wrote %d records to %s".formatted(input.records().size(), topic.get()));
  }

  private Outcome compare(TopicContents contents) throws InterruptedException, ExecutionException {
    boolean isLog = contents.topic().endsWith(PROCESSING_LOG);
    String topic =
        isLog ? settings.get("ksql.service.id") + "ksql_processing_log" : contents.topic();
    Mode mode = isLog ? Mode.ANY_ORDER : recording.comparisonOf(topic);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SETTLING_MS);
    while (true) {
      List<String> differences =
          TopicComparison.compare(mode, contents.records(), topics.read(topic));
      if (differences.isEmpty() || System.nanoTime() > deadline) {
        return Outcome.of(contents.name(), differences);
      }
      Thread.sleep(RETRY_MS);
    }
  }

  private Outcome replay(Exchange exchange)
      throws IOException, InterruptedException, ExecutionException {
    Request request = exchange.request();
    for (Map.Entry<String, Integer> topic : recording.topicsFor(exchange).entrySet()) {
      topics.create(topic.getKey(), topic.getValue());
    }
    if (exchange.answer().isEmpty()) {
      client.send(request, OptionalInt.empty());
      return Outcome.skipped(exchange.name(), "no answer is recorded");
    }
    Answer expected = exchange.answer().get();
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ANSWER_SETTLING_MS);
    while (true) {
      Answer actual = client.send(request, expected.openForSeconds());
      if (isOfJarNotAtHand(expected, actual)) {
        return Outcome.skipped(exchange.name(), "the jar of the function is not at hand");
      }
      if (request.body().contains("WINDOW")) {
        topics.keepOldRecords();
      }
      List<String> differences =
          new AnswerComparison(functionsFromJars::contains).compare(request, expected, actual);
      if (differences.isEmpty() || !isReadOnly(request) || System.nanoTime() > deadline) {
        return Outcome.of(exchange.name(), differences);
      }
      // What it shows may still be on its way.
      Thread.sleep(RETRY_MS);
    }
  }

  private static boolean isReadOnly(Request request) {
    return request.method().equals("GET") || READS_ONLY.matcher(request.body()).matches();
  }

  private static boolean isOfJarNotAtHand(Answer expected, Answer actual) {
    return expected.body().matches("(?s).*\"@type\":\"describe_function\".*\\.jar\".*")
        && actual.body().contains("Can't find any functions with the name");
  }

  @Override
  public void close() {
    stopServer();
    topics.close();
  }
}
