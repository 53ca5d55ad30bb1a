package dev.flagstream.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.client.lake.FolderStore;
import dev.flagstream.client.lake.LakeStore;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The task on a real folder, killed at every step. */
class LakeSinkTaskTest {

  static final String TOPIC = "scored_transactions";
  static final TopicPartition ZERO = new TopicPartition(TOPIC, 0);
  static final TopicPartition ONE = new TopicPartition(TOPIC, 1);
  static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123Z");

  private static final String SCHEMA =
      """
      {"type": "struct", "optional": false, "fields": [
        {"field": "TRANSACTION_ID", "type": "string", "optional": false},
        {"field": "AMOUNT", "type": "bytes", "name": "org.apache.kafka.connect.data.Decimal",
         "version": 1, "parameters": {"scale": "2"}, "optional": true},
        {"field": "CUSTOMER_AGE", "type": "int32", "optional": true},
        {"field": "IS_FRAUD", "type": "boolean", "optional": true},
        {"field": "FRAUD_SCORE", "type": "double", "optional": true},
        {"field": "RULE_HITS", "type": "array", "optional": true,
         "items": {"type": "string", "optional": true}},
        {"field": "LOCATION", "type": "struct", "optional": true, "fields": [
          {"field": "city", "type": "string", "optional": true}]},
        {"field": "EVENT_TIME", "type": "int64",
         "name": "org.apache.kafka.connect.data.Timestamp", "version": 1, "optional": true}]}
      """;

  @TempDir private Path lake;

  private final AtomicLong nanos = new AtomicLong();
  private LakeTaskContext context = new LakeTaskContext();

  // ------------------------------------------------------------------------------------ what rows
  // hold

  @Test
  void storesExactMoneyTimesNestedFieldsAndLists() throws Exception {
    LakeSinkTask task = running();
    task.put(
        List.of(
            sunk(
                ZERO,
                0,
                """
                {"TRANSACTION_ID":"t-1","AMOUNT":12345678901234567.89,"CUSTOMER_AGE":42,
                 "IS_FRAUD":true,"FRAUD_SCORE":0.1,"RULE_HITS":["AMOUNT","LOCATION"],
                 "LOCATION":{"city":"Caf\u00e9 \\u0000 \u6f22"},"EVENT_TIME":%d}
                """
                    .formatted(NOON.toEpochMilli()))));

    task.close(Set.of(ZERO));

    Map<String, Object> row = rows("SELECT * FROM " + decisions()).get(0);
    assertThat(row)
        .containsEntry("transaction_id", "t-1")
        .containsEntry("amount", new BigDecimal("12345678901234567.89"))
        .containsEntry("customer_age", 42)
        .containsEntry("is_fraud", true)
        .containsEntry("fraud_score", 0.1)
        .containsEntry("rule_hits", "[\"AMOUNT\",\"LOCATION\"]")
        .containsEntry("location_city", "Caf\u00e9 \0 \u6f22")
        .containsEntry(
            "event_time", Timestamp.valueOf(LocalDateTime.parse("2026-01-02T12:00:00.123")))
        .containsEntry("other_fields", null)
        .containsEntry("kafka_topic", TOPIC)
        .containsEntry("kafka_partition", 0)
        .containsEntry("kafka_offset", 0L)
        .containsEntry("day", LocalDate.parse("2026-01-02"));
    task.stop();
  }

  @Test
  void findsFieldsInAnyCaseAndKeepsThoseThatNoColumnHas() throws Exception {
    LakeSinkTask task = running();
    task.put(
        List.of(
            sunk(
                ZERO,
                0,
                "{\"transaction_id\":\"t-1\",\"Amount\":7.5,\"wallet\":{\"kind\":\"phone\"},"
                    + "\"LOCATION\":{\"city\":\"Bonn\",\"zone\":3}}")));

    task.close(Set.of(ZERO));

    assertThat(rows("SELECT * FROM " + decisions()).get(0))
        .containsEntry("amount", new BigDecimal("7.50"))
        .containsEntry(
            "other_fields", "{\"wallet\":{\"kind\":\"phone\"},\"LOCATION\":{\"zone\":3}}")
        // Without an event time it is the record's.
        .containsEntry("day", LocalDate.parse("2026-01-05"));
    task.stop();
  }

