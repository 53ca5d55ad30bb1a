package dev.flagstream.local.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Sorts;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Random;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Indexes change how fast an answer comes, never the answer; unique ones refuse what they must. */
class StoreIndexTest {

  private static final int DOCUMENTS = 150;
  private static final int CHANGES = 100;
  private static final int QUERIES = 150;
  private static final IndexOptions UNIQUE = new IndexOptions().unique(true);

  private RunningStore store;
  private MongoCollection<Document> indexed;

  @BeforeEach
  void start(@TempDir Path data) {
    store = RunningStore.on(data);
    indexed = store.collection("indexed");
  }

  @AfterEach
  void stop() {
    store.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void answersAsAScanWould(long seed) {
    RandomDocuments random = new RandomDocuments(seed);
    indexed.createIndex(ascending("a"));
    indexed.createIndex(descending("b"));
    fill(random);
    // Made over what is there, and two of them of one field.
    indexed.createIndex(ascending("c.d"));
    indexed.createIndex(ascending("a", "b"));
    change(random);
    if (seed % 2 == 0) {
      store.restart();
      indexed = store.collection("indexed");
    }

    for (int i = 0; i < QUERIES; i++) {
      Document filter = random.filter();
      assertThat(found(indexed, filter, null))
          .as("%s", filter.toJson())
          .containsExactlyInAnyOrderElementsOf(found(scanned(), filter, null));
      assertThat(indexed.countDocuments(filter)).isEqualTo(scanned().countDocuments(filter));
      // The id decides where values are equal, so that there is one right order.
      Bson order = Sorts.orderBy(random.order(), ascending("_id"));
      assertThat(found(indexed, filter, order))
          .as("%s by %s", filter.toJson(), order)
          .isEqualTo(found(scanned(), filter, order));
      assertThat(firstTen(indexed, filter, order))
          .as("first of %s by %s", filter.toJson(), order)
          .isEqualTo(firstTen(scanned(), filter, order));
      assertThat(numbersInOrder(indexed)).isEqualTo(numbersInOrder(scanned()));
    }
  }

  private MongoCollection<Document> scanned() {
    return store.collection("scanned");
  }

  private void fill(RandomDocuments random) {
    for (int i = 0; i < DOCUMENTS; i++) {
      Document document = random.document(i);
      indexed.insertOne(document);
      scanned().insertOne(document);
    }
  }

  private void change(RandomDocuments random) {
    for (int i = 0; i < CHANGES; i++) {
      Bson byId = eq("_id", random.id(DOCUMENTS));
      switch (i % 3) {
        case 0 -> {
          indexed.deleteOne(byId);
          scanned().deleteOne(byId);
        }
        case 1 -> {
          Bson update = set("a", random.value());
          indexed.updateOne(byId, update);
          scanned().updateOne(byId, update);
        }
        default -> {
          Document replacement = random.document(0);
          replacement.remove("_id");
          indexed.replaceOne(byId, replacement);
          scanned().replaceOne(byId, replacement);
        }
      }
    }
  }

  private static List<Document> found(
      MongoCollection<Document> collection, Document filter, Bson order) {
    return collection.find(filter).sort(order).into(new ArrayList<>());
  }

  private static List<Document> firstTen(
      MongoCollection<Document> collection, Document filter, Bson order) {
    return collection.find(filter).sort(order).skip(1).limit(10).into(new ArrayList<>());
  }

  /**
   * Sorts by one field alone, whose order an index may have; which of two equal ones is first does
   * not matter.
   */
  private static List<Double> numbersInOrder(MongoCollection<Document> collection) {
    return collection
        .find(new Document("b", new Document("$gte", -3).append("$lte", 4)))
        .sort(descending("b"))
        .limit(25)
        .map(document -> ((Number) document.get("b")).doubleValue() + 0.0)
        .into(new ArrayList<>());
  }

  /** Documents, changes and questions, of few different values so that they meet. */
  private static final class RandomDocuments {

    private final Random random;

    private RandomDocuments(long seed) {
      this.random = new Random(seed);
    }

    private Document document(int id) {
      Document document = new Document("_id", id);
      for (String field : List.of("a", "b")) {
        if (random.nextInt(8) > 0) {
          // Arrays in one field only: indexes of two array fields are refused.
          document.append(field, field.equals("a") && random.nextInt(6) == 0 ? array() : value());
        }
      }
      switch (random.nextInt(4)) {
        case 0 -> document.append("c", new Document("d", value()).append("e", 1));
        case 1 -> document.append("c", List.of(new Document("d", value()), new Document("d", 1)));
        case 2 -> document.append("c", value());
        default -> document.append("x", 1);
      }
      return document;
    }

    private int id(int below) {
      return random.nextInt(below);
    }

    private List<Object> array() {
      List<Object> array = new ArrayList<>();
      // Empty ones have no place of their own in the order of the library's comparator.
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        array.add(value());
      }
      return array;
    }

    private Object value() {
      return switch (random.nextInt(13)) {
        case 0 -> random.nextInt(10) - 5;
        case 1 -> (long) random.nextInt(10) - 5;
        case 2 -> (random.nextInt(40) - 20) / 4.0;
        case 3 -> new Decimal128(BigDecimal.valueOf(random.nextInt(1_000) - 500, 2));
        case 4 ->
            List.of(-0.0, 0, 1L << 40, -(1L << 40), 1e300, 2_147_483_648L).get(random.nextInt(6));
        case 5 -> new Decimal128(BigDecimal.valueOf(random.nextInt(10) - 5));
        case 6 -> null;
        case 7 -> List.of("", "a", "ab", "b", "é", "Z", "a\u0000b").get(random.nextInt(7));
        case 8 -> Date.from(Instant.EPOCH.plus(Duration.ofDays(random.nextInt(10) - 5)));
        case 9 -> random.nextBoolean();
        case 10 -> new ObjectId(String.format("%024x", random.nextInt(5)));
        case 11 -> new Document("x", random.nextInt(3));
        default -> random.nextInt(5);
      };
    }

    private String field() {
      return List.of("a", "a", "b", "b", "c.d").get(random.nextInt(5));
    }

    private Document filter() {
      return switch (random.nextInt(9)) {
        case 0 -> new Document(field(), value());
        case 1 -> new Document(field(), range(value()));
        case 2 -> {
          int value = random.nextInt(8) - 4;
          yield new Document(field(), new Document("$gte", value).append("$lt", value + 2));
        }
        case 3 -> new Document(field(), new Document("$in", Arrays.asList(value(), value())));
        case 4 -> new Document("a", range(value())).append("b", value());
        case 5 -> new Document("$or", List.of(filter(), filter()));
        case 6 -> new Document("$and", List.of(filter(), filter()));
        case 7 ->
            new Document(
                field(),
                List.of(
                        new Document("$ne", value()),
                        new Document("$exists", random.nextBoolean()),
                        new Document("$not", range(random.nextInt(5))),
                        new Document("$eq", value()),
                        new Document("$nin", Arrays.asList(value(), value())))
                    .get(random.nextInt(5)));
        default -> new Document();
      };
    }

    private Document range(Object value) {
      return new Document(List.of("$lt", "$lte", "$gt", "$gte").get(random.nextInt(4)), value);
    }

    private Bson order() {
      String field = List.of("a", "b").get(random.nextInt(2));
      return random.nextBoolean() ? ascending(field) : descending(field);
    }
  }

