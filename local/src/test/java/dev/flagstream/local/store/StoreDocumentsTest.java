package dev.flagstream.local.store;

import static com.mongodb.client.model.Accumulators.sum;
import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Projections.excludeId;
import static com.mongodb.client.model.Projections.fields;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Sorts.orderBy;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.push;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.DuplicateKeyException;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoNamespace;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.MongoIterable;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.result.UpdateResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client of MongoDB may do with documents and collections. */
class StoreDocumentsTest {

  private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

  private RunningStore store;
  private MongoCollection<Document> people;

  @BeforeEach
  void start(@TempDir Path data) {
    store = RunningStore.on(data);
    people = store.collection("people");
  }

  @AfterEach
  void stop() {
    store.close();
  }

  @Test
  void upsertsInBulkAsTheSinkDoes() {
    BulkWriteResult first =
        people.bulkWrite(upserts(0, 2_000), new BulkWriteOptions().ordered(true));
    BulkWriteResult again =
        people.bulkWrite(upserts(1_000, 3_000), new BulkWriteOptions().ordered(true));

    assertThat(first.getUpserts()).hasSize(2_000);
    assertThat(again.getUpserts()).hasSize(1_000);
    assertThat(again.getMatchedCount()).isEqualTo(1_000);
    assertThat(people.countDocuments()).isEqualTo(3_000);
    assertThat(people.estimatedDocumentCount()).isEqualTo(3_000);
    assertThat(people.find(eq("_id", "p2500")).first())
        .isEqualTo(new Document("_id", "p2500").append("number", 2_500));
  }

