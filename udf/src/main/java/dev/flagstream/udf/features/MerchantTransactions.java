package dev.flagstream.udf.features;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The times of a merchant's transactions, oldest first: each by itself up to a number of them, and
 * what is older counted by the hour. Not thread-safe.
 *
 * <p>Merging takes the oldest hours until a quarter of the room is free, so that it happens seldom.
 */
final class MerchantTransactions {

  private final MerchantHours hours;
  private int size;
  private long[] times;
  private int[] ids;

  private MerchantTransactions(MerchantHours hours, int expectedSize) {
    this.hours = hours;
    times = new long[expectedSize + 1];
    ids = new int[expectedSize + 1];
  }

  static MerchantTransactions none() {
    return after(MerchantHours.none(), 0);
  }

  /** None yet, with room for a number, after those that were merged. */
  static MerchantTransactions after(MerchantHours hours, int expectedSize) {
    return new MerchantTransactions(hours, expectedSize);
  }

  /** How many are kept one by one. */
  int size() {
    return size;
  }

  /** Those that were merged. */
  MerchantHours hours() {
    return hours;
  }

  boolean isEmpty() {
    return size == 0;
  }

  long timeMs(int index) {
    return times[index];
  }

  int id(int index) {
    return ids[index];
  }

  /** The time of the newest; there must be one. */
  long newestMs() {
    return times[size - 1];
  }

  /** Whether this very transaction is there already: same time and same id, if it has one. */
  boolean contains(MerchantEvent.Transaction transaction) {
    for (int i = upTo(transaction.timeMs()) - 1; i >= 0 && times[i] == transaction.timeMs(); i--) {
      if (ids[i] == transaction.id() && ids[i] != 0) {
        return true;
      }
    }
    return false;
  }

  /** How many are not later than a time. */
  int upTo(long timeMs) {
    int end = size;
    while (end > 0 && times[end - 1] > timeMs) {
      end--;
    }
    return end;
  }

  void insert(MerchantEvent.Transaction transaction) {
    if (size == times.length) {
      times = Arrays.copyOf(times, size + 1);
      ids = Arrays.copyOf(ids, size + 1);
    }
    int place = upTo(transaction.timeMs());
    System.arraycopy(times, place, times, place + 1, size - place);
    System.arraycopy(ids, place, ids, place + 1, size - place);
    times[place] = transaction.timeMs();
    ids[place] = transaction.id();
    size++;
  }

  /** Hands over those that are kept one by one. */
  void forEach(Consumer<MerchantEvent.Transaction> each) {
    for (int i = 0; i < size; i++) {
      each.accept(new MerchantEvent.Transaction(ids[i], times[i]));
    }
  }

  /** Counts into each window those of {@code (nowMs - delay - window, nowMs - delay]}. */
  void count(long nowMs, long delayMs, long[] counts) {
    long endMs = nowMs - delayMs;
    for (int i = 0; i < size && times[i] <= endMs; i++) {
      MerchantCounts.add(endMs - times[i], 1, counts);
    }
  }

  /** Lets go of what is older than a time. */
  void forgetUntil(long timeMs) {
    hours.forgetUntil(timeMs);
    int old = 0;
    while (old < size && times[old] <= timeMs) {
      old++;
    }
    dropFirst(old);
  }

  /**
   * Merges the oldest into their hours if there are more than a number.
   *
   * @return how many were merged
   */
  int mergeBeyond(int maxEvents) {
    if (size <= maxEvents) {
      return 0;
    }
    int merged = size - maxEvents + maxEvents / 4;
    for (int i = 0; i < merged; i++) {
      hours.merge(times[i]);
    }
    dropFirst(merged);
    return merged;
  }

  private void dropFirst(int count) {
    size -= count;
    System.arraycopy(times, count, times, 0, size);
    System.arraycopy(ids, count, ids, 0, size);
  }
}
