package dev.flagstream.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.local.flow.FlowCounts;
import org.junit.jupiter.api.Test;

class ChecksTest {

  /** Of 10 records, all are scored. */
  private static final FlowCounts SETTLED = new FlowCounts(10, 0, 10, 0, 0);

  @Test
  void transactionsThatOthersSendMeanwhileAreNoLoss() {
    Check check = Checks.ofTopics(7, 10, SETTLED, Unaccounted.NONE).get(0);

    assertThat(check.passed()).isTrue();
    assertThat(check.sentence())
        .isEqualTo(
            "the input topic grew by 10: the 7 transactions of this run, and 3 from elsewhere");
  }

  @Test
  void fewerTransactionsThanWereGeneratedAreALoss() {
    Check check = Checks.ofTopics(11, 10, SETTLED, Unaccounted.NONE).get(0);

    assertThat(check.passed()).isFalse();
    assertThat(check.sentence())
        .isEqualTo("11 transactions were generated, but the input topic grew by 10");
  }
}
