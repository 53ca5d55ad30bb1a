package dev.flagstream.local.erasure;

import java.util.Locale;

/** How long a topic keeps a record, in words. */
final class KeptUntil {

  private static final long MS_PER_HOUR = 3_600_000L;
  private static final long MS_PER_DAY = 24 * MS_PER_HOUR;
  private static final long MS_PER_YEAR = 365 * MS_PER_DAY;

  private KeptUntil() {}

  /**
   * The words.
   *
   * @param policy {@code cleanup.policy}
   * @param retentionMs {@code retention.ms}; negative for ever
   * @param segmentMs {@code segment.ms}
   */
  static String words(String policy, long retentionMs, long segmentMs) {
    String compaction =
        "until it is compacted: what was replaced goes once its segment is full or "
            + duration(segmentMs)
            + " old (segment.ms)";
    String retention =
        retentionMs < 0
            ? "for ever (retention.ms=-1)"
            : "for " + duration(retentionMs) + " (retention.ms)";
    if (!policy.contains("compact")) {
      return retention;
    }
    return policy.contains("delete") ? compaction + ", the rest " + retention : compaction;
  }

  private static String duration(long ms) {
    if (ms >= 2 * MS_PER_YEAR) {
      return number(ms, MS_PER_YEAR, "years");
    }
    if (ms >= 2 * MS_PER_DAY) {
      return number(ms, MS_PER_DAY, "days");
    }
    if (ms >= 2 * MS_PER_HOUR) {
      return number(ms, MS_PER_HOUR, "hours");
    }
    return String.format(Locale.ROOT, "%,d s", ms / 1_000);
  }

  private static String number(long ms, long unit, String name) {
    return String.format(Locale.ROOT, "%,d %s", ms / unit, name);
  }
}
