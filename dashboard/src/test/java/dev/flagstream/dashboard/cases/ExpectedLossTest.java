package dev.flagstream.dashboard.cases;

import static org.assertj.core.api.Assertions.assertThat;

import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;

class ExpectedLossTest {

  @Test
  void isTheAmountTimesTheProbabilityToTheCent() {
    assertThat(loss("1010.42", 0.5)).isEqualTo("505.21");
    assertThat(loss("0.10", 0.1)).isEqualTo("0.01");
    assertThat(loss("-20.00", 0.25)).isEqualTo("-5.00");
  }

  @Test
  void isNothingWhereOneOfThemIsNotKnown() {
    assertThat(loss("10.00", null)).isEqualTo("0.00");
    assertThat(loss("10.00", Double.NaN)).isEqualTo("0.00");
    assertThat(ExpectedLoss.of(new Document()).toPlainString()).isEqualTo("0.00");
  }

  private static String loss(String amount, Double probability) {
    return ExpectedLoss.of(
            new Document("amount", Decimal128.parse(amount))
                .append("fraud_probability", probability))
        .toPlainString();
  }
}
