package dev.flagstream.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScaleReportTest {

  private static final ScaleResult FEW = MadeUpResults.ofCards(1_000, 70, 10);
  private static final ScaleResult MANY = MadeUpResults.ofCards(1_001_000, 70, 20);

  @TempDir private Path folder;

  @Test
  void showsALineForEachResultAndTheLawsUnderThem() {
    String axis = ScaleReport.axis(ScaleAxis.CARDS, List.of(FEW, MANY));

    assertThat(axis.lines())
        .anyMatch(
            line ->
                line.strip()
                    .replaceAll(" +", " ")
                    .equals("1,001,000 1 4 1 70.0 50.0 2,000 700 477 1,000 20.0 5.0"))
        .anyMatch(line -> line.startsWith("- Seconds to be back: each doubling of the cards"));
  }

  @Test
  void saysHowManyCardsWereReachedIfTheTimeWasOver() {
    assertThat(
            ScaleReport.axis(ScaleAxis.CARDS, List.of(FEW, MadeUpResults.stoppedAt(500_000, MANY))))
        .contains("Not reached: of 1,001,000 cards 500,000 had paid when the time for filling was");
  }

  @Test
  void namesChangelogsByTheirTableAndAddsAllUp() {
    assertThat(ScaleReport.topics(FEW).lines())
        .contains(
            "| `card_features`, its changelog | 1,000 | 0 |",
            "| `scored_transactions` | 2,000 | 4,000 |",
            "| **all** | **3,000** | **4,000** |");
  }

  @Test
  void reckonsTheRateOfRestoringFromTheTwoEndsOfTheCards() {
    // A million rows of 1,000 bytes more take 10 s more.
    assertThat(ScaleReport.restoreBytesPerSecond(List.of(FEW, MANY))).isEqualTo(1e8, within(1.0));
  }

  @Test
  void reckonsWhatARateNeeds() {
    String needs = ScaleReport.needs(FEW, List.of(FEW, MANY), Optional.of(FEW));

    // 1,000 a second × 70 µs ÷ 0.7 are 0.1 cores; 86,400,000 a day ÷ 1.9 are 45 million cards
    // of 1,000 bytes in the changelog, which come back, and of 500 on disk.
    assertThat(needs.lines())
        .contains("| 1,000 | 0.1 | 0.1 | 0.7 | 0.1 | 1 | 3.0 | 4.0 | 173 | 45 million | 23 | 8 |")
        .anyMatch(line -> line.startsWith("State comes back at 100 MB a second, beside 10.0 s"));
  }

  @Test
  void doesNotGuessHowManyPartitionsWithoutALineOfOne() {
    assertThat(ScaleReport.needs(FEW, List.of(FEW, MANY), Optional.empty()))
        .contains("| 1,000 | 0.1 | 0.1 | 0.7 | 0.1 | ? | 3.0 |");
  }

  @Test
  void doesNotReckonARateOfRestoringIfManyCardsTookNoLonger() {
    List<ScaleResult> cards = List.of(FEW, MadeUpResults.ofCards(1_001_000, 70, 9));

    assertThat(ScaleReport.needs(FEW, cards, Optional.of(FEW)).lines())
        .contains(
            "Many cards came back no later than few: how fast state comes back cannot be told.",
            "| 1,000 | 0.1 | 0.1 | 0.7 | 0.1 | 1 | 3.0 | 4.0 | 173 | 45 million | 23 | ? |");
  }

  @Test
  void doesNotReckonDiskFromOneNumberOfCards() {
    assertThat(ScaleReport.needs(FEW, List.of(FEW), Optional.of(FEW)))
        .contains(
            "with one 1,000; what it takes on disk cannot be told.",
            "| 1,000 | 0.1 | 0.1 | 0.7 | 0.1 | 1 | 3.0 | 4.0 | 173 | 45 million | ? | ? |");
  }

  @Test
  void putsFiguresInThePlaceOfThoseBeforeAndLeavesTheRest() throws Exception {
    Path page = folder.resolve("page.md");
    Files.writeString(
        page,
        "before\n<!-- measured: cards; written by make bench-scale -->\nold\n<!-- end of cards -->\nafter\n");
    CapacityPage figures = new CapacityPage();
    figures.put("cards", "new\nlines");

    figures.write(page);
    figures.write(page);

    assertThat(page)
        .hasContent(
            "before\n<!-- measured: cards; written by make bench-scale -->\nnew\nlines\n<!-- end of cards -->\nafter\n");
  }

  @Test
  void saysWhichMarkersAPageLacks() throws Exception {
    Path page = folder.resolve("page.md");
    Files.writeString(page, "nothing here\n");
    CapacityPage figures = new CapacityPage();
    figures.put("cards", "new");

    assertThatThrownBy(() -> figures.write(page))
        .isInstanceOf(IOException.class)
        .hasMessage(
            page
                + " has no place for these figures; put in a line each: <!-- measured: cards; written"
                + " by make bench-scale --> and <!-- end of cards -->");
    assertThatThrownBy(() -> figures.write(folder.resolve("none.md")))
        .hasMessageStartingWith("There is no page " + folder.resolve("none.md"));
  }

  @Test
  void thePageOfTheProjectHasAPlaceForEachBlock() throws Exception {
    Path copy = folder.resolve("capacity.md");
    Files.copy(Path.of("..", "docs", "capacity.md"), copy);
    CapacityPage figures = new CapacityPage();
    for (String block :
        List.of("run", "cards", "events", "partitions", "servers", "topics", "needs")) {
      figures.put(block, "figures of " + block);
    }

    figures.write(copy);

    assertThat(copy).content().contains("figures of run", "figures of needs");
  }
}
