package dev.flagstream.local.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.local.flow.CurrentWindow;
import dev.flagstream.local.flow.FlaggedTransaction;
import dev.flagstream.local.flow.FlowCounts;
import dev.flagstream.local.latency.LatencyFigures;
import dev.flagstream.local.quality.Confusion;
import dev.flagstream.local.quality.Quality;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PanelTest {

  private static final long NOON = Instant.parse("2026-01-02T12:00:03Z").toEpochMilli();

  private static final Telemetry NOW =
      new Telemetry(
          Duration.ofSeconds(102),
          new FlowCounts(12_345, 1, 12_300, 4, 187),
          1002.4,
          998.6,
          185,
          0,
          List.of(
              new FlaggedTransaction(
                  "9f8e7d6c5b4a3210-000000012345",
                  "4242",
                  new BigDecimal("1234.50"),
                  "Chicago",
                  List.of("AMOUNT_OVER_THRESHOLD", "AWAY_FROM_HOME"),
                  NOON)),
          new CurrentWindow(NOON - 3_000, 7, new BigDecimal("5233.10"), new BigDecimal("2100.00")),
          LatencyFigures.NONE,
          Quality.NONE);

  private final Panel panel = new Panel(ZoneOffset.UTC);

  @Test
  void showsRatesTotalsWindowAndTheLastFlagged() {
    assertThat(String.join("\n", panel.lines(NOW)))
        .isEqualTo(
            """

            Flagstream · 01:42 · Ctrl-C stops
              generated     12,345  1,002/s  processed     12,305    999/s  in flight 40
              flagged          187   1.52 %  rejected           5           stored 185
              window 12:00:00–12:00:10: 7 flagged, 5,233.10 in all, highest 2,100.00

              last flagged
              12:00:03 9f8e7d6c5b4a3210-000000012345 ·4242   1,234.50 Chicago    AMOUNT_OVER_THRESHOLD, AWAY_FROM_HOME\
            """);
  }

  @Test
  void saysTheEssenceInOneLine() {
    assertThat(panel.line(NOW))
        .isEqualTo(
            "01:42  generated 12,345 (1,002/s)  processed 12,305 (999/s)  flagged 187 (1.52 %)"
                + "  rejected 5  in MongoDB 185"
                + "  window 12:00:00–12:00:10: 7 flagged, 5,233.10 in all, highest 2,100.00");
  }

  @Test
  void saysWhenNothingHasBeenFlaggedYet() {
    Telemetry quiet =
        new Telemetry(
            Duration.ZERO,
            FlowCounts.NONE,
            0,
            0,
            0,
            0,
            List.of(),
            CurrentWindow.NONE,
            LatencyFigures.NONE,
            Quality.NONE);

    assertThat(panel.line(quiet)).endsWith("window: nothing flagged yet").contains("(0.00 %)");
  }

  @Test
  void saysWhatIsWaitedForBelowTheHeadline() {
    assertThat(panel.lines(NOW, "41,200 of 60,821 decisions are in MongoDB, about 9 s left"))
        .element(2)
        .isEqualTo("  41,200 of 60,821 decisions are in MongoDB, about 9 s left");
  }

  @Test
  void saysWhatItsCountsLeaveOut() {
    Telemetry later =
        new Telemetry(
            Duration.ofSeconds(102),
            NOW.counts(),
            0,
            0,
            185,
            3_660_821,
            List.of(),
            CurrentWindow.NONE,
            LatencyFigures.NONE,
            Quality.NONE);

    assertThat(panel.lines(later))
        .element(1)
        .asString()
        .isEqualTo("Flagstream · 01:42 · since this start (3,660,821 before it) · Ctrl-C stops")
        .hasSizeLessThanOrEqualTo(80);
  }

  @Test
  void measuresARateOverTheLastSeconds() {
    RecentRate rate = new RecentRate();
    rate.perSecond(0, 0);

    assertThat(rate.perSecond(2_000_000_000L, 3_000)).isEqualTo(1_500.0);
  }

  @Test
  void showsHowGoodTheVerdictsAreOnceThereAreSome() {
    Telemetry judged =
        new Telemetry(
            Duration.ZERO,
            FlowCounts.NONE,
            0,
            0,
            0,
            0,
            List.of(),
            CurrentWindow.NONE,
            LatencyFigures.NONE,
            new Quality(new Confusion(2, 1, 6, 91), OptionalDouble.empty(), 3));
    String line =
        "precision 66.7 %  recall 25.0 %  average precision –  of 8 frauds in 100; 3 reported";

    assertThat(panel.lines(judged))
        .contains(
            "  precision 66.7 %  recall 25.0 %  average precision –",
            "  8 frauds in 100; 3 reported");
    assertThat(panel.line(judged)).endsWith("  " + line);
  }
}
