package dev.flagstream.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.local.ledger.IncidentRule.Flagged;
import dev.flagstream.local.ledger.IncidentRule.Outcome;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IncidentRuleTest {

  private static final long MINUTE = 60_000;

  private final IncidentRule.Card card = IncidentRule.configured(Map.of()).card(List.of());

  @Test
  void tellsOfAnIncidentOnceAndAgainWhenItGetsWorse() {
    assertThat(add("a", 0, "50.00", 1.0)).returns("OPENED", Outcome::told);
    assertThat(add("b", 10, "40.00", 1.0))
        .returns("", Outcome::told)
        .returns(1L, Outcome::suppressed);
    assertThat(add("c", 20, "10.00", 1.0))
        .returns("ESCALATED", Outcome::told)
        .returns("a|MEDIUM", Outcome::alertId)
        .returns(1L, Outcome::suppressed)
        .returns(new BigDecimal("100.00"), Outcome::loss);
    assertThat(add("d", 50, "1.00", 1.0))
        .returns(1L, Outcome::suppressed)
        .returns(4L, Outcome::transactions);
    assertThat(add("e", 81, "1.00", 1.0)).returns("e|LOW", Outcome::alertId);
  }

  @Test
  void takesAllOfAnAmountForLostWhereNoModelJudged() {
    assertThat(add("a", 0, "600.00", null)).returns("a|HIGH", Outcome::alertId);
    assertThat(add("b", 60, "600.00", 0.00001)).returns("b|LOW", Outcome::alertId);
  }

  @Test
  void joinsTwoIncidentsByATransactionThatCameLateBetweenThem() {
    add("later", 50, "60.00", 1.0);
    add("earlier", 0, "60.00", 1.0);

    assertThat(add("between", 25, "1.00", 1.0))
        .returns("earlier|MEDIUM", Outcome::alertId)
        .returns("ESCALATED", Outcome::told)
        .returns(3L, Outcome::transactions);
  }

  private Outcome add(String id, long minute, String amount, Double probability) {
    return card.add(new Flagged(id, minute * MINUTE, new BigDecimal(amount), probability));
  }
}
