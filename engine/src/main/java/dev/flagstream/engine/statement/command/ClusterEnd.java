package dev.flagstream.engine.statement.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.planner.PlannedStatement.PersistentQuery;
import dev.flagstream.engine.runtime.QueryRuntime;
import dev.flagstream.engine.statement.state.EngineState;
import dev.flagstream.engine.statement.state.PlannedTopics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Ends a service for good, as {@code /ksql/terminate} asks for: its queries with their state and
 * internal topics, those of their topics that are named, and the command topic. A server that
 * starts again then starts anew. Thread-safe.
 */
public final class ClusterEnd {

  static final CommandId ID = new CommandId("cluster", "TerminateCluster", "terminate");

  private static final String STATEMENT = "TERMINATE CLUSTER;";
  private static final String TOPICS = "deleteTopicList";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EngineState state;
  private final QueryRuntime queries;
  private final PlannedTopics.Store topics;
  private final List<String> ownTopics;
  private volatile boolean asked;

  /**
   * The end of a service that goes on for now.
   *
   * @param ownTopics what the service itself keeps in Kafka; deleted in this order, at the end
   */
  public ClusterEnd(
      EngineState state, QueryRuntime queries, PlannedTopics.Store topics, List<String> ownTopics) {
    this.state = state;
    this.queries = queries;
    this.topics = topics;
    this.ownTopics = List.copyOf(ownTopics);
  }

  /**
   * Checks what names the topics to delete.
   *
   * @param patterns names, or regular expressions that match whole names
   * @throws IllegalArgumentException if one is neither
   */
  public static void check(List<String> patterns) {
    for (String pattern : patterns) {
      try {
        Pattern unused = Pattern.compile(pattern);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException("Invalid pattern: " + pattern, e);
      }
    }
  }

  /** The command that asks for the end. */
  static Command command(List<String> patterns) {
    try {
      return Command.of(
          STATEMENT, Map.of(TOPICS, JSON.writeValueAsString(patterns)), Optional.empty());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Names of topics cannot be written as JSON", e);
    }
  }

  /** Whether a command asks for the end; TERMINATE of a query named CLUSTER has the same text. */
  static boolean isAskedFor(Command command) {
    return command.statement().equals(STATEMENT) && command.streamsProperties().containsKey(TOPICS);
  }

  /** Whether the end was asked for: no statement is carried out any more. */
  public boolean isAsked() {
    return asked;
  }

  /** Takes note that the end was asked for. */
  void ask() {
    asked = true;
  }

  /** Ends all that there is. */
  void carryOut(Command command) {
    ask();
    queries.endPushQueries();
    state.queries().parallelStream().map(PersistentQuery::id).forEach(queries::terminate);
    List<Pattern> patterns = patterns(command);
    state.catalog().sources().stream()
        .filter(Source::createdByQuery)
        .map(Source::topic)
        .filter(topic -> patterns.stream().anyMatch(wanted -> wanted.matcher(topic).matches()))
        .distinct()
        .forEach(topics::delete);
    ownTopics.forEach(topics::delete);
  }

  private static List<Pattern> patterns(Command command) {
    try {
      return JSON
          .readValue(command.streamsProperties().get(TOPICS), new TypeReference<List<String>>() {})
          .stream()
          .map(Pattern::compile)
          .toList();
    } catch (JsonProcessingException | PatternSyntaxException e) {
      throw new IllegalArgumentException("The topics to delete are no list of patterns", e);
    }
  }
}
