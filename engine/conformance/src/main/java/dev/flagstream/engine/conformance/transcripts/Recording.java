package dev.flagstream.engine.conformance.transcripts;

import dev.flagstream.engine.conformance.transcripts.Transcript.Exchange;
import dev.flagstream.engine.conformance.transcripts.Transcript.InputRecords;
import dev.flagstream.engine.conformance.transcripts.Transcript.TopicContents;
import dev.flagstream.engine.conformance.transcripts.Transcript.TopicRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the files together say of the server, the topics and the functions they were recorded with.
 */
record Recording(List<Transcript> transcripts) {

  private static final Pattern SERVICE_ID = Pattern.compile("\"ksqlServiceId\":\"([^\"]*)\"");
  private static final Pattern TOPIC_LISTED =
      Pattern.compile("\"name\":\"([^\"]+)\",\"replicaInfo\":\\[([\\d,]+)]");
  private static final Pattern TABLE_CREATED =
      Pattern.compile("CREATE (?:OR REPLACE )?TABLE [^;]*?KAFKA_TOPIC='([^']+)'[^;]*");
  private static final Pattern SOURCE_DECLARED =
      Pattern.compile(
          "CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:SOURCE\\s+)?(?:STREAM|TABLE)\\s[^;]*?WITH\\s*\\(([^;]*)\\)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern KAFKA_TOPIC =
      Pattern.compile("KAFKA_TOPIC\\s*=\\s*'([^']+)'", Pattern.CASE_INSENSITIVE);
  private static final Pattern MAKES_TOPIC =
      Pattern.compile("\\bPARTITIONS\\s*=|\\bAS\\s+SELECT\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern JAR_FUNCTION =
      Pattern.compile(
          "\"@type\":\"describe_function\".*?\"name\":\"([^\"]+)\".*?\"path\":\"[^\"]*\\.jar\"");

  private Stream<Exchange> exchanges() {
    return transcripts.stream().filter(Exchange.class::isInstance).map(Exchange.class::cast);
  }

  private Stream<MatchResult> inAnswers(Pattern pattern) {
    return exchanges()
        .flatMap(exchange -> exchange.answer().stream())
        .flatMap(answer -> pattern.matcher(answer.body()).results());
  }

  /** The id of the service that was recorded. */
  Optional<String> serviceId() {
    return inAnswers(SERVICE_ID).map(found -> found.group(1)).findFirst();
  }

  /** Whether a later file expects servers to tell each other that they are alive. */
  boolean expectsHeartbeats() {
    return transcripts.stream().anyMatch(each -> each.name().contains("heartbeat-enabled"));
  }

  /** Topics that must be there before a statement declares what they hold, with partitions. */
  Map<String, Integer> topicsFor(Exchange declaring) {
    Map<String, Integer> topics = topicsBefore();
    topics.keySet().removeIf(topic -> !declaring.request().body().contains("'" + topic + "'"));
    return topics;
  }

  private Map<String, Integer> topicsBefore() {
    Map<String, Integer> partitions = new HashMap<>();
    inAnswers(TOPIC_LISTED)
        .forEach(found -> partitions.put(found.group(1), found.group(2).split(",", -1).length));
    Set<String> declared = new LinkedHashSet<>();
    Set<String> made = new HashSet<>();
    exchanges()
        .filter(exchange -> exchange.answer().map(answer -> answer.status() == 200).orElse(true))
        .map(exchange -> exchange.request().body())
        .forEach(
            body -> {
              Matcher statement = SOURCE_DECLARED.matcher(body);
              while (statement.find()) {
                Matcher topic = KAFKA_TOPIC.matcher(statement.group(1));
                if (topic.find()) {
                  boolean makes = MAKES_TOPIC.matcher(body.substring(statement.start())).find();
                  (makes ? made : declared).add(topic.group(1));
                }
              }
            });
    declared.removeAll(made);
    Map<String, Integer> topics = new HashMap<>();
    declared.forEach(topic -> topics.put(topic, partitions.getOrDefault(topic, 1)));
    return topics;
  }

  /** The topic that records are for: the one they name, or the one recorded to hold them. */
  Optional<String> topicOf(InputRecords input) {
    if (input.topic().isPresent()) {
      return input.topic();
    }
    List<String> values = values(input.records());
    return transcripts.stream()
        .filter(TopicContents.class::isInstance)
        .map(TopicContents.class::cast)
        .filter(contents -> values(contents.records()).equals(values))
        .map(TopicContents::topic)
        .findFirst();
  }

  private static List<String> values(List<TopicRecord> records) {
    return records.stream().map(record -> String.valueOf(record.value())).sorted().toList();
  }

  /** How the contents of a topic can be compared, which depends on what writes to it. */
  TopicComparison.Mode comparisonOf(String topic) {
    List<String> tables =
        inAnswers(TABLE_CREATED)
            .filter(found -> found.group(1).equals(topic))
            .map(MatchResult::group)
            .toList();
    if (tables.isEmpty()) {
      return TopicComparison.Mode.EVERY_RECORD;
    }
    return tables.stream().anyMatch(statement -> statement.contains("EMIT FINAL"))
        ? TopicComparison.Mode.COMMON_KEYS
        : TopicComparison.Mode.LAST_OF_KEY;
  }

  /** The functions that were recorded to come from jars. */
  Set<String> functionsFromJars() {
    Set<String> names = new TreeSet<>();
    inAnswers(JAR_FUNCTION).forEach(found -> names.add(found.group(1)));
    return names;
  }
}
