package dev.flagstream.generator.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  @Test
  void followsEventTime() {
    Schedule schedule = Schedule.byEventTime(10_000);

    assertThat(schedule.dueNanos(11_500)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1_500));
  }

  @Test
  void tellsHowLateIsWhatWasDueBeforeTheStart() {
    assertThat(Schedule.byEventTime(10_000).dueNanos(9_000))
        .isEqualTo(-TimeUnit.SECONDS.toNanos(1));
  }

  @Test
  void neverWaitsWhenAsFastAsPossible() {
    assertThat(Schedule.asFastAsPossible().dueNanos(1_000_000)).isEqualTo(Schedule.AT_ONCE);
  }
}
