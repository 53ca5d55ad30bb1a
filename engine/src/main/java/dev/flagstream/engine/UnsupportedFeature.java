package dev.flagstream.engine;

/**
 * All that ksqlDB has and this engine refuses by name. {@code docs/sql-dialect.md} lists them, and
 * a scenario of the same name, or a test, shows each.
 */
public enum UnsupportedFeature {
  SHOW_CONNECTORS("SHOW CONNECTORS without a server", Advice.CONNECT),
  SHOW_SOURCE_CONNECTORS("SHOW SOURCE CONNECTORS without a server", Advice.CONNECT),
  SHOW_SINK_CONNECTORS("SHOW SINK CONNECTORS without a server", Advice.CONNECT),
  SHOW_CONNECTOR_PLUGINS("SHOW CONNECTOR PLUGINS without a server", Advice.CONNECT),
  DESCRIBE_CONNECTOR("DESCRIBE CONNECTOR without a server", Advice.CONNECT),
  CREATE_CONNECTOR("CREATE CONNECTOR without a server", Advice.CONNECT),
  DROP_CONNECTOR("DROP CONNECTOR without a server", Advice.CONNECT),
  ALTER_SYSTEM("ALTER SYSTEM", "Change the server's properties and start it again."),
  ASSERT_SCHEMA("ASSERT SCHEMA", "There is no Schema Registry to ask."),
  PROTOBUF_NOSR("The format PROTOBUF_NOSR", "Use JSON, DELIMITED or KAFKA."),
  PROTOBUF_ROWS(
      "Protobuf for results with DECIMAL, MAP, STRUCT, TIME, DATE or TIMESTAMP",
      "Ask for JSON, or cast the column to a text."),
  NEW_QUERY_PLANNER(
      "The property ksql.new.query.planner.enabled",
      "It belongs to an unfinished part of ksqlDB; select all key columns, in their order.");

  private final String words;
  private final String advice;

  UnsupportedFeature(String words, String advice) {
    this.words = words;
    this.advice = advice;
  }

  /** The feature in ksqlDB's words. */
  public String words() {
    return words;
  }

  /** What to do instead. */
  public String advice() {
    return advice;
  }

  private static final class Advice {
    static final String CONNECT = "A server asks the Connect worker at its ksql.connect.url.";
  }
}
