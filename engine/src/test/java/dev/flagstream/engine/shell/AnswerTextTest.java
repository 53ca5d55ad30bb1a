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
  void breaksTheCellsOfQueriesWhereTheScreenIsNarrow() throws SqlError {
    List<String> narrow = lines(QUERIES, 80);

    assertThat(narrow).allMatch(line -> line.length() < 80);
    assertThat(narrow)
        .contains(
            "CSAS_FLAGGED_TRANSACTIONS_17:",
            "  CREATE STREAM flagged AS",
            "  CREATE STREAM x AS SELECT * FROM y;");
    assertThat(column(narrow, 0)).contains("CSAS_FLAGGED_TRANSACTIONS_17");
    assertThat(column(narrow, 2)).contains("RUNNING:1").contains("ERROR:1");
    assertThat(column(narrow, 4)).contains("flagged_transactions");
  }

  @Test
  void breaksNothingWhereAllFits() throws SqlError {
    assertThat(lines(QUERIES, 120))
        .contains(
            " CSAS_FLAGGED_TRANSACTIONS_17 | PERSISTENT | RUNNING:1 | FLAGGED_TRANSACTIONS |"
                + " flagged_transactions");
    assertThat(lines(QUERIES, 300))
        .anyMatch(line -> line.endsWith("| CREATE STREAM flagged AS SELECT * FROM scored;"));
  }

  @Test
  void saysWhereTheReasonOfAnErrorIs() throws SqlError {
    assertThat(lines(QUERIES, 80))
        .contains("CSAS_X_3 keeps failing. For the reason run: EXPLAIN CSAS_X_3;");
    assertThat(
            lines(
                """
                {"@type":"queryDescription","queryDescription":{"id":"CSAS_X_3","state":"ERROR",
                 "queryErrors":[{"timestamp":1700000000123,"errorMessage":"no topic y","type":"UNKNOWN"}]}}""",
                80))
        .contains("State       : ERROR")
        .containsSequence(
            "Latest failures", "---------------", "2023-11-14T22:13:20.123Z: no topic y");
  }

  /** What a column holds, its broken cells put together. */
  private static String column(List<String> lines, int column) {
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      String[] cells = line.split("\\|", -1);
      if (cells.length > column && cells.length > 1) {
        text.append(cells[column].strip());
      }
    }
    return text.toString();
  }
}
