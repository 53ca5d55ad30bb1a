package dev.flagstream.training.csv;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the columns of a CSV are for.
 *
 * @param label 0 or 1, true or false
 * @param time event time; empty: the order of the rows is the order of time
 * @param card what alerts are counted by; empty: each row is an alert of its own
 * @param ignored columns that are neither of these nor a feature
 */
public record CsvColumns(
    String label, Optional<String> time, Optional<String> card, Set<String> ignored) {

  private static final List<String> USUAL_LABELS =
      List.of("class", "is_fraud", "isfraud", "fraud", "label");
  private static final List<String> USUAL_TIMES = List.of("time", "timestamp", "step", "unix_time");
  private static final String PAYSIM_HOURS = "step";
  private static final long MS_PER_SECOND = 1_000;
  private static final long MS_PER_HOUR = 3_600_000;

  /** Copies the set. */
  public CsvColumns {
    ignored = Set.copyOf(ignored);
  }

  /**
   * Finds the columns of a header: as asked, or by the names that are usual.
   *
   * @param label {@code null} to look for a usual name
   * @param time {@code null} to look for a usual name, or do without
   * @param card {@code null} for none
   * @throws CsvDataException if a column that was asked for is not there, or no label can be found
   */
  public static CsvColumns in(
      List<String> header, String label, String time, String card, Set<String> ignored) {
    for (String name : ignored) {
      required(header, name, "to ignore");
    }
    String labelFound =
        label != null
            ? required(header, label, "as the label (LABEL)")
            : usual(header, USUAL_LABELS)
                .orElseThrow(
                    () ->
                        new CsvDataException(
                            "Which column is the label? Say LABEL=<column>; there are " + header));
    Optional<String> timeFound =
        time != null
            ? Optional.of(required(header, time, "as the time (TIME_COLUMN)"))
            : usual(header, USUAL_TIMES);
    Optional<String> cardFound =
        Optional.ofNullable(card).map(name -> required(header, name, "as the card (KEY)"));
    return new CsvColumns(labelFound, timeFound, cardFound, ignored);
  }

  /**
   * The unit, in milliseconds, of numbers in the time column that are too small to be epoch
   * milliseconds: a second or an hour.
   */
  long timeUnitMs() {
    return time.filter(PAYSIM_HOURS::equalsIgnoreCase).isPresent() ? MS_PER_HOUR : MS_PER_SECOND;
  }

  /** Whether a column can be a feature. */
  boolean mayBeFeature(String column) {
    return !column.equals(label)
        && !Optional.of(column).equals(time)
        && !Optional.of(column).equals(card)
        && !ignored.contains(column);
  }

  private static String required(List<String> header, String name, String use) {
    if (!header.contains(name)) {
      throw new CsvDataException("No column " + name + " " + use + "; there are " + header);
    }
    return name;
  }

  private static Optional<String> usual(List<String> header, List<String> names) {
    return header.stream()
        .filter(column -> names.contains(column.toLowerCase(Locale.ROOT)))
        .findFirst();
  }
}
