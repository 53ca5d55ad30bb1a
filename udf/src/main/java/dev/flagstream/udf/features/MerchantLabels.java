package dev.flagstream.udf.features;

import dev.flagstream.udf.features.state.StateReader;
import dev.flagstream.udf.features.state.StateWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What is known of the frauds at a merchant, by the time of their transactions, oldest first. A
 * label is kept from when it arrives, but is known only from when it was reported on. Not
 * thread-safe.
 *
 * <p>Of more labels than a number, the oldest are counted by the hour: as if made at its half, and
 * known once the last of them was reported.
 */
final class MerchantLabels {

  private static final long HOUR_MS = 3_600_000;

  /**
   * More hours than count for anything within a month, its delay and grace: of labels that no
   * transaction makes old, the oldest go.
   */
  private static final int MOST_HOURS = 1_000;

  private int hours;
  private long[] hourNumbers;
  private long[] hourReportedAts;
  private long[] hourCounts;

  private int size;
  private long[] times;
  private long[] ids;
  private long[] reportedAts;
  private boolean[] frauds;

  private MerchantLabels(int hours, int size) {
    hourNumbers = new long[hours];
    hourReportedAts = new long[hours];
    hourCounts = new long[hours];
    times = new long[size + 1];
    ids = new long[size + 1];
    reportedAts = new long[size + 1];
    frauds = new boolean[size + 1];
  }

  static MerchantLabels none() {
    return new MerchantLabels(0, 0);
  }

  static MerchantLabels read(StateReader reader) {
    int hours = reader.readSize();
    int size = reader.readSize();
    MerchantLabels read = new MerchantLabels(hours, size);
    read.hours = hours;
    read.size = size;
    for (int i = 0; i < hours; i++) {
      read.hourNumbers[i] = (i == 0 ? 0 : read.hourNumbers[i - 1]) + reader.readSigned();
      read.hourReportedAts[i] = read.hourNumbers[i] * HOUR_MS + reader.readSigned();
      read.hourCounts[i] = reader.readVarint();
    }
    for (int i = 0; i < size; i++) {
      read.frauds[i] = reader.readByte() == 1;
      read.times[i] = i == 0 ? reader.readSigned() : read.times[i - 1] + reader.readVarint();
      read.reportedAts[i] = read.times[i] + reader.readSigned();
      read.ids[i] = reader.readLong();
    }
    return read;
  }

  void writeTo(StateWriter writer) {
    writer.writeVarint(hours);
    writer.writeVarint(size);
    for (int i = 0; i < hours; i++) {
      writer.writeSigned(hourNumbers[i] - (i == 0 ? 0 : hourNumbers[i - 1]));
      writer.writeSigned(hourReportedAts[i] - hourNumbers[i] * HOUR_MS);
      writer.writeVarint(hourCounts[i]);
    }
    for (int i = 0; i < size; i++) {
      writer.writeByte(frauds[i] ? 1 : 0);
      if (i == 0) {
        writer.writeSigned(times[0]);
      } else {
        writer.writeVarint(times[i] - times[i - 1]);
      }
      writer.writeSigned(reportedAts[i] - times[i]);
      writer.writeLong(ids[i]);
    }
  }

  /** How many are kept one by one. */
  int size() {
    return size;
  }

  /**
   * Keeps a label unless it says nothing new: a fraud that is known already, or not a fraud of what
   * no one called one.
   */
  void add(MerchantEvent.Label label) {
    boolean known = false;
    for (int i = 0; i < size; i++) {
      if (ids[i] == label.id()) {
        if (frauds[i] == label.isFraud()) {
          return;
        }
        known |= frauds[i];
      }
    }
    if (label.isFraud() || known) {
      insert(label);
    }
  }

  private void insert(MerchantEvent.Label label) {
    if (size == times.length) {
      int capacity = size + 1;
      times = Arrays.copyOf(times, capacity);
      ids = Arrays.copyOf(ids, capacity);
      reportedAts = Arrays.copyOf(reportedAts, capacity);
      frauds = Arrays.copyOf(frauds, capacity);
    }
    int place = size;
    while (place > 0 && times[place - 1] > label.timeMs()) {
      place--;
    }
    int behind = size - place;
    System.arraycopy(times, place, times, place + 1, behind);
    System.arraycopy(ids, place, ids, place + 1, behind);
    System.arraycopy(reportedAts, place, reportedAts, place + 1, behind);
    System.arraycopy(frauds, place, frauds, place + 1, behind);
    times[place] = label.timeMs();
    ids[place] = label.id();
    reportedAts[place] = label.reportedAtMs();
    frauds[place] = label.isFraud();
    size++;
  }

