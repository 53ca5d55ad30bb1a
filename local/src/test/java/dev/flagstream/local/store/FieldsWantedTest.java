package dev.flagstream.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read of documents is what a search has a use for; all, where that is not plain. */
class FieldsWantedTest {

  private static final Document EVERYTHING = new Document();

  @Test
  void aProjectionWantsItsFieldsThoseOfTheQueryThoseOfTheOrderAndTheId() {
    Document query =
        document(
            "$or",
            List.of(document("city", "Bern"), document("place.lat", document("$gt", 47.0))),
            "amount",
            document("$gte", 100));
    Document order = document("time", -1);

    assertThat(
            FieldsWanted.of(query, order, document("name", 1, "features.night", true), "_id")
                .names())
        .containsExactlyInAnyOrder("_id", "city", "place", "amount", "time", "name", "features");
    assertThat(FieldsWanted.of(EVERYTHING, null, document("name", 1, "_id", 0), "_id").names())
        .containsExactlyInAnyOrder("_id", "name");
    assertThat(FieldsWanted.of(EVERYTHING, null, document("_id", 1), "_id").names())
        .containsExactly("_id");
  }

  @Test
  void withoutFieldsThatAreNamedAllAreWanted() {
    for (Document projection :
        List.of(
            EVERYTHING,
            document("_id", 0),
            document("name", 0),
            document("name", 1, "list", document("$slice", 2)),
            document("name", "$other"),
            document("list.$", 1))) {
      assertThat(FieldsWanted.of(EVERYTHING, null, projection, "_id").names())
          .as("%s", projection)
          .isNull();
    }
    assertThat(FieldsWanted.of(EVERYTHING, null, (Document) null, "_id").names()).isNull();
  }

  @Test
  void aQueryByAnExpressionWantsAll() {
    Document expression = document("$expr", document("$gt", List.of("$a", "$b")));

    assertThat(FieldsWanted.of(expression, null, document("name", 1), "_id").names()).isNull();
    assertThat(
            FieldsWanted.of(
                    document("$and", List.of(document("x", 1), expression)),
                    null,
                    document("name", 1),
                    "_id")
                .names())
        .isNull();
  }

  @Test
  void aGroupWantsWhatItsExpressionsName() {
    Document group =
        document(
            "$group",
            document(
                "_id",
                document("day", document("$dayOfYear", "$time"), "card", "$card.token"),
                "sum",
                document("$sum", document("$multiply", List.of("$amount", 2)))));

    assertThat(
            FieldsWanted.of(document("flagged", true), null, List.of(group, EVERYTHING), "_id")
                .names())
        .containsExactlyInAnyOrder("_id", "flagged", "time", "card", "amount");
  }

  @Test
  void otherStagesAndGroupsOfWholeDocumentsWantAll() {
    for (List<Document> stages :
        List.of(
            List.<Document>of(),
            List.of(document("$limit", 3)),
            List.of(document("$set", document("a", 1))),
            List.of(document("$group", document("_id", null, "d", document("$push", "$$ROOT")))),
            List.of(
                document(
                    "$group",
                    document("_id", null, "d", document("$max", document("$getField", "a"))))))) {
      assertThat(FieldsWanted.of(EVERYTHING, null, stages, "_id").names())
          .as("%s", stages)
          .isNull();
    }
  }

  private static Document document(Object... namesAndValues) {
    Document document = new Document();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      document.append((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return document;
  }
}
