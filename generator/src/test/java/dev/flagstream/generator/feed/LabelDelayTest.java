package dev.flagstream.generator.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelDelayTest {

  private static final long SEED = 5;
  private static final double DAY_MS = 86_400_000;

  @Test
  void dependsOnTheSeedAndTheTransactionAndNothingElse() {
    LabelDelay delay = LabelDelay.parse("7d");

    assertThat(delay.delayMs(SEED, "a-1")).isEqualTo(LabelDelay.parse("7d").delayMs(SEED, "a-1"));
    assertThat(delay.delayMs(SEED, "a-1")).isNotEqualTo(delay.delayMs(SEED, "a-2"));
    assertThat(delay.delayMs(SEED, "a-1")).isNotEqualTo(delay.delayMs(SEED + 1, "a-1"));
  }

  @Test
  void isLogNormalAroundItsMedianWithinFourMedians() {
    LabelDelay delay = LabelDelay.parse("7d");

    List<Double> days = days(delay);

    assertThat(share(days, 0, 7)).isBetween(0.49, 0.51);
    // One standard deviation: exp(±0.5), of what is at most four medians.
    assertThat(share(days, 7 * 0.60653, 7 * 1.64872)).isBetween(0.675, 0.695);
    assertThat(days).allMatch(value -> value > 0 && value <= 28);
    assertThat(delay.maxMs()).isEqualTo(28L * 86_400_000);
    assertThat(mean(days)).isCloseTo(delay.meanMs() / DAY_MS, withinPercentage(2));
  }

  @Test
  void isExponentialWithItsMeanWithinEightMeans() {
    LabelDelay delay = LabelDelay.parse("exponential:1d");

    List<Double> days = days(delay);

    assertThat(mean(days)).isCloseTo(1, withinPercentage(2));
    assertThat(share(days, 0, Math.log(2))).isBetween(0.49, 0.51);
    assertThat(days).allMatch(value -> value >= 0 && value <= 8);
  }

  @Test
  void isConstantOnRequest() {
    assertThat(LabelDelay.parse("constant:7d").delayMs(SEED, "any")).isEqualTo(7L * 86_400_000);
  }

  @ParameterizedTest
  @CsvSource({
    "7d, lognormal:7d",
    "lognormal:90m, lognormal:90m",
    "exponential:20, exponential:20s",
    "constant:24h, constant:1d"
  })
  void printsWhatItReads(String text, String printed) {
    LabelDelay delay = LabelDelay.parse(text);

    assertThat(delay).hasToString(printed);
    assertThat(LabelDelay.parse(printed)).isEqualTo(delay);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "soon | 'soon' is not a duration",
        "\"\" | '' is not a duration",
        "0d | '0d' is not a duration",
        "-7d | '-7d' is not a duration",
        "constant:7w | '7w' is not a duration",
        "uniform:7d | 'uniform:7d' is not a label delay"
      })
  void refusesWhatIsNoDelayNamingIt(String text, String message) {
    assertThatThrownBy(() -> LabelDelay.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static List<Double> days(LabelDelay delay) {
    return LongStream.range(0, 40_000)
        .mapToObj(i -> delay.delayMs(SEED, "run-" + i) / DAY_MS)
        .toList();
  }

  private static double share(List<Double> values, double from, double to) {
    long inside = values.stream().filter(v -> v >= from && v < to).count();
    return (double) inside / values.size();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(value -> value).average().orElseThrow();
  }
}
