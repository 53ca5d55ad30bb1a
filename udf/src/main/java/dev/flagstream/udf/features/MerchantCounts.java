package dev.flagstream.udf.features;

import dev.flagstream.udf.features.state.StateReader;
import dev.flagstream.udf.features.state.StateWriter;

/**
 * What counts at a time of {@linkplain MerchantHours hours} and {@linkplain MerchantLabels labels},
 * by {@link MerchantWindow}, and how long before and after it that stays the same: they change much
 * more seldom than transactions come. Those that were read can only be asked, not added to. Not
 * thread-safe.
 */
final class MerchantCounts {

  /** Times within it can be added up without overflow. */
  private static final long SANE_MS = 1L << 61;

  private final long nowMs;
  private final long delayMs;
  private final long graceMs;
  final long[] merged = new long[MerchantWindow.COUNT];
  final long[] frauds = new long[MerchantWindow.COUNT];
  private long fromMs = Long.MIN_VALUE;
  private long untilMs = Long.MAX_VALUE;

  /** Nothing yet, at a time. */
  MerchantCounts(long nowMs, FeatureSettings settings) {
    this.nowMs = nowMs;
    delayMs = settings.feedbackDelayMs();
    graceMs = settings.graceMs();
  }

  /** Counts that are known at no time: they are to be counted first. */
  static MerchantCounts unknown() {
    MerchantCounts counts = new MerchantCounts(Long.MIN_VALUE, FeatureSettings.DEFAULTS);
    counts.untilMs = Long.MIN_VALUE;
    return counts;
  }

  static MerchantCounts read(StateReader reader) {
    MerchantCounts counts = new MerchantCounts(Long.MIN_VALUE, FeatureSettings.DEFAULTS);
    counts.fromMs = reader.readLong();
    counts.untilMs = reader.readLong();
    for (int window = 0; window < MerchantWindow.COUNT; window++) {
      counts.merged[window] = reader.readVarint();
      counts.frauds[window] = reader.readVarint();
    }
    return counts;
  }

  void writeTo(StateWriter writer) {
    writer.writeLong(fromMs);
    writer.writeLong(untilMs);
    for (int window = 0; window < MerchantWindow.COUNT; window++) {
      writer.writeVarint(merged[window]);
      writer.writeVarint(frauds[window]);
    }
  }

  /** Whether these are the counts at a time. */
  boolean holdAt(long timeMs) {
    return fromMs <= timeMs && timeMs < untilMs;
  }

  /** Says that something becomes known, or no longer holds, at a time. */
  void changeAt(long changeMs) {
    if (changeMs <= nowMs) {
      fromMs = Math.max(fromMs, changeMs);
    } else {
      untilMs = Math.min(untilMs, changeMs);
    }
  }

  /**
   * Says that what was made at a time enters the windows the delay after it, leaves each of them,
   * and can be let go of the grace period after that.
   *
   * @param lastMs the latest time that it stands for
   */
  void changeAround(long madeMs, long lastMs) {
    if (madeMs <= -SANE_MS || madeMs >= SANE_MS) {
      fromMs = nowMs;
      untilMs = Long.MIN_VALUE;
      return;
    }
    changeAt(madeMs + delayMs);
    for (int window = 0; window < MerchantWindow.COUNT; window++) {
      changeAt(madeMs + delayMs + MerchantWindow.at(window).sizeMs);
    }
    changeAt(lastMs + delayMs + MerchantWindow.MONTH.sizeMs + graceMs);
  }

  /** How long before the end of the windows something was made; negative if it was after it. */
  long age(long madeMs) {
    long endMs = nowMs - delayMs;
    return madeMs <= endMs ? endMs - madeMs : -1;
  }

  long nowMs() {
    return nowMs;
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
}
