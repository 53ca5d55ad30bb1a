package dev.flagstream.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.runtime.QueryFailure.Cause;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadDeathsTest {

  private long nowMs = 1_000_000;
  private final ThreadDeaths deaths = new ThreadDeaths(new SetClock());

  @Test
  void takesASingleDeathForAnAccident() {
    die("the broker went away");

    assertThat(deaths.keepComing()).isFalse();
    assertThat(deaths.latest()).extracting(QueryFailure::timeMs).containsExactly(1_000_000L);
  }

  @Test
  void saysThatThreadsKeepDyingUntilTheNextDeathIsOverdue() {
    die("refused");
    nowMs += 45_000;
    die("refused");

    nowMs += 60_000;
    assertThat(deaths.keepComing()).isTrue();
    nowMs += 60_000;
    assertThat(deaths.keepComing()).isFalse();
  }

  @Test
  void doesNotCountDeathsThatLieFarApart() {
    die("one day");
    nowMs += 3_600_000;
    die("another");

    assertThat(deaths.keepComing()).isFalse();
  }

  @Test
  void namesTheCauseThatLiesDeepest() {
    deaths.add(new IllegalStateException("commit failed", new RuntimeException("too old")));

    assertThat(deaths.latest().get(0).message())
        .isEqualTo(
            "java.lang.IllegalStateException: commit failed: java.lang.RuntimeException: too old");
  }

  @Test
  void saysWhatAUserCanMend() {
    deaths.add(
        new StreamsException("commit failed", new TopicAuthorizationException("no WRITE on OUT")));
    deaths.add(new MissingSourceTopicException("rows was deleted"));
    die("who knows");

    assertThat(deaths.latest())
        .extracting(QueryFailure::cause)
        .containsExactly(Cause.USER, Cause.USER, Cause.UNKNOWN);
  }

  @Test
  void keepsTheLatestTen() {
    for (int i = 0; i < 100; i++) {
      nowMs++;
      die("again");
    }

    assertThat(deaths.latest()).hasSize(10);
    assertThat(deaths.latest().get(9).timeMs()).isEqualTo(nowMs);
  }

  private void die(String message) {
    deaths.add(new IllegalStateException(message));
  }

  private final class SetClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(nowMs);
    }
  }
}
