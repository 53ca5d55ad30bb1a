package dev.flagstream.udf.features;

import java.time.Duration;

/** The windows over a card's transactions, shortest first. Each ends at a transaction. */
enum CardWindow {
  TEN_MINUTES(Duration.ofMinutes(10)),
  HOUR(Duration.ofHours(1)),
  DAY(Duration.ofDays(1)),
  WEEK(Duration.ofDays(7)),
  MONTH(Duration.ofDays(30));

  private static final CardWindow[] ALL = values();

  /** How many windows there are. */
  static final int COUNT = ALL.length;

  final long sizeMs;

  CardWindow(Duration size) {
    this.sizeMs = size.toMillis();
  }

  static CardWindow at(int index) {
    return ALL[index];
  }

  /** The place of what is counted in it in arrays that have one for each window. */
  @SuppressWarnings("EnumOrdinal") // such arrays live as long as one call
  int place() {
    return ordinal();
  }
}
