package dev.flagstream.training.handbook;

import dev.flagstream.training.table.Example;
import dev.flagstream.training.table.FeatureTable;
import dev.flagstream.training.table.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A week to learn from, a week of delay until its frauds are known, a week to test on. Cards that
 * are known to be compromised before a day of the test are not in it: those with a fraud in the
 * training week, or later but at least 8 days before that day.
 *
 * @param train the first week
 * @param test the third week without the cards that are known
 */
public record HandbookSplit(FeatureTable train, FeatureTable test) {

  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration DAY = Duration.ofDays(1);

  /** A day's frauds are known at the end of the day this long after it. */
  private static final Duration KNOWN_AFTER = Duration.ofDays(8);

  /**
   * Makes the split that begins with a day.
   *
   * @param table with a card in every row
   * @param from the first day of the training week, midnight UTC
   */
  public static HandbookSplit of(FeatureTable table, Instant from) {
    FeatureTable train = table.within(TimeRange.from(from, WEEK));
    Instant testFrom = from.plus(WEEK).plus(WEEK);
    Set<String> known = new HashSet<>();
    addCompromised(known, train);
    List<Example> test = new ArrayList<>();
    for (Instant day = testFrom; day.isBefore(testFrom.plus(WEEK)); day = day.plus(DAY)) {
      TimeRange learned = TimeRange.from(day.minus(KNOWN_AFTER), DAY);
      addCompromised(known, table.within(learned));
      table.within(TimeRange.from(day, DAY)).rows().stream()
          .filter(row -> !known.contains(row.card()))
          .forEach(test::add);
    }
    return new HandbookSplit(train, new FeatureTable(table.features(), test));
  }

  private static void addCompromised(Set<String> known, FeatureTable table) {
    table.rows().stream().filter(Example::fraud).map(Example::card).forEach(known::add);
  }

  /** The same split with other features. */
  public HandbookSplit select(List<String> features) {
    return new HandbookSplit(train.select(features), test.select(features));
  }
}
