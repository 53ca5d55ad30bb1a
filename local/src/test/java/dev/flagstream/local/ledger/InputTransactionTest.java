package dev.flagstream.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputTransactionTest {

  private static final long RECORD_TIME_MS = 1_763_647_200_000L;
  private static final String REGULAR =
      """
      {"transaction_id":"t1","card_number":"4242424242424242","customer_id":"C1","customer_age":42,
       "home_city":"Chicago","home_lat":41.9,"home_lon":-87.6,"amount":123.45,"currency":"USD","merchant_id":"M1","mcc":"5411","channel":"chip","merchant":"Shop",
       "merchant_category":"grocery","location":{"city":"Boston","state":"MA","country":"US",
       "lat":41.88,"lon":-87.63},"location_risk_score":0.12,"timestamp":1763647200000}\
      """;

  @Test
  void readsWhatTheLedgerNeeds() {
    InputTransaction transaction = parse(REGULAR);

    assertThat(transaction.regular()).isTrue();
    assertThat(transaction.amount()).isEqualByComparingTo("123.45");
    assertThat(transaction.city()).isEqualTo("Boston");
    assertThat(transaction.homeCity()).isEqualTo("Chicago");
    assertThat(transaction.timestampMs()).isEqualTo(1763647200000L);
  }

  @Test
  void takesNamesInAnyCaseAsSqlDoes() {
    Matcher names = Pattern.compile("\"[a-z_0-9]+\":").matcher(REGULAR);

    assertThat(parse(names.replaceAll(name -> name.group().toUpperCase(Locale.ROOT))))
        .isEqualTo(parse(REGULAR));
  }

  @Test
  void takesTheFieldThatSqlTakesWhereSeveralDifferInCase() {
    String amounts =
        REGULAR.replace("\"amount\":123.45", "\"AMOUNT\":1.00,\"Amount\":2.00,\"amount\":3.00");

    assertThat(parse(amounts).amount()).isEqualByComparingTo("1.00");
    assertThat(parse(amounts.replace("AMOUNT", "aMOUNT")).amount()).isEqualByComparingTo("3.00");
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "amount":123.45                  | "amount":"123.45"
          "amount":123.45                  | "amount":null
          "amount":123.45                  | "amount":123.456
          "amount":123.45                  | "amount":0.00
          "amount":123.45                  | "amount":123456789.00
          "card_number":"4242424242424242" | "card_number":"4242424242424241"
          "card_number":"4242424242424242" | "other":1
          "timestamp":1763647200000        | "timestamp":"soon"
          "customer_age":42                | "customer_age":"old"
          "timestamp":1763647200000        | "timestamp":1763647800001
          "amount":123.45                  | "amount":1e2147483647
          """)
  void foretellsNothingOfAnIrregularRecord(String regular, String irregular) {
    assertThat(REGULAR).contains(regular);

    assertThat(parse(REGULAR.replace(regular, irregular)).regular()).isFalse();
  }

  @Test
  void ignoresWhatNamesNoTransaction() {
    assertThat(InputTransaction.parse(null, 0)).isEmpty();
    assertThat(InputTransaction.parse("no JSON".getBytes(StandardCharsets.UTF_8), 0)).isEmpty();
    assertThat(InputTransaction.parse("[1]".getBytes(StandardCharsets.UTF_8), 0)).isEmpty();
    assertThat(InputTransaction.parse("{}".getBytes(StandardCharsets.UTF_8), 0)).isEmpty();
  }

  @Test
  void ignoresWhatHasAnExponentThatNoNumberHas() {
    for (String number : List.of("1e99999999999", "-1e-99999999999", "1e2147483648000")) {
      String record = REGULAR.replace("123.45", number);
      String elsewhere =
          REGULAR.replace("{\"transaction_id\"", "{\"x\":[" + number + "],\"transaction_id\"");

      assertThat(InputTransaction.parse(record.getBytes(StandardCharsets.UTF_8), RECORD_TIME_MS))
          .as(number)
          .isEmpty();
      assertThat(InputTransaction.parse(elsewhere.getBytes(StandardCharsets.UTF_8), RECORD_TIME_MS))
          .as(number)
          .isEmpty();
    }
  }

  private static InputTransaction parse(String json) {
    return InputTransaction.parse(json.getBytes(StandardCharsets.UTF_8), RECORD_TIME_MS)
        .orElseThrow();
  }
}
