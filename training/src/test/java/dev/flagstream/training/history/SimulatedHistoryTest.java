package dev.flagstream.training.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.generator.feed.LabelDelay;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.generator.simulation.SimulationParameters;
import dev.flagstream.training.table.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedHistoryTest {

  private static final TimeRange WEEK =
      TimeRange.from(Instant.parse("2026-01-01T00:00:00Z"), Duration.ofDays(7));

  @Test
  void holdsTheTransactionsOfTheRangeAndFraudsAreReportedLater() {
    List<LabelledTransaction> history = simulate();

    assertThat(history).hasSizeGreaterThan(1_000);
    assertThat(history).allMatch(each -> WEEK.contains(each.transaction().timestampMs()));
    assertThat(history)
        .filteredOn(each -> each.fraud().isPresent())
        .isNotEmpty()
        .allMatch(
            each -> each.fraud().orElseThrow().reportedAtMs() > each.transaction().timestampMs());
  }

  @Test
  void theSameSeedGivesTheSameHistory() {
    assertThat(simulate()).isEqualTo(simulate());
  }

  private static List<LabelledTransaction> simulate() {
    List<LabelledTransaction> history = new ArrayList<>();
    new SimulatedHistory(
            Simulation.of(SimulationParameters.ofCustomers(3, 300)),
            WEEK,
            LabelDelay.parse("7d"),
            3)
        .forEachRemaining(history::add);
    return history;
  }
}
