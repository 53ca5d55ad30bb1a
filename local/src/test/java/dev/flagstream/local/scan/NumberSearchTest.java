package dev.flagstream.local.scan;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberSearchTest {

  private static final String CARD = "4242424242424242";

  private static NumberSearch search() {
    KnownNumbers known = new KnownNumbers();
    for (int i = 0; i < 5_000; i++) {
      known.add(Long.toString(5_100_000_000_000_000L + i * 7_919L));
    }
    known.add("374245455400126");
    known.add("6304000000000000019");
    known.add(CARD);
    known.add(CARD);
    assertThat(known.count()).isEqualTo(5_003);
    return new NumberSearch(known);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CARD,
        "4242 4242 4242 4242",
        "4242-4242-4242-4242",
        "4242.4242.4242.4242",
        "4242 - 4242 - 4242 - 4242",
        "4242\u00a04242\u00a04242\u00a04242",
        "4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2",
        "[4242, 4242, 4242, 4242]",
        "4.242424242424242E15",
        "card=4242424242424242;",
        "0004242424242424242",
        "424242424242424200",
        "99 4242424242424242",
      })
  void findsANumberHoweverItIsWritten(String text) {
    assertThat(search().in(text.getBytes(UTF_8))).hasValue("4242");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.4242424242424242", "{\"score\":0.14242424242424242,", "4.242424242424242E-3"})
  void passesOverTheDigitsOfAScore(String text) {
    assertThat(search().in(text.getBytes(UTF_8))).isEmpty();
  }

  @Test
  void goesOnBehindAScore() {
    assertThat(search().in(("0.1234567890123456," + CARD).getBytes(UTF_8))).hasValue("4242");
  }

  static Stream<byte[]> findsANumberInBytes() {
    byte[] clear = ("<" + CARD + ">").getBytes(UTF_8);
    return Stream.of(
        CARD.getBytes(UTF_16LE),
        ByteBuffer.allocate(19).putInt(7).putLong(Long.parseLong(CARD)).array(),
        ByteBuffer.allocate(8).putLong(Long.reverseBytes(Long.parseLong(CARD))).array(),
        ("{\"PACKED\":\"" + Base64.getEncoder().encodeToString(clear) + "\"}").getBytes(UTF_8));
  }

  @ParameterizedTest
  @MethodSource
  void findsANumberInBytes(byte[] bytes) {
    assertThat(search().in(bytes)).hasValue("4242");
  }

  @ParameterizedTest
  @ValueSource(strings = {"374245455400126", "6304000000000000019", "5100000000000000"})
  void findsNumbersOfEveryLength(String number) {
    assertThat(search().in(number.getBytes(UTF_8))).hasValue(number.substring(number.length() - 4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4242",
        "************4242",
        "4242424242424243",
        "424242424242424",
        "42424242a42424242",
        "42424242      42424242",
      })
  void findsNothingElse(String text) {
    assertThat(search().in(text.getBytes(UTF_8))).isEmpty();
  }

  @Test
  void findsNothingWhereNothingIs() {
    assertThat(search().in(null)).isEmpty();
    assertThat(new NumberSearch(new KnownNumbers()).in(CARD.getBytes(UTF_8))).isEmpty();
  }
}