  @Test
  void readsOldFilesBesideThoseWithAColumnMore() throws Exception {
    LakeSinkTask before = running();
    before.put(List.of(decision(ZERO, 0)));
    before.close(Set.of(ZERO));
    before.stop();

    Map<String, String> more = settings();
    more.computeIfPresent(
        "lake.schema",
        (name, schema) ->
            schema.replace(
                "\"fields\": [\n",
                "\"fields\": [{\"field\": \"CHANNEL\", \"type\": \"string\", \"optional\":"
                    + " true},\n"));
    LakeSinkTask after = started(more, new FolderStore(lake));
    after.put(List.of(sunk(ZERO, 1, "{\"TRANSACTION_ID\":\"t-new\",\"CHANNEL\":\"web\"}")));
    after.close(Set.of(ZERO));
    after.stop();

    assertThat(rows("SELECT channel FROM " + decisions() + " ORDER BY kafka_offset"))
        .extracting(row -> row.get("channel"))
        .containsExactly(null, "web");
  }

  @Test
  void setsAsideWhatIsNoRowAndNamesWhyWithoutQuotingIt() throws Exception {
    LakeSinkTask task = running();

    task.put(
        List.of(
            sunk(ZERO, 0, "this is not JSON"),
            sunk(ZERO, 1, null),
            sunk(ZERO, 2, "{\"AMOUNT\":1.00}"),
            sunk(ZERO, 3, "{\"TRANSACTION_ID\":\"a\",\"AMOUNT\":1.005}"),
            sunk(ZERO, 4, "{\"TRANSACTION_ID\":\"a\",\"AMOUNT\":1e999999999}"),
            sunk(ZERO, 5, "{\"TRANSACTION_ID\":\"a\",\"AMOUNT\":1e-999999999}"),
            sunk(ZERO, 6, "{\"TRANSACTION_ID\":\"a\",\"EVENT_TIME\":\"soon\"}"),
            sunk(
                ZERO,
                7,
                "{\"TRANSACTION_ID\":\"a\",\"LOCATION\":{\"city\":\"4111 1111 1111 1111\"}}"),
            sunk(ZERO, 8, "{\"TRANSACTION_ID\":\"a\",\"pan\":4111111111111111}"),
            sunk(ZERO, 9, "[1]"),
            sunk(ZERO, 10, "{\"TRANSACTION_ID\":\"a\"} {}"),
            sunk(ZERO, 11, "{\"TRANSACTION_ID\":\"a\",\"AMOUNT\":1e99999999999}"),
            decision(ZERO, 12)));
    task.close(Set.of(ZERO));

    String money = "amount is not a number with at most 38 digits, 2 of them after the point";
    assertThat(context.deadLetters())
        .containsExactly(
            "0: it is no JSON, line 1, column 1",
            "1: it has no value",
            "2: it has no transaction_id",
            "3: " + money,
            "4: " + money,
            "5: " + money,
            "6: event_time is not a whole number from -62135596800000 to 253402300799999",
            "7: location_city holds a card number in clear",
            "8: pan holds a card number in clear",
            "9: it is no JSON object",
            "10: something follows its JSON object",
            "11: amount is not a number: its exponent has too many digits");
    assertThat(offsets(ZERO)).containsExactly(12L);
    task.stop();
  }

  /** A mark by which SQL forgets a card is no transaction, and no dead letter either. */
  @Test
  void passesOverWhatIsNoRowByTheColumnThatMakesOne() throws Exception {
    Map<String, String> settings = settings();
    settings.put("lake.row.column", "transaction_id");
    LakeSinkTask task = started(settings, new FolderStore(lake));

    task.put(
        List.of(
            sunk(ZERO, 0, "{\"EVENT_TIME\":1}"),
            decision(ZERO, 1),
            sunk(ZERO, 2, "{\"TRANSACTION_ID\":null}"),
            sunk(ZERO, 3, "{}")));
    task.close(Set.of(ZERO));
    task.open(List.of(ZERO));
    task.put(List.of(sunk(ZERO, 4, "{}")));

    assertThat(context.deadLetters()).isEmpty();
    assertThat(offsets(ZERO)).containsExactly(1L);
    assertThat(task.preCommit(Map.of(ZERO, new OffsetAndMetadata(5))))
        .as("what is passed over is read")
        .containsEntry(ZERO, new OffsetAndMetadata(5));
    task.stop();
  }