  private static List<ReplaceOneModel<Document>> upserts(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            i ->
                new ReplaceOneModel<>(
                    eq("_id", "p" + i), new Document("_id", "p" + i).append("number", i), UPSERT))
        .toList();
  }

  @Test
  void replacesWholeDocuments() {
    people.insertOne(new Document("_id", 1).append("a", 1).append("b", 2));

    people.replaceOne(eq("_id", 1), new Document("z", 1).append("b", new Document("y", 2)));

    assertThat(people.find().first())
        .isEqualTo(new Document("_id", 1).append("z", 1).append("b", new Document("y", 2)));
  }

  @Test
  void givesTheFieldsAskedForOfDocumentsThatAreFoundAndSortedByOthers() {
    for (int i = 0; i < 50; i++) {
      people.insertOne(
          new Document("_id", i)
              .append("name", "person " + i)
              .append("home", new Document("city", i % 2 == 0 ? "Bern" : "Basel").append("no", i))
              .append("age", 20 + i % 7)
              .append("tags", List.of("a" + i % 3, "b")));
    }
    people.createIndex(ascending("age"));
    Bson query = and(eq("home.city", "Bern"), eq("tags", "a1"), gte("age", 22));

    List<Document> names =
        people
            .find(query)
            .sort(orderBy(descending("home.no"), ascending("age")))
            .projection(fields(include("name"), excludeId()))
            .into(new ArrayList<>());

    assertThat(names)
        .containsExactlyElementsOf(
            people.find(query).into(new ArrayList<>()).stream()
                .sorted(Comparator.comparing(each -> -each.getInteger("_id")))
                .map(each -> new Document("name", each.getString("name")))
                .toList())
        .hasSizeGreaterThan(3);
    assertThat(
            people
                .find(query)
                .projection(include("home.city"))
                .sort(ascending("age"))
                .into(new ArrayList<>()))
        .allSatisfy(
            each ->
                assertThat(each)
                    .containsOnlyKeys("_id", "home")
                    .containsEntry("home", new Document("city", "Bern")));
  }

  @Test
  void updatesFieldsOfOneOrManyDocuments() {
    people.insertMany(numbered(10));

    UpdateResult one = people.updateOne(gte("n", 5), inc("n", 100));
    UpdateResult many = people.updateMany(lt("n", 5), set("small", true));
    UpdateResult none = people.updateOne(eq("n", 77), set("x", 1));
    UpdateResult upsert =
        people.updateOne(eq("n", 88), set("x", 1), new UpdateOptions().upsert(true));

    assertThat(one.getModifiedCount()).isEqualTo(1);
    assertThat(many.getModifiedCount()).isEqualTo(5);
    assertThat(none.getMatchedCount()).isZero();
    assertThat(upsert.getUpsertedId().asObjectId()).isNotNull();
    assertThat(people.countDocuments(eq("small", true))).isEqualTo(5);
    assertThat(people.countDocuments()).isEqualTo(11);
  }

  @Test
  void deletesOneOrManyDocuments() {
    people.insertMany(numbered(10));

    assertThat(people.deleteOne(gte("n", 5)).getDeletedCount()).isEqualTo(1);
    assertThat(people.deleteMany(lt("n", 5)).getDeletedCount()).isEqualTo(5);
    assertThat(people.deleteOne(eq("n", 77)).getDeletedCount()).isZero();
    assertThat(people.countDocuments()).isEqualTo(4);
    assertThat(people.estimatedDocumentCount()).isEqualTo(4);
  }

  @Test
  void findsAndModifiesInOneStep() {
    people.insertMany(numbered(5));
    FindOneAndUpdateOptions newest = new FindOneAndUpdateOptions().sort(descending("n"));

    Document before = people.findOneAndUpdate(gte("n", 0), set("seen", true), newest);
    Document after =
        people.findOneAndUpdate(
            eq("n", 1),
            inc("n", 10),
            new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
    Document created =
        people.findOneAndUpdate(
            eq("_id", "counter"),
            inc("value", 1),
            new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER));
    Document deleted = people.findOneAndDelete(eq("n", 2));

    assertThat(before).isEqualTo(new Document("_id", 4).append("n", 4));
    assertThat(after).isEqualTo(new Document("_id", 1).append("n", 11));
    assertThat(created).isEqualTo(new Document("_id", "counter").append("value", 1));
    assertThat(deleted.getInteger("n")).isEqualTo(2);
    assertThat(people.countDocuments()).isEqualTo(5);
  }

  @Test
  void refusesASecondDocumentOfTheSameIdWhateverTypeTheNumberHas() {
    people.insertOne(new Document("_id", 7));

    for (Object same : List.of(7, 7L, 7.0, Decimal128.parse("7.00"))) {
      assertThatThrownBy(() -> people.insertOne(new Document("_id", same)))
          .isInstanceOf(MongoWriteException.class)
          .hasMessageContaining("E11000 duplicate key");
    }
    people.insertOne(new Document("_id", "7"));
    assertThat(people.find(eq("_id", 7.0)).first()).isEqualTo(new Document("_id", 7));
    assertThat(people.countDocuments()).isEqualTo(2);
  }

  @Test
  void takesDocumentsAsIdsByTheirValue() {
    Document id = new Document("card", "c1").append("start", 10L);
    people.insertOne(new Document("_id", id).append("n", 1));

    people.replaceOne(eq("_id", id), new Document("n", 2), UPSERT);

    assertThatThrownBy(
            () ->
                people.insertOne(
                    new Document("_id", new Document("card", "c1").append("start", 10))))
        .hasMessageContaining("E11000");
    // Another order of fields is another document.
    people.insertOne(new Document("_id", new Document("start", 10L).append("card", "c1")));
    assertThat(people.find(eq("_id", id)).first()).containsEntry("n", 2);
    assertThat(people.countDocuments()).isEqualTo(2);
  }

  @Test
  void goesOnAfterADuplicateOnlyWhereTheBulkIsUnordered() {
    people.insertOne(new Document("_id", 1));
    List<InsertOneModel<Document>> inserts =
        List.of(
            new InsertOneModel<>(new Document("_id", 0)),
            new InsertOneModel<>(new Document("_id", 1)),
            new InsertOneModel<>(new Document("_id", 2)));

    assertThatThrownBy(() -> people.bulkWrite(inserts))
        .isInstanceOfSatisfying(
            MongoBulkWriteException.class,
            problem -> assertThat(problem.getWriteErrors().get(0).getIndex()).isEqualTo(1));
    assertThat(ids(people)).containsExactlyInAnyOrder(0, 1);
    assertThatThrownBy(
            () -> people.bulkWrite(inserts.subList(1, 3), new BulkWriteOptions().ordered(false)))
        .isInstanceOf(MongoBulkWriteException.class);
    assertThat(ids(people)).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void givesAnIdToADocumentWithoutOne() {
    MongoCollection<Document> collection = store.database().getCollection("raw");
    store
        .database()
        .runCommand(
            new Document("insert", "raw").append("documents", List.of(new Document("a", 1))));

    assertThat(collection.find().first().get("_id")).isInstanceOf(ObjectId.class);
  }

  @Test
  void refusesAnArrayAsId() {
    assertThatThrownBy(() -> people.insertOne(new Document("_id", List.of(1))))
        .hasMessageContaining("_id");
    assertThat(people.countDocuments()).isZero();
  }

  @Test
  void readsInBatchesWhileDocumentsAreWrittenAndDeleted() {
    people.insertMany(numbered(1_000));

    List<Object> read = new ArrayList<>();
    try (MongoCursor<Document> cursor = people.find(lt("n", 1_000)).batchSize(10).iterator()) {
      while (cursor.hasNext()) {
        read.add(cursor.next().get("_id"));
        if (read.size() == 25) {
          people.deleteMany(gte("n", 500));
          people.insertOne(new Document("_id", 5_000).append("n", 5_000));
        }
      }
    }

    // Those that were there all along, each once.
    assertThat(read).doesNotHaveDuplicates();
    assertThat(read).containsAll(IntStream.range(0, 500).boxed().toList());
  }

  @Test
  void skipsLimitsSortsAndProjects() {
    people.insertMany(numbered(20));

    ArrayList<Document> found =
        people
            .find(gte("n", 5))
            .sort(descending("n"))
            .skip(2)
            .limit(3)
            .projection(new Document("_id", 0).append("n", 1))
            .into(new ArrayList<>());

    assertThat(found)
        .containsExactly(new Document("n", 17), new Document("n", 16), new Document("n", 15));
  }

  @Test
  void sortsByTwoFieldsAndLeavesMissingOnesFirst() {
    people.insertMany(
        List.of(
            new Document("_id", 1).append("city", "Bonn").append("age", 3),
            new Document("_id", 2).append("city", "Aachen").append("age", 2),
            new Document("_id", 3).append("city", "Bonn").append("age", 1),
            new Document("_id", 4).append("age", 9)));

    MongoIterable<Object> sorted =
        people.find().sort(ascending("city", "age")).map(each -> each.get("_id"));

    assertThat(sorted.into(new ArrayList<>())).containsExactly(4, 2, 3, 1);
  }

  @Test
  void sortsByIdsOfAnyKind() {
    List<Object> ids =
        List.<Object>of(
            -1.5, 3, 1L << 40, "a", "b", new ObjectId("000000000000000000000001"), true);
    ids.forEach(id -> people.insertOne(new Document("_id", id)));

    assertThat(sortedIds(ascending("_id"))).containsExactlyElementsOf(ids);
    assertThat(sortedIds(descending("_id"))).first().isEqualTo(true);
    assertThat(people.find(gte("_id", 0)).sort(descending("_id")).first())
        .isEqualTo(new Document("_id", 1L << 40));

    // Documents as ids have an order, too.
    people.insertOne(new Document("_id", new Document("n", 2)));
    people.insertOne(new Document("_id", new Document("n", -1)));
    assertThat(sortedIds(ascending("_id")).subList(5, 7))
        .containsExactly(new Document("n", -1), new Document("n", 2));
  }

  private List<Object> sortedIds(Bson order) {
    return people.find().sort(order).map(each -> each.get("_id")).into(new ArrayList<>());
  }

  @Test
  void countsCheaplyWhatIsThere() {
    people.insertMany(numbered(100));
    people.deleteMany(lt("n", 10));

    assertThat(people.estimatedDocumentCount()).isEqualTo(90);
    assertThat(people.countDocuments()).isEqualTo(90);
    assertThat(people.countDocuments(gte("n", 95))).isEqualTo(5);
    assertThat(store.collection("nobody").estimatedDocumentCount()).isZero();
    assertThat(store.collection("nobody").countDocuments()).isZero();
  }

  @Test
  void tellsDistinctValues() {
    people.insertMany(
        List.of(
            new Document("hits", List.of("A", "B")).append("city", "Bonn"),
            new Document("hits", List.of("B")).append("city", "Bonn"),
            new Document("city", "Aachen")));

    assertThat(people.distinct("city", String.class).into(new ArrayList<>()))
        .containsExactlyInAnyOrder("Aachen", "Bonn");
    assertThat(people.distinct("hits", eq("city", "Bonn"), String.class).into(new ArrayList<>()))
        .containsExactlyInAnyOrder("A", "B");
  }

  @Test
  void aggregatesAndWritesTheResultIntoAnotherCollection() {
    people.insertMany(
        IntStream.range(0, 100)
            .mapToObj(i -> new Document("_id", i).append("city", "c" + i % 3).append("n", i))
            .toList());

    people
        .aggregate(
            List.of(
                match(gte("n", 10)), group("$city", sum("n", "$n")), new Document("$out", "sums")))
        .toCollection();

    MongoCollection<Document> sums = store.collection("sums");
    assertThat(sums.countDocuments()).isEqualTo(3);
    assertThat(sums.find(eq("_id", "c0")).first().get("n", Number.class).intValue())
        .isEqualTo(IntStream.range(10, 100).filter(i -> i % 3 == 0).sum());

    // Again, over what is there.
    people.aggregate(List.of(match(eq("city", "c1")), new Document("$out", "sums"))).toCollection();
    assertThat(sums.countDocuments()).isEqualTo(33);
  }

  @Test
  void mergesAnAggregateIntoACollection() {
    MongoCollection<Document> totals = store.collection("totals");
    totals.insertOne(new Document("_id", "c0").append("kept", true));
    people.insertMany(List.of(new Document("city", "c0"), new Document("city", "c1")));

    people
        .aggregate(
            List.of(
                group("$city", sum("n", 1)),
                new Document("$merge", new Document("into", "totals"))))
        .toCollection();

    assertThat(totals.countDocuments()).isEqualTo(2);
    assertThat(totals.find(eq("_id", "c0")).first()).containsEntry("kept", true).containsKey("n");
  }

  @Test
  void changesArraysInPlace() {
    people.insertOne(new Document("_id", 1).append("tags", List.of("a", "b")));

    people.updateOne(eq("tags", "b"), set("tags.$", "B"));
    people.updateOne(eq("_id", 1), push("tags", "c"));

    assertThat(people.find(in("tags", "c")).first().getList("tags", String.class))
        .containsExactly("a", "B", "c");
  }

  @Test
  void dropsCollectionsAndDatabases() {
    people.insertMany(numbered(10));
    people.createIndex(ascending("n"));
    store.collection("others").insertMany(numbered(3));
    MongoCollection<Document> elsewhere =
        store.client().getDatabase("elsewhere").getCollection("people");
    elsewhere.insertMany(numbered(4));

    people.drop();

    assertThat(people.countDocuments()).isZero();
    assertThat(people.find(eq("n", 3)).first()).isNull();
    assertThat(collections()).containsExactly("others");
    people.insertMany(numbered(2));
    assertThat(people.find().sort(ascending("n")).into(new ArrayList<>())).hasSize(2);

    store.database().drop();

    assertThat(collections()).isEmpty();
    assertThat(elsewhere.countDocuments()).isEqualTo(4);
    store.restart();
    assertThat(store.collection("people").countDocuments()).isZero();
    assertThat(store.client().getDatabase("elsewhere").getCollection("people").countDocuments())
        .isEqualTo(4);
  }

  @Test
  void renamesACollectionWithItsIndexes() {
    people.insertMany(numbered(10));
    people.createIndex(ascending("n"), unique());

    people.renameCollection(new MongoNamespace("test", "persons"));

    MongoCollection<Document> persons = store.collection("persons");
    assertThat(collections()).containsExactly("persons");
    assertThat(persons.countDocuments()).isEqualTo(10);
    assertThatThrownBy(() -> persons.insertOne(new Document("_id", 99).append("n", 3)))
        .hasMessageContaining("E11000");
    store.restart();
    assertThat(store.collection("persons").find(gte("n", 8)).into(new ArrayList<>())).hasSize(2);
    assertThat(collections()).containsExactly("persons");
  }

  @Test
  void keepsEverythingOverARestart() {
    people.insertMany(numbered(1_000));
    people.deleteMany(lt("n", 100));
    people.createIndex(ascending("n"), unique());

    store.restart();

    people = store.collection("people");
    assertThat(people.countDocuments()).isEqualTo(900);
    assertThat(people.estimatedDocumentCount()).isEqualTo(900);
    assertThat(people.find(gte("n", 990)).sort(descending("n")).first())
        .isEqualTo(new Document("_id", 999).append("n", 999));
    assertThat(people.listIndexes().map(each -> each.getString("name")).into(new ArrayList<>()))
        .containsExactlyInAnyOrder("_id_", "n_1");
    assertThatThrownBy(() -> people.insertOne(new Document("_id", -1).append("n", 500)))
        .isInstanceOfAny(MongoWriteException.class, DuplicateKeyException.class);
  }

  @Test
  void answersWhatShellsAskFirst() {
    MongoDatabase admin = store.client().getDatabase("admin");
    people.insertMany(numbered(10));

    assertThat(
            store.database().runCommand(new Document("isMaster", 1)).getInteger("maxWireVersion"))
        .isEqualTo(21);
    assertThat(admin.runCommand(new Document("buildInfo", 1)).getString("version"))
        .startsWith("7.0.0");
    assertThat(store.client().listDatabaseNames().into(new ArrayList<>())).contains("test");
    Document statistics = store.database().runCommand(new Document("collStats", "people"));
    assertThat(statistics.get("count", Number.class).intValue()).isEqualTo(10);
    assertThat(statistics.get("size", Number.class).intValue()).isEqualTo(10 * 21);
    assertThat(store.database().runCommand(new Document("dbStats", 1)).get("objects", Number.class))
        .isEqualTo(10);
  }

  private static IndexOptions unique() {
    return new IndexOptions().unique(true);
  }

  private static List<Document> numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Document("_id", i).append("n", i)).toList();
  }

  private static List<Object> ids(MongoCollection<Document> collection) {
    return collection.find().map(each -> each.get("_id")).into(new ArrayList<>());
  }

  private List<String> collections() {
    return store.database().listCollectionNames().into(new ArrayList<>());
  }
}
