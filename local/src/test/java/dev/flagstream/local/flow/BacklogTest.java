package dev.flagstream.local.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BacklogTest {

  private final Backlog backlog = new Backlog();

  @Test
  void isNothingWhereEverythingIsProcessedAtOnce() {
    note(0, 0, 0);
    note(1, 1_000, 1_000);
    note(2, 2_000, 2_000);

    assertBacklog(0, 0);
  }

  @Test
  void isAsLongAsTheOldestTransactionHasWaited() {
    note(0, 0, 0);
    note(1, 1_000, 0);
    note(2, 2_000, 0);
    note(3, 3_000, 1_000);

    // At 2 s the oldest has waited since some moment after 0 s; at 3 s, since one after 1 s.
    assertBacklog(2_000, 2);
  }

  @Test
  void keepsTheWorstWhenTheSqlHasCaughtUp() {
    note(0, 0, 0);
    note(1, 5_000, 0);
    note(4, 5_000, 4_999);
    note(5, 5_000, 5_000);
    note(6, 5_010, 5_000);

    assertBacklog(5_000, 4);
  }

  @Test
  void doesNotCountTheTimeInWhichNothingCame() {
    note(0, 10, 10);
    note(100, 10, 10);
    note(101, 20, 10);

    assertBacklog(10, 1);
  }

  private void note(int atSeconds, long input, long scored) {
    backlog.note(TimeUnit.SECONDS.toNanos(atSeconds), new FlowCounts(input, 0, scored, 0, 0));
  }

  private void assertBacklog(long transactions, int seconds) {
    assertThat(backlog.mostTransactions()).isEqualTo(transactions);
    assertThat(backlog.longestNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(seconds));
  }
}
