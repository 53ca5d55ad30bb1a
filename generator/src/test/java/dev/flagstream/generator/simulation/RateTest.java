package dev.flagstream.generator.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {

  @Test
  void readsNumbersOfTransactionsPerSecond() {
    assertThat(Rate.parse("250")).isEqualTo(Rate.perSecond(250));
    assertThat(Rate.parse("0.5")).isEqualTo(Rate.perSecond(0.5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "max", "MAX"})
  void readsAsFastAsPossible(String text) {
    assertThat(Rate.parse(text)).isEqualTo(Rate.MAX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "NaN", "Infinity", "fast", "", "1e9"})
  void refusesWhatIsNoRate(String text) {
    assertThatThrownBy(() -> Rate.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'" + text + "' is not a rate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"100", "0.5", "max"})
  void printsWhatItReads(String text) {
    assertThat(Rate.parse(text)).hasToString(text);
  }
}
