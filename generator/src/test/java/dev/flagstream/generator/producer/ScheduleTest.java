package dev.flagstream.generator.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.generator.Transactions;
import dev.flagstream.generator.transaction.Transaction;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private final Transaction transaction = Transactions.some(1).get(0);

  @Test
  void followsEventTime() {
    Schedule schedule = Schedule.byEventTime(transaction.timestampMs() - 1_500);

    assertThat(schedule.dueNanos(transaction, 77)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1_500));
  }

  @Test
  void spacesEvenlyWhateverTheEventTimes() {
    Schedule schedule = Schedule.evenly(4);

    assertThat(schedule.dueNanos(transaction, 0)).isZero();
    assertThat(schedule.dueNanos(transaction, 6)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1_500));
  }

  @Test
  void neverWaitsWhenAsFastAsPossible() {
    assertThat(Schedule.asFastAsPossible().dueNanos(transaction, 1_000_000)).isZero();
  }
}
