package dev.flagstream.udf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskCardNumbersTest {

  private final MaskCardNumbers mask = new MaskCardNumbers();

  @Test
  void givesNullForNull() {
    assertThat(mask.maskCardNumbers(null)).isNull();
    assertThat(mask.maskCardNumbers("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4111111111111111                   | ************1111",
        "4111 1111 1111 1111                | **** **** **** 1111",
        "4111-1111-1111-1111                | ****-****-****-1111",
        "3782 822463 10005                  | **** ****** *0005",
        "x4111111111111111y                 | x************1111y",
        "{\"card\":4111111111111111}        | {\"card\":************1111}",
        "\"4111111111111111\",12.50         | \"************1111\",12.50",
        "4111111111111111,5555555555554444  | ************1111,************4444",
        "6304000000000000                   | ************0000",
        "2024-01-02 4111 1111 1111 1111     | 2024-01-02 **** **** **** 1111",
        "4111  1111   1111 1111             | ****  ****   **** 1111",
        "4111\u00a01111 - 1111\u20131111        | ****\u00a0**** - ****\u20131111",
        "4111.1111.1111.1111                | ****.****.****.1111",
        "4111/1111/1111/1111                | ****/****/****/1111",
        "1.5 4111_1111_1111_1111            | 1.5 ****_****_****_1111"
      })
  void showsTheLastFourDigitsOnly(String text, String masked) {
    assertThat(mask.maskCardNumbers(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111111111111112",
        "41111111111",
        "4111     1111     1111     1111",
        "41.11111111111111",
        "4111,1111,1111,1111",
        "2024-01-02T03:04:05.678",
        "{\"amount\":123.45,\"lat\":41.881832,\"lon\":-87.623177}"
      })
  void leavesOtherDigitsAlone(String text) {
    assertThat(mask.maskCardNumbers(text)).isEqualTo(text);
  }

  @Test
  void seesTheDigitsOfUtf16ThatWasReadAsUtf8() {
    for (Charset utf16 : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      byte[] bytes = "{\"card\":\"4111-1111-1111-1111\",\"amount\":12.5}".getBytes(utf16);

      String masked = mask.maskCardNumbers(new String(bytes, StandardCharsets.UTF_8));

      assertThat(new String(masked.getBytes(StandardCharsets.UTF_8), utf16))
          .isEqualTo("{\"card\":\"****-****-****-1111\",\"amount\":12.5}");
    }
  }

  @Test
  void leavesEpochMillisecondsAlone() {
    for (long timestampMs = 1_763_647_200_000L; timestampMs < 1_763_647_200_100L; timestampMs++) {
      String text = "{\"timestamp\":" + timestampMs + "}";

      assertThat(mask.maskCardNumbers(text)).isEqualTo(text);
    }
  }

  @Test
  void starsOutRunsOfDigitsThatAreTooLongToBeSure() {
    assertThat(mask.maskCardNumbers("41111111111111111763647200000"))
        .isEqualTo("*************************0000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"card_number\":\"4111111111111112\",\"a\":12} | {\"card_number\":\"************1112\",\"a\":12}",
        "{\"CARD_NUMBER\" : 4111111111111112, \"a\":12}  | {\"CARD_NUMBER\" : ************1112, \"a\":12}",
        "{\"cardNumber\":\"411111\",\"a\":12}            | {\"cardNumber\":\"******\",\"a\":12}",
        "{\"card_number\":4.111111111111111E15}          | {\"card_number\":*.*************11E15}",
        "{\\\"card_number\\\":\\\"4111 11112\\\"}        | {\\\"card_number\\\":\\\"**** *****\\\"}",
        "card_number=4111,111111111112                   | card_number=****,111111111112",
        "{\"card_number\":\"4111111111111112             | {\"card_number\":\"************1112"
      })
  void starsOutWhateverAFieldForTheCardNumberHolds(String text, String masked) {
    assertThat(mask.maskCardNumbers(text)).isEqualTo(masked);
  }

  @Test
  void masksLongTextsOfManyGroups() {
    String text = "7 ".repeat(200_000) + "4111111111111111";

    assertThat(mask.maskCardNumbers(text))
        .hasSize(text.length())
        .doesNotContain("4111111111111111");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void letsNoCardNumberThroughWhateverElseStandsAroundIt(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 5_000; round++) {
      String digits = randomCardNumber(random);
      String text =
          randomText(random).replaceFirst("[0-9]+$", "")
              + grouped(digits, random)
              + randomText(random).replaceFirst("^[0-9]+", "");

      String masked = mask.maskCardNumbers(text);

      assertThat(masked).hasSameSizeAs(text);
      assertThat(masked.replaceAll("[ -]", "")).as(text).doesNotContain(digits);
    }
  }

  private static String randomCardNumber(Random random) {
    StringBuilder digits = new StringBuilder("4");
    int length = 12 + random.nextInt(8);
    while (digits.length() < length - 1) {
      digits.append(random.nextInt(10));
    }
    for (int check = 0; check < 10; check++) {
      if (CardNumber.passesLuhn(digits.toString() + check)) {
        return digits.toString() + check;
      }
    }
    throw new AssertionError("some digit checks");
  }

  private static String grouped(String digits, Random random) {
    String separator = new String[] {"", " ", "-", "  ", " - "}[random.nextInt(5)];
    return digits.replaceAll("(.{4})(?=.)", "$1" + separator);
  }

  private static String randomText(Random random) {
    String alphabet = " -,.:\"{}xy0123456789";
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(12); length > 0; length--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
