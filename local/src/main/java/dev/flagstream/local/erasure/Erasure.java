package dev.flagstream.local.erasure;

import static dev.flagstream.report.PlainText.counted;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import dev.flagstream.client.lake.LakeReader;
import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.flow.TopicReader;
import dev.flagstream.local.scan.IdentifierSearch;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.PipelineAddresses;
import dev.flagstream.local.sqlstore.SqlStoreClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bson.conversions.Bson;

/**
 * Removes what is kept of one person, while other people's transactions flow, by what Kafka and
 * MongoDB offer to everybody. For one thread.
 *
 * <p>First it waits until all readers are past the person's records, so that nothing comes back.
 * Then it writes down which transactions were erased, has SQL forget what it remembers of the cards
 * and the merchants' latest transactions, deletes from compacted topics, removes the documents, and
 * empties the topics that only carry rows from query to query. What a topic that is neither keeps
 * until its retention ends, it counts.
 */
public final class Erasure implements AutoCloseable {

  /** In the order of the flow: each is read by what fills the next. */
  private static final List<String> UNTIL_SCORED =
      List.of(
          Environment.INPUT_TOPIC,
          // These two have readers of their own where there is a lake.
          Environment.REJECTED_TOPIC,
          Environment.LABELS_TOPIC,
          "valid_transactions",
          "card_features",
          "merchant_events",
          "merchant_features");

  /** The same, from there on. */
  private static final List<String> SCORED_AND_AFTER =
      List.of(
          Environment.SCORED_TOPIC,
          Environment.FLAGGED_TOPIC,
          "incident_events",
          "card_incidents",
          Environment.ALERTS_TOPIC,
          "flagged_by_card_10s");

  /** What they hold is needed until it was read, and never again. */
  private static final List<String> TRANSPORT =
      List.of(
          "valid_transactions",
          "card_features",
          "merchant_events",
          "merchant_features",
          "incident_events");

  private static final String CHANGELOG = "-changelog";
  private static final String WINDOWS_BY_CARD = "flagged_by_card_10s";

  /** What people have said of single transactions, by their ids. */
  private static final String VERDICTS = "verdicts";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final TopicReader reader;
  private final Topics topics;
  private final ReaderPositions positions;
  private final MongoDatabase store;
  private final Optional<SqlStoreClient> rows;
  private final Optional<LakeReader> lake;
  private final Consumer<String> say;

  /**
   * An erasure on a running pipeline, all of whose queries and sinks are waited for.
   *
   * @param kafka how to reach the cluster
   * @param store with the collections of the sinks; stays open
   * @param patience how long to wait for each reader
   * @param say receives what is done, a line at a time
   */
  public Erasure(
      KafkaSettings kafka, MongoDatabase store, Duration patience, Consumer<String> say) {
    this(kafka, store, Optional.empty(), Optional.empty(), patience, any -> false, say);
  }

  /**
   * As above, with the stores beside MongoDB.
   *
   * @param rows the SQL store; empty if there is none
   * @param lake the Parquet files; empty if there are none
   * @param isGone whether a consumer group is that of a query or sink that there is no more
   */
  public Erasure(
      KafkaSettings kafka,
      MongoDatabase store,
      Optional<SqlStoreClient> rows,
      Optional<LakeReader> lake,
      Duration patience,
      Predicate<String> isGone,
      Consumer<String> say) {
    Map<String, Object> properties = PipelineAddresses.clientProperties(kafka);
    this.admin = Admin.create(properties);
    properties.put("acks", "all");
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    this.reader = new TopicReader(kafka);
    this.topics = new Topics(admin);
    this.positions = new ReaderPositions(admin, patience, isGone);
    this.store = store;
    this.rows = rows;
    this.lake = lake;
    this.say = say;
  }

  /**
   * Removes what is kept of a customer.
   *
   * @param customer as in {@code customer_id}
   * @return empty if no topic has a transaction of the customer
   * @throws StackException if a reader is not past the person's records in time, or Kafka refuses
   *     something; what was done until then stays done, and doing it again goes on
   */
  public Optional<ErasureReport> forget(String customer) throws InterruptedException {
    say.accept(
        "looking for %s in %,d records; to stop this and do it again later does no harm"
            .formatted(
                customer,
                reader.span(Environment.INPUT_TOPIC) + reader.span(Environment.SCORED_TOPIC)));
    Optional<Person> found = PersonFinder.find(reader, customer);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Set<String> names = topics.names();
    awaitReaders(UNTIL_SCORED, found.get().search(), names);
    // By now the topic of the scored has what stands for the cards.
    Person person = PersonFinder.find(reader, customer).orElseThrow();
    say.accept(
        "found %s with %s"
            .formatted(
                counted(person.transactionIds().size(), "transaction"),
                counted(person.cardTokens().size(), "card")));
    awaitReaders(SCORED_AND_AFTER, person.search(), names);
    say.accept("every query and sink is past them");
    writeDown(person);
    int merchants = forgetInSql(person, names);
    say.accept("SQL has forgotten the cards");
    long tombstones = deleteFromCompacted(person, names);
    Map<String, Long> documents = deleteDocuments(person);
    List<String> emptied = emptyTransport(names);
    say.accept("documents and rows between the queries are removed");
    return Optional.of(
        new ErasureReport(
            person.transactionIds().size(),
            person.cardTokens().size(),
            documents,
            merchants,
            tombstones,
            emptied,
            remains(person.search())));
  }

