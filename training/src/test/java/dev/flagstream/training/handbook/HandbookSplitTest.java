package dev.flagstream.training.handbook;

import static dev.flagstream.training.Examples.fraud;
import static dev.flagstream.training.Examples.honest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.training.table.Example;
import dev.flagstream.training.table.FeatureTable;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandbookSplitTest {

  private static final Example TRAINED = honest("2018-07-25T00:00:00Z", "a");
  private static final Example KNOWN_IN_TRAINING = fraud("2018-07-31T23:59:59Z", "b");
  private static final Example KNOWN_LATER = fraud("2018-08-01T12:00:00Z", "c");
  private static final Example NEVER_KNOWN_IN_TIME = fraud("2018-08-07T12:00:00Z", "d");

  private static final FeatureTable TABLE =
      new FeatureTable(
          List.of("amount"),
          List.of(
              TRAINED,
              KNOWN_IN_TRAINING,
              KNOWN_LATER,
              NEVER_KNOWN_IN_TIME,
              honest("2018-08-08T00:00:00Z", "a"),
              honest("2018-08-08T01:00:00Z", "b"),
              honest("2018-08-08T02:00:00Z", "c"),
              honest("2018-08-09T03:00:00Z", "c"),
              honest("2018-08-14T04:00:00Z", "d"),
              honest("2018-08-15T00:00:00Z", "a")));

  private final HandbookSplit split =
      HandbookSplit.of(TABLE, Instant.parse("2018-07-25T00:00:00Z"));

  @Test
  void trainsOnTheFirstWeekOnly() {
    assertThat(split.train().rows()).containsExactly(TRAINED, KNOWN_IN_TRAINING);
  }

  @Test
  void cardsKnownAsCompromisedAreNotInTheTest() {
    // c was defrauded on August 1st, which is known from August 9th on; d on the 7th, known on the
    // 15th.
    assertThat(split.test().rows())
        .extracting(row -> Instant.ofEpochMilli(row.timeMs()) + " " + row.card())
        .containsExactly(
            "2018-08-08T00:00:00Z a", "2018-08-08T02:00:00Z c", "2018-08-14T04:00:00Z d");
  }
}
