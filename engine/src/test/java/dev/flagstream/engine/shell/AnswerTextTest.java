package dev.flagstream.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTextTest {

  private static final String QUERIES =
      """
      {"@type":"queries","queries":[
        {"id":"CSAS_FLAGGED_TRANSACTIONS_17","queryType":"PERSISTENT","statusCount":{"RUNNING":1},
         "state":"RUNNING","sinks":["FLAGGED_TRANSACTIONS"],"sinkKafkaTopics":["flagged_transactions"],
         "queryString":"CREATE STREAM flagged AS\\n  SELECT *\\n  FROM scored;"},
        {"id":"CSAS_X_3","queryType":"PERSISTENT","statusCount":{"ERROR":1},"state":"ERROR",
         "sinks":["X"],"sinkKafkaTopics":["x"],"queryString":"CREATE STREAM x AS SELECT * FROM y;"}]}""";

  private static List<String> lines(String answer, int width) throws SqlError {
    JsonNode json = ServerClient.parse(answer);
    return new AnswerText(width).of(json).lines().toList();
  }

  @Test
  void showsEachQueryInOneLineOfANarrowScreen() throws SqlError {
    assertThat(lines(QUERIES, 80))
        .startsWith(
            " Query ID                     | Status    | Sink Name",
            "------------------------------+-----------+----------------------",
            " CSAS_FLAGGED_TRANSACTIONS_17 | RUNNING:1 | FLAGGED_TRANSACTIONS",
            " CSAS_X_3                     | ERROR:1   | X")
        .allMatch(line -> line.length() < 80)
        .endsWith("For detailed information on a Query run: EXPLAIN <Query ID>;");
  }

  @Test
  void showsMoreOfAQueryWhereThereIsRoom() throws SqlError {
    assertThat(lines(QUERIES, 90))
        .contains(
            " CSAS_FLAGGED_TRANSACTIONS_17 | RUNNING:1 | FLAGGED_TRANSACTIONS |"
                + " flagged_transactions");
    assertThat(lines(QUERIES, 120))
        .contains(
            " CSAS_FLAGGED_TRANSACTIONS_17 | PERSISTENT | RUNNING:1 | FLAGGED_TRANSACTIONS |"
                + " flagged_transactions");
    assertThat(lines(QUERIES, 300))
        .anyMatch(line -> line.endsWith("| CREATE STREAM flagged AS SELECT * FROM scored;"));
  }

  @Test
  void breaksHeadersBeforeCells() throws SqlError {
    List<String> topics =
        lines(
            """
            {"@type":"kafka_topics_extended","topics":[{"name":"transaction_features",
             "replicaInfo":[1,1],"consumerCount":2,"consumerGroupCount":1}]}""",
            80);

    assertThat(topics).allMatch(line -> line.length() <= 80);
    assertThat(topics)
        .last()
        .asString()
        .matches(" transaction_features \\| 2 +\\| 1 +\\| 2 +\\| 1");
  }

  @Test
  void describesASourceInTheWordsOfKsqlDbsCommandLine() throws SqlError {
    assertThat(
            lines(
                """
                {"@type":"sourceDescription","sourceDescription":{"name":"TOTALS","windowType":"TUMBLING",
                 "readQueries":[],"writeQueries":[{"id":"CTAS_TOTALS_1","state":"RUNNING",
                  "queryString":"CREATE TABLE TOTALS AS\\n  SELECT K FROM P;"}],
                 "fields":[{"name":"K","schema":{"type":"STRING"},"type":"KEY"},
                  {"name":"SUM","schema":{"type":"DECIMAL","parameters":{"precision":10,"scale":2}}}],
                 "type":"TABLE","timestamp":"","statistics":"","errorStats":"","extended":true,
                 "keyFormat":"KAFKA","valueFormat":"JSON","topic":"totals","partitions":4,"replication":1,
                 "statement":"CREATE TABLE TOTALS;","sourceConstraints":["LATER"],
                 "queryOffsetSummaries":[{"groupId":"group","topicSummaries":[{"kafkaTopic":"p","offsets":[
                  {"partition":0,"logStartOffset":0,"logEndOffset":7,"consumerOffset":4}]}]}],
                 "clusterStatistics":[{"name":"messages-per-sec","host":"h:1","value":0.041,"timestamp":0}],
                 "clusterErrorStats":[]}}""",
                80))
        .containsExactly(
            "Name                 : TOTALS",
            "Type                 : TABLE",
            "Timestamp field      : Not set - using <ROWTIME>",
            "Key format           : KAFKA",
            "Value format         : JSON",
            "Kafka topic          : totals (partitions: 4, replication: 1)",
            "Statement            : CREATE TABLE TOTALS;",
            "",
            " Field | Type",
            "-------+-------------------------------------------------------",
            " K     | VARCHAR(STRING) (primary key) (Window type: TUMBLING)",
            " SUM   | DECIMAL(10, 2)",
            "",
            "Sources that have a DROP constraint on this source",
            "--------------------------------------------------",
            "LATER",
            "",
            "Queries that write from this TABLE",
            "----------------------------------",
            "CTAS_TOTALS_1 (RUNNING) : CREATE TABLE TOTALS AS SELECT K FROM P;",
            "",
            "For query topology and execution plan please run: EXPLAIN <QueryId>",
            "",
            "Runtime statistics by host",
            "--------------------------",
            " Host | Metric           | Value | Last Message",
            "------+------------------+-------+----------------------",
            " h:1  | messages-per-sec | 0.04  | 1970-01-01T00:00:00Z",
            "(Statistics of the local KSQL server interaction with the Kafka topic totals)",
            "",
            "Consumer Groups summary:",
            "",
            "Consumer Group       : group",
            "",
            "Kafka topic          : p",
            "Max lag              : 3",
            "",
            " Partition | Start Offset | End Offset | Offset | Lag",
            "-----------+--------------+------------+--------+-----",
            " 0         | 0            | 7          | 4      | 3");
  }

  @Test
  void saysWhereTheReasonOfAnErrorIs() throws SqlError {
    assertThat(lines(QUERIES, 80))
        .contains("CSAS_X_3 keeps failing. For the reason run: EXPLAIN CSAS_X_3;");
    assertThat(
            lines(
                """
                {"@type":"queryDescription","queryDescription":{"id":"CSAS_X_3","queryType":"PERSISTENT",
                 "statementText":"CREATE STREAM x AS SELECT * FROM y;","sources":["Y"],"sinks":["X"],
                 "fields":[],"state":"ERROR","ksqlHostQueryStatus":{"h:1":"ERROR"},"executionPlan":"plan",
                 "topology":"","overriddenProperties":{"auto.offset.reset":"earliest"},
                 "queryErrors":[{"timestamp":1700000000123,"errorMessage":"no topic y","type":"UNKNOWN"}]}}""",
                80))
        .containsSubsequence(
            "ID                   : CSAS_X_3",
            "Query Type           : PERSISTENT",
            "SQL                  : CREATE STREAM x AS SELECT * FROM y;",
            "Host Query Status    : {h:1=ERROR}",
            "Sources that this query reads from:",
            "-----------------------------------",
            "Y",
            "For source description please run: DESCRIBE [EXTENDED] <SourceId>",
            "Sinks that this query writes to:",
            "X",
            "For sink description please run: DESCRIBE [EXTENDED] <SinkId>",
            "Execution plan",
            "plan",
            "Overridden Properties",
            " auto.offset.reset | earliest",
            "Error Date           : 2023-11-14T22:13:20.123Z",
            "Error Details        : no topic y",
            "Error Type           : UNKNOWN");
  }
}
