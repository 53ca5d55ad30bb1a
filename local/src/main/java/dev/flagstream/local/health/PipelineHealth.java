package dev.flagstream.local.health;

import static dev.flagstream.report.PlainText.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.MongoTimeoutException;
import dev.flagstream.client.ConnectorState;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.flow.TopicReader;
import dev.flagstream.local.health.PartHealth.Trouble;
import dev.flagstream.local.settings.ComponentProperties;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.PipelineAddresses;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Asks each part of a pipeline how it is, and says what to do where one is unwell. For one thread.
 */
public final class PipelineHealth {

  private static final String START = "start it with 'make demo', 'make stack' or 'make up'";

  /** Between two looks at what is left to do. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);

  private static final long MS_PER_SECOND = 1_000;
  private static final long SECONDS_PER_MINUTE = 60;

  private final StackSettings settings;

  /** Checks the pipeline at the addresses of {@code settings}. */
  public PipelineHealth(StackSettings settings) {
    this.settings = settings;
  }

  /**
   * How each part is, in the order in which a transaction meets them; counts what was set aside by
   * reading it. Takes some seconds, as what is left to do is looked at twice.
   */
  public List<PartHealth> ask() {
    return ask(question -> {});
  }

  /**
   * The same, telling what it is about; a question to a busy machine may take a minute.
   *
   * @param asking is given each question before it is asked
   */
  public List<PartHealth> ask(Consumer<String> asking) {
    try (PipelineProbe probe =
        new PipelineProbe(
            PipelineAddresses.of(settings), ComponentProperties.sqlServiceId(settings))) {
      return ask(probe, asking);
    }
  }

  private List<PartHealth> ask(PipelineProbe probe, Consumer<String> asking) {
    List<PartHealth> parts = new ArrayList<>();
    asking.accept("Kafka for its topics");
    Set<String> topics = topics(probe, parts);
    boolean kafkaIsWell = !topics.isEmpty();
    long firstLookNanos = System.nanoTime();
    asking.accept("Kafka for what is left to do");
    Backlogs before = kafkaIsWell ? Backlogs.of(probe) : Backlogs.UNKNOWN;
    asking.accept("MongoDB");
    PartHealth mongo = answer("MongoDB", settings.mongoAddress(), () -> mongo(probe));
    List<PartHealth> last = new ArrayList<>();
    if (kafkaIsWell) {
      asking.accept("Kafka for the newest decision");
      last.add(answer("Decisions", "", () -> decisions(topics)));
      asking.accept("Kafka for what was set aside");
      last.add(answer("Set aside", "", () -> setAside(probe, topics)));
    }
    Backlogs after = before;
    if (before.isKnown()) {
      asking.accept("Kafka for what is left to do now");
      await(firstLookNanos + BETWEEN_LOOKS.toNanos());
      after = Backlogs.of(probe);
    }
    BacklogGrowth queries = new BacklogGrowth(before.ofQueries(), after.ofQueries());
    BacklogGrowth sinks = new BacklogGrowth(before.ofSinks(), after.ofSinks());
    boolean isKnown = after.isKnown();
    asking.accept("the SQL server");
    parts.add(answer("SQL server", settings.sqlUrl(), () -> sql(probe, isKnown, queries)));
    asking.accept("Connect");
    parts.add(answer("Connect", settings.connectUrl(), () -> connect(probe, isKnown, sinks)));
    parts.add(mongo);
    parts.addAll(last);
    return parts;
  }

  /** What queries and sinks have left, where Kafka tells. */
  private record Backlogs(boolean isKnown, Map<String, Long> ofQueries, Map<String, Long> ofSinks) {

    static final Backlogs UNKNOWN = new Backlogs(false, Map.of(), Map.of());

    static Backlogs of(PipelineProbe probe) {
      try {
        return new Backlogs(true, probe.queryBacklog(), probe.sinkBacklog(sinks(probe)));
      } catch (StackException e) {
        return UNKNOWN;
      }
    }

    private static Map<String, ConnectorState> sinks(PipelineProbe probe) {
      try {
        return probe.connectors();
      } catch (IOException | RuntimeException e) {
        return Map.of(); // Connect is asked once more, and told of then
      }
    }
  }