  private void awaitReaders(List<String> flow, IdentifierSearch search, Set<String> names)
      throws InterruptedException {
    for (String topic : flow) {
      if (names.contains(topic)) {
        Map<TopicPartition, Long> last = new HashMap<>();
        reader.read(
            topic,
            each -> isAbout(search, each),
            (each, about) -> {
              if (about) {
                last.put(new TopicPartition(topic, each.partition()), each.offset());
              }
            });
        positions.awaitPast(last);
        say.accept("what reads %s is past the records of the customer".formatted(topic));
      }
    }
  }

  private static boolean isAbout(IdentifierSearch search, ConsumerRecord<byte[], byte[]> each) {
    if (search.in(each.key()).isPresent() || search.in(each.value()).isPresent()) {
      return true;
    }
    for (Header header : each.headers()) {
      if (search.in(header.value()).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Before anything is removed, so that whatever happens the ledger knows. */
  private void writeDown(Person person) {
    topics.createCompacted(Environment.ERASED_TOPIC);
    long now = System.currentTimeMillis();
    send(
        person.transactionIds().stream()
            .map(
                id ->
                    new ProducerRecord<>(
                        Environment.ERASED_TOPIC,
                        bytes(id),
                        bytes("{\"ERASED_AT\":" + now + "}"))));
  }

  /** Rows without a transaction; how many merchants were told. */
  private int forgetInSql(Person person, Set<String> names) throws InterruptedException {
    byte[] none = bytes("{\"EVENT_TIME\":" + person.latestMs() + "}");
    List<ProducerRecord<byte[], byte[]>> rows = new ArrayList<>();
    for (String token : person.cardTokens()) {
      addRow(rows, names, "valid_transactions", token, none);
      addRow(rows, names, "incident_events", token, none);
    }
    Map<TopicPartition, Long> sent = send(rows.stream());
    positions.awaitPast(sent);
    // After the cards: what their rows made of the merchants' tables is replaced as well.
    rows.clear();
    person
        .merchants()
        .forEach(merchant -> addRow(rows, names, "merchant_events", merchant, bytes("{}")));
    positions.awaitPast(send(rows.stream()));
    return person.merchants().size();
  }

  private static void addRow(
      List<ProducerRecord<byte[], byte[]>> rows,
      Set<String> names,
      String topic,
      String key,
      byte[] value) {
    if (names.contains(topic)) {
      rows.add(new ProducerRecord<>(topic, bytes(key), value));
    }
  }

  /**
   * The windows of the cards: in the table's topic, and in the changelog from which a server
   * restores them. Their keys begin with a token; other changelogs have replaced the state of a
   * card by nothing already.
   */
  private long deleteFromCompacted(Person person, Set<String> names) {
    long deleted = 0;
    for (String topic : names) {
      if (topic.equals(WINDOWS_BY_CARD)
          || (topic.endsWith(CHANGELOG) && topic.contains("CTAS_FLAGGED_BY_CARD_10S"))) {
        deleted += deleteKeys(topic, person.cardTokens());
      }
    }
    return deleted;
  }

  private long deleteKeys(String topic, Set<String> tokens) {
    Map<String, ProducerRecord<byte[], byte[]>> deletions = new TreeMap<>();
    reader.read(
        topic,
        each -> {
          String key =
              each.key() == null ? "" : new String(each.key(), StandardCharsets.ISO_8859_1);
          if (tokens.stream().anyMatch(key::startsWith)) {
            if (each.value() == null) {
              deletions.remove(key);
            } else {
              deletions.put(key, new ProducerRecord<>(topic, each.partition(), each.key(), null));
            }
          }
        });
    send(deletions.values().stream());
    return deletions.size();
  }

  private Map<String, Long> deleteDocuments(Person person) {
    Bson ofThePerson =
        Filters.or(
            Filters.eq("customer_id", person.customer()),
            Filters.in("_id", person.transactionIds()));
    Map<String, Long> deleted = new TreeMap<>();
    deleted.put(Environment.SCORED_COLLECTION, delete(Environment.SCORED_COLLECTION, ofThePerson));
    deleted.put(
        Environment.FLAGGED_COLLECTION, delete(Environment.FLAGGED_COLLECTION, ofThePerson));
    deleted.put(
        WINDOWS_BY_CARD, delete(WINDOWS_BY_CARD, Filters.in("card_token", person.cardTokens())));
    // By the transactions alone: a verdict does not say of whom it is.
    deleted.put(VERDICTS, delete(VERDICTS, Filters.in("_id", person.transactionIds())));
    rows.ifPresent(client -> deleteRows(client, person));
    lake.ifPresent(files -> deleteFromLake(files, person));
    return deleted;
  }

  private void deleteRows(SqlStoreClient client, Person person) {
    long deleted = 0;
    try (Connection connection = client.connect()) {
      // By customer once: the column has no index. Then what has lost its customer, by the key.
      try (PreparedStatement statement =
          connection.prepareStatement("DELETE FROM decisions WHERE customer_id = ?")) {
        statement.setString(1, person.customer());
        deleted += statement.executeUpdate();
      }
      try (PreparedStatement statement =
          connection.prepareStatement("DELETE FROM decisions WHERE transaction_id = ?")) {
        for (String id : person.transactionIds()) {
          statement.setString(1, id);
          deleted += statement.executeUpdate();
        }
      }
    } catch (SQLException e) {
      throw new StackException(
          "The SQL store does not remove rows: %s. 'make sql-store' tells whether it answers; then do it again."
              .formatted(e.getMessage()),
          e);
    }
    say.accept("removed %s of the SQL store".formatted(counted(deleted, "row")));
  }

  private void deleteFromLake(LakeReader files, Person person) {
    try {
      long deleted =
          files.removeRows(
              Map.of(
                  "customer_id", Set.of(person.customer()),
                  "transaction_id", person.transactionIds(),
                  "card_token", person.cardTokens()));
      say.accept("removed %s of the lake".formatted(counted(deleted, "row")));
    } catch (SQLException | IOException e) {
      throw new StackException(
          "The lake does not remove rows: %s. Mend that, and do it again."
              .formatted(e.getMessage()),
          e);
    }
  }

  private long delete(String collection, Bson filter) {
    return store.getCollection(collection).deleteMany(filter).getDeletedCount();
  }

  /** Everybody's rows, as far as all queries have read them: Kafka deletes from the front only. */
  private List<String> emptyTransport(Set<String> names) {
    Map<TopicPartition, Long> unprocessed = firstUnprocessed(names);
    Map<TopicPartition, Long> before = new HashMap<>();
    List<String> emptied = new ArrayList<>();
    for (String topic : TRANSPORT) {
      if (names.contains(topic)) {
        for (int number : reader.ends(topic).keySet()) {
          TopicPartition partition = new TopicPartition(topic, number);
          OptionalLong read = positions.readByAll(partition);
          if (read.isPresent()) {
            before.put(
                partition,
                Math.min(read.getAsLong(), unprocessed.getOrDefault(partition, Long.MAX_VALUE)));
          }
        }
        emptied.add(topic);
      }
    }
    topics.deleteBefore(before);
    return emptied;
  }

  /** The ledger looks up there which transactions SQL could not process. */
  private Map<TopicPartition, Long> firstUnprocessed(Set<String> names) {
    Map<TopicPartition, Long> first = new HashMap<>();
    if (names.contains(Environment.UNPROCESSED_TOPIC)) {
      reader.read(
          Environment.UNPROCESSED_TOPIC,
          each -> {
            JsonNode fields = json(each.value());
            if (fields.hasNonNull("SOURCE_OFFSET")) {
              first.merge(
                  new TopicPartition(
                      fields.path("SOURCE_TOPIC").asText(),
                      fields.path("SOURCE_PARTITION").asInt()),
                  fields.path("SOURCE_OFFSET").asLong(),
                  Math::min);
            }
          });
    }
    return first;
  }

  private static JsonNode json(byte[] value) {
    try {
      return JSON.readTree(new String(value, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new StackException(
          Environment.UNPROCESSED_TOPIC + " holds a record that is no JSON", e);
    }
  }

  private List<Remains> remains(IdentifierSearch search) {
    List<Remains> remains = new ArrayList<>();
    for (String topic : topics.names()) {
      long[] records = new long[1];
      reader.read(
          topic, each -> isAbout(search, each), (each, about) -> records[0] += about ? 1 : 0);
      if (records[0] > 0) {
        remains.add(new Remains(topic, records[0], topics.keptUntil(topic)));
      }
    }
    return remains;
  }

  /** Sends all and waits for all; gives the last offset in each partition. */
  private Map<TopicPartition, Long> send(Stream<ProducerRecord<byte[], byte[]>> records) {
    List<Future<RecordMetadata>> acknowledgements = records.map(producer::send).toList();
    producer.flush();
    Map<TopicPartition, Long> last = new HashMap<>();
    for (Future<RecordMetadata> each : acknowledgements) {
      try {
        RecordMetadata at = each.get();
        last.merge(new TopicPartition(at.topic(), at.partition()), at.offset(), Math::max);
      } catch (ExecutionException e) {
        throw Topics.unable("does not take a record", e);
      } catch (InterruptedException e) {
        throw Topics.interrupted(e);
      }
    }
    return last;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