  // ------------------------------------------------------------------------------- when it writes
  // them

  @Test
  void writesWhenItHasManyRowsOrOneIsOld() throws Exception {
    LakeSinkTask task = running();

    task.put(List.of(decision(ZERO, 0)));
    assertThat(files()).isZero();
    assertThat(task.preCommit(Map.of(ZERO, new OffsetAndMetadata(1))))
        .containsEntry(ZERO, new OffsetAndMetadata(0));
    assertThat(context.timeouts()).containsExactly(1_000L);

    nanos.addAndGet(1_000_000_000L);
    task.put(List.of());
    assertThat(offsets(ZERO)).containsExactly(0L);
    assertThat(task.preCommit(Map.of(ZERO, new OffsetAndMetadata(1))))
        .containsEntry(ZERO, new OffsetAndMetadata(1));

    for (int i = 1; i <= 10; i++) {
      task.put(List.of(decision(ZERO, i)));
    }
    assertThat(offsets(ZERO)).hasSize(11);
    task.stop();
  }

  @Test
  void hasAFileForEachEventDay() throws Exception {
    LakeSinkTask task = running();
    task.put(List.of(decision(ZERO, 0), decision(ZERO, 1), decision(ZERO, 2)));

    task.close(Set.of(ZERO));

    assertThat(rows("SELECT day, count(*) AS n FROM " + decisions() + " GROUP BY day ORDER BY day"))
        .extracting(row -> row.get("day") + " " + row.get("n"))
        .containsExactly("2026-01-02 1", "2026-01-03 1", "2026-01-04 1");
    assertThat(files()).isEqualTo(3);
    task.stop();
  }

  // ----------------------------------------------------------------------------------- each record
  // once

  @Test
  void leavesAPartitionToTheTaskThatTookItOver() throws Exception {
    LakeSinkTask paused = running();
    paused.put(List.of(decision(ZERO, 0), decision(ZERO, 1)));
    LakeSinkTask successor = running();
    successor.put(List.of(decision(ZERO, 0), decision(ZERO, 1), decision(ZERO, 2)));
    successor.close(Set.of(ZERO));

    nanos.addAndGet(1_000_000_000L);
    assertThatThrownBy(() -> paused.put(List.of(decision(ZERO, 2), decision(ZERO, 3))))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("Another task has written scored_transactions-0 from offset 0 on");
    paused.close(Set.of(ZERO));

    assertThat(offsets(ZERO)).containsExactly(0L, 1L, 2L);
    paused.stop();
    successor.stop();
  }

  @Test
  void takesWhatAPausedTaskStillCommits() throws Exception {
    LakeSinkTask paused = running();
    paused.put(List.of(decision(ZERO, 0), decision(ZERO, 1)));
    LakeSinkTask successor = running();
    successor.put(List.of(decision(ZERO, 0)));
    paused.close(Set.of(ZERO));

    nanos.addAndGet(1_000_000_000L);
    assertThatThrownBy(() -> successor.put(List.of())).isInstanceOf(ConnectException.class);
    successor.stop();
    context = new LakeTaskContext();
    LakeSinkTask third = running();
    assertThat(context.positions()).containsEntry(ZERO, 1L);
    third.put(List.of(decision(ZERO, 1), decision(ZERO, 2)));
    third.close(Set.of(ZERO));

    assertThat(offsets(ZERO)).containsExactly(0L, 1L, 2L);
    third.stop();
    paused.stop();
  }

  @Test
  void doesNotTakeATopicThatWasMadeAnewForTheOneItKnows() throws Exception {
    LakeSinkTask before = running();
    before.put(List.of(decision(ZERO, 0), decision(ZERO, 1), decision(ZERO, 2)));
    before.close(Set.of(ZERO));
    before.stop();
    LakeSinkTask shorter = running();
    LakeSinkTask other = running();

    assertThatThrownBy(() -> shorter.put(List.of(decision(ZERO, 0))))
        .hasMessageContaining("it was deleted and made anew");
    assertThatThrownBy(() -> other.put(List.of(sunk(ZERO, 2, "{}", 1L))))
        .hasMessageContaining("_commits/scored_transactions/0/");
    shorter.stop();
    other.stop();
  }

  // -----------------------------------------------------------------------------------------
  // settings