  private static void await(long nanos) {
    try {
      long left = nanos - System.nanoTime();
      if (left > 0) {
        Thread.sleep(Duration.ofNanos(left).toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted between two looks", e);
    }
  }

  private PartHealth answer(String part, String address, Callable<PartHealth> question) {
    try {
      return question.call();
    } catch (Exception e) { // whatever keeps a part from answering is the answer
      return PartHealth.away(
          part,
          address,
          e,
          Files.exists(settings.logFile())
              ? START + "; if it runs, its log says more: " + settings.logFile()
              : START);
    }
  }

  /** The topics that Kafka has; none if it does not answer. */
  private Set<String> topics(PipelineProbe probe, List<PartHealth> parts) {
    List<Set<String>> found = new ArrayList<>();
    parts.add(
        answer(
            "Kafka",
            settings.bootstrapServers(),
            () -> {
              found.add(probe.topics());
              return kafka(found.get(0));
            }));
    return found.isEmpty() ? Set.of() : found.get(0);
  }

  private PartHealth kafka(Set<String> topics) {
    List<Trouble> troubles = new ArrayList<>();
    if (!topics.contains(Environment.ALERTS_TOPIC)) {
      troubles.add(
          new Trouble(
              "there is no topic " + Environment.ALERTS_TOPIC + ": not all SQL scripts are applied",
              "wait until 'make demo', 'make stack' or 'make up' says that they are"));
    }
    return new PartHealth(
        "Kafka", settings.bootstrapServers(), List.of(text("%,d topics", topics.size())), troubles);
  }

  private PartHealth sql(PipelineProbe probe, boolean isKnown, BacklogGrowth growth) {
    SortedMap<String, String> states = probe.queryStates();
    List<Trouble> troubles = new ArrayList<>(failed(probe, states));
    states.forEach(
        (query, state) -> {
          if ("PAUSED".equals(state)) {
            troubles.add(
                new Trouble(
                    "query " + query + " is paused", "make ksql SQL='RESUME " + query + ";'"));
          }
        });
    growth
        .fallingBehind()
        .forEach(
            (query, more) -> {
              if ("RUNNING".equals(states.get(query))) {
                troubles.add(
                    behind(
                        "query " + query,
                        "read",
                        growth.after().get(query),
                        more,
                        "in the first minute after a start this passes by itself; else let less"
                            + " come in (a lower RATE), or give it more CPU or, of containers, more"
                            + " servers: make up KSQLDB_SERVERS=2"));
              }
            });
    long running = states.values().stream().filter("RUNNING"::equals).count();
    List<String> facts = new ArrayList<>();
    facts.add(text("%,d of %,d queries running", running, states.size()));
    if (isKnown) {
      facts.add(backlog(growth.after(), "read"));
    }
    return new PartHealth("SQL server", settings.sqlUrl(), facts, troubles);
  }

  /** Queries that fail for one reason are one trouble. */
  private static List<Trouble> failed(PipelineProbe probe, SortedMap<String, String> states) {
    TreeMap<String, List<String>> queriesByReason = new TreeMap<>();
    states.forEach(
        (query, state) -> {
          if ("ERROR".equals(state)) {
            String reason = probe.queryFailure(query).map(": "::concat).orElse("");
            queriesByReason.computeIfAbsent(reason, each -> new ArrayList<>()).add(query);
          }
        });
    List<Trouble> troubles = new ArrayList<>();
    queriesByReason.forEach(
        (reason, queries) ->
            troubles.add(
                new Trouble(
                    (queries.size() == 1 ? "query %s is in ERROR" : "queries %s are in ERROR")
                            .formatted(String.join(", ", queries))
                        + reason,
                    "mend what it says, then restart the SQL server: the query goes on where it"
                        + " stopped")));
    return troubles;
  }

  private static Trouble behind(String reader, String toDo, long left, long more, String advice) {
    return new Trouble(
        more == 0
            ? text("%s stands still with %,d records left to %s", reader, left, toDo)
            : text(
                "%s falls behind: %,d records left to %s, %,d more than %d s ago",
                reader, left, toDo, more, BETWEEN_LOOKS.toSeconds()),
        advice);
  }

  private PartHealth connect(PipelineProbe probe, boolean isKnown, BacklogGrowth growth)
      throws IOException {
    SortedMap<String, ConnectorState> connectors = probe.connectors();
    List<Trouble> troubles = new ArrayList<>();
    connectors.forEach(
        (sink, state) -> state.failure().ifPresent(failure -> troubles.add(failed(sink, failure))));
    if (connectors.isEmpty()) {
      troubles.add(
          new Trouble(
              "no sink is registered", "wait until 'make demo' or 'make up' says they are"));
    }
    growth
        .fallingBehind()
        .forEach(
            (sink, more) -> {
              if (connectors.containsKey(sink) && connectors.get(sink).failure().isEmpty()) {
                troubles.add(
                    behind(
                        "sink " + sink,
                        "store",
                        growth.after().get(sink),
                        more,
                        "in the first minute after a start this passes by itself; else let less"
                            + " come in (a lower RATE), see whether what it writes to is slow, or"
                            + " raise its tasks.max in connect/"));
              }
            });
    List<String> tasks =
        connectors.values().stream().flatMap(state -> state.tasks().stream()).toList();
    List<String> facts = new ArrayList<>();
    facts.add(
        text(
            "%,d sinks, %,d of %,d tasks running",
            connectors.size(), tasks.stream().filter("RUNNING"::equals).count(), tasks.size()));
    if (isKnown) {
      facts.add(backlog(growth.after(), "store"));
    }
    return new PartHealth("Connect", settings.connectUrl(), facts, troubles);
  }

  private static Trouble failed(String sink, String failure) {
    return new Trouble(
        "sink " + sink + " has failed: " + failure,
        "mend what it says; it is started again by itself every few seconds, and goes on where it"
            + " stopped");
  }

  /** How much is left to do, and who has most of it. */
  private static String backlog(Map<String, Long> left, String toDo) {
    long all = left.values().stream().mapToLong(Long::longValue).sum();
    return left.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(
            most ->
                text(
                    "%,d records left to %s, most for %s: %,d",
                    all, toDo, most.getKey(), most.getValue()))
        .orElse("nothing left to " + toDo);
  }

  private PartHealth mongo(PipelineProbe probe) {
    try {
      SortedMap<String, Long> documents = probe.documents();
      return PartHealth.well(
          "MongoDB",
          settings.mongoAddress(),
          text(
              "%,d decisions, %,d of them flagged",
              documents.get(Environment.SCORED_COLLECTION),
              documents.get(Environment.FLAGGED_COLLECTION)));
    } catch (MongoTimeoutException e) {
      throw new StackException("nothing answers there", e);
    }
  }

  /** What makes the decisions now, and how long ago it made the newest. */
  private PartHealth decisions(Set<String> topics) throws IOException {
    Optional<ConsumerRecord<byte[], byte[]>> newest =
        topics.contains(Environment.SCORED_TOPIC)
            ? new TopicReader(settings.kafka()).newest(Environment.SCORED_TOPIC)
            : Optional.empty();
    if (newest.isEmpty()) {
      return PartHealth.well("Decisions", "", "none yet");
    }
    JsonNode fields = new ObjectMapper().readTree(newest.get().value());
    return new PartHealth(
        "Decisions",
        "",
        List.of(
            "by "
                + String.join(
                    ", ",
                    fields.path("MODEL").asText("no model"),
                    fields.path("ANOMALY_MODEL").asText("no anomaly model"),
                    fields.path("RULE_SET").asText("no rules")),
            "the newest is of a transaction " + age(newest.get().timestamp()) + " ago"),
        List.of());
  }

  private static String age(long timestampMs) {
    long seconds = Math.max(0, (System.currentTimeMillis() - timestampMs) / MS_PER_SECOND);
    return seconds < 2 * SECONDS_PER_MINUTE
        ? text("%,d s", seconds)
        : text("%,d min", seconds / SECONDS_PER_MINUTE);
  }

  /** What is in none of the places where it should be; rejected records are well where they are. */
  private PartHealth setAside(PipelineProbe probe, Set<String> topics) {
    TopicReader reader = new TopicReader(settings.kafka());
    SortedMap<String, Long> deadLetters = probe.deadLetters(topics);
    List<Trouble> troubles = new ArrayList<>();
    long unstored = deadLetters.values().stream().mapToLong(Long::longValue).sum();
    if (unstored > 0) {
      troubles.add(
          new Trouble(
              text(
                  "%,d records are dead letters, which no sink could store or send: %s",
                  unstored,
                  String.join(
                      ", ",
                      deadLetters.entrySet().stream()
                          .filter(topic -> topic.getValue() > 0)
                          .map(topic -> text("%s %,d", topic.getKey(), topic.getValue()))
                          .toList())),
              "make ledger names them, with the sink's reason"));
    }
    return new PartHealth(
        "Set aside",
        "",
        List.of(
            text(
                "%,d rejected, %,d that SQL could not process, %,d dead letters",
                count(reader, topics, Environment.REJECTED_TOPIC),
                count(reader, topics, Environment.UNPROCESSED_TOPIC),
                unstored)),
        troubles);
  }

  private static long count(TopicReader reader, Set<String> topics, String topic) {
    return topics.contains(topic) ? reader.count(topic) : 0;
  }
}
