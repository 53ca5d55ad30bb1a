package dev.flagstream.generator.replay.schema;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A stream over the topic that files are replayed into.
 *
 * @param name a bare SQL name
 * @param topic the Kafka topic
 * @param key the column that is the record's key, not among the others; empty if there is none
 * @param columns of the record's value, in order
 * @param timestamp the column that tells the event time, if the server can read it from there; the
 *     records themselves are stamped with it in any case
 */
public record StreamDefinition(
    String name,
    String topic,
    Optional<StreamColumn> key,
    List<StreamColumn> columns,
    Optional<String> timestamp) {

  public StreamDefinition {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(timestamp, "timestamp");
    columns = List.copyOf(columns);
  }

  /** The statement that makes it. */
  public String createStatement() {
    return "CREATE STREAM " + body();
  }

  /** The statement that gives an existing stream this form. */
  public String replaceStatement() {
    return "CREATE OR REPLACE STREAM " + body();
  }

  /** The column of a name, as SQL compares names; not the key. */
  public Optional<StreamColumn> column(String wanted) {
    return columns.stream().filter(column -> column.isNamed(wanted)).findFirst();
  }

  StreamDefinition withColumns(List<StreamColumn> others) {
    return new StreamDefinition(name, topic, key, others, timestamp);
  }

  private String body() {
    String lines =
        Stream.concat(
                key.stream().map(column -> line(column) + " KEY"),
                columns.stream().map(StreamDefinition::line))
            .collect(Collectors.joining(",\n"));
    return SqlName.inStatement(name)
        + " (\n"
        + lines
        + "\n) WITH (\n  KAFKA_TOPIC  = "
        + literal(topic)
        + (key.isPresent() ? ",\n  KEY_FORMAT   = 'KAFKA'" : "")
        + ",\n  VALUE_FORMAT = 'JSON'"
        + timestamp
            .map(column -> ",\n  TIMESTAMP    = " + literal(SqlName.inStatement(column)))
            .orElse("")
        + "\n);";
  }

  private static String line(StreamColumn column) {
    return "  " + SqlName.inStatement(column.name()) + " " + column.type().sql();
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
