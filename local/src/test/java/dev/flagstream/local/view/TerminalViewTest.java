package dev.flagstream.local.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.local.flow.CurrentWindow;
import dev.flagstream.local.flow.FlaggedTransaction;
import dev.flagstream.local.flow.FlowCounts;
import dev.flagstream.local.latency.LatencyFigures;
import dev.flagstream.local.latency.Percentiles;
import dev.flagstream.local.quality.Confusion;
import dev.flagstream.local.quality.Quality;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.jline.utils.ScreenTerminal;
import org.junit.jupiter.api.Test;

class TerminalViewTest {

  private static final Percentiles SLOW =
      new Percentiles(1_000_000, 9_998, 3_599_999, 3_600_000, 3_600_000);

  private static final Telemetry NOW =
      new Telemetry(
          Duration.ofSeconds(5),
          new FlowCounts(100, 0, 90, 0, 2),
          20,
          18,
          1,
          0,
          List.of(),
          CurrentWindow.NONE,
          LatencyFigures.NONE,
          Quality.NONE);

  @Test
  void leavesWhatWasSaidOnTheScreenAndThePromptBelowIt() throws IOException {
    ScreenTerminal.VirtualTerminal virtual = ScreenTerminal.withTerminal("test", "xterm", 120, 20);
    try (TerminalView view = new TerminalView(virtual.terminal(), ZoneOffset.UTC)) {
      view.say("Ready");
      view.show(NOW);
      view.say("Stopping");
      view.show(NOW);
    }
    virtual.screen().write("$ prompt");

    List<String> lines =
        virtual.screen().toString().lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    assertThat(lines).containsExactly("Ready", "Stopping", "$ prompt");
  }

  @Test
  void neverWrapsOrScrollsThePanelOnATerminalOf80By24() throws IOException {
    Telemetry busy =
        new Telemetry(
            Duration.ofMinutes(61),
            new FlowCounts(3_660_821, 12, 3_640_700, 109, 41_203),
            5_002.4,
            4_998.6,
            41_190,
            3_660_821,
            Collections.nCopies(
                5,
                new FlaggedTransaction(
                    "9f8e7d6c5b4a3210-000003660821",
                    "4242",
                    new BigDecimal("12345.67"),
                    "Llanfairpwllgwyngyll",
                    List.of("AMOUNT_OVER_THRESHOLD", "AWAY_FROM_HOME", "SCORE 0.987"),
                    0)),
            new CurrentWindow(0, 1_207, new BigDecimal("205233.10"), new BigDecimal("12345.67")),
            new LatencyFigures(SLOW, SLOW, SLOW, 0),
            new Quality(new Confusion(20_211, 18_119, 60_660, 999_999), OptionalDouble.of(0.4), 9));
    ScreenTerminal.VirtualTerminal virtual = ScreenTerminal.withTerminal("test", "xterm", 80, 24);
    try (TerminalView view = new TerminalView(virtual.terminal(), ZoneOffset.UTC)) {
      for (int line = 0; line < 30; line++) {
        view.say("line " + line + " with many words ".repeat(8));
        view.showWaiting(busy, "41,200 of 60,821 decisions are in MongoDB, about 9 s left");
      }

      List<String> lines = virtual.screen().toString().lines().map(String::stripTrailing).toList();
      assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
      assertThat(lines.stream().filter(line -> line.startsWith("Flagstream"))).hasSize(1);
      assertThat(lines.stream().filter(line -> line.contains("9f8e7d6c5b4a3210"))).hasSize(5);
      assertThat(lines)
          .contains(
              "  41,200 of 60,821 decisions are in MongoDB, about 9 s left",
              "  generated  3,660,821  5,002/s  processed  3,640,821  4,999/s  in flight 20,000",
              "  flagged       41,203   1.13 %  rejected         121           stored 41,190",
              "  delay p50/p99: topic 10.0/3,600 s, decision 10.0/3,600 s, MongoDB 10.0/3,600 s");
    }
  }

  @Test
  void foldsWhatIsSaidBetweenWords() {
    assertThat(Folding.fold("  flagged 189 recomputed from the input topic", 30))
        .containsExactly("  flagged 189 recomputed from", "    the input topic");
    assertThat(Folding.fold("/a/path/that/has/no/words/in/it", 20))
        .containsExactly("/a/path/that/has/no/", "  words/in/it");
    assertThat(Folding.fold("as it is", 80)).containsExactly("as it is");
  }

  @Test
  void saysInAPipeWhatIsWaitedForOnlyWhenItHasChanged() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (LineView view = new LineView(new PrintStream(bytes, true, UTF_8), ZoneOffset.UTC)) {
      for (int second = 0; second < 60; second++) {
        view.showWaiting(at(second), second < 30 ? "1 of 2 decisions" : "2 of 2 decisions");
      }
    }

    assertThat(bytes.toString(UTF_8).lines())
        .containsExactly("1 of 2 decisions", "2 of 2 decisions");
    assertThat(bytes.toString(UTF_8)).doesNotContain("\u001b", "\r");
  }

  private static Telemetry at(int second) {
    return new Telemetry(
        Duration.ofSeconds(second),
        NOW.counts(),
        0,
        0,
        0,
        0,
        List.of(),
        CurrentWindow.NONE,
        LatencyFigures.NONE,
        Quality.NONE);
  }
}
