package dev.flagstream.local.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ErasureTest} has it in a whole pipeline. */
class PersonFinderTest {

  private final PersonFinder finder = new PersonFinder("J\u00fcrgen \"X\"");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"customer_id\":\"J\u00fcrgen \\\"X\\\"\"}",
        "{\"customer_id\":\"J\\u00fcrgen \\\"X\\\"\"}",
        "{\"CUSTOMER_ID\":\"J\\u00FCrgen \\u0022X\\u0022\"}",
      })
  void findsACustomerWhoseIdIsWrittenWithEscapes(String record) {
    assertThat(finder.fieldsOf(bytes(record)).path("customer_id").asText())
        .isEqualTo("J\u00fcrgen \"X\"");
  }

  @Test
  void readsNothingOfARecordThatCannotBeAboutTheCustomer() {
    assertThat(finder.fieldsOf(bytes("{\"customer_id\":\"C0000042\"}")).isMissingNode()).isTrue();
    assertThat(finder.fieldsOf(null).isMissingNode()).isTrue();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
