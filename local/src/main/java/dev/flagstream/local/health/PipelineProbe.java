package dev.flagstream.local.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.flagstream.client.ConnectClient;
import dev.flagstream.client.ConnectorState;
import dev.flagstream.client.ServerException;
import dev.flagstream.client.SqlClient;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.flow.GroupLag;
import dev.flagstream.local.ledger.DeadLetters;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.PipelineAddresses;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Asks the parts of a pipeline, by what any client may ask: Kafka's admin client, the REST APIs of
 * the SQL server and of Connect, MongoDB. Each question is one of its own, so that a part that is
 * away keeps nobody from asking the others. For one thread.
 */
public final class PipelineProbe implements AutoCloseable {

  /** So many records come between two commits: nobody is behind who has no more of them left. */
  public static final long AT_WORK = 5_000;

  /** A part on a busy machine answers within it, and where there is none nobody waits for long. */
  private static final int PATIENCE_MS = 5_000;

  private final String bootstrapServers;
  private final Admin admin;
  private final Readers readers;
  private final SqlClient sql;
  private final ConnectClient connect;
  private final MongoClient mongo;

  /**
   * Makes the clients; none of them asks anything yet.
   *
   * @param serviceId the SQL server's {@code ksql.service.id}
   */
  public PipelineProbe(PipelineAddresses addresses, String serviceId) {
    bootstrapServers = addresses.bootstrapServers();
    Map<String, Object> kafka = PipelineAddresses.clientProperties(addresses.kafka());
    kafka.put("request.timeout.ms", PATIENCE_MS);
    kafka.put("default.api.timeout.ms", PATIENCE_MS);
    admin = Admin.create(kafka);
    readers = new Readers(addresses, serviceId, GroupLag.cheap(addresses.kafka()));
    sql = new SqlClient(addresses.sqlUrl(), addresses.sqlLogin());
    connect = new ConnectClient(addresses.connectUrl());
    mongo = MongoClients.create(addresses.mongoUri(PATIENCE_MS));
  }

  /**
   * The names of all topics, internal ones left out.
   *
   * @throws StackException if no broker answers
   */
  public Set<String> topics() {
    return await(
        () -> admin.listTopics(new ListTopicsOptions().timeoutMs(PATIENCE_MS)).names().get());
  }

  /**
   * The persistent queries and their states, such as RUNNING, PAUSED or ERROR, by id.
   *
   * @throws ServerException if the server does not answer
   */
  public SortedMap<String, String> queryStates() {
    return sql.queryStates();
  }

  /** Why a query failed, as the server explains it; empty if it does not. */
  public Optional<String> queryFailure(String query) {
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

  /**
   * About how many records the queries have left to read, by query; those with none are left out.
   *
   * @throws StackException if Kafka does not tell
   */
  public Map<String, Long> queryBacklog() {
    return readers.queryBacklog();
  }

  /**
   * How each connector is, by its name.
   *
   * @throws IOException if the worker does not answer
   */
  public SortedMap<String, ConnectorState> connectors() throws IOException {
    return connect.states();
  }

  /**
   * How many records sinks have left to store, by sink; those with none are left out.
   *
   * @throws StackException if Kafka does not tell
   */
  public Map<String, Long> sinkBacklog(Map<String, ConnectorState> sinks) {
    return readers.backlogOf(
        sinks.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, sink -> sink.getValue().topics())));
  }

  /**
   * How many records each dead-letter topic holds, by topic.
   *
   * @throws StackException if Kafka does not tell
   */
  public SortedMap<String, Long> deadLetters(Set<String> topics) {
    List<String> letters = topics.stream().filter(DeadLetters::isTopic).toList();
    Map<TopicPartition, OffsetSpec> begins = new HashMap<>();
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    TreeMap<String, Long> counts = new TreeMap<>();
    await(() -> admin.describeTopics(letters).allTopicNames().get())
        .forEach(
            (topic, description) -> {
              counts.put(topic, 0L);
              description
                  .partitions()
                  .forEach(
                      partition -> {
                        TopicPartition place = new TopicPartition(topic, partition.partition());
                        begins.put(place, OffsetSpec.earliest());
                        ends.put(place, OffsetSpec.latest());
                      });
            });
    // Sinks write them without transactions: every offset is a record.
    await(() -> admin.listOffsets(ends).all().get())
        .forEach((place, end) -> counts.merge(place.topic(), end.offset(), Long::sum));
    await(() -> admin.listOffsets(begins).all().get())
        .forEach((place, begin) -> counts.merge(place.topic(), -begin.offset(), Long::sum));
    return counts;
  }

  /**
   * About how many documents the collections of decisions and of flagged transactions hold.
   *
   * @throws com.mongodb.MongoException if MongoDB does not answer
   */
  public SortedMap<String, Long> documents() {
    MongoDatabase database = mongo.getDatabase(Environment.DATABASE);
    TreeMap<String, Long> counts = new TreeMap<>();
    for (String collection :
        List.of(Environment.SCORED_COLLECTION, Environment.FLAGGED_COLLECTION)) {
      counts.put(collection, database.getCollection(collection).estimatedDocumentCount());
    }
    return counts;
  }

  /** A question to the cluster. */
  private interface Question<T> {
    T ask() throws ExecutionException, InterruptedException;
  }

  private <T> T await(Question<T> question) {
    try {
      return question.ask();
    } catch (ExecutionException e) {
      String why =
          e.getCause() instanceof TimeoutException
              ? "No Kafka broker answers at %s. Start it with 'make demo' or 'make up'"
                  .formatted(bootstrapServers)
              : e.getCause() instanceof AuthenticationException
                  ? "Kafka at %s refuses the login: %s; see --kafka-config"
                      .formatted(bootstrapServers, e.getCause().getMessage())
                  : e.getCause().getMessage();
      throw new StackException(why, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while it asked the broker", e);
    }
  }

  @Override
  public void close() {
    admin.close();
    readers.close();
    mongo.close();
  }
}
