package dev.flagstream.local.alerts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertLineTest {

  private static final AlertLine PLAIN = new AlertLine(ZoneOffset.UTC, false);

  private static FraudAlert alert(String json) {
    return FraudAlert.parse(json.replace('\'', '"').getBytes(UTF_8)).orElseThrow();
  }

  private static final String OPENED =
      "{'ALERT_ID':'t1|CRITICAL','KIND':'OPENED','SEVERITY':'CRITICAL','EXPECTED_LOSS':2500.10,"
          + "'AMOUNT_SUM':2500.10,'TRANSACTIONS':1,'SUPPRESSED':0,'CARD_LAST4':'1111',"
          + "'AMOUNT':2500.10,'CURRENCY':'EUR','MERCHANT':'Gold & Gems','CITY':'Lyon',"
          + "'COUNTRY':'FR','RULE_HITS':['LARGE_AMOUNT'],'FRAUD_PROBABILITY':null,"
          + "'TRANSACTION_ID':'t1','EVENT_TIME':1763632800000}";

  @Test
  void tellsWhatBeganWhereAndHowMuchIsAtStake() {
    assertThat(PLAIN.of(alert(OPENED)))
        .isEqualTo(
            "2025-11-20 10:00:00  CRITICAL  new        2,500.10 at stake  card …1111  Gold & Gems,"
                + " Lyon, FR  2,500.10 EUR, LARGE_AMOUNT, t1");
  }

  @Test
  void tellsHowManyWereNotToldWhenAnIncidentGetsWorse() {
    assertThat(
            PLAIN.of(
                alert(
                    "{'ALERT_ID':'t1|HIGH','KIND':'ESCALATED','SEVERITY':'HIGH',"
                        + "'EXPECTED_LOSS':590.00,'AMOUNT_SUM':1180.00,'TRANSACTIONS':4,"
                        + "'SUPPRESSED':2,'CARD_LAST4':'1111','AMOUNT':1000.00,'CURRENCY':'EUR',"
                        + "'FRAUD_PROBABILITY':0.5,'TRANSACTION_ID':'t4',"
                        + "'EVENT_TIME':1763632980000}")))
        .isEqualTo(
            "2025-11-20 10:03:00  HIGH      worse        590.00 at stake  card …1111  place"
                + " unknown  4 payments of 1,180.00, 2 of them not told before, fraud by 50 %, t4");
  }

  @Test
  void paintsTheSeverityIfTheTerminalShowsColours() {
    assertThat(new AlertLine(ZoneOffset.UTC, true).of(alert(OPENED))).startsWith("\u001b[");
  }

  @Test
  void isOneLineOfATerminalHoweverNarrow() {
    FraudAlert alert = alert(OPENED);

    assertThat(PLAIN.of(alert, 80))
        .hasSize(80)
        .isEqualTo(
            "2025-11-20 10:00:00  CRITICAL  new        2,500.10 at stake  card …1111  Gold &…");
    assertThat(PLAIN.of(alert, 200)).isEqualTo(PLAIN.of(alert));
    assertThat(PLAIN.of(alert, 0)).isEqualTo(PLAIN.of(alert));
    AlertLine coloured = new AlertLine(ZoneOffset.UTC, true);
    assertThat(coloured.of(alert, 80).replaceAll("\u001b\\[[0-9;]*m", ""))
        .isEqualTo(PLAIN.of(alert, 80));
    assertThat(coloured.of(alert, 80)).startsWith("\u001b[");
  }

  @Test
  void keepsWhatSteersATerminalOutOfTheLine() {
    assertThat(PLAIN.of(alert(OPENED.replace("Gold & Gems", "\\u001b[2JGold\\nGems"))))
        .contains("�[2JGold�Gems")
        .doesNotContain("\u001b", "\n");
  }

  @Test
  void keepsAllDigitsOfMoneyInJson() {
    assertThat(alert(OPENED).fields().toString())
        .contains("\"expected_loss\":2500.10", "\"card_last4\":\"1111\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no JSON", "[]", "{}", "{\"ALERT_ID\":\"a\",\"SEVERITY\":\"SO-SO\"}"})
  void passesOverWhatIsNoAlert(String value) {
    assertThat(FraudAlert.parse(value.getBytes(UTF_8))).isEmpty();
    assertThat(FraudAlert.parse(null)).isEmpty();
  }
}