  /** Hands over those that are kept one by one. */
  void forEach(Consumer<MerchantEvent.Label> each) {
    for (int i = 0; i < size; i++) {
      each.accept(new MerchantEvent.Label(ids[i], times[i], frauds[i], reportedAts[i]));
    }
  }

  /** Whether some are old enough for {@link #forgetUntil} to let go of. */
  boolean haveUpTo(long timeMs) {
    return (hours > 0 && (hourNumbers[0] + 1) * HOUR_MS <= timeMs)
        || (size > 0 && times[0] <= timeMs);
  }

  /** Counts into each window the frauds that are known at the time of the counts. */
  void count(MerchantCounts into) {
    for (int i = 0; i < hours; i++) {
      long beginMs = hourNumbers[i] * HOUR_MS;
      long middleMs = beginMs + HOUR_MS / 2;
      into.changeAt(hourReportedAts[i]);
      into.changeAround(middleMs, beginMs + HOUR_MS);
      if (hourReportedAts[i] <= into.nowMs()) {
        MerchantCounts.add(into.age(middleMs), hourCounts[i], into.frauds);
      }
    }
    Map<Long, Long> takenBack = takenBackAt(into.nowMs());
    for (int i = 0; i < size; i++) {
      into.changeAt(reportedAts[i]);
      into.changeAround(times[i], times[i]);
      if (frauds[i] && reportedAts[i] <= into.nowMs() && holds(i, takenBack)) {
        MerchantCounts.add(into.age(times[i]), 1, into.frauds);
      }
    }
  }

  /** By id, the latest report that is known at a time and says that it was no fraud. */
  private Map<Long, Long> takenBackAt(long nowMs) {
    Map<Long, Long> latest = new HashMap<>();
    for (int i = 0; i < size; i++) {
      if (!frauds[i] && reportedAts[i] <= nowMs) {
        latest.merge(ids[i], reportedAts[i], Math::max);
      }
    }
    return latest;
  }

  /** Unless the same or a later report of the same transaction says otherwise. */
  private boolean holds(int label, Map<Long, Long> takenBack) {
    Long latest = takenBack.get(ids[label]);
    return latest == null || latest < reportedAts[label];
  }

  /** Lets go of what is older than a time; an hour goes when all of it is. */
  void forgetUntil(long timeMs) {
    int oldHours = 0;
    while (oldHours < hours && (hourNumbers[oldHours] + 1) * HOUR_MS <= timeMs) {
      oldHours++;
    }
    dropFirstHours(oldHours);
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
  int mergeBeyond(int maxLabels) {
    if (size <= maxLabels) {
      return 0;
    }
    int merged = size - maxLabels + maxLabels / 4;
    Map<Long, Long> takenBack = takenBackAt(Long.MAX_VALUE);
    for (int i = 0; i < merged; i++) {
      if (frauds[i] && holds(i, takenBack)) {
        addToHour(Math.floorDiv(times[i], HOUR_MS), reportedAts[i]);
      }
    }
    dropFirst(merged);
    dropFirstHours(hours - MOST_HOURS);
    return merged;
  }

  private void addToHour(long hour, long reportedAtMs) {
    int place = hours;
    while (place > 0 && hourNumbers[place - 1] > hour) {
      place--;
    }
    if (place > 0 && hourNumbers[place - 1] == hour) {
      hourCounts[place - 1]++;
      hourReportedAts[place - 1] = Math.max(hourReportedAts[place - 1], reportedAtMs);
      return;
    }
    if (hours == hourNumbers.length) {
      hourNumbers = Arrays.copyOf(hourNumbers, hours + 24);
      hourReportedAts = Arrays.copyOf(hourReportedAts, hours + 24);
      hourCounts = Arrays.copyOf(hourCounts, hours + 24);
    }
    System.arraycopy(hourNumbers, place, hourNumbers, place + 1, hours - place);
    System.arraycopy(hourReportedAts, place, hourReportedAts, place + 1, hours - place);
    System.arraycopy(hourCounts, place, hourCounts, place + 1, hours - place);
    hourNumbers[place] = hour;
    hourReportedAts[place] = reportedAtMs;
    hourCounts[place] = 1;
    hours++;
  }

  private void dropFirstHours(int count) {
    if (count > 0) {
      hours -= count;
      System.arraycopy(hourNumbers, count, hourNumbers, 0, hours);
      System.arraycopy(hourReportedAts, count, hourReportedAts, 0, hours);
      System.arraycopy(hourCounts, count, hourCounts, 0, hours);
    }
  }

  private void dropFirst(int count) {
    size -= count;
    System.arraycopy(times, count, times, 0, size);
    System.arraycopy(ids, count, ids, 0, size);
    System.arraycopy(reportedAts, count, reportedAts, 0, size);
    System.arraycopy(frauds, count, frauds, 0, size);
  }
}
