package dev.flagstream.engine.conformance.transcripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.conformance.transcripts.Outcome.Kind;
import dev.flagstream.engine.server.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Recorded exchanges are played in order; what differs is told, and what may differ is not. */
@ExtendWith(TestCluster.class)
class TranscriptReplayTest {

  private static final String CREATED =
      """
      [{"@type":"currentStatus","statementText":"CREATE STREAM REPLAYED (CARD STRING KEY, AMOUNT DOUBLE) WITH \
      (CLEANUP_POLICY='delete', KAFKA_TOPIC='replayed', KEY_FORMAT='KAFKA', VALUE_FORMAT='JSON');",\
      "commandId":"stream/`REPLAYED`/create","commandStatus":{"status":"SUCCESS","message":"Stream created",\
      "queryId":null},"commandSequenceNumber":77,"warnings":[]}]
      """;

  @TempDir Path folder;

  @Test
  void tellsTheSameFromTheDifferent() throws Exception {
    file(
        "010-get-info.http",
        "GET /info HTTP/1.1\nHost: 10.0.0.1:1\nConnection: close\n\n\n",
        answer(
            "200 OK",
            """
            {"KsqlServerInfo":{"version":"8.3.1","kafkaClusterId":"other","ksqlServiceId":"replay_","serverStatus":"RUNNING"}}"""));
    file(
        "020-create.http",
        statement(
            "CREATE STREAM replayed (card VARCHAR KEY, amount DOUBLE)"
                + " WITH (KAFKA_TOPIC='replayed', VALUE_FORMAT='JSON');"),
        answer("200 OK", CREATED.strip()));
    Files.writeString(
        folder.resolve("030-input-records-replayed.txt"), "a\t{\"AMOUNT\":1}\nb\t\\N\n");
    Files.writeString(
        folder.resolve("040-topic-replayed.txt"),
        """
        p0 o0 ts=1 key=a value={"AMOUNT":1.0}
        p0 o1 ts=2 key=b value=null
        -- 2 records
        """);
    file("050-wrong-status.http", statement("SHOW TYPES;"), answer("400 Bad Request", "[]"));
    file(
        "060-wrong-value.http",
        statement("SHOW TYPES;"),
        answer(
            "200 OK",
            """
            [{"@type":"type_list","statementText":"SHOW TYPES;","types":{"T":1},"warnings":[]}]"""));
    Files.writeString(folder.resolve("070-cli.txt"), "ksql> ");
    Files.writeString(
        folder.resolve("080-h2.http2.txt"),
        """
        >>> curl --http2-prior-knowledge -XPOST http://10.0.0.1:1/ksql -d {"ksql":"SHOW TYPES;"}
        * sent
        > POST /ksql HTTP/2
        > accept: */*
        > content-length: 22
        >\s
        < HTTP/2 200\s
        < content-type: application/json
        < content-length: 78
        <\s
        [{"@type":"type_list","statementText":"SHOW TYPES;","types":{},"warnings":[]}]
        """);

    List<String> told = new ArrayList<>();
    TranscriptSummary summary;
    try (TranscriptReplay replay =
        TranscriptReplay.start(
            TranscriptReader.read(List.of(folder)),
            TestCluster.bootstrapServers(),
            List.of(),
            folder.resolve("work"))) {
      summary = replay.run(outcome -> told.add(outcome.line()));
    }

    assertThat(told)
        .containsExactly(
            "same       010-get-info.http",
            "same       020-create.http",
            "skipped    030-input-records-replayed.txt (wrote 2 records to replayed)",
            "same       040-topic-replayed.txt",
            "DIFFERENT  050-wrong-status.http",
            "DIFFERENT  060-wrong-value.http",
            "skipped    070-cli.txt (it records no request)",
            "same       080-h2.http2.txt");
    assertThat(summary.count(Kind.SAME)).isEqualTo(4);
    assertThat(summary.line()).isEqualTo("transcripts: 4 same, 2 different, 2 skipped");
    assertThat(summary.report())
        .contains("== 050-wrong-status.http\n- status is 200, expected 400")
        .contains("== 060-wrong-value.http\n- $[0].types.T is missing, expected 1");
  }

  private static String statement(String sql) {
    String body = "{\"ksql\": \"" + sql + "\"}";
    return "POST /ksql HTTP/1.1\nHost: 10.0.0.1:1\nConnection: close\nContent-Length: "
        + body.length()
        + "\nContent-Type: application/vnd.ksql.v1+json\n\n"
        + body
        + "\n\n";
  }

  private static String answer(String status, String body) {
    return "HTTP/1.1 %s\ncontent-type: application/json\nconnection: close\ncontent-length: %d\n\n%s\n\n###  [bytes]\n"
        .formatted(status, body.length(), body);
  }

  private void file(String name, String request, String answer) throws Exception {
    Files.writeString(folder.resolve(name), ">>> REQUEST\n" + request + "<<< RESPONSE\n" + answer);
  }
}
