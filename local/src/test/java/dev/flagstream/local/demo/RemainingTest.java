package dev.flagstream.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RemainingTest {

  private static final String WHAT = "%,d of %,d decisions are in MongoDB";

  private final Remaining remaining = new Remaining();

  @Test
  void saysInFiguresWhatIsThereAndHowLongTheRestTakesAtTheMeasuredRate() {
    say(0, 36_841);

    assertThat(say(2, 41_200))
        .isEqualTo("41,200 of 60,821 decisions are in MongoDB, about 9 s left");
  }

  @Test
  void promisesNothingBeforeARateIsMeasured() {
    assertThat(say(0, 41_200)).isEqualTo("41,200 of 60,821 decisions are in MongoDB");
  }

  @Test
  void promisesNothingWhileNothingMoves() {
    say(0, 41_200);

    assertThat(say(5, 41_200)).isEqualTo("41,200 of 60,821 decisions are in MongoDB");
  }

  @Test
  void forgetsARateOfLongAgo() {
    say(0, 0);
    say(1, 40_000);
    say(20, 40_100);

    assertThat(say(25, 40_150)).endsWith("about 34 min left");
  }

  @Test
  void neverPromisesANegativeTimeWhenACountFalls() {
    say(0, 41_200);

    assertThat(say(5, 41_000)).isEqualTo("41,000 of 60,821 decisions are in MongoDB");
  }

  private String say(int second, long done) {
    return remaining.sentence(TimeUnit.SECONDS.toNanos(second), done, 60_821, WHAT);
  }
}
