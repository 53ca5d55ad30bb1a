package dev.flagstream.local.dataquality;

import static dev.flagstream.report.PlainText.text;

import dev.flagstream.local.dataquality.DataQualityReport.Share;
import dev.flagstream.local.view.Folding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report in lines that fit into a terminal of 80 columns and 24 lines. */
public final class DataQualityScreen {

  /** So many lines of expectations fit, with all that may be said below them. */
  private static final int MOST_EXPECTATIONS = 6;

  private static final int MOST_SAID = 4;
  private static final int WIDTH = 80;
  private static final int WIDTH_OF_NAMES = 46;
  private static final double PERCENT = 100;
  private static final double MS_PER_SECOND = 1e3;
  private static final int HOURS_OF_A_DAY = 24;

  private final DateTimeFormatter time;

  /** Shows times in a zone. */
  public DataQualityScreen(ZoneId zone) {
    this.time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(zone);
  }

  /**
   * The lines.
   *
   * @param moved features that have moved far from what the model learned from, each with how far,
   *     the furthest first
   * @param isHistoryLong whether that is unusual, or to be expected since there is little history
   */
  public List<String> lines(DataQualityReport report, List<String> moved, boolean isHistoryLong) {
    List<String> lines = new ArrayList<>(head(report));
    lines.add("");
    if (report.failures().isEmpty()) {
      lines.add("  every record meets every expectation");
    } else {
      lines.add(
          text(
              "  %-" + WIDTH_OF_NAMES + "s %9s %8s %9s",
              "expectation",
              "records",
              "share",
              "before"));
      report.failures().stream().limit(MOST_EXPECTATIONS).forEach(each -> lines.add(line(each)));
      if (report.failures().size() > MOST_EXPECTATIONS) {
        lines.add(
            text(
                "  and %,d more: make quality OPTIONS=--json has all",
                report.failures().size() - MOST_EXPECTATIONS));
      }
    }
    if (!isHistoryLong && !moved.isEmpty()) {
      lines.addAll(
          Folding.fold(
              "  far from the training, as long as there is little history: " + furthest(moved),
              WIDTH));
    }
    lines.add("");
    List<String> unusual = unusual(report);
    if (isHistoryLong && !moved.isEmpty()) {
      unusual.add("far from the training: " + furthest(moved));
    }
    lines.add(unusual.isEmpty() ? "Nothing is unusual." : "Unusual:");
    unusual.stream()
        .limit(MOST_SAID)
        .forEach(each -> lines.addAll(Folding.fold("  " + each, WIDTH)));
    if (unusual.size() > MOST_SAID) {
      lines.add(
          text("  and %,d more: make quality OPTIONS=--json has all", unusual.size() - MOST_SAID));
    }
    return lines;
  }

  private List<String> head(DataQualityReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Transactions of %s to %s, %s"
            .formatted(
                at(report.from()),
                at(report.to()),
                report.before().isZero()
                    ? "with nothing before"
                    : "against " + length(report.before()) + " before"));
    lines.add(
        text("  transactions %,14d", report.transactions())
            + (Double.isNaN(report.transactionsBefore())
                ? ""
                : text("   %,.0f in as long before", report.transactionsBefore())));
    lines.add(text("  amount       %,14.2f   %s each", report.amount(), mean(report)));
    if (report.left() > 0) {
      lines.add(
          text("  not yet looked at: %,d records, so how many came is not judged", report.left()));
    }
    if (report.latestByMs() != null) {
      lines.add(text("  latest by    %,14.1f s", Math.max(0, report.latestByMs()) / MS_PER_SECOND));
    }
    return lines;
  }

  private String at(Instant instant) {
    return time.format(instant);
  }

  private static String furthest(List<String> moved) {
    return String.join(", ", moved.subList(0, Math.min(MOST_SAID, moved.size())))
        + (moved.size() > MOST_SAID ? text(" and %,d more", moved.size() - MOST_SAID) : "");
  }

  private static String mean(DataQualityReport report) {
    return report.transactions() == 0
        ? "–"
        : text(
            "%,.2f",
            report
                .amount()
                .divide(BigDecimal.valueOf(report.transactions()), 2, RoundingMode.HALF_EVEN));
  }

  private static String line(Share share) {
    return text(
        "%s %-" + WIDTH_OF_NAMES + "s %,9d %8s %9s",
        share.unusual() ? "!" : " ",
        shortened(share.what()),
        share.records(),
        percent(share.share()),
        percent(share.shareBefore()));
  }

  private static String shortened(String name) {
    return name.length() <= WIDTH_OF_NAMES ? name : name.substring(0, WIDTH_OF_NAMES - 1) + "…";
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "–" : text("%.2f %%", PERCENT * share);
  }

  private static List<String> unusual(DataQualityReport report) {
    List<String> said = new ArrayList<>();
    if (!report.silence().isZero()) {
      said.add("nothing has come for " + length(report.silence()));
    }
    if (report.volumeUnusual()) {
      said.add(
          text(
              "%,d transactions where %,.0f were to be expected",
              report.transactions(), report.transactionsBefore()));
    }
    report.failures().stream()
        .filter(Share::unusual)
        .forEach(
            each ->
                said.add(
                    text(
                        "%s: %s of all, %s before",
                        shortened(each.what()),
                        percent(each.share()),
                        percent(each.shareBefore()))));
    report
        .categories()
        .forEach(
            each ->
                said.add(
                    text(
                        "%s: %s of all, %s before",
                        shortened("category " + each.what()),
                        percent(each.share()),
                        percent(each.shareBefore()))));
    return said;
  }

  /** In words. */
  static String length(Duration duration) {
    long hours = duration.toHours();
    return hours < 2
        ? text("%,d min", Math.max(1, duration.toMinutes()))
        : hours < 2 * HOURS_OF_A_DAY
            ? text("%,d h %d min", hours, duration.toMinutesPart())
            : text("%,d days %d h", duration.toDays(), duration.toHoursPart());
  }
}
