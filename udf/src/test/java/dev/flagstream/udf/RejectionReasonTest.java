package dev.flagstream.udf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RejectionReasonTest {

  private static final String ACCEPTABLE =
      """
      {"transaction_id":"t-1","card_number":"4111111111111111","customer_id":"C000123",\
      "customer_age":42,"home_city":"Chicago","home_lat":41.9,"home_lon":-87.6,"amount":123.45,"currency":"USD",\
      "merchant_id":"M1","merchant":"Corner Shop","merchant_category":"grocery",\
      "mcc":"5411","channel":"chip",\
      "location":{"city":"Chicago","state":"IL","country":"US","lat":41.88,"lon":-87.63},\
      "location_risk_score":0.12,"timestamp":1763647200000}""";

  private final RejectionReason rejectionReason = new RejectionReason();

  @Test
  void givesNoneForAnAcceptableTransaction() {
    assertThat(reason(ACCEPTABLE)).isNull();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "\n\t"})
  void findsNothingInAnEmptyRecord(String payload) {
    assertThat(reason(payload)).isEqualTo("EMPTY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json at all",
        "{",
        "{\"amount\":}",
        "{'amount':1}",
        "{\"amount\":01}",
        "{\"amount\":NaN}",
        "{\"a\":1,}",
        "{\"unknown\":1e99999999999}",
        "{\"a\":\"\t\"}",
        "[1"
      })
  void refusesWhatIsNoJson(String payload) {
    assertThat(reason(payload)).isEqualTo("NOT_JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "true", "12", "\"text\"", "[]", "[{\"amount\":1}]"})
  void refusesJsonThatIsNoObject(String payload) {
    assertThat(reason(payload)).isEqualTo("NOT_OBJECT");
  }

  @Test
  void looksNoFurtherThanTheFirstValueJustAsKsqlDbDoes() {
    assertThat(reason(ACCEPTABLE + " and } more")).isNull();
    assertThat(reason("{} " + ACCEPTABLE)).isEqualTo("MISSING transaction_id");
  }

  @Test
  void readsAnAmountByItsDigitsHoweverManyZerosSurroundThem() {
    String zeros = "0".repeat(500_000);

    assertThat(reason(with("amount", "\"" + zeros + "12.5" + zeros + "\""))).isNull();
    assertThat(reason(with("amount", "\"+" + zeros + "12.5" + zeros + "E1\""))).isNull();
    assertThat(reason(with("amount", "\"" + zeros + "\""))).isNull();
    assertThat(reason(with("amount", "\"1" + zeros + "\""))).isEqualTo("UNREADABLE amount");
    assertThat(reason(with("amount", "\"" + zeros + "x\""))).isEqualTo("UNREADABLE amount");
    assertThat(reason(with("amount", "\"" + "7".repeat(500_000) + "\"")))
        .isEqualTo("UNREADABLE amount");
  }

  @Test
  void refusesBytesThatWereNoUtf8() {
    byte[] latin1 = with("merchant", "\"Café\"").getBytes(StandardCharsets.ISO_8859_1);

    assertThat(rejectionReason.rejectionReason(ByteBuffer.wrap(latin1))).isEqualTo("NOT_JSON");
    assertThat(rejectionReason.rejectionReason(new String(latin1, StandardCharsets.UTF_8)))
        .isEqualTo("NOT_UTF8");
  }

  @Test
  void tellsAGenuineReplacementCharacterFromBadBytesWhereItSeesTheBytes() {
    byte[] genuine = with("merchant", "\"\uFFFD\"").getBytes(StandardCharsets.UTF_8);

    assertThat(rejectionReason.rejectionReason(ByteBuffer.wrap(genuine))).isNull();
  }

  @Test
  void leavesTheBytesItIsGivenUnread() {
    ByteBuffer payload = ByteBuffer.wrap(ACCEPTABLE.getBytes(StandardCharsets.UTF_8));

    assertThat(rejectionReason.rejectionReason(payload)).isNull();
    assertThat(payload.position()).isZero();
    assertThat(rejectionReason.rejectionReason(ByteBuffer.allocate(0))).isEqualTo("EMPTY");
    assertThat(rejectionReason.rejectionReason((ByteBuffer) null)).isEqualTo("EMPTY");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "amount              | \"123.45\"        | ",
        "amount              | 123               | ",
        "amount              | 1.234500E2        | ",
        "amount              | 99999999.99       | ",
        "amount              | 100000000         | UNREADABLE amount",
        "amount              | 123.456           | UNREADABLE amount",
        "amount              | 1E999999999       | UNREADABLE amount",
        "amount              | 1E2147483647      | UNREADABLE amount",
        "amount              | 10E2147483647     | UNREADABLE amount",
        "amount              | 1E-2147483647     | UNREADABLE amount",
        "amount              | \"1E2147483647\"  | UNREADABLE amount",
        "amount              | \"abc\"           | UNREADABLE amount",
        "amount              | \"\"              | UNREADABLE amount",
        "amount              | \" 5\"            | UNREADABLE amount",
        "amount              | true              | UNREADABLE amount",
        "amount              | {}                | UNREADABLE amount",
        "amount              | [1]               | UNREADABLE amount",
        "customer_age        | \"42\"            | ",
        "customer_age        | 42.9              | ",
        "customer_age        | 1E400             | ",
        "customer_age        | 99999999999       | ",
        "customer_age        | \"42.9\"          | UNREADABLE customer_age",
        "customer_age        | \"99999999999\"   | UNREADABLE customer_age",
        "customer_age        | false             | UNREADABLE customer_age",
        "location_risk_score | \"0.5\"           | ",
        "location_risk_score | \"high\"          | UNREADABLE location_risk_score",
        "timestamp           | \"1763647200000\" | ",
        "timestamp           | 1763647200000.5   | ",
        "timestamp           | \"2025-11-20\"    | UNREADABLE timestamp",
        "location            | \"Chicago\"       | UNREADABLE location",
        "location            | []                | UNREADABLE location",
        "location            | {\"lat\":\"x\"}   | UNREADABLE location.lat",
        "location            | {\"LAT\":true}    | UNREADABLE location.LAT",
        "location            | {\"city\":[1]}    | ",
        "location            | {}                | ",
        "merchant            | 7                 | ",
        "merchant            | {\"name\":\"x\"}  | ",
        "customer_id         | true              | "
      })
  void readsEachFieldAsTheTypedStreamDoes(String field, String value, String reason) {
    // The column's own spelling is shown, whatever the record's.
    String expected = reason == null ? null : reason.replace("location.LAT", "location.lat");

    assertThat(reason(with(field, value))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"transaction_id", "card_number", "amount", "timestamp"})
  void missesARequiredFieldThatIsAbsentOrNull(String field) {
    assertThat(reason(ACCEPTABLE.replace("\"" + field + "\"", "\"other\"")))
        .isEqualTo("MISSING " + field);
    assertThat(reason(with(field, "null"))).isEqualTo("MISSING " + field);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "customer_id",
        "customer_age",
        "home_city",
        "home_lat",
        "home_lon",
        "currency",
        "merchant_id",
        "merchant",
        "merchant_category",
        "mcc",
        "channel",
        "location",
        "location_risk_score"
      })
  void doesWithoutAnyOtherField(String field) {
    assertThat(reason(ACCEPTABLE.replace("\"" + field + "\"", "\"other\""))).isNull();
    assertThat(reason(with(field, "null"))).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "card_number    | \"4111-1111-1111-1111\"     | ",
        "card_number    | 4111111111111111            | ",
        "card_number    | \"4111111111111112\"        | INVALID card_number",
        "card_number    | 4.111111111111111E15        | ",
        "card_number    | 4.1111111111111110E15       | INVALID card_number",
        "card_number    | \"4111 1111 1111 1111 \"    | INVALID card_number",
        "card_number    | \"4111--1111-1111-1111\"    | INVALID card_number",
        "card_number    | \"00000000000\"             | INVALID card_number",
        "card_number    | \"00000000000000000000\"    | INVALID card_number",
        "card_number    | \"\"                        | INVALID card_number",
        "card_number    | \"none\"                    | INVALID card_number",
        "amount         | 0.00                        | ",
        "amount         | -0.01                       | INVALID amount",
        "amount         | -1                          | INVALID amount",
        "timestamp      | 0                           | ",
        "timestamp      | -1                          | INVALID timestamp",
        "timestamp      | 4102444800000               | INVALID timestamp",
        "timestamp      | 1763647200000000            | INVALID timestamp",
        "transaction_id | \"\"                        | MISSING transaction_id",
        "transaction_id | \" \"                       | MISSING transaction_id",
        "transaction_id | \"a\\ud800\"                 | INVALID transaction_id",
        "transaction_id | \"\\udc00a\"                 | INVALID transaction_id",
        "transaction_id | \"\\ud83d\\ude00\"            | ",
        "transaction_id | 17                          | "
      })
  void refusesWhatCanBeReadButNotScored(String field, String value, String reason) {
    assertThat(reason(with(field, value))).isEqualTo(reason);
  }

  @Test
  void matchesNamesWithoutRegardToCaseAsKsqlDbDoes() {
    assertThat(reason(ACCEPTABLE.replace("\"amount\"", "\"Amount\""))).isNull();
    assertThat(reason(ACCEPTABLE.replace("\"lat\"", "\"LAT\""))).isNull();
    assertThat(reason(ACCEPTABLE.replace("\"amount\":123.45", "\"amount\":\"x\",\"Amount\":1")))
        .as("the last spelling counts")
        .isNull();
    assertThat(reason(ACCEPTABLE.replace("\"amount\":123.45", "\"AMOUNT\":\"x\",\"amount\":1")))
        .as("but upper case comes first")
        .isEqualTo("UNREADABLE amount");
    assertThat(reason(ACCEPTABLE.replace("\"amount\":123.45", "\"amount\":\"x\",\"amount\":1")))
        .as("and of the very same name the last")
        .isNull();
  }

  @Test
  void ignoresFieldsItDoesNotKnow() {
    assertThat(reason(ACCEPTABLE.replace("{\"tr", "{\"x\":[{\"y\":[1,{}]}],\"tr"))).isNull();
  }

  @Test
  void staysCalmWhereJsonIsNestedDeeply() {
    assertThat(reason("{\"x\":" + "[".repeat(100_000))).isEqualTo("NOT_JSON");
  }

  /** An independent reader decides, for damaged records, whether they still are JSON objects. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void agreesWithAnIndependentReaderOnWhatIsJson(long seed) {
    Random random = new Random(seed);
    ObjectMapper reader =
        new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    int damaged = 0;
    for (int round = 0; round < 5_000; round++) {
      byte[] payload = mutated(ACCEPTABLE.getBytes(StandardCharsets.UTF_8), random);

      String reason = rejectionReason.rejectionReason(ByteBuffer.wrap(payload));

      String expected = verdict(reader, payload);
      if (expected == null) {
        assertThat(reason).as(describe(payload)).isNotIn("NOT_JSON", "NOT_OBJECT", "EMPTY");
      } else {
        assertThat(reason).as(describe(payload)).isEqualTo(expected);
        damaged++;
      }
    }
    assertThat(damaged).as("records that are no JSON object any more").isBetween(1_000, 4_900);
  }

  @Test
  void neverTellsAnythingOfTheContent() {
    Random random = new Random(7);
    for (int round = 0; round < 5_000; round++) {
      byte[] payload = mutated(ACCEPTABLE.getBytes(StandardCharsets.UTF_8), random);

      String reason = rejectionReason.rejectionReason(ByteBuffer.wrap(payload));

      if (reason != null) {
        assertThat(reason)
            .matches("EMPTY|NOT_JSON|NOT_OBJECT|(UNREADABLE|MISSING|INVALID) [a-z_.]+");
      }
    }
  }

  private static String verdict(ObjectMapper reader, byte[] payload) {
    try {
      JsonNode node = reader.readTree(payload);
      if (node.isMissingNode()) {
        return "EMPTY";
      }
      return node.isObject() ? null : "NOT_OBJECT";
    } catch (IOException | NumberFormatException e) {
      return "NOT_JSON";
    }
  }

  private static byte[] mutated(byte[] original, Random random) {
    byte[] bytes = original.clone();
    byte[] alphabet = "{}[]\":,.0129eE-+nultrufas \\\t\u00e9".getBytes(StandardCharsets.UTF_8);
    for (int change = random.nextInt(3); change >= 0; change--) {
      bytes[random.nextInt(bytes.length)] = alphabet[random.nextInt(alphabet.length)];
    }
    return bytes;
  }

  private static String describe(byte[] payload) {
    return new String(payload, StandardCharsets.UTF_8).replace("%", "%%");
  }

  private String reason(String payload) {
    return rejectionReason.rejectionReason(payload);
  }

  /** The acceptable transaction with another value in one top-level field. */
  private static String with(String field, String json) {
    return ACCEPTABLE.replaceFirst(
        "\"" + field + "\":(\\{[^}]*}|\"[^\"]*\"|[^,}]*)",
        Matcher.quoteReplacement("\"" + field + "\":" + json));
  }
}
