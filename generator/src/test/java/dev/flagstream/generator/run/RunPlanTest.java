package dev.flagstream.generator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.generator.SmallWorld;
import dev.flagstream.generator.feed.Feed;
import dev.flagstream.generator.feed.LabelDelay;
import dev.flagstream.generator.resume.RunStart;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunPlanTest {

  private static final long PLANNED_MS = 1_767_225_600_000L;
  private static final long LENGTH_MS = 5_000;
  private static final long GETTING_READY_MS = 3_000;

  @Test
  void aLiveRunBeginsWhenItIsReadyAndIsAsLongAsPlanned() {
    RunPlan late = live(PLANNED_MS + LENGTH_MS).asOf(PLANNED_MS + GETTING_READY_MS);

    assertThat(late.startMs()).isEqualTo(PLANNED_MS + GETTING_READY_MS);
    assertThat(late.endMs()).isEqualTo(late.startMs() + LENGTH_MS);
  }

  @Test
  void aLiveRunWithoutEndHasNoneLater() {
    RunPlan late = live(Feed.ENDLESS).asOf(PLANNED_MS + GETTING_READY_MS);

    assertThat(late.startMs()).isEqualTo(PLANNED_MS + GETTING_READY_MS);
    assertThat(late.endMs()).isEqualTo(Feed.ENDLESS);
  }

  @Test
  void aClockThatWasSetBackDoesNotMoveALiveRun() {
    RunPlan plan = live(Feed.ENDLESS);

    assertThat(plan.asOf(PLANNED_MS - GETTING_READY_MS)).isEqualTo(plan);
  }

  @Test
  void aBackfillKeepsTheTimesThatWereAskedFor() {
    RunPlan plan = plan(PLANNED_MS + LENGTH_MS, false);

    assertThat(plan.asOf(PLANNED_MS + GETTING_READY_MS)).isEqualTo(plan);
  }

  private static RunPlan live(long endMs) {
    return plan(endMs, true);
  }

  private static RunPlan plan(long endMs, boolean paced) {
    return new RunPlan(
        new SmallWorld(1),
        1,
        LabelDelay.parse("exponential:20s"),
        Feed.Labels.DUE,
        Optional.empty(),
        PLANNED_MS,
        endMs,
        Long.MAX_VALUE,
        paced,
        RunStart.Fresh.CONTINUE,
        Optional.empty(),
        Duration.ZERO);
  }
}
