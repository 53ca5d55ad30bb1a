package dev.flagstream.local.health;

import static dev.flagstream.report.PlainText.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.client.ConnectClient;
import dev.flagstream.client.ServerException;
import dev.flagstream.client.SqlClient;
import dev.flagstream.local.connect.ConnectorFiles;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.flow.GroupLag;
import dev.flagstream.local.settings.ComponentProperties;
import dev.flagstream.local.settings.PipelineAddresses;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The queries of the SQL server and the sinks: how far they are, and what holds them up. */
public final class Readers implements AutoCloseable {

  private static final String SINK_PREFIX = "connect-";

  private final ConnectClient connect;
  private final SqlClient sql;
  private final GroupLag lag;
  private final String queryPrefix;

  /** The topics of each sink, by its consumer group. */
  private final Map<String, Set<String>> sinks = new TreeMap<>();

  /** The latest failure of each sink; the watchdog may have started it again since. */
  private final SortedMap<String, String> failures = new TreeMap<>();

  /** The readers of a running stack, with the sinks of its connector files. */
  public Readers(StackSettings settings) {
    this(
        PipelineAddresses.of(settings),
        ComponentProperties.sqlServiceId(settings),
        new GroupLag(settings.kafka()));
    ConnectorFiles.read(settings.connectors())
        .forEach((sink, config) -> sinks.put(SINK_PREFIX + sink, topicsOf(config)));
  }

  /**
   * The readers of any pipeline; which sinks it has is to be said.
   *
   * @param serviceId the SQL server's {@code ksql.service.id}
   * @param lag is closed with these
   */
  Readers(PipelineAddresses addresses, String serviceId, GroupLag lag) {
    connect = new ConnectClient(addresses.connectUrl());
    sql = new SqlClient(addresses.sqlUrl(), addresses.sqlLogin());
    this.lag = lag;
    queryPrefix = "_confluent-ksql-" + serviceId + "query_";
  }

  private static Set<String> topicsOf(String config) {
    try {
      return Set.of(new ObjectMapper().readTree(config).path("topics").asText().split("\\s*,\\s*"));
    } catch (JsonProcessingException e) {
      throw new StackException("A connector file is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** How many records the queries have left to read, by query; those with none are left out. */
  public Map<String, Long> queryBacklog() {
    Map<String, Set<String>> groups = new HashMap<>();
    lag.groups(queryPrefix).forEach(group -> groups.put(group, Set.of()));
    return shortened(lag.of(groups), queryPrefix);
  }

  /** How many records the sinks have left to store, by sink; those with none are left out. */
  public Map<String, Long> sinkBacklog() {
    return shortened(lag.of(sinks), SINK_PREFIX);
  }

  /** The same for these sinks: which topics each of them reads. */
  Map<String, Long> backlogOf(Map<String, Set<String>> topicsBySink) {
    Map<String, Set<String>> groups = new HashMap<>();
    topicsBySink.forEach((sink, topics) -> groups.put(SINK_PREFIX + sink, topics));
    return shortened(lag.of(groups), SINK_PREFIX);
  }

  private static Map<String, Long> shortened(Map<String, Long> groups, String prefix) {
    TreeMap<String, Long> shortened = new TreeMap<>();
    groups.forEach((group, left) -> shortened.put(group.substring(prefix.length()), left));
    return shortened;
  }

  /**
   * Tells whether a consumer group is that of a query or sink that there is no more. Of a server
   * that does not answer, all are taken to be there.
   */
  public Predicate<String> gone() {
    Optional<Set<String>> queries = queries();
    Optional<Set<String>> connectors = connectors();
    return group -> isGone(group, queryPrefix, queries) || isGone(group, SINK_PREFIX, connectors);
  }

  private static boolean isGone(String group, String prefix, Optional<Set<String>> known) {
    return group.startsWith(prefix)
        && known.isPresent()
        && !known.get().contains(group.substring(prefix.length()));
  }

  private Optional<Set<String>> queries() {
    try {
      return Optional.of(sql.queryStates().keySet());
    } catch (ServerException e) {
      return Optional.empty();
    }
  }

  private Optional<Set<String>> connectors() {
    try {
      return Optional.of(connect.connectors());
    } catch (IOException | ServerException e) {
      return Optional.empty();
    }
  }

  /** What holds things up, a line each: queries that do not run or are behind, and sinks. */
  public List<String> obstacles() {
    List<String> lines = new ArrayList<>();
    addQueries(lines);
    addSinks(lines);
    return lines;
  }

  private void addQueries(List<String> lines) {
    try {
      Map<String, Long> behind = queryBacklog();
      sql.queryStates()
          .forEach(
              (query, state) -> {
                long left = behind.getOrDefault(query, 0L);
                if (left > 0 || !"RUNNING".equals(state)) {
                  lines.add(
                      text("query %s is %s and has %,d records left to read", query, state, left));
                }
              });
    } catch (ServerException e) {
      lines.add(e.getMessage());
    }
  }

  private void addSinks(List<String> lines) {
    try {
      failures.putAll(connect.failures());
    } catch (IOException | ServerException e) {
      lines.add("Kafka Connect does not answer: " + e.getMessage());
    }
    Map<String, Long> behind = sinkBacklog();
    behind.forEach(
        (sink, left) ->
            lines.add(
                text("sink %s has %,d records left to store", sink, left)
                    + (failures.containsKey(sink) ? "; it failed: " + failures.get(sink) : "")));
    failures.forEach(
        (sink, failure) -> {
          if (!behind.containsKey(sink)) {
            lines.add("sink " + sink + " failed: " + failure);
          }
        });
  }

  @Override
  public void close() {
    lag.close();
  }
}
