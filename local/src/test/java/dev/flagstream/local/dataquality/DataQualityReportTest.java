package dev.flagstream.local.dataquality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.flagstream.local.dataquality.DataQualityReport.Share;
import dev.flagstream.local.dataquality.QualityMinutes.Failures;
import dev.flagstream.local.dataquality.QualityMinutes.Volume;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataQualityReportTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private static final long MINUTE_MS = 60_000;
  private static final BigDecimal AMOUNT = new BigDecimal("10.01");

  private final List<Volume> volumes = new ArrayList<>();
  private final List<Failures> failures = new ArrayList<>();

  @Test
  void saysNothingOfNothing() {
    assertThat(report()).isNull();
  }

  @Test
  void findsNothingUnusualWhereAllIsAsItWas() {
    hours(5, "grocery", 100, "MISSING currency", 3);

    DataQualityReport report = report();

    assertThat(report.isUnusual()).isFalse();
    assertThat(report.from()).isEqualTo(NOON.minus(HOUR));
    assertThat(report.to()).isEqualTo(NOON);
    assertThat(report.before()).isEqualTo(Duration.ofHours(4));
    assertThat(report.transactions()).isEqualTo(6_000);
    assertThat(report.transactionsBefore()).isEqualTo(6_000);
    assertThat(report.amount()).isEqualByComparingTo("600.60");
    assertThat(report.latestByMs()).isEqualTo(250);
    assertThat(report.failures())
        .containsExactly(new Share("MISSING currency", 180, 0.03, 0.03, false));
  }

  @Test
  void findsAnExpectationThatMuchMoreFailThanBefore() {
    hours(5, "grocery", 100, "MISSING currency", 3);
    minute(1, "grocery", 0, "OUT_OF_RANGE customer_age", 40);

    assertThat(report().failures())
        .extracting(Share::what, Share::unusual)
        .containsExactly(
            tuple("OUT_OF_RANGE customer_age", true), tuple("MISSING currency", false));
  }

  @Test
  void takesFewForChance() {
    hours(5, "grocery", 100, "MISSING currency", 0);
    minute(1, "grocery", 0, "MISSING currency", DataQualityReport.FEW - 1);

    assertThat(report().isUnusual()).isFalse();
  }

  @Test
  void judgesByShareOfAllWhereThereIsNothingBefore() {
    hours(1, "grocery", 100, "MISSING currency", 0);
    minute(1, "grocery", 0, "MISSING currency", 60);
    minute(2, "grocery", 0, "LATE by more than 5 minutes", 61);

    DataQualityReport report = report();

    assertThat(report.before()).isZero();
    assertThat(report.transactionsBefore()).isNaN();
    assertThat(report.failures())
        .filteredOn(Share::unusual)
        .extracting(Share::what)
        .containsExactly("LATE by more than 5 minutes");
  }

  @Test
  void findsACategoryOfWhichNothingComesAnyMoreAndOneThatIsNew() {
    hours(5, "grocery", 100, "MISSING currency", 0);
    for (int minute = 61; minute <= 300; minute++) {
      minute(minute, "fuel", 10, "MISSING currency", 0);
    }
    minute(1, "space travel", 20, "MISSING currency", 0);

    assertThat(report().categories())
        .extracting(Share::what, Share::records)
        .containsExactly(tuple("space travel", 20L), tuple("fuel", 0L));
  }

  @Test
  void findsThatTwiceAsMuchComesOrLessThanHalf() {
    for (int minute = 1; minute <= 300; minute++) {
      minute(minute, "grocery", minute <= 60 ? 49 : 100, "MISSING currency", 0);
    }

    assertThat(report().volumeUnusual()).isTrue();
    assertThat(report().isUnusual()).isTrue();
  }

  @Test
  void doesNotTakeTheBeginningOfAMinuteForAFall() {
    hours(5, "grocery", 100, "MISSING currency", 0);
    volumes.removeIf(each -> each.startMs() >= NOON.toEpochMilli() - 2 * MINUTE_MS);
    minute(2, "grocery", 95, "MISSING currency", 0);
    minute(1, "grocery", 1, "MISSING currency", 0);

    DataQualityReport report =
        DataQualityReport.of(
            new QualityMinutes(volumes, failures),
            Duration.ofMinutes(2),
            NOON.minusSeconds(30).toEpochMilli(),
            0);

    assertThat(report.transactions()).isEqualTo(96);
    assertThat(report.transactionsBefore()).isEqualTo(200);
    assertThat(report.volumeUnusual()).isFalse();
  }

  @Test
  void doesNotJudgeHowMuchCameBeforeAllHasBeenLookedAt() {
    for (int minute = 1; minute <= 300; minute++) {
      minute(minute, "grocery", minute <= 60 ? 10 : 100, "MISSING currency", minute == 5 ? 99 : 0);
      minute(minute, "fuel", minute <= 60 ? 0 : 100, "MISSING currency", 0);
    }

    DataQualityReport behind =
        DataQualityReport.of(
            new QualityMinutes(volumes, failures), HOUR, NOON.toEpochMilli(), 30_000);

    assertThat(behind.volumeUnusual()).isFalse();
    assertThat(behind.categories()).isEmpty();
    assertThat(behind.failures()).extracting(Share::unusual).containsExactly(true);
    assertThat(new DataQualityScreen(ZoneOffset.UTC).lines(behind, List.of(), true))
        .contains("  not yet looked at: 30,000 records, so how many came is not judged");
  }

  @Test
  void findsThatNothingComesAnyMore() {
    hours(2, "grocery", 100, "MISSING currency", 0);

    DataQualityReport later =
        DataQualityReport.of(
            new QualityMinutes(volumes, failures), HOUR, NOON.plusSeconds(3_600).toEpochMilli(), 0);

    assertThat(later.silence()).isEqualTo(HOUR);
    assertThat(later.isUnusual()).isTrue();
    assertThat(report().silence()).isZero();
  }

  @Test
  void fitsIntoATerminalWhateverIsWrong() {
    for (int minute = 1; minute <= 3_000; minute++) {
      minute(minute, "grocery", minute <= 60 ? 9_000_000 : 1, "MISSING currency", 0);
    }
    for (int i = 0; i < 30; i++) {
      minute(
          1, "category " + i + " " + "x".repeat(90), 1_000_000, "UNDECLARED field " + i, 999_999);
    }
    List<String> moved = Collections.nCopies(30, "merchant_fraud_share_30d 12.34");

    for (boolean isHistoryLong : List.of(false, true)) {
      List<String> lines =
          new DataQualityScreen(ZoneOffset.UTC).lines(report(), moved, isHistoryLong);

      assertThat(lines).hasSizeLessThan(24);
      assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
      assertThat(String.join("\n", lines))
          .contains("Transactions of 2026-01-02 11:00 to 2026-01-02 12:00, against ")
          .contains("and 24 more: make quality OPTIONS=--json has all")
          .contains("Unusual:");
    }
  }

  @Test
  void saysThatAllIsAsItShouldBe() {
    hours(5, "grocery", 100, "MISSING currency", 0);

    assertThat(new DataQualityScreen(ZoneOffset.UTC).lines(report(), List.of(), true))
        .containsExactly(
            "Transactions of 2026-01-02 11:00 to 2026-01-02 12:00, against 4 h 0 min before",
            "  transactions          6,000   6,000 in as long before",
            "  amount               600.60   0.10 each",
            "  latest by               0.3 s",
            "",
            "  every record meets every expectation",
            "",
            "Nothing is unusual.");
  }

  private DataQualityReport report() {
    return DataQualityReport.of(
        new QualityMinutes(volumes, failures), HOUR, NOON.plusSeconds(20).toEpochMilli(), 0);
  }

  private void hours(int hours, String category, int aMinute, String expectation, int failed) {
    for (int minute = 1; minute <= hours * 60; minute++) {
      minute(minute, category, aMinute, expectation, failed);
    }
  }

  /** The minute that begins so many minutes before noon. */
  private void minute(int before, String category, int count, String expectation, int failed) {
    long start = NOON.toEpochMilli() - before * MINUTE_MS;
    if (count > 0) {
      volumes.add(new Volume(category, start, count, AMOUNT, 250L));
    }
    if (failed > 0) {
      failures.add(new Failures(expectation, start, failed));
    }
  }
}
