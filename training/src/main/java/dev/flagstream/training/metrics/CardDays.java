package dev.flagstream.training.metrics;

import dev.flagstream.training.table.Example;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What investigators see: each day (UTC), each card with its highest score of the day and whether
 * any of its transactions of the day is a fraud. Immutable.
 */
public final class CardDays {

  private static final long DAY_MS = 86_400_000;

  private final Map<Long, List<CardDay>> days;

  private record CardDay(String card, double score, boolean compromised) {

    CardDay with(double otherScore, boolean fraud) {
      return new CardDay(card, Math.max(score, otherScore), compromised || fraud);
    }
  }

  private CardDays(Map<Long, List<CardDay>> days) {
    this.days = days;
  }

  /**
   * Groups rows by day and card.
   *
   * @param rows every one with a card
   * @param scores as many
   */
  public static CardDays of(List<Example> rows, double[] scores) {
    Map<Long, Map<String, CardDay>> cards = new TreeMap<>();
    for (int i = 0; i < scores.length; i++) {
      Example row = rows.get(i);
      if (row.card() == null) {
        throw new IllegalArgumentException("Row " + i + " has no card");
      }
      double score = scores[i];
      cards
          .computeIfAbsent(Math.floorDiv(row.timeMs(), DAY_MS), day -> new HashMap<>())
          .merge(
              row.card(),
              new CardDay(row.card(), score, row.fraud()),
              (known, one) -> known.with(one.score(), one.compromised()));
    }
    Map<Long, List<CardDay>> days = new TreeMap<>();
    cards.forEach((day, ofDay) -> days.put(day, new ArrayList<>(ofDay.values())));
    return new CardDays(days);
  }

  /**
   * Card precision@k: the share of compromised cards among the k cards with the highest scores of a
   * day, averaged over the days. A compromised card that was found is removed from the days after
   * it. Where scores are equal, the name of the card decides. (Le Borgne et al., Fraud Detection
   * Handbook, chapter 4.)
   *
   * @param k how many cards are looked at in a day; also the divisor where there are fewer
   */
  public double precisionAt(int k) {
    Set<String> found = new HashSet<>();
    double sum = 0;
    for (List<CardDay> day : days.values()) {
      List<CardDay> top =
          day.stream()
              .filter(card -> !found.contains(card.card()))
              .sorted(
                  Comparator.comparingDouble(CardDay::score)
                      .reversed()
                      .thenComparing(CardDay::card))
              .limit(k)
              .toList();
      List<String> compromised =
          top.stream().filter(CardDay::compromised).map(CardDay::card).toList();
      sum += (double) compromised.size() / k;
      found.addAll(compromised);
    }
    return sum / days.size();
  }

  /**
   * The lowest threshold, among the scores that occur, that alerts no more than {@code budget}
   * cards a day on average. If even the highest score alerts too many, the next number above it: no
   * alert at all.
   *
   * @param lengthDays how long the rows' period is; days on which nothing happened belong to it,
   *     and what is missing of a first or last day does not
   */
  public double thresholdFor(double budget, double lengthDays) {
    List<Double> scores =
        days.values().stream()
            .flatMap(List::stream)
            .map(CardDay::score)
            .sorted(Comparator.reverseOrder())
            .toList();
    double allowed = budget * lengthDays;
    double threshold = scores.isEmpty() ? Double.POSITIVE_INFINITY : Math.nextUp(scores.get(0));
    for (int i = 0; i < scores.size() && i + 1 <= allowed; i++) {
      boolean lastOfEqual = i + 1 == scores.size() || scores.get(i + 1) < scores.get(i);
      if (lastOfEqual) {
        threshold = scores.get(i);
      }
    }
    return threshold;
  }

  /** How many cards a day have a score from the threshold on, averaged over a period. */
  public double alertsPerDay(double threshold, double lengthDays) {
    long alerts =
        days.values().stream()
            .flatMap(List::stream)
            .filter(card -> card.score() >= threshold)
            .count();
    return alerts / lengthDays;
  }
}
