package dev.flagstream.local.vitals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.flagstream.local.component.StopSignal;
import dev.flagstream.local.failure.ExitCodes;
import dev.flagstream.local.failure.StackException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Time is an argument here: nothing waits. */
class VitalsTest {

  @TempDir private Path folder;
  private final StopSignal stop = new StopSignal();

  @Test
  void refusesAJvmWithTooLittleMemoryAndNamesWhatIsNeeded() {
    assertThatThrownBy(() -> HeapSpace.requireEnough(64L << 20))
        .hasMessageContaining("64 MiB")
        .hasMessageContaining(HeapSpace.NEEDED_MIB + " MiB at least")
        .asInstanceOf(type(StackException.class))
        .extracting(StackException::exitCode)
        .isEqualTo(ExitCodes.MEMORY);
    assertThatCode(() -> HeapSpace.requireEnough(HeapSpace.NEEDED_MIB << 20))
        .doesNotThrowAnyException();
  }

  @Test
  void endsWhenTheHeapStaysFullAndAllTimeGoesIntoCollecting() {
    HeapSpace heap = new HeapSpace();

    assertThatThrownBy(
            () -> {
              for (int second = 0; second <= 30; second++) {
                heap.check(seconds(second), 950L * second, 0.99);
              }
            })
        .hasMessageContaining("Out of memory")
        .hasMessageContaining("JAVA_OPTS");
  }

  @Test
  void goesOnWithAFullHeapThatCollectsRarely() {
    HeapSpace heap = new HeapSpace();

    for (int second = 0; second <= 60; second++) {
      heap.check(seconds(second), 50L * second, 0.99);
    }
    assertThat(heap).isNotNull();
  }

  @Test
  void goesOnWhereCollectingTakesLongButFreesMemory() {
    HeapSpace heap = new HeapSpace();

    for (int second = 0; second <= 60; second++) {
      heap.check(seconds(second), 950L * second, second % 10 == 0 ? 0.6 : 0.99);
    }
    assertThat(heap).isNotNull();
  }

  @Test
  void saysWhenTheClockWasSetBack() {
    ClockSteps clock = new ClockSteps(seconds(10), 1_000_000);

    assertThat(clock.look(seconds(11), 1_001_100)).isEmpty();
    assertThat(clock.look(seconds(12), 1_001_100 - 3_600_000))
        .hasValueSatisfying(
            sentence ->
                assertThat(sentence).contains("was set back by 3,601 s").doesNotContain("-"));
    assertThat(clock.look(seconds(13), 1_002_100 - 3_600_000)).as("said once").isEmpty();
  }

  @Test
  void endsWhereTheClockWasSetBackByMoreThanKafkasClientsCanWaitFor() {
    ClockSteps clock = new ClockSteps(seconds(10), 1_000_000);
    clock.requireNoneBack(seconds(11), 1_001_000 - 4_000);
    // Ahead, and right again: it is behind what clients have seen.
    clock.requireNoneBack(seconds(12), 1_002_000 + 3_600_000);

    assertThatThrownBy(() -> clock.requireNoneBack(seconds(13), 1_003_000))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("was set back by 3,600 s")
        .hasMessageContaining("The data are kept");
  }

  @Test
  void namesWhyAllIsStoppedAndNotThePartThatEndsTheProcessMeanwhile() {
    StackException reason = new StackException("04-merchant.sql: no answer within 60 s");
    stop.note(reason);
    stop.note(new StackException("The broker is gone"));

    assertThat(vitals().reasonToEnd("Failed to stop KafkaBasedLog")).isSameAs(reason);
  }

  @Test
  void aPartThatDoesNotStopInOrderAfterASignalIsNoFailureOfIts() {
    stop.request();

    StackException reason = vitals().reasonToEnd(null);

    assertThat(reason).hasMessageContaining("Stopped").hasMessageContaining("The data are kept");
    assertThat(reason.exitCode()).isEqualTo(ExitCodes.INTERRUPTED);
  }

  @Test
  void aPartThatEndsTheProcessByItselfIsToldSo() {
    assertThat(vitals().reasonToEnd("the log directory failed"))
        .hasMessageStartingWith(
            "A part cannot go on and ended the process: the log directory failed");
  }

  private Vitals vitals() {
    return new Vitals(folder, stop, line -> {}, false);
  }

  private static long seconds(long seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }
}
