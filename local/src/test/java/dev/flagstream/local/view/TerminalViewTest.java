package dev.flagstream.local.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.local.flow.CurrentWindow;
import dev.flagstream.local.flow.FlowCounts;
import dev.flagstream.local.quality.Quality;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.jline.utils.ScreenTerminal;
import org.junit.jupiter.api.Test;

class TerminalViewTest {

  private static final Telemetry NOW =
      new Telemetry(
          Duration.ofSeconds(5),
          new FlowCounts(100, 0, 90, 0, 2),
          20,
          18,
          1,
          List.of(),
          CurrentWindow.NONE,
          Quality.NONE);

  @Test
  void leavesTheLastPanelOnTheScreenAndThePromptBelowIt() throws IOException {
    var virtual = ScreenTerminal.withTerminal("test", "xterm", 120, 20);
    try (var view = new TerminalView(virtual.terminal(), ZoneOffset.UTC)) {
      view.say("Ready");
      view.show(NOW);
      view.say("Stopping");
      view.show(NOW);
    }
    virtual.screen().write("$ prompt");

    List<String> lines =
        virtual.screen().toString().lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    assertThat(lines.subList(0, 3)).containsExactly("Ready", "Stopping", panelLines().get(0));
    assertThat(lines).endsWith("$ prompt").containsAll(panelLines());
    assertThat(lines).doesNotHaveDuplicates();
  }

  private static List<String> panelLines() {
    return new Panel(ZoneOffset.UTC)
        .lines(NOW).stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
