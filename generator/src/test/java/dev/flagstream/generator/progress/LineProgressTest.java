package dev.flagstream.generator.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.generator.producer.SendCounts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LineProgressTest {

  private final StringWriter written = new StringWriter();
  private long nowNanos = 1_000;

  @Test
  void printsALineEveryFiveSecondsWithRateAndRemainingTime() {
    LineProgress progress = progress(new Extent.Count(3_000));

    at(4, progress, new SendCounts(410, 400, 0), Duration.ZERO);
    at(5, progress, new SendCounts(1_010, 1_000, 3), Duration.ZERO);
    at(9, progress, new SendCounts(1_500, 1_400, 3), Duration.ZERO);
    at(10, progress, new SendCounts(2_000, 2_000, 3), Duration.ZERO);

    assertThat(written.toString().lines())
        .containsExactly(
            "5 s: 1,000 acknowledged (200/s), 3 failed, about 10 s left",
            "10 s: 2,000 acknowledged (200/s), 3 failed, about 5 s left");
  }

  @Test
  void saysWhenSendingFallsBehind() {
    LineProgress progress = progress(new Extent.Unknown());

    at(5, progress, new SendCounts(500, 500, 0), Duration.ofSeconds(1));
    at(10, progress, new SendCounts(600, 600, 0), Duration.ofSeconds(7));

    assertThat(written.toString().lines())
        .containsExactly(
            "5 s: 500 acknowledged (100/s), 0 failed",
            "10 s: 600 acknowledged (20/s), 0 failed, 7 s behind schedule");
  }

  @Test
  void writesNumbersAlikeInEveryCountry() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      LineProgress progress = progress(new Extent.Unknown());

      at(5, progress, new SendCounts(12_345, 12_345, 0), Duration.ZERO);

      assertThat(written.toString()).startsWith("5 s: 12,345 acknowledged (2,469/s)");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void measuresARangeOfEventTimeByHowFarItIs() {
    long fromMs = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    Extent.EventTime tenDays =
        new Extent.EventTime(fromMs, fromMs + Duration.ofDays(10).toMillis());
    LineProgress progress = progress(tenDays);
    nowNanos += TimeUnit.SECONDS.toNanos(20);

    progress.show(
        new RunProgress(
            new SendCounts(1_000, 1_000, 0),
            Duration.ZERO,
            Instant.parse("2026-01-03T12:00:30Z").toEpochMilli()));

    assertThat(written.toString().lines())
        .containsExactly(
            "20 s: 1,000 acknowledged (50/s), 0 failed, at 2026-01-03T12:00:00Z (25 %), about 60 s"
                + " left");
  }

  private LineProgress progress(Extent extent) {
    return new LineProgress(extent, new PrintWriter(written), () -> nowNanos);
  }

  private void at(long second, LineProgress progress, SendCounts counts, Duration behind) {
    nowNanos = 1_000 + TimeUnit.SECONDS.toNanos(second);
    progress.show(new RunProgress(counts, behind, 0));
  }
}
