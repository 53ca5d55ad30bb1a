package dev.flagstream.local.ledger;

import com.fasterxml.jackson.databind.JsonNode;
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

  /** Whose rows say of whom they are by a token alone, which cannot be told once it is erased. */
  private static final String REJECTIONS = Environment.REJECTED_TOPIC;

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

  /**
   * What a topic has, by partition.
   *
   * @param counts how many records that must be rows
   * @param last the offset of the last
   */
  private record Records(Map<Integer, Long> counts, Map<Integer, Long> last) {}

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
    Map<Integer, Long> counts = new HashMap<>();
    Map<Integer, Long> last = new HashMap<>();
    Set<String> dead = deadLetters(topic);
    if (topics.exists(topic)) {
      topics.read(
          topic,
          each -> {
            last.put(each.partition(), each.offset());
            if (isRow(topic, each.value())
                && !dead.contains(place(each.partition(), each.offset()))) {
              counts.merge(each.partition(), 1L, Long::sum);
            }
          });
    }
    return new Records(counts, last);
  }

  /**
   * What has no id is passed over: a mark by which a card is forgotten, a label of nothing. And
   * what people had erased was removed.
   */
  private boolean isRow(String topic, byte[] value) {
    boolean needsId = WITH_ID.contains(topic);
    boolean mayBeErased = expectation.hasErased() && !topic.equals(REJECTIONS);
    if (value == null || !(needsId || mayBeErased)) {
      return true;
    }
    try {
      JsonNode id = InputNames.inLowerCase(JSON.readTree(value)).path("transaction_id");
      return (id.isMissingNode() || id.isNull()) ? !needsId : !expectation.isErased(id.asText());
    } catch (IOException e) {
      return true; // and a dead letter
    }
  }

  /** The records of a topic that the lake's sink could not store. */
  private Set<String> deadLetters(String topic) {
    Set<String> places = new HashSet<>();
    if (topics.exists(DEAD_LETTERS + topic)) {
      topics.read(
          DEAD_LETTERS + topic,
          each -> {
            if (header(each, CONNECTOR).endsWith("-lake")) {
              places.add(place(header(each, PARTITION), header(each, OFFSET)));
            }
          });
    }
    return places;
  }

  private static String place(Object partition, Object offset) {
    return partition + "@" + offset;
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** By partition: a row too many in one makes up for none that another lacks. */
  private Findings.Lake.Table compare(
      Connection connection, String table, String topic, Records records, SortedSet<String> tables)
      throws SQLException {
    Map<Integer, Long> rows = new HashMap<>();
    long twice = 0;
    if (tables.contains(table)) {
      try (Statement statement = connection.createStatement();
          ResultSet found =
              statement.executeQuery(
                  "SELECT kafka_partition, count(DISTINCT kafka_offset) FILTER (WHERE "
                      + upTo(records.last())
                      + "), count(*) - count(DISTINCT kafka_offset) FROM "
                      + table
                      + " GROUP BY kafka_partition")) {
        while (found.next()) {
          rows.put(found.getInt(1), found.getLong(2));
          twice += found.getLong(3);
        }
      }
    }
    boolean checked = !topic.equals(REJECTIONS) || !expectation.hasErased();
    long missing = 0;
    for (Map.Entry<Integer, Long> each : records.counts().entrySet()) {
      missing += Math.max(0, each.getValue() - rows.getOrDefault(each.getKey(), 0L));
    }
    return new Findings.Lake.Table(
        table, topic, checked, sum(records.counts()), sum(rows), checked ? missing : 0, twice);
  }

  private static long sum(Map<Integer, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
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
