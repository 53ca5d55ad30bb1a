package dev.flagstream.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much of an index a query has to look at. */
class IndexedQueryTest {

  @Test
  void twoBoundsSaidApartNarrowAsMuchAsTwoBoundsSaidTogether() {
    List<List<String>> together =
        ranges(new Document("v", new Document("$gte", 3).append("$lt", 7)));

    assertThat(ranges(and(condition("$gte", 3), condition("$lt", 7)))).isEqualTo(together);
    assertThat(ranges(and(condition("$lt", 7), condition("$gte", 3)))).isEqualTo(together);
    assertThat(ranges(and(condition("$gte", 3), and(condition("$lt", 9), condition("$lt", 7)))))
        .isEqualTo(together);
  }

  @Test
  void oneValueNarrowsMoreThanAnyBound() {
    List<List<String>> value = ranges(new Document("v", 5));

    assertThat(ranges(and(condition("$gte", 3), new Document("v", 5)))).isEqualTo(value);
    assertThat(ranges(and(new Document("v", 5), condition("$gte", 3)))).isEqualTo(value);
  }

  @Test
  void boundsThatExcludeEachOtherLeaveNothing() {
    assertThat(ranges(and(condition("$lt", 3), condition("$gt", 7)))).isEmpty();
  }

  private static Document condition(String operator, int value) {
    return new Document("v", new Document(operator, value));
  }

  private static Document and(Document... all) {
    return new Document("$and", List.of(all));
  }

  private static List<List<String>> ranges(Document query) {
    return IndexedQuery.ofField(query, "v").orElseThrow().stream()
        .map(range -> List.of(Arrays.toString(range.from()), Arrays.toString(range.to())))
        .toList();
  }
}
