package dev.flagstream.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlainTextTest {

  private final Locale before = Locale.getDefault();

  @BeforeEach
  void setsALocaleThatWritesNumbersItsOwnWay() {
    Locale.setDefault(Locale.GERMANY);
  }

  @AfterEach
  void restoresTheLocale() {
    Locale.setDefault(before);
  }

  @Test
  void numbersLookTheSameInEveryCountry() {
    assertThat(PlainText.text("%,d and %.1f", 12_345, 6.7)).isEqualTo("12,345 and 6.7");
  }

  @Test
  void oneIsSingularAndEveryOtherNumberIsPlural() {
    assertThat(PlainText.counted(1, "card")).isEqualTo("1 card");
    assertThat(PlainText.counted(0, "card")).isEqualTo("0 cards");
    assertThat(PlainText.counted(2_000, "card")).isEqualTo("2,000 cards");
  }
}