  @Test
  void refusesAValueTwiceWhereItIsUnique() {
    indexed.createIndex(ascending("v"), UNIQUE);
    indexed.insertOne(new Document("_id", 1).append("v", 10));
    indexed.insertOne(new Document("_id", 2).append("v", 11.5));

    for (Object same : List.of(10, 10L, 10.0, Decimal128.parse("10.0"), List.of(3, 10))) {
      refused(() -> indexed.insertOne(new Document("_id", 3).append("v", same)));
    }
    refused(() -> indexed.updateOne(eq("_id", 2), set("v", 10)));
    refused(() -> indexed.replaceOne(eq("_id", 2), new Document("v", Decimal128.parse("1E1"))));

    assertThat(indexed.find(eq("_id", 2)).first()).containsEntry("v", 11.5);
    assertThat(indexed.countDocuments()).isEqualTo(2);
    // Itself is no duplicate, and what is gone is free.
    indexed.replaceOne(eq("_id", 1), new Document("v", 10L));
    indexed.updateOne(eq("_id", 1), set("v", 12));
    indexed.updateOne(eq("_id", 2), set("v", 10));
    indexed.deleteOne(eq("_id", 1));
    indexed.insertOne(new Document("_id", 4).append("v", 12));
    assertThat(indexed.countDocuments()).isEqualTo(2);
  }

  @Test
  void takesOneDocumentWithoutAUniqueFieldUnlessTheIndexIsSparse() {
    indexed.createIndex(ascending("v"), UNIQUE);
    indexed.insertOne(new Document("_id", 1));
    refused(() -> indexed.insertOne(new Document("_id", 2)));
    refused(() -> indexed.insertOne(new Document("_id", 2).append("v", null)));

    MongoCollection<Document> sparse = store.collection("sparse");
    sparse.createIndex(ascending("v"), new IndexOptions().unique(true).sparse(true));
    sparse.insertOne(new Document("_id", 1));
    sparse.insertOne(new Document("_id", 2));
    sparse.insertOne(new Document("_id", 3).append("v", 1));
    refused(() -> sparse.insertOne(new Document("_id", 4).append("v", 1)));
    assertThat(sparse.find(eq("v", null)).into(new ArrayList<>())).hasSize(2);
    assertThat(sparse.find().sort(ascending("v")).into(new ArrayList<>())).hasSize(3);
  }

