package dev.flagstream.local.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The alert rules, by Prometheus' own promtool. */
class AlertRulesTest {

  private static final String NO_PROMTOOL =
      "promtool is not installed; monitoring/install-promtool.sh gets it";

  @Test
  void fireWhenTheyShouldAndOnlyThen() throws Exception {
    assertThat(promtool("test", "rules", "alerts_test.yml")).contains("SUCCESS");
  }

  @Test
  void areReadByPrometheusWithItsConfiguration() throws Exception {
    assertThat(
            promtool(
                "check",
                "config",
                "prometheus.yml",
                "prometheus-local.yml",
                "prometheus-managed-kafka.yml"))
        .contains("18 rules found")
        .contains("prometheus.yml is valid", "prometheus-local.yml is valid")
        .contains("prometheus-managed-kafka.yml is valid");
  }

  @Test
  void areEachTestedWhereTheyFireAndWhereNot() throws IOException {
    String tests = Files.readString(MonitoringFiles.FOLDER.resolve("alerts_test.yml"));

    assertThat(MonitoringFiles.alerts())
        .hasSize(18)
        .allSatisfy(
            alert ->
                assertThat(tests)
                    .contains("name: " + alert.name() + " fires\n")
                    .contains("name: " + alert.name() + " does not\n"));
  }

  @Test
  void namesOfMetricsAreFoundInQueries() {
    assertThat(
            MonitoringFiles.metricsIn(
                "histogram_quantile(0.99, sum by (le) (rate(a_bucket{stage=\"x y\"}[5m]))) > 10"
                    + " and on (instance) sum(b_total) / c == 0"))
        .containsExactly("a_bucket", "b_total", "c");
  }

  private static String promtool(String... arguments) throws Exception {
    Optional<Path> promtool = find();
    if (promtool.isEmpty()) {
      System.err.println("AlertRulesTest is skipped: " + NO_PROMTOOL);
    }
    assumeTrue(promtool.isPresent(), NO_PROMTOOL);
    List<String> command = new ArrayList<>();
    command.add(promtool.get().toAbsolutePath().toString());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(MonitoringFiles.FOLDER.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private static Optional<Path> find() {
    return Stream.concat(
            Stream.of(MonitoringFiles.FOLDER.resolve("target")),
            Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of))
        .map(folder -> folder.resolve("promtool"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
