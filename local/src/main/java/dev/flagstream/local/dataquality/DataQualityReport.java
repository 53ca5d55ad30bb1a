package dev.flagstream.local.dataquality;

import dev.flagstream.local.dataquality.QualityMinutes.Failures;
import dev.flagstream.local.dataquality.QualityMinutes.Volume;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What came in the last while of event time, against the same of before. Immutable.
 *
 * <p>A number is unusual if it is further from what was to be expected, by its share before, than
 * {@value #DEVIATIONS} standard deviations of a Poisson distribution of that mean; where there is
 * no before, if it is more than {@link #SHARE_WITHOUT_BEFORE} of all. Numbers below {@value #FEW}
 * never are.
 *
 * @param from when the last while begins
 * @param to when it ends: with the newest minute that has anything
 * @param before how much there is to compare it with; none at first
 * @param transactions readable ones of the last while
 * @param transactionsBefore those of before, as many as in a time as long as the last while
 * @param volumeUnusual whether, of the minutes that are over, more than twice or less than half of
 *     what came before came
 * @param amount of them, exact
 * @param latestByMs how much later than its transaction the latest record was made; null if not
 *     known
 * @param failures what failed which expectation, the unusual first, then those of which there are
 *     most
 * @param categories of which unusually many or few transactions came
 * @param silence since when nothing has come; zero if something still does
 * @param left how many records the tables have still to look at: how much came is not judged before
 */
public record DataQualityReport(
    Instant from,
    Instant to,
    Duration before,
    long transactions,
    double transactionsBefore,
    boolean volumeUnusual,
    BigDecimal amount,
    Long latestByMs,
    List<Share> failures,
    List<Share> categories,
    Duration silence,
    long left) {

  static final int DEVIATIONS = 4;
  static final int FEW = 10;
  static final double SHARE_WITHOUT_BEFORE = 0.01;

  /** A rate that doubled or halved is unusual, whatever its numbers. */
  private static final double MANY_TIMES = 2;

  private static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();

  /** How far back "before" goes, in times of the last while. */
  private static final int TIMES_BEFORE = 24;

  private static final Duration A_PAUSE = Duration.ofMinutes(5);

  /**
   * How many records there were of something.
   *
   * @param what an expectation that they failed, or a category
   * @param records in the last while
   * @param share of all of it, 0 to 1
   * @param shareBefore of all of before; NaN if there is no before
   */
  public record Share(
      String what, long records, double share, double shareBefore, boolean unusual) {}

  public DataQualityReport {
    failures = List.copyOf(failures);
    categories = List.copyOf(categories);
  }

  /** From when on minutes matter to a report of the last {@code span} that is made now. */
  public static long earliestMs(Duration span, long nowMs) {
    // Twice as far, since the newest minute may be an old one.
    return nowMs - 2 * (TIMES_BEFORE + 1) * span.toMillis();
  }

  /**
   * Compares.
   *
   * @param span how long the last while is; at least a minute
   * @param nowMs the time of now, epoch milliseconds
   * @param left how many records the tables have still to look at
   * @return null if there is nothing at all
   */
  public static DataQualityReport of(QualityMinutes minutes, Duration span, long nowMs, long left) {
    TreeSet<Long> starts = new TreeSet<>();
    minutes.volumes().forEach(each -> starts.add(each.startMs()));
    minutes.failures().forEach(each -> starts.add(each.startMs()));
    if (starts.isEmpty()) {
      return null;
    }
    long to = starts.last() + MINUTE_MS;
    long from = to - Math.max(MINUTE_MS, span.toMillis());
    long since = Math.max(starts.first(), from - TIMES_BEFORE * span.toMillis());
    Compared compared = new Compared(minutes, since, from);
    Duration silence = Duration.ofMillis(Math.max(0, nowMs - to));
    return new DataQualityReport(
        Instant.ofEpochMilli(from),
        Instant.ofEpochMilli(to),
        Duration.ofMillis(Math.max(0, from - since)),
        compared.transactions(true),
        since >= from
            ? Double.NaN
            : (double) compared.transactions(false) * (to - from) / (from - since),
        left == 0 && isVolumeUnusual(minutes, since, from, starts.last()),
        minutes.volumes().stream()
            .filter(each -> each.startMs() >= from)
            .map(Volume::amount)
            .filter(Objects::nonNull)
            .reduce(BigDecimal.ZERO, BigDecimal::add),
        minutes.volumes().stream()
            .filter(each -> each.startMs() >= from)
            .map(Volume::latestByMs)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .orElse(null),
        compared.failures(),
        left > 0 ? List.of() : compared.categories(),
        left == 0 && silence.compareTo(A_PAUSE) > 0 ? silence : Duration.ZERO,
        left);
  }

  /** The newest minute is not over, or not all of it has been looked at. */
  private static boolean isVolumeUnusual(
      QualityMinutes minutes, long since, long from, long newest) {
    if (since >= from || from >= newest) {
      return false;
    }
    long before = 0;
    long last = 0;
    for (Volume each : minutes.volumes()) {
      if (each.startMs() >= since && each.startMs() < newest) {
        if (each.startMs() < from) {
          before += each.transactions();
        } else {
          last += each.transactions();
        }
      }
    }
    double expected = (double) before * (newest - from) / (from - since);
    return expected >= FEW && (last > MANY_TIMES * expected || last * MANY_TIMES < expected);
  }

  /** Whether anything is unusual. */
  public boolean isUnusual() {
    return volumeUnusual
        || !silence.isZero()
        || !categories.isEmpty()
        || failures.stream().anyMatch(Share::unusual);
  }

  /** Sums of before and of the last while. */
  private static final class Compared {

    private final Map<String, long[]> byCategory = new TreeMap<>();
    private final Map<String, long[]> byExpectation = new TreeMap<>();
    private final boolean hasBefore;

    Compared(QualityMinutes minutes, long since, long from) {
      hasBefore = since < from;
      for (Volume each : minutes.volumes()) {
        if (each.startMs() >= since) {
          add(byCategory, each.category(), each.transactions(), each.startMs() >= from);
        }
      }
      for (Failures each : minutes.failures()) {
        if (each.startMs() >= since) {
          add(byExpectation, each.expectation(), each.records(), each.startMs() >= from);
        }
      }
    }

    private static void add(Map<String, long[]> sums, String what, long records, boolean last) {
      sums.computeIfAbsent(what, each -> new long[2])[last ? 1 : 0] += records;
    }

    private static long sum(Map<String, long[]> sums, Predicate<String> which, boolean last) {
      return sums.entrySet().stream()
          .filter(each -> which.test(each.getKey()))
          .mapToLong(each -> each.getValue()[last ? 1 : 0])
          .sum();
    }

    long transactions(boolean last) {
      return sum(byCategory, each -> true, last);
    }

    /** With those that could not be read, and are in no category. */
    private long records(boolean last) {
      return transactions(last)
          + sum(byExpectation, each -> each.startsWith("REJECTED UNREADABLE"), last)
          + sum(byExpectation, "REJECTED NOT_JSON"::equals, last);
    }

    List<Share> failures() {
      List<Share> shares = shares(byExpectation, records(true), records(false), false);
      return shares.stream().filter(each -> each.records() > 0 || each.unusual()).toList();
    }

    List<Share> categories() {
      if (!hasBefore) {
        return List.of(); // every category is new then
      }
      return shares(byCategory, transactions(true), transactions(false), true).stream()
          .filter(Share::unusual)
          .toList();
    }

    private List<Share> shares(
        Map<String, long[]> sums, long all, long allBefore, boolean fewAreUnusual) {
      List<Share> shares = new ArrayList<>();
      sums.forEach(
          (what, records) -> {
            double share = all == 0 ? 0 : (double) records[1] / all;
            double before =
                !hasBefore || allBefore == 0 ? Double.NaN : (double) records[0] / allBefore;
            shares.add(
                new Share(
                    what,
                    records[1],
                    share,
                    before,
                    isMore(records[1], all, before)
                        || (fewAreUnusual && isLess(records[1], all, before))));
          });
      shares.sort(
          Comparator.comparing(Share::unusual)
              .thenComparingLong(Share::records)
              .reversed()
              .thenComparing(Share::what));
      return shares;
    }

    private static boolean isMore(long records, long all, double before) {
      if (records < FEW) {
        return false;
      }
      if (Double.isNaN(before)) {
        return records > SHARE_WITHOUT_BEFORE * all;
      }
      double expected = before * all;
      return records > MANY_TIMES * expected
          && records > expected + DEVIATIONS * Math.sqrt(expected + 1);
    }

    private static boolean isLess(long records, long all, double before) {
      double expected = before * all;
      return records * MANY_TIMES < expected
          && records < expected - DEVIATIONS * Math.sqrt(expected + 1);
    }
  }
}