  @Test
  void refusesCombinationsTwice() {
    indexed.createIndex(ascending("card", "start"), UNIQUE);
    indexed.insertOne(combination(1, "c1", 0));
    indexed.insertOne(combination(2, "c1", 10));
    indexed.insertOne(combination(3, "c2", 0));

    refused(() -> indexed.insertOne(combination(4, "c1", 10L)));
    refused(() -> indexed.updateOne(eq("_id", 3), set("card", "c1")));

    assertThat(indexed.countDocuments()).isEqualTo(3);
    assertThat(indexed.find(and(eq("card", "c1"), eq("start", 10.0))).first())
        .isEqualTo(combination(2, "c1", 10));
    assertThat(indexed.find(and(eq("card", "c1"), gte("start", 0), lt("start", 10))).first())
        .isEqualTo(combination(1, "c1", 0));
  }

  private static Document combination(int id, String card, Object start) {
    return new Document("_id", id).append("card", card).append("start", start);
  }

  @Test
  void buildsNoUniqueIndexOverDuplicates() {
    indexed.insertMany(
        List.of(new Document("_id", 1).append("v", 1), new Document("_id", 2).append("v", 1.0)));

    refused(() -> indexed.createIndex(ascending("v"), UNIQUE));

    // Nothing is left of it, now and after a restart.
    indexed.insertOne(new Document("_id", 3).append("v", 1));
    store.restart();
    assertThat(store.collection("indexed").find(eq("v", 1)).into(new ArrayList<>())).hasSize(3);
    assertThat(store.collection("indexed").listIndexes().into(new ArrayList<>())).hasSize(1);
  }

  @Test
  void refusesAnIndexOfPlacesByName() {
    assertThatThrownBy(() -> indexed.createIndex(new Document("point", "2dsphere")))
        .isInstanceOf(MongoException.class)
        .hasMessageContaining(
            "the local store has no index of the kind '2dsphere', which is asked for 'point'");
    assertThat(indexed.listIndexes().into(new ArrayList<>())).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void dropsAnIndexAndMakesItAnew() {
    indexed.createIndex(ascending("v"), UNIQUE);
    indexed.insertOne(new Document("_id", 1).append("v", 1));

    indexed.dropIndex("v_1");
    indexed.insertOne(new Document("_id", 2).append("v", 1));
    indexed.createIndex(ascending("v"));
    indexed.insertOne(new Document("_id", 3).append("v", 1));

    assertThat(indexed.find(eq("v", 1)).into(new ArrayList<>())).hasSize(3);
    indexed.dropIndexes();
    assertThat(indexed.find(eq("v", 1)).into(new ArrayList<>())).hasSize(3);
    assertThat(indexed.listIndexes().into(new ArrayList<>())).hasSize(1);
  }

  @Test
  void remembersArraysOfAChangeThatFailed() {
    indexed.createIndex(ascending("v"));
    indexed.createIndex(ascending("w"), UNIQUE);
    indexed.insertOne(new Document("_id", 1).append("v", 0).append("w", 1));

    refused(
        () -> indexed.insertOne(new Document("_id", 2).append("v", List.of(1, 2)).append("w", 1)));
    indexed.insertOne(new Document("_id", 3).append("v", List.of(1, 2)).append("w", 2));
    store.restart();

    indexed = store.collection("indexed");
    assertThat(indexed.find(gte("v", 0)).into(new ArrayList<>())).hasSize(2);
    assertThat(indexed.countDocuments(gte("v", 1))).isEqualTo(1);
    assertThat(indexed.find().sort(ascending("v")).into(new ArrayList<>())).hasSize(2);
  }

  @Test
  void namesTheIndexesOfACollection() {
    indexed.createIndex(ascending("event_time"));
    indexed.createIndex(Sorts.orderBy(ascending("merchant"), descending("amount")));

    assertThat(indexed.listIndexes().map(each -> each.getString("name")).into(new ArrayList<>()))
        .containsExactlyInAnyOrder("_id_", "event_time_1", "merchant_1_amount_-1");
    // Twice the same is once.
    indexed.createIndex(ascending("event_time"));
    assertThat(indexed.listIndexes().into(new ArrayList<>())).hasSize(3);
  }

  private static void refused(Runnable writing) {
    assertThatThrownBy(writing::run)
        .isInstanceOfSatisfying(
            MongoException.class, problem -> assertThat(problem.getCode()).isEqualTo(11_000));
  }
}
