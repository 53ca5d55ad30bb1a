package dev.flagstream.engine.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How numbers look in JSON. */
class JsonBytesTest {

  private static String written(double value) {
    JsonBytes out = JsonBytes.begin();
    out.writeDouble(value);
    return new String(out.toByteArray(), StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0.0,
        -0.0,
        1,
        -1,
        0.5,
        -0.5,
        0.01,
        -0.01,
        0.1,
        0.07,
        12.3,
        12.34,
        -12.04,
        100,
        999_999.99,
        -999_999.99,
        1_000_000,
        1_000_000.01,
        1e7,
        1e-3,
        0.001,
        0.015,
        1.0 / 3,
        4.35,
        1.005,
        1e300,
        Double.MIN_VALUE,
        -Double.MIN_VALUE
      })
  void doublesAreWrittenAsJavaWritesThem(double value) {
    assertThat(written(value)).isEqualTo(Double.toString(value));
  }

  @Test
  void whatIsNoNumberIsWrittenAsText() {
    assertThat(written(Double.NaN)).isEqualTo("\"NaN\"");
    assertThat(written(Double.NEGATIVE_INFINITY)).isEqualTo("\"-Infinity\"");
  }

  @Test
  void amountsCountsAndNeighboursAreWrittenAsJavaWritesThem() {
    Random random = new Random(5);
    for (int i = 0; i < 500_000; i++) {
      double cents = (random.nextInt(240_000_000) - 120_000_000) / 100.0;
      double value = random.nextInt(4) == 0 ? Math.nextUp(cents) : cents;
      assertThat(written(value)).isEqualTo(Double.toString(value));
    }
  }
}
