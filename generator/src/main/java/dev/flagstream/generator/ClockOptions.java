package dev.flagstream.generator;

import dev.flagstream.generator.feed.Feed;
import dev.flagstream.generator.option.DateConverter;
import dev.flagstream.generator.option.DurationConverter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which range of event time is sent, and how fast. */
final class ClockOptions {

  @Option(
      names = "--clock",
      paramLabel = "live|backfill",
      description =
          "live: transactions of now, each sent when it happens. backfill: those of a range of the"
              + " past, as fast as Kafka takes them. Default: backfill with --from or --profile handbook, else live.")
  private Clock clock;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      converter = DateConverter.class,
      description =
          "Backfill: where the range begins (2026-01-31, at midnight UTC, or"
              + " 2026-01-31T12:00:00Z). A run that has begun already goes on where it is.")
  private Instant from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      converter = DateConverter.class,
      description = "Backfill: where it ends; the instant itself no longer belongs. Default: now.")
  private Instant to;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "How much event time to send: 60 or 60s, 2m, 1h, 7d. With the live clock that is how long"
              + " it runs. Default: until stopped, or --to.")
  private Duration duration;

  @Option(
      names = "--catch-up",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "Live: a run that was down for longer starts anew, with a gap, instead of first sending"
              + " what happened meanwhile. Default: no limit.")
  private Duration catchUp;

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "Live: the rate climbs from nothing during this time at the beginning of a run, as its"
              + " customers join one after the other. Default: all are there at once.")
  private Duration warmUp = Duration.ZERO;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many transactions to send at most. Default: no limit.")
  private Long count;

  /** The clock that was asked for, or that follows from the other options. */
  Clock clock(Optional<DefaultRange> defaults) {
    if (clock != null) {
      return clock;
    }
    return from == null && defaults.isEmpty() ? Clock.LIVE : Clock.BACKFILL;
  }

  Optional<Duration> catchUp() {
    return Optional.ofNullable(catchUp);
  }

  /** How long the rate climbs; zero for not at all. */
  Duration warmUp() {
    return warmUp;
  }

  Optional<Long> count() {
    return Optional.ofNullable(count);
  }

  /**
   * The range of event time, milliseconds since the epoch.
   *
   * @param endMs the first that no longer belongs, or {@link Feed#ENDLESS}
   */
  record Range(long startMs, long endMs) {}

  /**
   * The range that was asked for.
   *
   * @param now the time of asking
   * @param defaults of a profile that has a range of its own
   * @throws IllegalArgumentException if the options contradict each other
   */
  Range range(Instant now, Optional<DefaultRange> defaults) {
    if (count != null && count < 1) {
      throw new IllegalArgumentException("Invalid value for option '--count': must be 1 or more");
    }
    if (to != null && duration != null) {
      throw new IllegalArgumentException("--to and --duration both say where the run ends");
    }
    return clock(defaults) == Clock.LIVE ? live(now) : backfill(now, defaults);
  }

  /** The range of a profile that has one. */
  record DefaultRange(Instant from, Instant to) {}

  private Range live(Instant now) {
    if (from != null || to != null) {
      throw new IllegalArgumentException(
          "--from and --to are about the past and cannot go with --clock live");
    }
    long startMs = now.toEpochMilli();
    return new Range(startMs, duration == null ? Feed.ENDLESS : startMs + duration.toMillis());
  }

  private Range backfill(Instant now, Optional<DefaultRange> defaults) {
    Instant start = from != null ? from : defaults.map(DefaultRange::from).orElse(null);
    if (start == null) {
      throw new IllegalArgumentException(
          "--clock backfill needs --from DATE, the beginning of the range");
    }
    if (catchUp != null) {
      throw new IllegalArgumentException(
          "--catch-up is about the live clock: a backfill always goes on where it was");
    }
    if (!warmUp.isZero()) {
      throw new IllegalArgumentException(
          "--warm-up is about the live clock: a backfill goes as fast as Kafka takes it");
    }
    Instant end = end(start, now, defaults);
    if (!end.isAfter(start)) {
      throw new IllegalArgumentException(
          "the range must end after it begins, but --from is " + start + " and its end " + end);
    }
    if (end.isAfter(now)) {
      throw new IllegalArgumentException(
          "the range ends at "
              + end
              + ", which is yet to come: brokers refuse records of the future. End it now, and go on"
              + " with --clock live");
    }
    return new Range(start.toEpochMilli(), end.toEpochMilli());
  }

  private Instant end(Instant start, Instant now, Optional<DefaultRange> defaults) {
    if (duration != null) {
      return start.plus(duration);
    }
    return to != null ? to : defaults.map(DefaultRange::to).orElse(now);
  }
}
