package dev.flagstream.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CardTokenTest {

  private static final String KEY = "ksql.functions.card_token.key";
  private static final String KEY_FILE = "ksql.functions.card_token.key.file";
  private static final String KEY_ENV = "ksql.functions.card_token.key.env";
  private static final String KEY_COMMAND = "ksql.functions.card_token.key.command";
  private static final String HEX_KEY = "0b".repeat(32);

  private final CardToken cardToken = new CardToken();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    // RFC 4231, test cases 6 and 7: those whose keys have at least 32 bytes and whose data are text
    "aa, 131, 'Test Using Larger Than Block-Size Key - Hash Key First',"
        + " 60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    "aa, 131, 'This is a test using a larger than block-size key and a larger than block-size"
        + " data. The key needs to be hashed before being used by the HMAC algorithm.',"
        + " 9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
    // RFC 4868, test case AUTH256-1: a key of exactly 32 bytes
    "0b, 32, Hi There, 198a607eb44bfbc69903a0f1cf2bbdc5ba0aa3f3d9ae3c1c7a3b1696a0b68cf7"
  })
  void agreesWithPublishedTestVectors(String keyByte, int keyBytes, String text, String hmac) {
    cardToken.configure(Map.of(KEY, keyByte.repeat(keyBytes)));

    assertThat(cardToken.hmac(text)).isEqualTo(hmac);
  }

  @Test
  void gives64HexadecimalDigitsThatTellTheCardsApart() {
    cardToken.configure(Map.of(KEY, HEX_KEY));

    assertThat(cardToken.cardToken("4111111111111111")).matches("[0-9a-f]{64}");
    assertThat(cardToken.cardToken("4111111111111111"))
        .isEqualTo(cardToken.cardToken("4111111111111111"))
        .isNotEqualTo(cardToken.cardToken("4111111111111112"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"4111 1111 1111 1111", "4111-1111-1111-1111", " 4111111111111111"})
  void givesTheSameTokenHoweverTheNumberIsGrouped(String grouped) {
    cardToken.configure(Map.of(KEY, HEX_KEY));

    assertThat(cardToken.cardToken(grouped)).isEqualTo(cardToken.cardToken("4111111111111111"));
  }

  @Test
  void givesNullForNull() {
    cardToken.configure(Map.of(KEY, HEX_KEY));

    assertThat(cardToken.cardToken(null)).isNull();
  }

  @Test
  void readsTheKeyAsHexOrBase64FromAFile() throws IOException {
    byte[] key = HexFormat.of().parseHex("00ff10".repeat(12));
    Path hex = Files.writeString(folder.resolve("hex"), "00FF10".repeat(12) + "\n");
    Path base64 =
        Files.write(
            folder.resolve("base64"), Base64.getMimeEncoder(20, new byte[] {'\n'}).encode(key));

    assertThat(tokenUnder(Map.of(KEY_FILE, hex.toString())))
        .isEqualTo(tokenUnder(Map.of(KEY_FILE, base64.toString())))
        .isEqualTo(tokenUnder(Map.of(KEY, "00ff10".repeat(12))));
  }

  @Test
  void prefersItsOwnKeyToThatOfAllFunctions() {
    assertThat(
            tokenUnder(Map.of(KEY, HEX_KEY, "ksql.functions._global_.key.file", "/nowhere/at/all")))
        .isEqualTo(tokenUnder(Map.of("ksql.functions._global_.key", HEX_KEY)));
  }

  @Test
  void refusesToStartWithoutAKeyAndSaysHowToMakeOne() {
    assertThatThrownBy(() -> cardToken.configure(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(KEY_FILE + " is not set")
        .hasMessageContaining("openssl rand -hex 32");
  }

  @Test
  void refusesAKeyFileThatIsNotThere() {
    String missing = folder.resolve("none.key").toString();

    assertThatThrownBy(() -> cardToken.configure(Map.of(KEY_FILE, missing)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(KEY_FILE + " = " + missing + ": there is no such file");
  }

  @Test
  void refusesAKeyFileThatIsNoText() throws IOException {
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 1, 2});

    assertThatThrownBy(() -> cardToken.configure(Map.of(KEY_FILE, binary.toString())))
        .hasMessageStartingWith(KEY_FILE + " = " + binary + ": cannot be read as text");
    assertThatThrownBy(() -> cardToken.configure(Map.of(KEY_FILE, folder.toString())))
        .hasMessageStartingWith(KEY_FILE + " = " + folder + ": cannot be read as text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "deadbeef", "c2hvcnQ=", "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"})
  void refusesAShortKeyWithoutShowingIt(String key) {
    assertThatThrownBy(() -> cardToken.configure(Map.of(KEY, key)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(KEY + ": the key has ")
        .hasMessageContaining("at least 32 are needed")
        .message()
        .satisfies(message -> assertThat(key.isEmpty() || !message.contains(key)).isTrue());
  }

  @Test
  void refusesAKeyThatIsNeitherHexNorBase64WithoutShowingIt() {
    assertThatThrownBy(() -> cardToken.configure(Map.of(KEY, "this is: my secret!")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(KEY + ": the key is neither hex nor base64 text")
        .hasMessageNotContaining("secret!")
        .hasNoCause();
  }

  @Test
  void refusesTwoKeys() {
    assertThatThrownBy(() -> cardToken.configure(Map.of(KEY, HEX_KEY, KEY_FILE, "card.key")))
        .hasMessage(KEY + ": set either this or " + KEY_FILE + ", not both");
  }

  @ParameterizedTest
  @ValueSource(strings = {"key.env", "key.command", "key.file"})
  void refusesTwoKeysWhereverTheyComeFrom(String source) {
    String property = "ksql.functions.card_token." + source;

    assertThatThrownBy(() -> cardToken.configure(Map.of(KEY, HEX_KEY, property, "x")))
        .hasMessage(KEY + ": set either this or " + property + ", not both");
  }

  @Test
  void readsTheKeyFromAnEnvironmentVariableOrFromWhatACommandPrints() {
    String expected = tokenUnder(Map.of(KEY, HEX_KEY));

    cardToken.configure(Map.of(KEY_ENV, "CARD_KEY"), Map.of("CARD_KEY", HEX_KEY + "\n")::get);
    assertThat(cardToken.cardToken("4111111111111111")).isEqualTo(expected);
    assertThat(tokenUnder(Map.of(KEY_COMMAND, "echo " + HEX_KEY.toUpperCase(Locale.ROOT))))
        .isEqualTo(expected);
  }

  @Test
  void saysWhichVariableOrCommandGivesNoKey() {
    assertThatThrownBy(
            () -> cardToken.configure(Map.of(KEY_ENV, "CARD_KEY"), Map.of("A", "b")::get))
        .hasMessage(KEY_ENV + " = CARD_KEY: this environment variable of the server is not set");
    assertThatThrownBy(() -> cardToken.configure(Map.of(KEY_COMMAND, "echo secret; exit 3")))
        .hasMessage(KEY_COMMAND + " = echo secret; exit 3: ended with exit code 3");
    assertThatThrownBy(() -> cardToken.configure(Map.of(KEY_COMMAND, "echo deadbeef")))
        .hasMessageStartingWith(KEY_COMMAND + ": the key has 4 bytes")
        .hasMessageNotContaining("deadbeef");
  }

  @Test
  void marksTokensWithTheIdOfTheNewestKeyAndStillKnowsTheOldOnes() throws IOException {
    String card = "4111 1111 1111 1111";
    String before = tokenUnder(Map.of(KEY, HEX_KEY));
    Path file =
        Files.writeString(
            folder.resolve("rotated"),
            "k3: %s\nk2: %s\n\n%s\n".formatted("0d".repeat(32), "0c".repeat(32), HEX_KEY));

    cardToken.configure(Map.of(KEY_FILE, file.toString()));

    assertThat(cardToken.cardToken(card))
        .matches("k3[.][0-9a-f]{64}")
        .isEqualTo(cardToken.cardToken(card, "k3"))
        .endsWith(tokenUnder(Map.of(KEY, "0d".repeat(32))));
    cardToken.configure(Map.of(KEY_FILE, file.toString()));
    assertThat(cardToken.cardToken(card, "k2")).matches("k2[.][0-9a-f]{64}");
    assertThat(cardToken.cardToken(card, "")).isEqualTo(before);
    assertThat(cardToken.cardToken(card, "k1")).isNull();
    assertThat(cardToken.cardToken(null, "k3")).isNull();
    assertThat(cardToken.cardToken(card, null)).isNull();
  }

  @Test
  void refusesKeysThatCannotBeToldApart() {
    String twice = "k2: %1$s\nk2: %1$s".formatted(HEX_KEY);
    String nameless = "k2: %1$s\n%1$s\n%1$s".formatted(HEX_KEY);

    assertThatThrownBy(() -> cardToken.configure(Map.of(KEY, twice)))
        .hasMessage(KEY + ": two keys have the id k2");
    assertThatThrownBy(() -> cardToken.configure(Map.of(KEY, nameless)))
        .hasMessageStartingWith(KEY + ": more than one key has no id");
  }

  @Test
  void refusesToMakeTokensBeforeItHasAKey() {
    assertThatThrownBy(() -> cardToken.cardToken("4111111111111111"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("key");
  }

  @Test
  void servesManyThreadsAtOnce() throws Exception {
    cardToken.configure(Map.of(KEY, HEX_KEY));
    List<String> cards =
        IntStream.range(0, 2_000).mapToObj(i -> "4" + (100_000_000_000_000L + i)).toList();
    List<String> expected = cards.stream().map(cardToken::cardToken).toList();
    int threads = 8;
    CountDownLatch start = new CountDownLatch(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<List<String>>> results = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        results.add(
            executor.submit(
                () -> {
                  start.countDown();
                  start.await();
                  return cards.stream().map(cardToken::cardToken).toList();
                }));
      }

      for (Future<List<String>> result : results) {
        assertThat(result.get(60, TimeUnit.SECONDS)).isEqualTo(expected);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private String tokenUnder(Map<String, String> settings) {
    cardToken.configure(settings);
    return cardToken.cardToken("4111111111111111");
  }
}
