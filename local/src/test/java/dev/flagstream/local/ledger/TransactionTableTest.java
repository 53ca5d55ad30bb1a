package dev.flagstream.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransactionTableTest {

  private final TransactionTable table = new TransactionTable();

  @Test
  void remembersAsAMapDoesHoweverOftenItGrows() {
    Random random = new Random(20260102);
    Map<String, Integer> states = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      String id = "run-" + random.nextInt(40_000);
      int bits = 1 << random.nextInt(6);
      table.add(id, bits);
      states.merge(id, bits, (before, more) -> before | more);
    }

    states.forEach((id, state) -> assertThat(table.stateOf(id)).as(id).isEqualTo(state));
    assertThat(table.stateOf("never seen")).isZero();
    assertThat(table.count(TransactionTable.STORED, TransactionTable.IN_INPUT))
        .isEqualTo(
            states.values().stream()
                .filter(state -> (state & TransactionTable.STORED) != 0)
                .filter(state -> (state & TransactionTable.IN_INPUT) == 0)
                .count());
  }

  @Test
  void knowsWhoCameInMoreOftenThanTheyWereScored() {
    table.note("sent twice", TransactionTable.IN_INPUT, 1);
    table.note("sent twice", TransactionTable.IN_INPUT, 1);
    table.note("sent twice", TransactionTable.SCORED_CLEAR, -1);
    table.note("scored twice", TransactionTable.IN_INPUT, 1);
    table.note("scored twice", TransactionTable.SCORED_CLEAR, -1);
    table.note("scored twice", TransactionTable.SCORED_ALERT, -1);

    assertThat(table.unscored("sent twice")).isEqualTo(1);
    assertThat(table.unscored("scored twice")).isEqualTo(-1);
    assertThat(table.countScoredTooOften()).isEqualTo(1);
  }

  @Test
  void countsFurtherThanAByteHolds() {
    for (int i = 0; i < 1_000; i++) {
      table.note("again and again", TransactionTable.IN_INPUT, 1);
    }
    assertThat(table.unscored("again and again")).isEqualTo(1_000);
    assertThat(table.countUnscored(TransactionTable.IN_INPUT, 0)).isEqualTo(1);

    for (int i = 0; i < 1_000; i++) {
      table.note("again and again", TransactionTable.SCORED_CLEAR, -1);
    }
    assertThat(table.unscored("again and again")).isZero();
    assertThat(table.countUnscored(TransactionTable.IN_INPUT, 0)).isZero();

    for (int i = 0; i < 200; i++) {
      table.note("again and again", TransactionTable.SCORED_CLEAR, -1);
    }
    assertThat(table.unscored("again and again")).isEqualTo(-200);
    assertThat(table.countScoredTooOften()).isEqualTo(1);
  }

  @Test
  void forgetsABitOfAllAtOnce() {
    table.add("a", TransactionTable.STORED | TransactionTable.IN_INPUT);

    table.removeFromAll(TransactionTable.STORED);

    assertThat(table.stateOf("a")).isEqualTo(TransactionTable.IN_INPUT);
  }
}
