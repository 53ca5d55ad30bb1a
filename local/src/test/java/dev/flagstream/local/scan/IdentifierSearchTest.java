package dev.flagstream.local.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierSearchTest {

  private static final String TOKEN = "5ab3".repeat(16);

  private static final IdentifierSearch SEARCH =
      new IdentifierSearch(Map.of("C42", "customer id", TOKEN, "card token"));

  @ParameterizedTest
  @ValueSource(strings = {"C42", "{\"customer_id\":\"C42\"}", "of C42.", "C421 and C42"})
  void findsAnIdentifierThatStandsAlone(String text) {
    assertThat(SEARCH.in(text.getBytes(UTF_8))).hasValue("customer id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "C4", "C421", "BC42", "c42"})
  void findsNoneWithinAnotherWord(String text) {
    assertThat(SEARCH.in(text.getBytes(UTF_8))).isEmpty();
  }

  @Test
  void findsOneInBase64BesideOtherBytes() {
    byte[] packed = "\u0001\u0003C42\u0001\u0004Lyon and more".getBytes(UTF_8);
    String text = "{\"TRANSACTION\":\"" + Base64.getEncoder().encodeToString(packed) + "\"}";

    assertThat(SEARCH.in(text.getBytes(UTF_8))).hasValue("customer id");
  }

  @Test
  void findsALongOneAlsoWithinAKey() {
    assertThat(SEARCH.in(("C" + TOKEN + "1").getBytes(UTF_8))).hasValue("card token");
  }

  @Test
  void findsNothingInNull() {
    assertThat(SEARCH.in(null)).isEmpty();
  }

  @Test
  void refusesAnEmptyIdentifier() {
    assertThatThrownBy(() -> new IdentifierSearch(Map.of("", "customer id")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("customer id");
  }
}
