package dev.flagstream.benchmarks.workload;

import java.util.List;

/**
 * The workloads as one would write them in Flink SQL.
 *
 * <p>Inputs end where their topics end when the job starts, so that the last windows are emitted
 * and the join does not wait for another card. Consumers and producers have the settings that Kafka
 * Streams gives its own.
 */
public final class FlinkSql {

  /** Columns of a sink are written as declared, and ours are written in upper case. */
  private static final String SINK =
      """
      CREATE TABLE answers (card_number STRING, %s)
        WITH ('connector'='kafka', 'topic'='%s', 'properties.bootstrap.servers'='%s',
          'key.format'='raw', 'key.fields'='card_number',
          'value.format'='json', 'value.fields-include'='EXCEPT_KEY',
          'sink.delivery-guarantee'='at-least-once', 'properties.linger.ms'='100')
      """;

  private static final String SOURCE =
      """
        WITH ('connector'='%s', 'topic'='%s', 'properties.bootstrap.servers'='%s',
          'properties.group.id'='%s', 'properties.max.poll.records'='1000',
          'key.format'='raw', 'value.format'='json', 'value.fields-include'='EXCEPT_KEY',
          'scan.bounded.mode'='latest-offset'%s)
      """;

  /** Times of a partition only ascend, so a watermark need not stay behind. */
  private static final String TRANSACTIONS =
      """
      CREATE TABLE transactions (card_number STRING, transaction_id STRING, amount DOUBLE,
        currency STRING, merchant STRING, location STRING, customer_id STRING, ip STRING,
        event_time BIGINT, rowtime AS TO_TIMESTAMP_LTZ(event_time, 3),
        WATERMARK FOR rowtime AS rowtime)
      """;

  private static final String CARDS =
      """
      CREATE TABLE cards (card_number STRING, home_city STRING, risk INT,
        rowtime TIMESTAMP_LTZ(3) METADATA FROM 'timestamp', WATERMARK FOR rowtime AS rowtime,
        PRIMARY KEY (card_number) NOT ENFORCED)
      """;

  private FlinkSql() {}

  /**
   * The statements of a workload, in the order in which they are run; the last starts the job.
   *
   * @param group consumer group that commits what was read
   * @param sink topic of the answers
   */
  public static List<String> statements(
      Workload workload, String bootstrapServers, String group, String sink) {
    return List.of(
        TRANSACTIONS
            + SOURCE.formatted(
                "kafka",
                InputTopics.TRANSACTIONS,
                bootstrapServers,
                group,
                ", 'key.fields'='card_number', 'scan.startup.mode'='earliest-offset'"),
        CARDS + SOURCE.formatted("upsert-kafka", InputTopics.CARDS, bootstrapServers, group, ""),
        SINK.formatted(columns(workload), sink, bootstrapServers),
        query(workload));
  }

  private static String columns(Workload workload) {
    return switch (workload) {
      case FILTER ->
          """
          TRANSACTION_ID STRING, AMOUNT DOUBLE, MERCHANT STRING, LOCATION STRING, EVENT_TIME BIGINT,
            rowtime TIMESTAMP_LTZ(3) METADATA FROM 'timestamp'
          """;
      case WINDOWS -> "CNT BIGINT, TOTAL DOUBLE, MN DOUBLE, MX DOUBLE, WS BIGINT, WE BIGINT";
      case JOIN ->
          """
          TRANSACTION_ID STRING, AMOUNT DOUBLE, LOCATION STRING, HOME_CITY STRING, RISK INT,
            rowtime TIMESTAMP_LTZ(3) METADATA FROM 'timestamp'
          """;
    };
  }

  private static String query(Workload workload) {
    return switch (workload) {
      case FILTER ->
          """
          INSERT INTO answers
            SELECT card_number, transaction_id, amount, merchant, location, event_time, rowtime
            FROM transactions
            WHERE IS_FRAUD(amount, location)
          """;
      case WINDOWS ->
          """
          INSERT INTO answers
            SELECT card_number, COUNT(*), SUM(amount), MIN(amount), MAX(amount),
              1000 * CAST(TIMESTAMPDIFF(SECOND, TIMESTAMP '1970-01-01 00:00:00', window_start) AS BIGINT),
              1000 * CAST(TIMESTAMPDIFF(SECOND, TIMESTAMP '1970-01-01 00:00:00', window_end) AS BIGINT)
            FROM TABLE(TUMBLE(TABLE transactions, DESCRIPTOR(rowtime), INTERVAL '10' SECONDS))
            GROUP BY card_number, window_start, window_end
          """;
      case JOIN ->
          """
          INSERT INTO answers
            SELECT t.card_number, t.transaction_id, t.amount, t.location, c.home_city, c.risk, t.rowtime
            FROM transactions AS t
            JOIN cards FOR SYSTEM_TIME AS OF t.rowtime AS c ON t.card_number = c.card_number
          """;
    };
  }
}
