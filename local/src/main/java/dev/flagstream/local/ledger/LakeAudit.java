package dev.flagstream.local.ledger;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.MongoDatabase;
import dev.flagstream.client.lake.LakeReader;
import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.local.flow.InputNames;
import dev.flagstream.local.flow.TopicReader;
import dev.flagstream.local.settings.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Compares the lake with the topics, whose records must each be a row, once; and the latest row of
 * each decision with its document, as {@link RowAudit} does.
 *
 * <p>The decisions' columns that are compared are in memory, outside of the heap. For one thread.
 */
final class LakeAudit {

  private static final String DECISIONS = "decisions";

  /** The tables, each with the topic that it is made of. */
  private static final List<String[]> TABLES =
      List.of(
          new String[] {"transactions", "valid_transactions"},
          new String[] {"rejections", Environment.REJECTED_TOPIC},
          new String[] {DECISIONS, Environment.SCORED_TOPIC},
          new String[] {"labels", Environment.LABELS_TOPIC});

  /** Whose records without an id are no rows. */
  private static final Set<String> WITH_ID = Set.of("valid_transactions", Environment.LABELS_TOPIC);

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String LATEST =
      "CREATE TEMP TABLE decisions AS SELECT transaction_id, amount, event_time, is_fraud,"
          + " fraud_score, card_token FROM memory.main.decisions"
          + " QUALIFY row_number() OVER (PARTITION BY transaction_id"
          + " ORDER BY kafka_offset DESC) = 1";

  private static final String NONE_YET =
      "CREATE TEMP TABLE decisions (transaction_id VARCHAR, amount DECIMAL(38, 2), event_time"
          + " TIMESTAMP, is_fraud BOOLEAN, fraud_score DOUBLE, card_token VARCHAR)";

  private static final String DEAD_LETTERS = "dlq_";
  private static final String CONNECTOR = "__connect.errors.connector.name";
  private static final String PARTITION = "__connect.errors.partition";
  private static final String OFFSET = "__connect.errors.offset";

  private final Expectation expectation;
  private final Set<String> excused;
  private final ReadingProgress progress;
  private final TopicReader topics;

  /**
   * An audit.
   *
   * @param excused ids that do not count as missing
   */
  LakeAudit(
      Expectation expectation, Set<String> excused, ReadingProgress progress, KafkaSettings kafka) {
    this.expectation = expectation;
    this.excused = excused;
    this.progress = progress;
    this.topics = new TopicReader(kafka);
  }

  /** What a topic has, by partition. */
  private record Records(long count, Map<Integer, Long> last) {}

  Findings.Lake check(MongoDatabase store, LakeReader lake) throws SQLException {
    // Topics first: what is in the lake by then and not in them came later.
    Map<String, Records> records = new HashMap<>();
    for (String[] table : TABLES) {
      records.put(table[1], read(table[1]));
    }
    SortedSet<String> tables = lake.tables();
    try (Connection connection = lake.connect()) {
      List<Findings.Lake.Table> found = new ArrayList<>();
      for (String[] table : TABLES) {
        found.add(compare(connection, table[0], table[1], records.get(table[1]), tables));
      }
      execute(connection, tables.contains(DECISIONS) ? LATEST : NONE_YET);
      Findings.Rows decisions =
          new RowAudit(expectation, excused, progress, true, "lake").check(store, connection);
      return new Findings.Lake(decisions, found);
    }
  }

  private Records read(String topic) {
    long[] count = new long[1];
    Map<Integer, Long> last = new HashMap<>();
    if (topics.exists(topic)) {
      topics.read(
          topic,
          each -> {
            count[0] += isRow(topic, each.value()) ? 1 : 0;
            last.put(each.partition(), each.offset());
          });
    }
    return new Records(count[0] - deadLetters(topic), last);
  }

  /** What has no id is passed over: a mark by which a card is forgotten, a label of nothing. */
  private static boolean isRow(String topic, byte[] value) {
    if (!WITH_ID.contains(topic) || value == null) {
      return true;
    }
    try {
      return InputNames.inLowerCase(JSON.readTree(value)).hasNonNull("transaction_id");
    } catch (IOException e) {
      return true; // and a dead letter
    }
  }

  /** How many records of a topic the lake's sink could not store. */
  private long deadLetters(String topic) {
    Set<String> places = new HashSet<>();
    if (topics.exists(DEAD_LETTERS + topic)) {
      topics.read(
          DEAD_LETTERS + topic,
          each -> {
            if (header(each, CONNECTOR).endsWith("-lake")) {
              places.add(header(each, PARTITION) + "@" + header(each, OFFSET));
            }
          });
    }
    return places.size();
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** What people had erased is in no table, and cannot be counted there. */
  private Findings.Lake.Table compare(
      Connection connection, String table, String topic, Records records, SortedSet<String> tables)
      throws SQLException {
    long rows = 0;
    long twice = 0;
    if (tables.contains(table)) {
      try (Statement statement = connection.createStatement();
          ResultSet found =
              statement.executeQuery(
                  "SELECT count(DISTINCT (kafka_partition, kafka_offset)) FILTER (WHERE "
                      + upTo(records.last())
                      + "), count(*) - count(DISTINCT (kafka_partition, kafka_offset)) FROM "
                      + table)) {
        found.next();
        rows = found.getLong(1);
        twice = found.getLong(2);
      }
    }
    boolean erased = expectation.erasedCount() > 0;
    return new Findings.Lake.Table(table, topic, erased ? rows : records.count(), rows, twice);
  }

  private static String upTo(Map<Integer, Long> last) {
    return last.entrySet().stream()
        .map(
            each ->
                "(kafka_partition = %d AND kafka_offset <= %d)"
                    .formatted(each.getKey(), each.getValue()))
        .reduce("false", (some, more) -> some + " OR " + more);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
