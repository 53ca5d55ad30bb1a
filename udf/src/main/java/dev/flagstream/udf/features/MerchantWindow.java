package dev.flagstream.udf.features;

import java.time.Duration;

/** The windows over a merchant's transactions, shortest first. Each ends a delay before now. */
enum MerchantWindow {
  DAY(Duration.ofDays(1)),
  WEEK(Duration.ofDays(7)),
  MONTH(Duration.ofDays(30));

  private static final MerchantWindow[] ALL = values();

  /** How many windows there are. */
  static final int COUNT = ALL.length;

  final long sizeMs;

  MerchantWindow(Duration size) {
    this.sizeMs = size.toMillis();
  }

  static MerchantWindow at(int index) {
    return ALL[index];
  }

  /** The place of what is counted in it in arrays that have one for each window. */
  @SuppressWarnings("EnumOrdinal") // such arrays live as long as one call
  int place() {
    return ordinal();
  }
}
