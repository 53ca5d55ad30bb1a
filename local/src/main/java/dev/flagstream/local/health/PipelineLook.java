package dev.flagstream.local.health;

import dev.flagstream.client.ConnectorState;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the parts of a pipeline were at a moment. What could not be asked is empty, and its part is
 * not up. Immutable as long as nobody changes its maps.
 *
 * @param atMs when it was over, in epoch milliseconds
 * @param parts whether each part answered: kafka, sql, connect, mongodb
 * @param queryStates of the persistent queries, by id
 * @param queryBacklog records that each of these has left to read, zero included
 * @param connectors the registered ones, by name
 * @param sinkBacklog records that each of these has left to store, zero included
 * @param deadLetters records of each dead-letter topic
 * @param documents about how many each collection holds
 */
public record PipelineLook(
    long atMs,
    Map<String, Boolean> parts,
    Map<String, String> queryStates,
    Map<String, Long> queryBacklog,
    Map<String, ConnectorState> connectors,
    Map<String, Long> sinkBacklog,
    Map<String, Long> deadLetters,
    Map<String, Long> documents) {

  private static final Logger LOG = LoggerFactory.getLogger(PipelineLook.class);

  /** Before the first one. */
  public static final PipelineLook NONE =
      new PipelineLook(0, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

  /** Asks each part once; takes seconds if one does not answer, and throws nothing for that. */
  public static PipelineLook at(PipelineProbe probe) {
    TreeMap<String, Boolean> parts = new TreeMap<>();
    Set<String> topics = ask("kafka", parts, probe::topics, Set.of());
    SortedMap<String, String> queries = ask("sql", parts, probe::queryStates, new TreeMap<>());
    SortedMap<String, ConnectorState> connectors =
        ask("connect", parts, probe::connectors, new TreeMap<>());
    SortedMap<String, Long> documents = ask("mongodb", parts, probe::documents, new TreeMap<>());
    TreeMap<String, Long> queryBacklog = new TreeMap<>();
    TreeMap<String, Long> sinkBacklog = new TreeMap<>();
    SortedMap<String, Long> deadLetters = new TreeMap<>();
    if (parts.get("kafka")) {
      Map<String, Long> behind = ask("kafka", parts, probe::queryBacklog, Map.of());
      queries.keySet().forEach(query -> queryBacklog.put(query, behind.getOrDefault(query, 0L)));
      Map<String, Long> unstored =
          ask("kafka", parts, () -> probe.sinkBacklog(connectors), Map.of());
      connectors.keySet().forEach(sink -> sinkBacklog.put(sink, unstored.getOrDefault(sink, 0L)));
      deadLetters = ask("kafka", parts, () -> probe.deadLetters(topics), new TreeMap<>());
    }
    return new PipelineLook(
        System.currentTimeMillis(),
        parts,
        queries,
        queryBacklog,
        connectors,
        sinkBacklog,
        deadLetters,
        documents);
  }

  private static <T> T ask(
      String part, Map<String, Boolean> parts, Callable<T> question, T otherwise) {
    try {
      T answer = question.call();
      parts.putIfAbsent(part, true);
      return answer;
    } catch (Exception e) { // whatever keeps a part from answering, it is not up
      LOG.debug("{} does not answer", part, e);
      parts.put(part, false);
      return otherwise;
    }
  }
}
