package dev.flagstream.local.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BacklogGrowthTest {

  private static final long MUCH = PipelineProbe.AT_WORK + 1;

  @Test
  void namesWhoHasMuchLeftAndMoreThanBefore() {
    assertThat(
            new BacklogGrowth(
                    Map.of("slower", MUCH, "faster", MUCH + 10, "still", MUCH),
                    Map.of("slower", MUCH + 5, "faster", MUCH, "still", MUCH))
                .fallingBehind())
        .containsOnly(Map.entry("slower", 5L), Map.entry("still", 0L));
  }

  @Test
  void whoHasLittleLeftIsAtWork() {
    assertThat(new BacklogGrowth(Map.of(), Map.of("busy", PipelineProbe.AT_WORK)).fallingBehind())
        .isEmpty();
  }

  @Test
  void whoHadNothingLeftBeforeHasAllOfItNow() {
    assertThat(new BacklogGrowth(Map.of(), Map.of("new", MUCH)).fallingBehind())
        .containsOnly(Map.entry("new", MUCH));
  }
}
