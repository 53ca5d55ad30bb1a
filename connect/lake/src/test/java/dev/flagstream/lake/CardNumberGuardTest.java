package dev.flagstream.lake;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardNumberGuardTest {

  @ParameterizedTest
  @CsvSource({
    "pan, 500000000009",
    "pan, 5000000000005",
    "pan, 4111 1111-1111 1111",
    "pan, 6304000000000000000",
    "paid, 4111111111111111",
    "valid, 4111111111111111",
    "d, 4111111111111111"
  })
  void refusesEveryNumberThatACardMayHaveInEveryFieldThatIsNoId(String name, String text) {
    assertThatThrownBy(() -> CardNumberGuard.requireNone(name, text))
        .isInstanceOf(DataException.class)
        .hasMessage(name + " holds a card number in clear");
  }

  @ParameterizedTest
  @CsvSource({
    "id, 4111111111111111",
    "TRANSACTION_ID, 4111111111111111",
    "pan, 4111111111111112",
    "pan, 42424242421",
    "pan, 41111111111111111111",
    "seen, 1767355200000",
    "note, the 4111111111111111"
  })
  void takesWhatIsNoneAndWhatIsAnId(String name, String text) {
    assertThatCode(() -> CardNumberGuard.requireNone(name, text)).doesNotThrowAnyException();
  }
}
