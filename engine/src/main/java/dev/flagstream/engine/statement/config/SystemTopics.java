package dev.flagstream.engine.statement.config;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Topics set apart by patterns: hidden from listings, or not to be written to. */
public record SystemTopics(List<Pattern> patterns) {

  /** What ksqlDB sets apart unless told otherwise. */
  static final String DEFAULT_PATTERNS =
      "_confluent.*,__confluent.*,_schemas,__consumer_offsets,__transaction_state,connect-configs,"
          + "connect-offsets,connect-status,connect-statuses";

  public SystemTopics {
    patterns = List.copyOf(patterns);
  }

  /**
   * Reads patterns as configured.
   *
   * @param commaSeparated regular expressions, each for a whole topic name
   */
  public static SystemTopics of(String commaSeparated) {
    return new SystemTopics(
        Arrays.stream(commaSeparated.split(","))
            .map(String::strip)
            .filter(pattern -> !pattern.isEmpty())
            .map(Pattern::compile)
            .toList());
  }

  /** Whether a topic of this name is one of them. */
  public boolean contains(String topic) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(topic).matches());
  }
}
