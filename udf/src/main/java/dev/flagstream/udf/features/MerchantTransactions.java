package dev.flagstream.udf.features;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The times of a merchant's transactions, oldest first: each by itself up to a number of them, and
 * what is older counted by the hour. Not thread-safe.
 *
 * <p>The transactions of an hour that was merged count as if made at its half. Merging takes the
 * oldest hours until a quarter of the room is free, so that it happens seldom.
 */
final class MerchantTransactions {

  private static final long HOUR_MS = Duration.ofHours(1).toMillis();

  private int hours;
  private long mergedUntilMs = Long.MIN_VALUE;
  private long[] hourNumbers;
  private long[] hourCounts;

  private int size;
  private long[] times;
  private int[] ids;

  private MerchantTransactions(int hours, int size) {
    hourNumbers = new long[hours];
    hourCounts = new long[hours];
    times = new long[size + 1];
    ids = new int[size + 1];
  }

  static MerchantTransactions none() {
    return new MerchantTransactions(0, 0);
  }

  static MerchantTransactions read(StateReader reader) {
    int hours = reader.readSize();
    int size = reader.readSize();
    MerchantTransactions read = new MerchantTransactions(hours, size);
    read.hours = hours;
    read.size = size;
    if (hours > 0) {
      read.mergedUntilMs = reader.readSigned();
    }
    for (int i = 0; i < hours; i++) {
      long before = i == 0 ? 0 : read.hourNumbers[i - 1];
      read.hourNumbers[i] = before + reader.readSigned();
      read.hourCounts[i] = reader.readVarint();
    }
    for (int i = 0; i < size; i++) {
      read.times[i] = i == 0 ? reader.readSigned() : read.times[i - 1] + reader.readVarint();
      read.ids[i] = reader.readInt();
    }
    return read;
  }

  void writeTo(StateWriter writer) {
    writer.writeVarint(hours);
    writer.writeVarint(size);
    if (hours > 0) {
      writer.writeSigned(mergedUntilMs);
    }
    for (int i = 0; i < hours; i++) {
      writer.writeSigned(hourNumbers[i] - (i == 0 ? 0 : hourNumbers[i - 1]));
      writer.writeVarint(hourCounts[i]);
    }
    for (int i = 0; i < size; i++) {
      if (i == 0) {
        writer.writeSigned(times[0]);
      } else {
        writer.writeVarint(times[i] - times[i - 1]);
      }
      writer.writeInt(ids[i]);
    }
  }

  /** How many are kept one by one. */
  int size() {
    return size;
  }

  /** How many hours of merged ones there are. */
  int hours() {
    return hours;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The time of the newest; there must be one. */
  long newestMs() {
    return times[size - 1];
  }

  /** Whether a time lies in what was merged, where one that comes again could not be told. */
  boolean isMerged(long timeMs) {
    return hours > 0 && timeMs <= mergedUntilMs;
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

  private int upTo(long timeMs) {
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
    for (int i = 0; i < hours; i++) {
      add(endMs - (hourNumbers[i] * HOUR_MS + HOUR_MS / 2), hourCounts[i], counts);
    }
    for (int i = 0; i < size && times[i] <= endMs; i++) {
      add(endMs - times[i], 1, counts);
    }
  }

  /** Counts into each window that reaches an age; a negative one lies after all of them. */
  static void add(long ageMs, long count, long[] counts) {
    if (ageMs < 0) {
      return;
    }
    for (int window = MerchantWindow.COUNT - 1;
        window >= 0 && ageMs < MerchantWindow.at(window).sizeMs;
        window--) {
      counts[window] += count;
    }
  }

  /** Lets go of what is older than a time; an hour goes when all of it is. */
  void forgetUntil(long timeMs) {
    int oldHours = 0;
    while (oldHours < hours && (hourNumbers[oldHours] + 1) * HOUR_MS <= timeMs) {
      oldHours++;
    }
    hours -= oldHours;
    System.arraycopy(hourNumbers, oldHours, hourNumbers, 0, hours);
    System.arraycopy(hourCounts, oldHours, hourCounts, 0, hours);
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
      addToHour(Math.floorDiv(times[i], HOUR_MS));
    }
    mergedUntilMs = times[merged - 1];
    dropFirst(merged);
    return merged;
  }

  private void addToHour(long hour) {
    if (hours > 0 && hourNumbers[hours - 1] == hour) {
      hourCounts[hours - 1]++;
      return;
    }
    if (hours == hourNumbers.length) {
      hourNumbers = Arrays.copyOf(hourNumbers, hours + 24);
      hourCounts = Arrays.copyOf(hourCounts, hours + 24);
    }
    hourNumbers[hours] = hour;
    hourCounts[hours] = 1;
    hours++;
  }

  private void dropFirst(int count) {
    size -= count;
    System.arraycopy(times, count, times, 0, size);
    System.arraycopy(ids, count, ids, 0, size);
  }
}
