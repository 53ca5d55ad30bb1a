package dev.flagstream.local.view;

import static dev.flagstream.report.PlainText.text;

import dev.flagstream.local.flow.CurrentWindow;
import dev.flagstream.local.flow.FlaggedTransaction;
import dev.flagstream.local.flow.FlowCounts;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The live view as text; every line of the panel that matters fits into 80 columns. */
final class Panel {

  private static final int ID_WIDTH = 29;
  private static final int CITY_WIDTH = 10;
  private static final double PERCENT = 100.0;

  private final DateTimeFormatter time;

  /** A panel that shows times in a zone. */
  Panel(ZoneId zone) {
    this.time = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone);
  }

  /** Everything, one line below the other. */
  List<String> lines(Telemetry now) {
    return lines(now, "");
  }

  /** As above, with what is being waited for below the headline. */
  List<String> lines(Telemetry now, String waitingFor) {
    FlowCounts counts = now.counts();
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Flagstream · %s%s · Ctrl-C stops".formatted(clock(now), since(now)));
    if (!waitingFor.isEmpty()) {
      lines.add("  " + waitingFor);
    }
    lines.add(
        text(
            "  generated %,10d %,6.0f/s  processed %,10d %,6.0f/s  in flight %,d",
            counts.input(),
            now.generatedPerSecond(),
            counts.processed(),
            now.processedPerSecond(),
            Math.max(0, counts.inFlight())));
    lines.add(
        text(
            "  flagged   %,10d %6.2f %%  rejected  %,10d           stored %,d",
            counts.flagged(),
            flaggedPercent(now),
            counts.rejected() + counts.empty(),
            now.stored()));
    lines.add("  " + window(now.window()));
    if (!now.latency().line().isEmpty()) {
      lines.add("  " + now.latency().line());
    }
    if (isJudged(now)) {
      now.quality().lines().forEach(line -> lines.add("  " + line));
    }
    lines.add("");
    lines.add("  last flagged");
    now.lastFlagged().forEach(flagged -> lines.add(line(flagged)));
    return lines;
  }

  /** The essence, in one line. */
  String line(Telemetry now) {
    FlowCounts counts = now.counts();
    return text(
        "%s  generated %,d (%,.0f/s)  processed %,d (%,.0f/s)  flagged %,d (%.2f %%)"
            + "  rejected %,d  in MongoDB %,d  %s%s%s",
        clock(now),
        counts.input(),
        now.generatedPerSecond(),
        counts.processed(),
        now.processedPerSecond(),
        counts.flagged(),
        flaggedPercent(now),
        counts.rejected() + counts.empty(),
        now.stored(),
        window(now.window()),
        now.latency().line().isEmpty() ? "" : "  " + now.latency().line(),
        isJudged(now) ? "  " + now.quality().line() : "");
  }

  private static boolean isJudged(Telemetry now) {
    return now.quality().confusion().transactions() > 0;
  }

  /** What the counts leave out, if they leave anything out. */
  private static String since(Telemetry now) {
    return now.inputBefore() == 0
        ? ""
        : text(" · since this start (%,d before it)", now.inputBefore());
  }

  private static String clock(Telemetry now) {
    return text("%02d:%02d", now.running().toMinutes(), now.running().toSecondsPart());
  }

  private static double flaggedPercent(Telemetry now) {
    long scored = now.counts().scored();
    return scored == 0 ? 0 : PERCENT * now.counts().flagged() / scored;
  }

  private String window(CurrentWindow window) {
    if (window.transactions() == 0) {
      return "window: nothing flagged yet";
    }
    return text(
        "window %s–%s: %,d flagged, %,.2f in all, highest %,.2f",
        time.format(Instant.ofEpochMilli(window.startMs())),
        time.format(Instant.ofEpochMilli(window.startMs() + CurrentWindow.SIZE_MS)),
        window.transactions(),
        window.sum(),
        window.max());
  }

  private String line(FlaggedTransaction flagged) {
    return text(
        "  %s %-" + ID_WIDTH + "s ·%-4s %,10.2f %-" + CITY_WIDTH + "s %s",
        time.format(Instant.ofEpochMilli(flagged.eventTimeMs())),
        shortened(flagged.id(), ID_WIDTH),
        flagged.cardLast4(),
        flagged.amount(),
        shortened(flagged.city(), CITY_WIDTH),
        String.join(", ", flagged.reasons()));
  }

  private static String shortened(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }
}
