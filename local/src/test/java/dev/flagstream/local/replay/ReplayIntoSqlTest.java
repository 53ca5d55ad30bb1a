package dev.flagstream.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.engine.parser.grammar.SqlLexer;
import dev.flagstream.engine.parser.words.ReservedWords;
import dev.flagstream.generator.GeneratorCommand;
import dev.flagstream.generator.replay.schema.SqlName;
import dev.flagstream.local.KafkaTopics;
import dev.flagstream.local.broker.Broker;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.sql.SqlComponent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** CSV files through the real command into a real broker, read again by SQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayIntoSqlTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private Path folder;
  private StackSettings settings;
  private Broker broker;
  private SqlComponent sql;
  private KafkaTopics topics;
  private StringWriter said;

  @BeforeAll
  void start(@TempDir Path data, @TempDir Path csvFiles) {
    folder = csvFiles;
    settings = new StackSettings(Path.of(".."), data, FreePorts.pick());
    broker = Broker.start(settings);
    sql = SqlComponent.start(settings);
    topics = new KafkaTopics(settings.bootstrapServers());
  }

  @AfterAll
  void stop() {
    topics.close();
    sql.close();
    broker.close();
  }

  @Test
  void streamsAFileWithTypesKeyAndEventTimeThatSqlReadsAgain() throws Exception {
    Path file =
        write(
            "trades.csv",
            """
            id,placed,amount,ratio,zip,from,odd name,big,ok
            7,2018-04-01 00:00:31,12.5,0.1,02134,x,"a ""b"", c",5000000000,true
            8,2018-04-01 00:00:32,,1e-3,10001,y,,5000000001,FALSE
            """);

    assertThat(replay(file, "--apply", "--key", "id", "--time-column", "placed")).isZero();

    assertThat(
            query(
                "SELECT id, placed, amount, ratio, zip, `from`, `odd name`, big, ok, ROWTIME"
                    + " FROM trades EMIT CHANGES LIMIT 2;"))
        .containsExactlyInAnyOrder(
            "[7,\"2018-04-01T00:00:31.000\",12.50,0.1,\"02134\",\"x\",\"a \\\"b\\\", c\","
                + "5000000000,true,1522540831000]",
            "[8,\"2018-04-01T00:00:32.000\",null,0.001,\"10001\",\"y\",null,5000000001,false,"
                + "1522540832000]");
  }

  @Test
  void addsTheColumnsOfALaterFileToTheStreamThatIsThere() throws Exception {
    assertThat(replay(write("trips.csv", "a,b\n1.5,x\n"), "--apply")).isZero();

    assertThat(replay(write("later.csv", "c,a\n7,2\n"), "--apply", "--stream", "trips")).isZero();
    assertThat(said.toString())
        .contains("has no column B: NULL in its rows")
        .contains("CREATE OR REPLACE STREAM trips (\n  A DOUBLE,\n  B VARCHAR,\n  c INTEGER\n)");
    assertThat(replay(write("again.csv", "c,b\n8,y\n"), "--apply", "--stream", "trips")).isZero();
    assertThat(said.toString()).doesNotContain("CREATE");

    assertThat(query("SELECT a, b, c FROM trips EMIT CHANGES LIMIT 3;"))
        .containsExactlyInAnyOrder("[1.5,\"x\",null]", "[2.0,null,7]", "[null,\"y\",8]");
  }

  @Test
  void refusesALaterFileThatChangesATypeAndSendsNothingOfIt() throws Exception {
    assertThat(replay(write("kept.csv", "a,b\n1,x\n"), "--apply")).isZero();

    Path changed = write("changed.csv", "a,b\nnone,x\n");
    assertThat(replay(changed, "--apply", "--stream", "kept")).isEqualTo(1);

    assertThat(said.toString())
        .contains("error: column a is VARCHAR in " + changed)
        .contains("but INTEGER in the stream kept on the server");
    assertThat(topics.read("kept")).hasSize(1);
  }

  @Test
  void refusesAStreamWhoseRowsAreNotWrittenAsJson() throws Exception {
    query(
        "CREATE STREAM plain (a INTEGER) WITH (KAFKA_TOPIC='plain', PARTITIONS=1,"
            + " VALUE_FORMAT='DELIMITED');");

    assertThat(replay(write("plain.csv", "a\n1\n"), "--apply")).isEqualTo(1);

    assertThat(said.toString())
        .contains("error: the stream plain is there already, with VALUE_FORMAT DELIMITED");
    assertThat(topics.read("plain")).isEmpty();
  }

  @Test
  void rejectsTheRowThatTheBrokerWouldNotTakeWithItsLineAndSendsTheOthers() throws Exception {
    Instant inTwoHours = Instant.now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS);
    Path file =
        write(
            "dated.csv",
            "placed,note\n2018-04-01T00:00:31Z,a\n%s,b\n2018-04-01T00:00:32Z,%s\n2018-04-01T00:00:33Z,d\n"
                .formatted(inTwoHours, "é".repeat(600_000)));
    Path rejects = folder.resolve("dated.rejected.csv");

    assertThat(replay(file, "--time-column", "placed", "--rejects", rejects.toString()))
        .as(said.toString())
        .isEqualTo(3);

    assertThat(topics.read("dated")).hasSize(2);
    assertThat(said.toString()).contains("sent 2 rows").contains("rejected 2").contains("failed 0");
    assertThat(Files.readAllLines(rejects))
        .hasSize(3)
        .anyMatch(line -> line.startsWith(file + ",3,\"is dated 7,"))
        .anyMatch(line -> line.startsWith(file + ",4,\"is too large: 1,200,"));
  }

  @Test
  void showsTheServersOwnWordsWhenItRefusesTheStatement() throws Exception {
    assertThat(replay(write("taken.csv", "a\n1\n"))).isZero();
    query(
        "CREATE TABLE taken (id INTEGER PRIMARY KEY) WITH (KAFKA_TOPIC='taken', VALUE_FORMAT='JSON');");

    assertThat(replay(write("taken.csv", "a\n1\n"), "--apply")).isEqualTo(1);

    assertThat(said.toString())
        .contains("refuses the statement:\nCREATE STREAM taken (")
        .contains("already exists");
    assertThat(topics.read("taken")).hasSize(1);
  }

  @Test
  void writesEveryWordOfTheGrammarAsAColumnNameTheServerTakes() throws Exception {
    TreeSet<String> words =
        IntStream.rangeClosed(0, SqlLexer.VOCABULARY.getMaxTokenType())
            .mapToObj(SqlLexer.VOCABULARY::getLiteralName)
            .filter(literal -> literal != null && literal.matches("'[A-Za-z_]+'"))
            .map(literal -> literal.substring(1, literal.length() - 1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(words).hasSizeGreaterThan(100);
    assertThat(SqlName.RESERVED_WORDS).allMatch(ReservedWords::contains);
    assertThat(words).filteredOn(ReservedWords::contains).noneMatch(SqlName::isBare);
    words.addAll(List.of("ROWTIME", "windowstart", "1st", "a-b", "a.b", "ü", "a b", "$", "q'q"));
    words.add("tick`tick");
    String values = String.join(",", words.stream().map(word -> "5").toList());
    Path file = write("words.csv", String.join(",", words) + "\n" + values + "\n");

    assertThat(replay(file, "--apply")).as(said.toString()).isZero();

    String row = query("SELECT * FROM words EMIT CHANGES LIMIT 1;").get(0);
    assertThat(row.chars().filter(c -> c == '5').count()).isEqualTo(words.size());
  }

  @Test
  void streamsAKnownLayoutAsTransactionsAndWhatItSaysOfFraudsBesides() throws Exception {
    Path file =
        write(
            "handbook.csv",
            """
            TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD,TX_FRAUD_SCENARIO
            0,2018-04-01 00:00:31,596,3156,57.16,0,0
            1,2018-04-01 00:02:10,4961,3412,481.51,1,1
            2,2018-04-09 00:00:00,596,3156,5.0,0,0
            """);

    assertThat(replay(file)).isZero();

    List<ConsumerRecord<byte[], byte[]>> input = topics.read("credit_card_transactions");
    assertThat(input).hasSize(3);
    for (ConsumerRecord<byte[], byte[]> each : input) {
      assertThat(fields(each)).containsEntry("card_number", text(each.key()));
      assertThat(fields(each)).containsEntry("timestamp", each.timestamp());
      assertThat(text(each.value())).doesNotContain("fraud");
    }
    ConsumerRecord<byte[], byte[]> label = single("fraud_labels");
    long fraudMs = Instant.parse("2018-04-01T00:02:10Z").toEpochMilli();
    long reportedMs = Instant.parse("2018-04-08T00:02:10Z").toEpochMilli();
    assertThat(text(label.key())).isEqualTo("handbook-1");
    assertThat(label.timestamp()).isEqualTo(reportedMs);
    assertThat(fields(label))
        .isEqualTo(
            Map.of(
                "transaction_id",
                "handbook-1",
                "merchant_id",
                "3412",
                "customer_id",
                "4961",
                "is_fraud",
                true,
                "transaction_time",
                fraudMs,
                "reported_at",
                reportedMs));
    assertThat(fields(single("fraud_truth")))
        .isEqualTo(
            Map.of(
                "transaction_id", "handbook-1",
                "scenario", "high_amount",
                "transaction_time", fraudMs));
  }

  private ConsumerRecord<byte[], byte[]> single(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = topics.read(topic);
    assertThat(records).hasSize(1);
    return records.get(0);
  }

  private int replay(Path file, String... options) {
    said = new StringWriter();
    List<String> arguments = new ArrayList<>();
    arguments.add("replay");
    arguments.add("--bootstrap-servers=" + settings.bootstrapServers());
    arguments.add("--sql-server=" + settings.sqlUrl());
    arguments.addAll(List.of(options));
    arguments.add(file.toString());
    CommandLine command = GeneratorCommand.commandLine();
    command.getSubcommands().values().forEach(each -> each.setErr(new PrintWriter(said)));
    return command.execute(arguments.toArray(String[]::new));
  }

  /** The rows that the server answers, or nothing for a statement. */
  private List<String> query(String statement) throws Exception {
    boolean query = statement.startsWith("SELECT");
    Map<String, ?> body =
        query
            ? Map.of("sql", statement, "properties", Map.of("auto.offset.reset", "earliest"))
            : Map.of("ksql", statement);
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(
                    URI.create(settings.sqlUrl() + (query ? "/query-stream" : "/ksql")))
                .header("Content-Type", "application/json")
                .header("Accept", query ? "application/vnd.ksqlapi.delimited.v1" : "*/*")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body().lines().filter(line -> line.startsWith("[")).toList();
  }

  private static Map<String, Object> fields(ConsumerRecord<byte[], byte[]> each)
      throws IOException {
    return JSON.readValue(each.value(), new TypeReference<>() {});
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private Path write(String name, String csv) throws IOException {
    return Files.writeString(folder.resolve(name), csv);
  }
}
