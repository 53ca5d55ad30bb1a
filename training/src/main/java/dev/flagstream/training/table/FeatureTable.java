package dev.flagstream.training.table;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * Labelled transactions in the order of their time, with the same features each. Immutable.
 *
 * @param features the names, all different
 * @param rows in the order of their time
 */
public record FeatureTable(List<String> features, List<Example> rows) {

  /** Checks names, widths and order. */
  public FeatureTable {
    features = List.copyOf(features);
    rows = List.copyOf(rows);
    if (features.isEmpty()) {
      throw new IllegalArgumentException("A table needs at least one feature");
    }
    if (new HashSet<>(features).size() != features.size()) {
      throw new IllegalArgumentException("A feature is named twice in " + features);
    }
    long last = Long.MIN_VALUE;
    for (Example row : rows) {
      if (row.features().length != features.size()) {
        throw new IllegalArgumentException(
            "A row has %d values for %d features"
                .formatted(row.features().length, features.size()));
      }
      if (row.timeMs() < last) {
        throw new IllegalArgumentException(
            "The rows are not in the order of time: "
                + Instant.ofEpochMilli(row.timeMs())
                + " after "
                + Instant.ofEpochMilli(last));
      }
      last = row.timeMs();
    }
  }

  /** How many rows there are. */
  public int size() {
    return rows.size();
  }

  /** How many of them are frauds. */
  public int frauds() {
    int frauds = 0;
    for (Example row : rows) {
      frauds += row.fraud() ? 1 : 0;
    }
    return frauds;
  }

  /** The rows of {@code [period.from, period.to)}. */
  public FeatureTable within(TimeRange period) {
    return new FeatureTable(
        features, rows.stream().filter(row -> period.contains(row.timeMs())).toList());
  }

  /**
   * The same rows with fewer features, or with them in another order.
   *
   * @throws IllegalArgumentException naming a feature that the table does not have
   */
  public FeatureTable select(List<String> names) {
    int[] places = names.stream().mapToInt(this::placeOf).toArray();
    List<Example> selected = new ArrayList<>(rows.size());
    for (Example row : rows) {
      double[] values = new double[places.length];
      for (int i = 0; i < places.length; i++) {
        values[i] = row.features()[places[i]];
      }
      selected.add(row.with(values));
    }
    return new FeatureTable(names, selected);
  }

  /** The rows with the labels that were known at an instant. */
  public FeatureTable asKnownAt(Instant instant) {
    long ms = instant.toEpochMilli();
    return new FeatureTable(features, rows.stream().map(row -> row.asKnownAt(ms)).toList());
  }

  /** Only the rows of which the test holds. */
  public FeatureTable where(java.util.function.Predicate<Example> test) {
    return new FeatureTable(features, rows.stream().filter(test).toList());
  }

  /** Whether every row names a card. */
  public boolean hasCards() {
    return rows.stream().map(Example::card).noneMatch(Objects::isNull);
  }

  /** The labels, in order. */
  public boolean[] labels() {
    boolean[] labels = new boolean[rows.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = rows.get(i).fraud();
    }
    return labels;
  }

  private int placeOf(String name) {
    int place = features.indexOf(name);
    if (place < 0) {
      throw new IllegalArgumentException("No feature " + name + "; there are " + features);
    }
    return place;
  }
}
