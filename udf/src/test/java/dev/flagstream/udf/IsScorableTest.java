package dev.flagstream.udf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "1763647200000, 1763647200000, 5,    true",
        "1763647800000, 1763647200000, 1000, true",
        "1763647800001, 1763647200000, 5,    false",
        "1763654400000, 1763647200000, 5,    false",
        "1,             1763647200000, 5,    true",
        "1763647800001, null,          5,    true",
        "1763647200000, 1763647200000, 1001, false"
      })
  void refusesWhatIsDatedAheadOfItsRecordAndTextsThatAreTooLong(
      long timestamp, Long recordTimeMs, int textLength, boolean scorable) {
    String merchant = "m".repeat(textLength);
    String record =
        "{\"transaction_id\":\"t-1\",\"card_number\":\"4111111111111111\",\"amount\":1.00,\"merchant\":\"%s\",\"timestamp\":%d}"
            .formatted(merchant, timestamp);

    assertThat(
            isScorable.isScorable(
                "t-1",
                "4111111111111111",
                1.00,
                timestamp,
                recordTimeMs,
                null,
                null,
                Arrays.asList(null, merchant)))
        .isEqualTo(scorable);
    assertThat(
            rejectionReason.rejectionReason(
                ByteBuffer.wrap(record.getBytes(StandardCharsets.UTF_8)), recordTimeMs))
        .isEqualTo(scorable ? null : textLength > 1_000 ? "TOO_LONG merchant" : "AHEAD timestamp");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "USD,  41.9,   -87.6,   90,     180,    null",
        "null, null,   null,    null,   null,   null",
        "DEM,  -90,    -180,    0,      0,      null",
        "usd,  41.9,   -87.6,   0,      0,      INVALID currency",
        "XXQ,  41.9,   -87.6,   0,      0,      INVALID currency",
        "'',   41.9,   -87.6,   0,      0,      INVALID currency",
        "USD,  90.01,  -87.6,   0,      0,      INVALID home_lat",
        "USD,  41.9,   -180.01, 0,      0,      INVALID home_lon",
        "USD,  41.9,   -87.6,   -91,    0,      INVALID location.lat",
        "USD,  41.9,   -87.6,   0,      1e300,  INVALID location.lon",
      })
  void refusesCurrenciesThatAreNoneAndCoordinatesThatAreNotOnEarth(
      String currency, Double homeLat, Double homeLon, Double lat, Double lon, String reason) {
    String record =
        ("{\"transaction_id\":\"t-1\",\"card_number\":\"4111111111111111\",\"amount\":1.00,"
                + "\"timestamp\":1,\"currency\":%s,\"home_lat\":%s,\"home_lon\":%s,"
                + "\"location\":{\"lat\":%s,\"lon\":%s}}")
            .formatted(quoted(currency), homeLat, homeLon, lat, lon);

    assertThat(
            isScorable.isScorable(
                "t-1",
                "4111111111111111",
                1.00,
                1L,
                1L,
                currency,
                Arrays.asList(homeLat, homeLon, lat, lon),
                Arrays.asList(currency)))
        .isEqualTo(reason == null);
    assertThat(
            rejectionReason.rejectionReason(
                ByteBuffer.wrap(record.getBytes(StandardCharsets.UTF_8)), 1L))
        .isEqualTo(reason);
  }

  private static String quoted(String text) {
    return text == null ? "null" : "\"" + text + "\"";
  }
}
