package dev.flagstream.engine.ast;

import static java.util.Objects.requireNonNull;

import dev.flagstream.engine.SqlException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A length of time as written: {@code 60 SECONDS} and {@code 1 MINUTE} are not the same text. */
public record Interval(long amount, TimeUnit unit) {

  private static final long MOST_MS = Long.MAX_VALUE;

  public Interval {
    requireNonNull(unit, "unit");
  }

  /**
   * The length, exactly.
   *
   * @throws SqlException if it has more milliseconds than a BIGINT can count
   */
  public Duration toDuration() {
    long most = unit.convert(MOST_MS, TimeUnit.MILLISECONDS);
    if (amount > most || amount < -most) {
      throw new SqlException(
          "long overflow\n%s is too long: an interval has %d %s at most."
              .formatted(this, most, unit));
    }
    return Duration.of(amount, unit.toChronoUnit());
  }

  @Override
  public String toString() {
    return amount + " " + unit;
  }
}
