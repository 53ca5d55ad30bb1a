package dev.flagstream.local.store;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Sorts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.bson.types.Code;
import org.bson.types.Decimal128;
import org.bson.types.MaxKey;
import org.bson.types.MinKey;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of every type and at every edge, read by a scan and, the same, through an index. */
class StoreValuesTest {

  private static final int MAX_BYTES = 16 * 1024 * 1024;

  /** What a document of one long field takes besides, and a little less than it may. */
  private static final int OTHER_BYTES = 64;

  private RunningStore store;
  private MongoCollection<Document> values;

  @BeforeEach
  void start(@TempDir Path data) {
    store = RunningStore.on(data);
    values = store.collection("values");
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private void indexed(boolean indexed) {
    if (indexed) {
      values.createIndex(ascending("v"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void keepsEveryTypeAsItWas(boolean indexed) {
    indexed(indexed);
    List<Object> list =
        Arrays.asList(
            1,
            1L << 60,
            0.1,
            -0.0,
            Double.NaN,
            Double.NEGATIVE_INFINITY,
            Double.MIN_VALUE,
            Decimal128.parse("1010.40"),
            Decimal128.parse("-0E+10"),
            Decimal128.NaN,
            Decimal128.POSITIVE_INFINITY,
            Decimal128.parse("9.999999999999999999999999999999999E+6144"),
            "",
            "naïve 🚀 \u0000 text",
            true,
            null,
            Date.from(Instant.ofEpochMilli(-1)),
            Date.from(Instant.ofEpochMilli(Long.MIN_VALUE / 2)),
            Date.from(Instant.parse("1969-12-31T23:59:59.999Z")),
            new ObjectId("0123456789abcdef01234567"),
            new Binary(new byte[] {0, -1, 2}),
            new BsonBinary(UUID.fromString("01234567-89ab-cdef-0123-456789abcdef")),
            new BsonTimestamp(7, 3),
            new MinKey(),
            new MaxKey(),
            new Code("function() {}"),
            new Document("a", new Document("b", List.of())).append("", "empty name"),
            List.of(List.of(), List.of(1, "x")));
    for (int i = 0; i < list.size(); i++) {
      values.insertOne(new Document("_id", i).append("v", list.get(i)));
    }
    BsonArray expected =
        new Document("v", list)
            .toBsonDocument(BsonDocument.class, MongoClientSettings.getDefaultCodecRegistry())
            .getArray("v");

    store.restart();

    MongoCollection<BsonDocument> raw =
        store.database().getCollection("values", BsonDocument.class);
    for (int i = 0; i < list.size(); i++) {
      assertThat(raw.find(eq("_id", i)).first().get("v"))
          .as("value %d", i)
          .isEqualTo(expected.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void comparesNumbersByTheirValueWhateverTheirType(boolean indexed) {
    indexed(indexed);
    put("int", 10);
    put("long", 10L);
    put("double", 10.0);
    put("decimal", Decimal128.parse("10.00"));
    put("cent more", Decimal128.parse("10.01"));
    put("text", "10");
    put("less", 9.99);

    assertThat(ids(eq("v", 10))).containsExactly("decimal", "double", "int", "long");
    assertThat(ids(eq("v", Decimal128.parse("1E+1"))))
        .containsExactly("decimal", "double", "int", "long");
    assertThat(ids(gt("v", Decimal128.parse("10")))).containsExactly("cent more");
    assertThat(ids(lte("v", 9.99))).containsExactly("less");
    assertThat(ids(gte("v", 10L))).hasSize(5).contains("cent more").doesNotContain("text");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void takesNegativeZeroForZeroAndNotANumberForItself(boolean indexed) {
    indexed(indexed);
    put("zero", 0);
    put("negative zero", -0.0);
    put("decimal zero", Decimal128.parse("-0"));
    put("nan", Double.NaN);
    put("one", 1.5);
    put("minus one", -1);
    put("infinite", Double.POSITIVE_INFINITY);

    assertThat(ids(eq("v", 0.0))).containsExactly("decimal zero", "negative zero", "zero");
    assertThat(ids(eq("v", Double.NaN))).containsExactly("nan");
    assertThat(ids(lt("v", 0))).contains("minus one").doesNotContain("negative zero");
    assertThat(ids(gt("v", 1))).contains("infinite", "one").doesNotContain("zero");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void tellsNullFromMissingOnlyWhereAsked(boolean indexed) {
    indexed(indexed);
    put("null", null);
    values.insertOne(new Document("_id", "missing"));
    put("number", 1);

    assertThat(ids(eq("v", null))).containsExactly("missing", "null");
    assertThat(ids(exists("v", false))).containsExactly("missing");
    assertThat(ids(exists("v", true))).containsExactly("null", "number");
    assertThat(ids(ne("v", null))).containsExactly("number");
    assertThat(ids(gte("v", 0))).containsExactly("number");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void findsADocumentByEachElementOfItsArrayAndOnce(boolean indexed) {
    indexed(indexed);
    put("ab", List.of("a", "b"));
    put("b", "b");
    put("numbers", List.of(1, 5, 9));
    put("empty", List.of());
    put("same twice", List.of("b", "b"));

    assertThat(ids(eq("v", "b"))).containsExactly("ab", "b", "same twice");
    assertThat(values.find(gte("v", "a")).map(each -> each.get("_id")).into(new ArrayList<>()))
        .containsExactlyInAnyOrder("ab", "b", "same twice");
    assertThat(ids(gt("v", 4))).containsExactly("numbers");
    values.updateOne(eq("_id", "ab"), set("v", List.of("c")));
    assertThat(ids(eq("v", "b"))).containsExactly("b", "same twice");
    assertThat(ids(eq("v", "c"))).containsExactly("ab");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void followsPathsIntoDocumentsAndArrays(boolean indexed) {
    if (indexed) {
      values.createIndex(ascending("location.city"));
      values.createIndex(ascending("reasons.feature"));
    }
    values.insertMany(
        List.of(
            new Document("_id", "bonn").append("location", new Document("city", "Bonn")),
            new Document("_id", "none").append("location", "Bonn"),
            new Document("_id", "reasons")
                .append(
                    "reasons",
                    List.of(new Document("feature", "amount"), new Document("feature", "night")))));

    assertThat(ids(eq("location.city", "Bonn"))).containsExactly("bonn");
    assertThat(ids(eq("location.city", null))).containsExactly("none", "reasons");
    assertThat(ids(eq("reasons.feature", "night"))).containsExactly("reasons");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ordersTimesBefore1970BeforeThoseAfter(boolean indexed) {
    indexed(indexed);
    for (String time :
        List.of(
            "1969-12-31T23:59:59.999Z",
            "1970-01-01T00:00:00Z",
            "1901-05-06T00:00:00Z",
            "2026-01-02T12:00:00Z")) {
      put(time, Date.from(Instant.parse(time)));
    }

    assertThat(ids(lt("v", Date.from(Instant.EPOCH))))
        .containsExactly("1901-05-06T00:00:00Z", "1969-12-31T23:59:59.999Z");
    assertThat(sorted(ascending("v")))
        .containsExactly(
            "1901-05-06T00:00:00Z",
            "1969-12-31T23:59:59.999Z",
            "1970-01-01T00:00:00Z",
            "2026-01-02T12:00:00Z");
    assertThat(sorted(Sorts.descending("v"))).first().isEqualTo("2026-01-02T12:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sortsTypesInMongoDbsOrder(boolean indexed) {
    indexed(indexed);
    put("date", Date.from(Instant.EPOCH));
    put("text", "a");
    put("null", null);
    put("number", -5);
    put("document", new Document("a", 1));
    put("boolean", false);
    put("id", new ObjectId("0123456789abcdef01234567"));
    put("bytes", new Binary(new byte[] {1}));

    assertThat(sorted(ascending("v")))
        .containsExactly("null", "number", "text", "document", "bytes", "id", "boolean", "date");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void takesDocumentsUpToSixteenMebibytes(boolean indexed) {
    indexed(indexed);
    byte[] large = new byte[MAX_BYTES - OTHER_BYTES];
    Arrays.fill(large, (byte) 7);

    values.insertOne(new Document("_id", "large").append("v", 1).append("b", new Binary(large)));

    assertThat(values.find(eq("v", 1)).first().get("b", Binary.class).getData()).isEqualTo(large);
    assertThatThrownBy(() -> values.updateOne(eq("_id", "large"), set("more", "x".repeat(100))))
        .isInstanceOf(MongoException.class)
        .hasMessageContaining("16777216");
    assertThat(values.find(eq("_id", "large")).first()).doesNotContainKey("more");
    assertThatThrownBy(
            () ->
                values.insertOne(
                    new Document("_id", "too large").append("b", new Binary(new byte[MAX_BYTES]))))
        .hasMessageContaining("16777216");
    assertThat(values.countDocuments()).isEqualTo(1);
  }

  private void put(String id, Object value) {
    values.insertOne(new Document("_id", id).append("v", value));
  }

  /** Of the documents found, sorted. */
  private Set<String> ids(Bson filter) {
    return values.find(filter).map(each -> each.getString("_id")).into(new TreeSet<>());
  }

  private List<String> sorted(Bson order) {
    return values.find().sort(order).map(each -> each.getString("_id")).into(new ArrayList<>());
  }
}