  @Test
  void namesTheSettingThatIsWrong() {
    assertRefused("lake.url", "", "is LAKE_URL in the environment");
    assertRefused("lake.url", "ftp://host/", "must be the path of a folder, or s3://bucket/prefix");
    assertRefused("lake.url", "s3://UPPER/lake", "is no name of a bucket");
    assertRefused("lake.url", "s3://lake/a?key=x", "'key' is none of its settings");
    assertRefused("lake.url", "s3://lake/a?endpoint=host", "its endpoint 'host' is none");
    assertRefused("lake.url", "s3://me:secret@lake/a", "credentials do not belong in it");
    assertRefused("lake.table", "_commits", "letters, digits and _");
    assertRefused("lake.schema", "{", "it is no JSON");
    assertRefused("lake.schema", "{\"type\":\"string\"}", "it is no struct");
    assertRefused("lake.day.column", "amount", "is no column of type Timestamp");
    assertRefused("lake.row.column", "ammount", "is no column of lake.schema");
    assertRefused("lake.key.column", "amount", "is a column already");
    assertRefused("lake.flush.records", "0", "at least 1");
  }

  private void assertRefused(String setting, String value, String reason) {
    Map<String, String> wrong = settings();
    wrong.put(setting, value);
    assertThatThrownBy(() -> new LakeSettings(wrong))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(setting)
        .hasMessageContaining(reason)
        .hasMessageNotContaining("secret@");
  }

  // -------------------------------------------------------------------------------------------
  // helpers

  private Map<String, String> settings() {
    return settings(lake.toString());
  }

  static Map<String, String> settings(String url) {
    Map<String, String> settings = new HashMap<>();
    settings.put("lake.url", url);
    settings.put("lake.table", "decisions");
    settings.put("lake.schema", SCHEMA);
    settings.put("lake.day.column", "event_time");
    settings.put("lake.flush.records", "10");
    settings.put("lake.flush.interval.ms", "1000");
    return settings;
  }

  private LakeSinkTask running() {
    return started(settings(), new FolderStore(lake));
  }

  private LakeSinkTask started(Map<String, String> settings, LakeStore store) {
    LakeSinkTask task = new LakeSinkTask(each -> store, nanos::get, InstantSource.fixed(NOON));
    task.initialize(context);
    task.start(settings);
    task.open(List.of(ZERO));
    return task;
  }

  /** One in three is of another day. */
  static SinkRecord decision(TopicPartition partition, long offset) {
    return sunk(
        partition,
        offset,
        "{\"TRANSACTION_ID\":\"%s-%d\",\"AMOUNT\":%d.25,\"EVENT_TIME\":%d}"
            .formatted(partition, offset, offset, NOON.toEpochMilli() + offset % 3 * 86_400_000L));
  }

  private static SinkRecord sunk(TopicPartition partition, long offset, String value) {
    return sunk(partition, offset, value, NOON.toEpochMilli() + 3 * 86_400_000L + offset);
  }

  private static SinkRecord sunk(TopicPartition partition, long offset, String value, long timeMs) {
    return new SinkRecord(
        partition.topic(),
        partition.partition(),
        null,
        null,
        null,
        value == null ? null : value.getBytes(StandardCharsets.UTF_8),
        offset,
        timeMs,
        TimestampType.CREATE_TIME);
  }

  private String decisions() {
    return decisions(lake);
  }

  private static String decisions(Path folder) {
    return "read_parquet('" + folder + "/decisions/*/*.parquet', union_by_name = true)";
  }

  private List<Long> offsets(TopicPartition partition) throws SQLException {
    return offsets(lake, partition);
  }

  private static List<Long> offsets(Path folder, TopicPartition partition) throws SQLException {
    return rows(
            "SELECT kafka_offset FROM %s WHERE kafka_partition = %d ORDER BY 1"
                .formatted(decisions(folder), partition.partition()))
        .stream()
        .map(row -> (Long) row.get("kafka_offset"))
        .toList();
  }

  private long files() throws IOException {
    return filesBelow(lake.resolve("decisions"));
  }

  private static long filesBelow(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  private static List<Map<String, Object>> rows(String query) throws SQLException {
    try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      List<Map<String, Object>> rows = new ArrayList<>();
      ResultSetMetaData meta = found.getMetaData();
      while (found.next()) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
          row.put(meta.getColumnLabel(i), found.getObject(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }
}
