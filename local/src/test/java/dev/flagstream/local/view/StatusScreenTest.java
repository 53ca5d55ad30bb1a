package dev.flagstream.local.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.local.health.PartHealth;
import dev.flagstream.local.health.PartHealth.Trouble;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatusScreenTest {

  private static final PartHealth KAFKA =
      new PartHealth("Kafka", "127.0.0.1:9092", List.of("32 topics"), List.of());

  @Test
  void aPipelineThatIsWellIsSaidToBe() {
    assertThat(StatusScreen.of(List.of(KAFKA), false))
        .containsExactly(
            "Kafka       127.0.0.1:9092                 32 topics", "", "All is well.");
  }

  @Test
  void fitsOnEightyColumnsByTwentyFourLinesHoweverMuchIsWrong() {
    List<String> lines = StatusScreen.of(List.of(KAFKA, unwell(12)), false);

    assertThat(lines).hasSizeLessThanOrEqualTo(22).allMatch(line -> line.length() <= 80);
    assertThat(lines).contains("12 things are wrong:");
    assertThat(lines.get(lines.size() - 1))
        .matches("  and \\d more, all of which make status OPTIONS=--all tells");
    assertThat(lines.get(lines.size() - 2))
        .isEqualTo("    → mend what it says, then restart the SQL server");
  }

  @Test
  void givesAdviceOnceThatIsGoodForSeveral() {
    assertThat(StatusScreen.of(List.of(away("Kafka"), away("Connect"), unwell(1)), false))
        .containsSubsequence(
            "3 things are wrong:",
            "  Kafka does not answer",
            "  Connect does not answer",
            "    → start it with 'make demo'")
        .containsOnlyOnce("    → start it with 'make demo'")
        .endsWith("    → mend what it says, then restart the SQL server");
  }

  @Test
  void tellsEverythingIfAskedTo() {
    assertThat(StatusScreen.of(List.of(KAFKA, unwell(12)), true))
        .filteredOn(line -> line.startsWith("  query"))
        .hasSize(12);
  }

  @Test
  void aFactThatHasNoRoomBesideTheAddressStandsBelow() {
    String address = "mongodb://a-host-with-a-long-name.example.com:27017,another:27017";
    assertThat(
            StatusScreen.of(
                List.of(new PartHealth("MongoDB", address, List.of("7 decisions"), List.of())),
                false))
        .startsWith("MongoDB     " + address, "            7 decisions");
  }

  private static PartHealth away(String part) {
    return new PartHealth(
        part,
        "127.0.0.1:1",
        List.of("does not answer"),
        List.of(new Trouble(part + " does not answer", "start it with 'make demo'")));
  }

  private static PartHealth unwell(int troubles) {
    return new PartHealth(
        "SQL server",
        "http://127.0.0.1:8088",
        List.of("0 of 12 queries running", "nothing left to read"),
        IntStream.range(0, troubles)
            .mapToObj(
                i ->
                    new Trouble(
                        "query CSAS_SOMETHING_%d is in ERROR: ".formatted(i)
                            + "a reason ".repeat(9),
                        "mend what it says, then restart the SQL server"))
            .toList());
  }
}
