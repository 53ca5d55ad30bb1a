package dev.flagstream.udf.features;

import dev.flagstream.udf.features.state.StateReader;
import dev.flagstream.udf.features.state.StateWriter;
import java.time.Duration;
import java.util.Arrays;

/**
 * How many transactions of a merchant were merged, by their hour, oldest first: each counts as if
 * made at the hour's half. Not thread-safe.
 */
final class MerchantHours {

  private static final long HOUR_MS = Duration.ofHours(1).toMillis();

  private int size;
  private long mergedUntilMs = Long.MIN_VALUE;
  private long[] numbers;
  private long[] counts;

  private MerchantHours(int size) {
    this.size = size;
    numbers = new long[size];
    counts = new long[size];
  }

  static MerchantHours none() {
    return new MerchantHours(0);
  }

  static MerchantHours read(StateReader reader) {
    return read(reader, reader.readSize());
  }

  /** Reads so many. */
  static MerchantHours read(StateReader reader, int size) {
    MerchantHours read = new MerchantHours(size);
    if (size > 0) {
      read.mergedUntilMs = reader.readSigned();
    }
    for (int i = 0; i < size; i++) {
      read.numbers[i] = (i == 0 ? 0 : read.numbers[i - 1]) + reader.readSigned();
      read.counts[i] = reader.readVarint();
    }
    return read;
  }

  /** Reads no more than up to when they were merged; a time before all others if none was. */
  static long readMergedUntilMs(StateReader reader) {
    return reader.readSize() > 0 ? reader.readSigned() : Long.MIN_VALUE;
  }

  void writeTo(StateWriter writer) {
    writer.writeVarint(size);
    if (size > 0) {
      writer.writeSigned(mergedUntilMs);
    }
    for (int i = 0; i < size; i++) {
      writer.writeSigned(numbers[i] - (i == 0 ? 0 : numbers[i - 1]));
      writer.writeVarint(counts[i]);
    }
  }

  int size() {
    return size;
  }

  /** Whether a time lies in what was merged, where one that comes again could not be told. */
  boolean isMerged(long timeMs) {
    return size > 0 && timeMs <= mergedUntilMs;
  }

  /** Merges a transaction that is later than all that were merged. */
  void merge(long timeMs) {
    long hour = Math.floorDiv(timeMs, HOUR_MS);
    mergedUntilMs = timeMs;
    if (size > 0 && numbers[size - 1] == hour) {
      counts[size - 1]++;
      return;
    }
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size + 24);
      counts = Arrays.copyOf(counts, size + 24);
    }
    numbers[size] = hour;
    counts[size] = 1;
    size++;
  }

  /** Lets go of what is older than a time; an hour goes when all of it is. */
  void forgetUntil(long timeMs) {
    int old = 0;
    while (old < size && (numbers[old] + 1) * HOUR_MS <= timeMs) {
      old++;
    }
    size -= old;
    System.arraycopy(numbers, old, numbers, 0, size);
    System.arraycopy(counts, old, counts, 0, size);
  }

  /** Whether some are old enough for {@link #forgetUntil} to let go of. */
  boolean haveUpTo(long timeMs) {
    return size > 0 && (numbers[0] + 1) * HOUR_MS <= timeMs;
  }

  /** Counts into each window those of {@code (now - delay - window, now - delay]}. */
  void count(MerchantCounts into) {
    for (int i = 0; i < size; i++) {
      long beginMs = numbers[i] * HOUR_MS;
      long middleMs = beginMs + HOUR_MS / 2;
      into.changeAround(middleMs, beginMs + HOUR_MS);
      MerchantCounts.add(into.age(middleMs), counts[i], into.merged);
    }
  }
}
