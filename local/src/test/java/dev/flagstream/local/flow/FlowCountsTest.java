package dev.flagstream.local.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlowCountsTest {

  @Test
  void countsWhatIsOnItsWay() {
    FlowCounts counts = new FlowCounts(100, 2, 90, 5, 7);

    assertThat(counts.processed()).isEqualTo(97);
    assertThat(counts.inFlight()).isEqualTo(3);
    assertThat(counts.since(new FlowCounts(40, 1, 35, 4, 2)))
        .isEqualTo(new FlowCounts(60, 1, 55, 1, 5));
  }

  @Test
  void readsAFlaggedTransactionWithItsAmountToTheCent() {
    String json =
        """
        {"TRANSACTION_ID":"t1","CARD_LAST4":"4242","AMOUNT":1234.56,
         "LOCATION":{"city":"Boston"},"RULE_HITS":["AWAY_FROM_HOME"],"MODEL_ALERT":true,
         "FRAUD_SCORE":0.4567,"EVENT_TIME":1763647200000}""";

    assertThat(FlaggedTransaction.parse(json.getBytes(StandardCharsets.UTF_8)))
        .contains(
            new FlaggedTransaction(
                "t1",
                "4242",
                new BigDecimal("1234.56"),
                "Boston",
                List.of("AWAY_FROM_HOME", "SCORE 0.457"),
                1763647200000L));
  }

  @Test
  void overlooksWhatIsNoFlaggedTransaction() {
    assertThat(FlaggedTransaction.parse(null)).isEmpty();
    assertThat(FlaggedTransaction.parse("no JSON".getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void keepsTheNewestWindow() {
    CurrentWindow window =
        CurrentWindow.NONE
            .plus(flagged("1.00", 12_000))
            .plus(flagged("2.50", 19_999))
            .plus(flagged("9.00", 9_999)); // of the window before: too late to be shown

    assertThat(window)
        .isEqualTo(new CurrentWindow(10_000, 2, new BigDecimal("3.50"), new BigDecimal("2.50")));
  }

  private static FlaggedTransaction flagged(String amount, long timeMs) {
    return new FlaggedTransaction("t", "4242", new BigDecimal(amount), "Boston", List.of(), timeMs);
  }
}
