package dev.flagstream.udf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IsScorableTest {

  private final IsScorable isScorable = new IsScorable();
  private final RejectionReason rejectionReason = new RejectionReason();

  @Test
  void acceptsATransactionWithAllThatScoringNeeds() {
    assertThat(isScorable.isScorable("t-1", "4111111111111111", 12.50, 1_763_647_200_000L))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "t-1,  4111111111111111,    12.50,  1763647200000",
        "t-1,  4111-1111-1111-1111, 0.01,   0",
        "null, 4111111111111111,    12.50,  1763647200000",
        "' ',  4111111111111111,    12.50,  1763647200000",
        "t-1,  null,                12.50,  1763647200000",
        "t-1,  4111111111111112,    12.50,  1763647200000",
        "t-1,  4111111111111111,    null,   1763647200000",
        "t-1,  4111111111111111,    0.00,   1763647200000",
        "t-1,  4111111111111111,    -12.50, 1763647200000",
        "t-1,  4111111111111111,    12.50,  null",
        "t-1,  4111111111111111,    12.50,  -1",
        "t-1,  4111111111111111,    12.50,  4102444800000"
      })
  void isTrueExactlyWhereTheRecordOfTheSameValuesIsNotRejected(
      String transactionId, String cardNumber, Double amount, Long timestamp) {
    String record =
        "{\"transaction_id\":%s,\"card_number\":%s,\"amount\":%s,\"timestamp\":%s}"
            .formatted(quoted(transactionId), quoted(cardNumber), amount, timestamp);

    assertThat(isScorable.isScorable(transactionId, cardNumber, amount, timestamp))
        .isEqualTo(rejectionReason.rejectionReason(record) == null);
  }

  private static String quoted(String text) {
    return text == null ? "null" : "\"" + text + "\"";
  }
}
