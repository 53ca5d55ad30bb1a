package dev.flagstream.dashboard.quality;

import dev.flagstream.dashboard.http.UnusableRequestException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Of which decisions drift is measured. */
public enum DriftSpan {
  /** The latest ones, however long they took to come. */
  LATEST(null),
  HOUR(Duration.ofHours(1)),
  DAY(Duration.ofDays(1)),
  /** All that are stored. */
  ALL(null);

  private final Duration length;

  DriftSpan(Duration length) {
    this.length = length;
  }

  /**
   * Reads a parameter.
   *
   * @param text null or empty for the latest
   * @throws UnusableRequestException if it is none of these
   */
  public static DriftSpan of(String text) {
    if (text == null || text.isBlank()) {
      return LATEST;
    }
    return Arrays.stream(values())
        .filter(span -> span.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new UnusableRequestException(
                    "drift=" + text + " is not known; give latest, hour, day or all."));
  }

  /** How far it reaches back from the newest decision; empty if no time bounds it. */
  Optional<Duration> length() {
    return Optional.ofNullable(length);
  }
}
