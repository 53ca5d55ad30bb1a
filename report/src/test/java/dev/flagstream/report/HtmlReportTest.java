package dev.flagstream.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.report.Chart.Axis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {

  @TempDir private Path folder;

  @Test
  void needsNothingButItsOwnFile() throws IOException {
    Path file = folder.resolve("new folder").resolve("report.html");

    HtmlReport.titled("Report").figure(lines()).write(file);

    String page = Files.readString(file);
    assertThat(page).doesNotContainPattern("<script[^>]+src=").doesNotContain("<link");
    assertThat(page).contains("echarts");
  }

  @Test
  void showsItsContentsInTheirOrder() {
    String page =
        HtmlReport.titled("Fraud by scenario")
            .text("What was simulated.")
            .section("Amounts")
            .table("Counts", new Table(List.of("scenario", "frauds"), List.of(List.of("all", "7"))))
            .figure(lines())
            .render();

    assertThat(page)
        .containsSubsequence(
            "<title>Fraud by scenario</title>",
            "<h1>Fraud by scenario</h1>",
            "<p>What was simulated.</p>",
            "<h2>Amounts</h2>",
            "<th>scenario</th>",
            "<td class=\"number\">7</td>",
            "id=\"figure-0\"",
            "<figcaption>a line</figcaption>");
  }

  @Test
  void cannotBeBrokenByTheTextsInIt() {
    String hostile = "</script><script>alert('x')</script>";

    String page =
        HtmlReport.titled(hostile)
            .text(hostile)
            .table(hostile, new Table(List.of(hostile), List.of(List.of(hostile))))
            .figure(
                Chart.of(Axis.number(hostile), Axis.number("y"))
                    .line(hostile, new double[] {1}, new double[] {1})
                    .figure(hostile))
            .render();

    assertThat(page).doesNotContain(hostile).contains("&lt;/script&gt;");
  }

  @Test
  void drawsWhatWasPutIntoItsCharts() throws IOException {
    JsonNode option =
        Chart.of(Axis.categories("hour", List.of("0", "1")), Axis.number("share", 0, 1))
            .bars("honest", new double[] {0.25, Double.NaN})
            .figure("bars")
            .option();

    assertThat(new ObjectMapper().readTree(option.toString()).at("/series/0/data"))
        .hasToString("[0.25,null]");
    assertThat(option.at("/xAxis/data")).hasToString("[\"0\",\"1\"]");
    assertThat(option.at("/yAxis/max").doubleValue()).isEqualTo(1);
  }

  @Test
  void beginsBarsAtZero() {
    JsonNode option =
        Chart.of(Axis.categories("hour", List.of("0", "1")), Axis.number("transactions"))
            .bars("honest", new double[] {101, 102})
            .figure("bars")
            .option();

    assertThat(option.at("/yAxis").has("scale")).isFalse();
  }

  @Test
  void refusesWhatDoesNotFitTogether() {
    assertThatThrownBy(() -> new Table(List.of("a", "b"), List.of(List.of("1"))))
        .hasMessage("a row of 1 cells under 2 columns: [1]");
    assertThatThrownBy(
            () ->
                Chart.of(Axis.number("x"), Axis.number("y"))
                    .line("roc", new double[2], new double[3]))
        .hasMessage("roc has 2 x values and 3 y values");
    assertThatThrownBy(() -> Chart.of(Axis.number("x"), Axis.number("y")).bars("b", new double[2]))
        .hasMessage("bars need an axis of categories");
  }

  private static Figure lines() {
    return Chart.of(Axis.number("x"), Axis.number("y"))
        .line("line", new double[] {0, 1}, new double[] {0, 1})
        .figure("a line");
  }
}
