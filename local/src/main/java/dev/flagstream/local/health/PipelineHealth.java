package dev.flagstream.local.health;

import static dev.flagstream.report.PlainText.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.flagstream.client.ConnectClient;
import dev.flagstream.client.ServerException;
import dev.flagstream.client.SqlClient;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.flow.TopicReader;
import dev.flagstream.local.health.PartHealth.Trouble;
import dev.flagstream.local.ledger.DeadLetters;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.StackSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;

/** Asks each part of a pipeline how it is. For one thread. */
public final class PipelineHealth {

  private static final int PATIENCE_MS = 5_000;
  private static final String START = "start it with 'make demo', 'make stack' or 'make up'";

  private final StackSettings settings;
  private final String logFile;

  /** Checks the pipeline at the addresses of {@code settings}. */
  public PipelineHealth(StackSettings settings) {
    this.settings = settings;
    this.logFile = settings.logFile().toString();
  }

  /**
   * How each part is, in the order in which a transaction meets them; counts what was set aside by
   * reading it.
   */
  public List<PartHealth> ask() {
    PartHealth kafka = answer("Kafka", settings.bootstrapServers(), this::kafka);
    List<PartHealth> parts = new ArrayList<>();
    parts.add(kafka);
    boolean kafkaIsWell = kafka.troubles().isEmpty();
    try (Readers readers = kafkaIsWell ? new Readers(settings) : null) {
      parts.add(answer("SQL server", settings.sqlUrl(), () -> sql(readers)));
      parts.add(answer("Connect", settings.connectUrl(), () -> connect(readers)));
    }
    parts.add(answer("MongoDB", settings.mongoUri(), this::mongo));
    if (kafkaIsWell) {
      parts.add(answer("Set aside", "", this::setAside));
    }
    return parts;
  }

  private PartHealth answer(String part, String address, Callable<PartHealth> question) {
    try {
      return question.call();
    } catch (Exception e) { // whatever keeps a part from answering is the answer
      return PartHealth.away(
          part, address, e, START + "; if it runs, its log says more: " + logFile);
    }
  }

  private PartHealth kafka() {
    Set<String> topics = RunningBroker.topics(settings);
    List<Trouble> troubles = new ArrayList<>();
    if (!topics.contains(Environment.ALERTS_TOPIC)) {
      troubles.add(
          new Trouble(
              "there is no topic " + Environment.ALERTS_TOPIC + ": not all SQL scripts are applied",
              "wait until 'make demo', 'make stack' or 'make up' says that they are"));
    }
    return new PartHealth(
        "Kafka", settings.bootstrapServers(), text("%,d topics", topics.size()), troubles);
  }

  private PartHealth sql(Readers readers) {
    SqlClient sql = new SqlClient(settings.sqlUrl());
    SortedMap<String, String> states = sql.queryStates();
    List<Trouble> troubles = new ArrayList<>();
    states.forEach(
        (query, state) -> {
          if ("ERROR".equals(state)) {
            troubles.add(
                new Trouble(
                    "query "
                        + query
                        + " is in ERROR"
                        + reason(sql, query).map(": "::concat).orElse(""),
                    "mend what it says, then restart the SQL server: the query goes on where it"
                        + " stopped"));
          } else if ("PAUSED".equals(state)) {
            troubles.add(
                new Trouble(
                    "query " + query + " is paused", "make ksql SQL='RESUME " + query + ";'"));
          }
        });
    long running = states.values().stream().filter("RUNNING"::equals).count();
    return new PartHealth(
        "SQL server",
        settings.sqlUrl(),
        text("%,d of %,d queries running", running, states.size())
            + (readers == null ? "" : "; " + backlog(readers.queryBacklog(), "read")),
        troubles);
  }

  /** Why a query failed, as the server explains it. */
  private static Optional<String> reason(SqlClient sql, String query) {
    try {
      JsonNode errors =
          sql.execute("EXPLAIN " + query + ";")
              .path(0)
              .path("queryDescription")
              .path("queryErrors");
      return Optional.ofNullable(errors.path(errors.size() - 1).path("errorMessage").textValue());
    } catch (ServerException e) {
      return Optional.empty();
    }
  }

  private PartHealth connect(Readers readers) throws Exception {
    ConnectClient client = new ConnectClient(settings.connectUrl());
    List<Trouble> troubles = new ArrayList<>();
    SortedMap<String, String> failures = client.failures();
    failures.forEach(
        (sink, failure) ->
            troubles.add(
                new Trouble(
                    "sink " + sink + " has failed: " + failure,
                    "it is started again by itself every few seconds; at once: curl -X POST '"
                        + settings.connectUrl()
                        + "/connectors/"
                        + sink
                        + "/restart?includeTasks=true&onlyFailed=true'")));
    Set<String> connectors = client.connectors();
    if (connectors.isEmpty()) {
      troubles.add(
          new Trouble(
              "no sink is registered", "wait until 'make demo' or 'make up' says they are"));
    }
    return new PartHealth(
        "Connect",
        settings.connectUrl(),
        text("%,d sinks, %,d of them failed", connectors.size(), failures.size())
            + (readers == null ? "" : "; " + backlog(readers.sinkBacklog(), "store")),
        troubles);
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

  private PartHealth mongo() {
    String uri = settings.mongoUri() + "/?serverSelectionTimeoutMS=" + PATIENCE_MS;
    try (MongoClient mongo = MongoClients.create(uri)) {
      MongoDatabase database = mongo.getDatabase(Environment.DATABASE);
      return PartHealth.well(
          "MongoDB",
          settings.mongoUri(),
          text(
              "%,d decisions, %,d flagged transactions",
              database.getCollection(Environment.SCORED_COLLECTION).estimatedDocumentCount(),
              database.getCollection(Environment.FLAGGED_COLLECTION).estimatedDocumentCount()));
    } catch (MongoTimeoutException e) {
      throw new StackException("nothing answers there", e);
    }
  }

  /** What is in none of the places where it should be; rejected records are well where they are. */
  private PartHealth setAside() {
    TopicReader reader = new TopicReader(settings.bootstrapServers());
    long deadLetters = DeadLetters.count(settings.bootstrapServers());
    List<Trouble> troubles = new ArrayList<>();
    if (deadLetters > 0) {
      troubles.add(
          new Trouble(
              text("%,d records could not be stored in MongoDB", deadLetters),
              "make ledger names them, with the sink's reason"));
    }
    return new PartHealth(
        "Set aside",
        "",
        text(
            "%,d rejected, %,d that SQL could not process, %,d dead letters",
            reader.count(Environment.REJECTED_TOPIC),
            reader.count(Environment.UNPROCESSED_TOPIC),
            deadLetters),
        troubles);
  }
}
