package dev.flagstream.local.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which digits of the input topic are card numbers. */
class InputNumbersTest {

  private static final String CARD = "4000056655665556";

  private final KnownNumbers known = new KnownNumbers();
  private final InputNumbers input = new InputNumbers(known);

  @Test
  void takesTheNumberOfARecordThatWasCutOff() {
    input.addFrom(record("{\"transaction_id\":\"1\",\"card_number\":\"" + CARD + "\",\"cust"));

    assertThat(known.count()).isEqualTo(1);
    assertThat(known.isNumber(Long.parseLong(CARD))).isTrue();
  }

  @Test
  void takesANumberWithSpacesOfARecordThatIsNoJson() {
    input.addFrom(record("this is not JSON, and it names 4000 0566 5566 5556."));

    assertThat(known.isNumber(Long.parseLong(CARD))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cut off 4000056655665556 12 x",
        "cut off 12 4000056655665556",
        "cut off 1-4000-0566-5566-5556-1",
        "cut off 4000 0566 5566 5556 4000 0566 5566 5556 4000",
      })
  void takesANumberThatHasOthersBesideIt(String value) {
    input.addFrom(record(value));

    assertThat(known.isNumber(Long.parseLong(CARD))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"500000000009", "5000000000005", "4222222222222"})
  void takesNumbersOfEveryLengthThatCardsHave(String number) {
    input.addFrom(record("cut off: {\"card_number\":" + number));

    assertThat(known.isNumber(Long.parseLong(number))).isTrue();
  }

  @Test
  void takesNoTimeForACard() {
    // Each tenth has a check digit by chance.
    for (long ms = 1_767_355_200_000L; ms < 1_767_355_200_100L; ms++) {
      input.addFrom(record("cut off: {\"timestamp\":" + ms));
      input.addFrom(record("cut off earlier: {\"timestamp\":" + ms / 10));
    }

    assertThat(known.count()).isZero();
  }

  @Test
  void takesNoPieceOfALongerNumberAndNoZeros() {
    // The reader of JSON gives up at a number of so many digits.
    input.addFrom(record("{\"amount\":1" + "0".repeat(5_000) + "}"));
    input.addFrom(record("cut off: {\"home_lat\":0.0000000000000000,\"amo"));

    assertThat(known.count()).isZero();
  }

  private static Record record(String value) {
    return MemoryRecords.withRecords(Compression.NONE, new SimpleRecord(value.getBytes(UTF_8)))
        .records()
        .iterator()
        .next();
  }
}
