package dev.flagstream.udf.features;

import dev.flagstream.udf.TransactionFeatures;
import dev.flagstream.udf.features.state.SquareSum;
import dev.flagstream.udf.features.state.StateReader;
import dev.flagstream.udf.features.state.StateWriter;
import java.time.Duration;
import org.apache.kafka.connect.data.Struct;

/**
 * The features of one transaction among those of its card, as the state keeps them until they are
 * asked for. NaN, {@link #UNKNOWN} and {@link #NO_TIME} stand for NULL. Not thread-safe.
 */
final class CardMeasurement {

  static final int UNKNOWN = 2;
  static final long NO_TIME = -1;

  /** The SQL type of the result of CARD_FEATURES. */
  static final String STRUCT =
      "STRUCT<"
          + TransactionFeatures.CARD_FIELDS
          + ", EVENTS_DROPPED BIGINT, EVENTS_TOO_LATE BIGINT>";

  private static final FeatureStruct<CardMeasurement> STRUCTS =
      new FeatureStruct<>(TransactionFeature.ofCard(), "EVENTS_DROPPED", "EVENTS_TOO_LATE");

  private static final double CENTS = 100;
  private static final double MS_PER_SECOND = 1000;
  private static final double MS_PER_HOUR = Duration.ofHours(1).toMillis();
  private static final long HOUR_MS = Duration.ofHours(1).toMillis();
  private static final int HOURS_PER_DAY = 24;
  private static final int LAST_HOUR_OF_NIGHT = 6;
  private static final int DAYS_PER_WEEK = 7;

  /** Day 0 of the epoch was a Thursday. */
  private static final int DAYS_FROM_MONDAY_TO_EPOCH = 3;

  private static final int DAYS_FROM_MONDAY_TO_SATURDAY = 5;

  long timeMs;
  long amountCents;

  /** By {@link CardWindow}; the transaction itself is counted. */
  final long[] counts = new long[CardWindow.COUNT];

  final long[] sumsCents = new long[CardWindow.COUNT];

  double amountRatio = Double.NaN;
  double amountZScore = Double.NaN;
  long msSinceLast = NO_TIME;
  double kmFromLast = Double.NaN;
  double kmFromHome = Double.NaN;

  /** 0, 1 or {@link #UNKNOWN}. */
  int newMerchant = UNKNOWN;

  int newCategory = UNKNOWN;
  int newCountry = UNKNOWN;

  void writeTo(StateWriter state) {
    state.writeSigned(timeMs);
    state.writeSigned(amountCents);
    for (int window = 0; window < CardWindow.COUNT; window++) {
      state.writeVarint(counts[window]);
      state.writeSigned(sumsCents[window]);
    }
    state.writeDouble(amountRatio);
    state.writeDouble(amountZScore);
    state.writeSigned(msSinceLast);
    state.writeDouble(kmFromLast);
    state.writeDouble(kmFromHome);
    state.writeByte(newMerchant | newCategory << 2 | newCountry << 4);
  }

  static CardMeasurement read(StateReader state) {
    CardMeasurement read = new CardMeasurement();
    read.timeMs = state.readSigned();
    read.amountCents = state.readSigned();
    for (int window = 0; window < CardWindow.COUNT; window++) {
      read.counts[window] = state.readVarint();
      read.sumsCents[window] = state.readSigned();
    }
    read.amountRatio = state.readDouble();
    read.amountZScore = state.readDouble();
    read.msSinceLast = state.readSigned();
    read.kmFromLast = state.readDouble();
    read.kmFromHome = state.readDouble();
    int news = state.readByte();
    read.newMerchant = news & 3;
    read.newCategory = news >> 2 & 3;
    read.newCountry = news >> 4 & 3;
    return read;
  }

  /** The latest measurement of a card as SQL sees it: nothing but NULLs if there is none. */
  static Struct structOf(CardHistory history) {
    return history.latest() == null
        ? STRUCTS.nothing()
        : STRUCTS.of(history.latest(), history.dropped(), history.tooLate());
  }

  /**
   * Compares the amount with those of earlier transactions: as a share of their mean, and in their
   * standard deviations from it where they are not all alike.
   *
   * @param earlier how many there are
   * @param sumCents what they add up to
   * @param squares their squares
   */
  void compareAmount(long earlier, long sumCents, SquareSum squares) {
    if (earlier == 0) {
      return;
    }
    double mean = sumCents / (double) earlier;
    if (sumCents != 0) {
      amountRatio = amountCents / mean;
    }
    double variance = earlier == 1 ? 0 : squares.variance(earlier, sumCents);
    if (variance > 0) {
      amountZScore = (amountCents - mean) / Math.sqrt(variance);
    }
  }

  // ------------------------------------------- what TransactionFeature reads; NaN stands for NULL

  double amount() {
    return amountCents / CENTS;
  }

  double count(CardWindow window) {
    return counts[window.place()];
  }

  double sum(CardWindow window) {
    return sumsCents[window.place()] / CENTS;
  }

  double mean(CardWindow window) {
    return sumsCents[window.place()] / (CENTS * counts[window.place()]);
  }

  double secondsSinceLast() {
    return msSinceLast == NO_TIME ? Double.NaN : msSinceLast / MS_PER_SECOND;
  }

  double kmhFromLast() {
    return msSinceLast > 0 ? kmFromLast / (msSinceLast / MS_PER_HOUR) : Double.NaN;
  }

  static double flag(int value) {
    return value == UNKNOWN ? Double.NaN : value;
  }

  boolean isNight() {
    return Math.floorMod(Math.floorDiv(timeMs, HOUR_MS), HOURS_PER_DAY) <= LAST_HOUR_OF_NIGHT;
  }

  boolean isWeekend() {
    long days = Math.floorDiv(timeMs, HOUR_MS * HOURS_PER_DAY) + DAYS_FROM_MONDAY_TO_EPOCH;
    return Math.floorMod(days, DAYS_PER_WEEK) >= DAYS_FROM_MONDAY_TO_SATURDAY;
  }
}
