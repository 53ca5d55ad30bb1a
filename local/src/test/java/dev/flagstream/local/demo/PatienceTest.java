package dev.flagstream.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Time is an argument here: nothing waits. */
class PatienceTest {

  private final Patience patience = new Patience(0);

  @Test
  void runsOutWhenNothingMovesAndManyLooksWereAnswered() {
    lookEverySecond(0, 100, 7);

    assertThat(patience.isExhausted(seconds(100))).isTrue();
    assertThat(patience.standstill(seconds(100))).hasSeconds(100);
  }

  @Test
  void lastsAsLongAsAnythingMoves() {
    for (int second = 0; second < 1_000; second++) {
      patience.look(seconds(second), second / 50);

      assertThat(patience.isExhausted(seconds(second))).isFalse();
    }
  }

  @Test
  void lastsOnAMachineThatIsTooBusyToAnswer() {
    for (int look = 0; look < 20; look++) {
      patience.look(seconds(30L * look), 7);
    }

    assertThat(patience.isExhausted(seconds(600))).as("20 looks in ten minutes").isFalse();
  }

  @Test
  void lastsLongerWhereLongStandstillsWereOvercome() {
    patience.look(seconds(0), 1);
    patience.look(seconds(50), 2);
    lookEverySecond(51, 120, 2);

    assertThat(patience.isExhausted(seconds(149))).isFalse();
    assertThat(patience.isExhausted(seconds(200))).isTrue();
  }

  private void lookEverySecond(int fromSecond, int looks, long state) {
    for (int look = 0; look <= looks; look++) {
      patience.look(seconds(fromSecond + look), state);
    }
  }

  private static long seconds(long seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }
}
