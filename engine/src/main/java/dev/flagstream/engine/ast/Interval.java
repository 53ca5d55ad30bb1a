package dev.flagstream.engine.ast;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A length of time as written: {@code 60 SECONDS} and {@code 1 MINUTE} are not the same text. */
public record Interval(long amount, TimeUnit unit) {

  public Interval {
    requireNonNull(unit, "unit");
  }

  public Duration toDuration() {
    return Duration.of(amount, unit.toChronoUnit());
  }

  @Override
  public String toString() {
    return amount + " " + unit;
  }
}
