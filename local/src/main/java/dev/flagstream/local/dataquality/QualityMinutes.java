package dev.flagstream.local.dataquality;

import java.math.BigDecimal;
import java.util.List;

/**
 * What the tables of {@code ksql/quality/} hold, a minute of event time each. Immutable.
 *
 * @param volumes in no particular order
 * @param failures in no particular order
 */
public record QualityMinutes(List<Volume> volumes, List<Failures> failures) {

  /**
   * What came of a category of merchants in a minute.
   *
   * @param startMs when the minute begins, epoch milliseconds
   * @param transactions readable ones
   * @param amount of all of them, exact; null if none has one
   * @param latestByMs how much later than its transaction the latest record was made; negative if
   *     all were made before, null if no transaction says when it was
   */
  public record Volume(
      String category, long startMs, long transactions, BigDecimal amount, Long latestByMs) {}

  /**
   * How many records failed an expectation in a minute.
   *
   * @param expectation in the words of {@code ksql/quality/}
   * @param startMs when the minute begins, epoch milliseconds
   */
  public record Failures(String expectation, long startMs, long records) {}

  public QualityMinutes {
    volumes = List.copyOf(volumes);
    failures = List.copyOf(failures);
  }
}
