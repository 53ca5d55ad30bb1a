package dev.flagstream.local.metrics;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** {@code -Dflagstream.rewrite=true} writes the tables of docs/monitoring.md anew. */
class MonitoringDocumentTest {

  private static final Path DOCUMENT = Path.of("../docs/monitoring.md");

  @Test
  void hasEveryMetricWithItsMeaning() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    Arrays.stream(PipelineMetric.values())
        .map(
            metric ->
                List.of(
                    code(metric.prometheusName()),
                    metric.kind().name().toLowerCase(Locale.ROOT),
                    codes(metric.labels()),
                    metric.help()))
        .forEach(rows::add);
    MonitoringFiles.jmxRules().stream()
        .map(
            rule ->
                List.of(
                    code(rule.name()),
                    rule.type().toLowerCase(Locale.ROOT),
                    codes(rule.labels()),
                    rule.help()))
        .forEach(rows::add);

    assertHas(
        "metrics",
        MonitoringFiles.table(List.of("metric", "type", "labels", "what it says"), rows));
  }

  @Test
  void hasEveryAlertWithWhatToDo() throws IOException {
    List<List<String>> rows =
        MonitoringFiles.alerts().stream()
            .map(
                alert ->
                    List.of(
                        // No code: in documents that is a class.
                        alert.name(),
                        alert.severity(),
                        code(alert.expression().strip().replace("|", "\\|")),
                        alert.action()))
            .toList();

    assertHas(
        "alerts", MonitoringFiles.table(List.of("alert", "severity", "when", "what to do"), rows));
  }

  private static void assertHas(String table, String expected) throws IOException {
    String begin = "<!-- " + table + " -->\n";
    String end = "\n<!-- end of " + table + " -->";
    String text = Files.readString(DOCUMENT);
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(end);
    if (Boolean.getBoolean("flagstream.rewrite")) {
      Files.writeString(DOCUMENT, text.substring(0, from) + expected + text.substring(to));
      return;
    }
    assertThat(text.substring(from, to)).isEqualTo(expected);
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String codes(Collection<String> texts) {
    return texts.stream().map(MonitoringDocumentTest::code).collect(joining(" "));
  }
}
