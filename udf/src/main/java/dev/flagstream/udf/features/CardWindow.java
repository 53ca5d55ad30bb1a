package dev.flagstream.udf.features;

import java.time.Duration;

/** The windows over a card's transactions, shortest first. Each ends at a transaction. */
enum CardWindow {
  TEN_MINUTES("10M", Duration.ofMinutes(10)),
  HOUR("1H", Duration.ofHours(1)),
  DAY("1D", Duration.ofDays(1)),
  WEEK("7D", Duration.ofDays(7)),
  MONTH("30D", Duration.ofDays(30));

  private static final CardWindow[] ALL = values();

  /** How many windows there are. */
  static final int COUNT = ALL.length;

  /** As in the names of features. */
  final String suffix;

  final long sizeMs;

  CardWindow(String suffix, Duration size) {
    this.suffix = suffix;
    this.sizeMs = size.toMillis();
  }

  static CardWindow at(int index) {
    return ALL[index];
  }
}
