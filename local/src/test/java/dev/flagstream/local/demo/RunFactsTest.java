package dev.flagstream.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.local.flow.FlowCounts;
import org.junit.jupiter.api.Test;

class RunFactsTest {

  private static final long SECOND = 1_000_000_000L;

  /** An earlier run was killed while 40 of its 100 transactions waited. */
  private static final FlowCounts LEFT_WAITING = new FlowCounts(100, 0, 60, 0, 0);

  private final RunFacts facts = new RunFacts();

  @Test
  void whatAnEarlierRunLeftWaitsTooAndIsNoDecisionOfThisOne() {
    facts.note(0, new FlowCounts(10, 0, 0, 0, 0), LEFT_WAITING);
    facts.note(3 * SECOND, new FlowCounts(20, 0, 40, 0, 0), LEFT_WAITING);

    RunFacts.Figures figures = facts.figures();
    assertThat(figures.mostWaiting()).isEqualTo(50);
    assertThat(figures.longestWaitSeconds()).isEqualTo(3.0);
    assertThat(figures.secondsToFirstDecision()).isNull();
  }

  @Test
  void theFirstDecisionOfThisRunComesAfterThose() {
    facts.note(0, new FlowCounts(10, 0, 41, 0, 0), LEFT_WAITING);

    assertThat(facts.figures().secondsToFirstDecision()).isNotNull();
  }
}
