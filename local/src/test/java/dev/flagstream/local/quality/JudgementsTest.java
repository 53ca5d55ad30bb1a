package dev.flagstream.local.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class JudgementsTest {

  private final Judgements judgements = new Judgements();

  @Test
  void comparesVerdictsWithTheTruthInWhicheverOrderTheyCome() {
    judgements.fraud("caught");
    judgements.judged("caught", true, 0.9);
    judgements.judged("missed", false, 0.2);
    judgements.judged("accused", true, 0.5);
    judgements.judged("cleared", false, 0.1);
    judgements.fraud("missed");
    judgements.fraud("missed");
    judgements.fraud("never judged");

    Quality quality = judgements.compare(1);

    assertThat(quality.confusion()).isEqualTo(new Confusion(1, 1, 1, 1));
    assertThat(quality.confusion().precision()).hasValue(0.5);
    assertThat(quality.confusion().recall()).hasValue(0.5);
    // Steps: 0.9 (precision 1) and 0.2 (2 of 3).
    assertThat(quality.averagePrecision()).hasValue((1 + 2.0 / 3) / 2);
    assertThat(quality.labels()).isEqualTo(1);
  }

  @Test
  void hasNoAveragePrecisionWithoutScores() {
    judgements.fraud("a");
    judgements.judged("a", true, Double.NaN);

    assertThat(judgements.compare(0).averagePrecision()).isEmpty();
  }

  @Test
  void takesWhatHasNoScoreForTheLeastSuspicious() {
    judgements.fraud("a");
    judgements.judged("a", true, Double.NaN);
    judgements.judged("b", true, 0.01);

    assertThat(judgements.compare(0).averagePrecision()).hasValue(0.5);
  }

  @Test
  void keepsTheLatestOnly() {
    for (int i = 0; i < Judgements.MAX + 10; i++) {
      judgements.judged("t" + i, false, Double.NaN);
    }
    judgements.fraud("t9");
    judgements.fraud("t10");

    Confusion confusion = judgements.compare(0).confusion();

    assertThat(confusion.transactions()).isEqualTo(Judgements.MAX);
    assertThat(confusion.frauds()).isEqualTo(1);
  }

  @Test
  void saysWhatIsNotDefinedYetWithADash() {
    assertThat(judgements.compare(0).line())
        .isEqualTo("precision –  recall –  average precision –  of 0 frauds in 0; 0 reported");
    assertThat(new Quality(new Confusion(2, 1, 6, 91), OptionalDouble.of(0.25), 3).line())
        .isEqualTo(
            "precision 66.7 %  recall 25.0 %  average precision 0.250  of 8 frauds in 100; 3"
                + " reported");
  }
}
