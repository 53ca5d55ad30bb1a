package dev.flagstream.generator.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransactionJsonTest {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  @Test
  void writesEveryFieldWithItsType() throws IOException {
    JsonNode read =
        MAPPER.readTree(
            TransactionJson.encode(transaction("123.40", "Müller & Söhne \"Café\" \uD83D\uDCB3")));

    assertThat(names(read))
        .containsExactly(
            "transaction_id",
            "card_number",
            "customer_id",
            "customer_age",
            "home_city",
            "home_lat",
            "home_lon",
            "amount",
            "currency",
            "merchant_id",
            "merchant",
            "merchant_category",
            "mcc",
            "channel",
            "location",
            "location_risk_score",
            "timestamp");
    assertThat(read.get("transaction_id").textValue()).isEqualTo("run-1");
    assertThat(read.get("card_number").textValue()).isEqualTo("4242424242424242");
    assertThat(read.get("customer_id").textValue()).isEqualTo("C000001");
    assertThat(read.get("customer_age").isInt()).isTrue();
    assertThat(read.get("customer_age").intValue()).isEqualTo(42);
    assertThat(read.get("home_city").textValue()).isEqualTo("Chicago");
    assertThat(read.get("home_lat").decimalValue()).isEqualByComparingTo("41.9");
    assertThat(read.get("home_lon").decimalValue()).isEqualByComparingTo("-87.6");
    assertThat(read.get("merchant_id").textValue()).isEqualTo("M000001");
    assertThat(read.get("mcc").textValue()).isEqualTo("5411");
    assertThat(read.get("channel").textValue()).isEqualTo("contactless");
    assertThat(read.get("amount").isNumber()).isTrue();
    assertThat(read.get("currency").textValue()).isEqualTo("USD");
    assertThat(read.get("merchant").textValue()).isEqualTo("Müller & Söhne \"Café\" \uD83D\uDCB3");
    assertThat(read.get("merchant_category").textValue()).isEqualTo("grocery");
    assertThat(read.get("location_risk_score").decimalValue()).isEqualByComparingTo("0.12");
    assertThat(read.get("timestamp").isIntegralNumber()).isTrue();
    assertThat(read.get("timestamp").longValue()).isEqualTo(1_763_647_200_000L);
    JsonNode location = read.get("location");
    assertThat(names(location)).containsExactly("city", "state", "country", "lat", "lon");
    assertThat(location.get("city").textValue()).isEqualTo("Chicago");
    assertThat(location.get("state").textValue()).isEqualTo("IL");
    assertThat(location.get("country").textValue()).isEqualTo("US");
    assertThat(location.get("lat").decimalValue()).isEqualByComparingTo("41.88");
    assertThat(location.get("lon").decimalValue()).isEqualByComparingTo("-87.63");
  }

  @Test
  void leavesOutWhatIsNotKnown() throws IOException {
    Transaction bare =
        new Transaction(
            "run-1",
            "4242424242424242",
            new Cardholder("C000001", null, null, Double.NaN, Double.NaN),
            new BigDecimal("1.00"),
            null,
            new Acceptor("M000001", null, null, null),
            null,
            null,
            Double.NaN,
            1_763_647_200_000L);

    assertThat(names(MAPPER.readTree(TransactionJson.encode(bare))))
        .containsExactly(
            "transaction_id", "card_number", "customer_id", "amount", "merchant_id", "timestamp");
  }

  @Test
  void writesAmountsAsNumbersWithTwoDecimals() {
    for (String amount : List.of("0.01", "0.50", "7.00", "100.00", "99999999.99")) {
      assertThat(text(transaction(amount, "Shop"))).contains("\"amount\":" + amount + ",");
    }
  }

  @Test
  void writesOneLineForEachTransaction() {
    String first = text(transaction("1.00", "Two\nlines"));
    String second = text(transaction("2.00", "Shop"));

    assertThat(first).startsWith("{").endsWith("}").doesNotContain("\n");
    assertThat(second).startsWith("{").endsWith("}").contains("\"amount\":2.00,");
  }

  @Test
  void writesTextsAndNumbersAsJacksonDoes() throws IOException {
    JsonFactory jackson =
        new JsonFactoryBuilder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();
    Random random = new Random(5);
    byte[] ours = new byte[2_048];
    for (int i = 0; i < 20_000; i++) {
      String text = randomText(random);
      double number = i % 50 == 0 ? Double.POSITIVE_INFINITY : randomNumber(random);
      long whole = random.nextLong() >> random.nextInt(64);
      ByteArrayOutputStream expected = new ByteArrayOutputStream();
      try (JsonGenerator generator = jackson.createGenerator(expected)) {
        generator.writeStartArray();
        generator.writeString(text);
        generator.writeNumber(number);
        generator.writeNumber(whole);
        generator.writeEndArray();
      }

      ours[0] = '[';
      int end = JsonText.string(text, ours, 1);
      ours[end++] = ',';
      end = JsonText.number(number, ours, end);
      ours[end++] = ',';
      end = JsonText.number(whole, ours, end);
      ours[end++] = ']';

      assertThat(Arrays.copyOf(ours, end)).isEqualTo(expected.toByteArray());
    }
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    char[] kinds = {' ', '"', '\\', '\n', '\u0001', '\u007f', 'ü', '€'};
    for (int length = random.nextInt(200); length > 0; length--) {
      boolean unusual = random.nextInt(200) == 0;
      text.append(unusual ? kinds[random.nextInt(kinds.length)] : (char) ('a' + length % 26));
    }
    return text.toString();
  }

  private static double randomNumber(Random random) {
    double scale = Math.pow(10, random.nextInt(7));
    return switch (random.nextInt(3)) {
      case 0 -> Math.round(random.nextGaussian() * 1e6) / scale;
      case 1 -> random.nextInt(20_000) - 10_000;
      default -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
    };
  }

  @Test
  void remembersMerchantsButNeverWritesOneForAnother() throws IOException {
    for (int i = 0; i < 100_000; i++) {
      Transaction each = transaction("1.00", "Shop " + i);
      if (i % 1_000 == 0) {
        assertThat(MAPPER.readTree(TransactionJson.encode(each)).get("merchant").textValue())
            .isEqualTo("Shop " + i);
      } else {
        assertThat(text(each)).contains("\"merchant\":\"Shop " + i + "\",");
      }
      assertThat(TransactionJson.encode(each)).isEqualTo(TransactionJson.encode(each));
    }
  }

  @Test
  void hasRoomForTextsOfAnyLengthThatMustBeEscaped() throws IOException {
    String worst = "\u0001".repeat(5_000);
    Transaction each =
        new Transaction(
            worst,
            worst,
            new Cardholder(worst, 100, worst, -89.999, Math.nextUp(-179.0)),
            new BigDecimal("99999999.99"),
            worst,
            new Acceptor(worst, worst, worst, worst),
            Channel.CONTACTLESS,
            new Location(worst, worst, worst, Math.nextUp(-89.0), Double.MIN_VALUE),
            Math.nextDown(0.3),
            Long.MIN_VALUE);

    JsonNode read = MAPPER.readTree(TransactionJson.encode(each));

    assertThat(read.get("currency").textValue()).isEqualTo(worst);
    assertThat(read.get("mcc").textValue()).isEqualTo(worst);
    assertThat(read.get("location").get("country").textValue()).isEqualTo(worst);
    assertThat(read.get("home_lon").decimalValue()).isEqualByComparingTo("" + Math.nextUp(-179.0));
    assertThat(read.get("timestamp").longValue()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void writesAPlaceOfWhichNothingIsKnownAsAnEmptyOne() {
    Transaction nowhere =
        new Transaction(
            "run-1",
            "4242424242424242",
            new Cardholder("C000001", null, null, Double.NaN, Double.NaN),
            new BigDecimal("1.00"),
            null,
            new Acceptor(null, null, null, null),
            null,
            new Location(null, null, null, Double.NaN, Double.NaN),
            Double.NaN,
            7);

    assertThat(text(nowhere))
        .isEqualTo(
            "{\"transaction_id\":\"run-1\",\"card_number\":\"4242424242424242\","
                + "\"customer_id\":\"C000001\",\"amount\":1.00,\"location\":{},\"timestamp\":7}");
  }

  @Test
  void refusesAnAmountThatIsNotExactToTheCent() {
    assertThatThrownBy(() -> transaction("1.5", "Shop"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("amount 1.5 is not a DECIMAL(10,2)");
    assertThatThrownBy(() -> transaction("123456789.00", "Shop"))
        .hasMessage("amount 123456789.00 is not a DECIMAL(10,2)");
  }

  @Test
  void keepsContentsOutOfItsText() {
    assertThat(transaction("1.00", "Shop")).hasToString("Transaction[run-1]");
  }

  private String text(Transaction transaction) {
    return new String(TransactionJson.encode(transaction), StandardCharsets.UTF_8);
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Transaction transaction(String amount, String merchant) {
    return new Transaction(
        "run-1",
        "4242424242424242",
        new Cardholder("C000001", 42, "Chicago", 41.9, -87.6),
        new BigDecimal(amount),
        "USD",
        new Acceptor("M000001", merchant, "grocery", "5411"),
        Channel.CONTACTLESS,
        new Location("Chicago", "IL", "US", 41.88, -87.63),
        0.12,
        1_763_647_200_000L);
  }
}
