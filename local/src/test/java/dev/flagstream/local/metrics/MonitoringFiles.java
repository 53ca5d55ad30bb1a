package dev.flagstream.local.metrics;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What is in monitoring/: rules, queries, and the metrics that they name. */
public final class MonitoringFiles {

  static final Path FOLDER = Path.of("../monitoring");

  /** What Prometheus makes itself. */
  private static final Set<String> OF_PROMETHEUS = Set.of("up", "ALERTS");

  private static final Set<String> WORDS =
      Set.of("and", "or", "unless", "by", "without", "on", "ignoring", "le", "bool");

  /** What is no metric in a query: texts, labels, times, and what aggregates go by. */
  private static final Pattern NO_METRIC =
      Pattern.compile(
          "\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]|\\b(by|on|without|ignoring)\\s*\\([^)]*\\)|\\b[0-9.]+[a-z]*\\b");

  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][\\w:]*(?!\\w*\\s*\\()");

  private MonitoringFiles() {}

  /** An alert, as alerts.yml has it. */
  record Alert(String name, String expression, String severity, String summary, String action) {}

  /** The alerts in their order. */
  static List<Alert> alerts() throws IOException {
    List<Alert> alerts = new ArrayList<>();
    for (Object group : (List<?>) yaml("alerts.yml").get("groups")) {
      for (Object each : (List<?>) ((Map<?, ?>) group).get("rules")) {
        Map<?, ?> rule = (Map<?, ?>) each;
        Map<?, ?> annotations = (Map<?, ?>) rule.get("annotations");
        alerts.add(
            new Alert(
                (String) rule.get("alert"),
                (String) rule.get("expr"),
                (String) ((Map<?, ?>) rule.get("labels")).get("severity"),
                (String) annotations.get("summary"),
                (String) annotations.get("action")));
      }
    }
    return alerts;
  }

  /** A rule that makes a metric of an MBean's attribute. */
  record JmxRule(String name, String type, Set<String> labels, String help) {}

  /** The rules for MBeans, in their order. */
  static List<JmxRule> jmxRules() throws IOException {
    List<JmxRule> rules = new ArrayList<>();
    for (Object each : (List<?>) yaml("jmx.yml").get("rules")) {
      Map<?, ?> rule = (Map<?, ?>) each;
      TreeSet<String> labels = new TreeSet<>();
      if (rule.get("labels") instanceof Map<?, ?> given) {
        given.keySet().forEach(label -> labels.add((String) label));
      }
      rules.add(
          new JmxRule(
              (String) rule.get("name"),
              (String) rule.get("type"),
              labels,
              (String) rule.get("help")));
    }
    return rules;
  }

  /** The queries of Grafana's dashboard. */
  static List<String> queriesOfTheDashboard() throws IOException {
    List<String> queries = new ArrayList<>();
    JsonNode dashboard =
        new ObjectMapper().readTree(FOLDER.resolve("grafana/dashboards/flagstream.json").toFile());
    for (JsonNode panel : dashboard.path("panels")) {
      panel.path("targets").forEach(target -> queries.add(target.path("expr").asText()));
    }
    return queries;
  }

  /** Every metric that an alert, the dashboard or a rule for MBeans names. */
  public static Set<String> metrics() throws IOException {
    TreeSet<String> metrics = new TreeSet<>();
    for (Alert alert : alerts()) {
      metrics.addAll(metricsIn(alert.expression()));
    }
    for (String query : queriesOfTheDashboard()) {
      metrics.addAll(metricsIn(query));
    }
    jmxRules().forEach(rule -> metrics.add(rule.name()));
    metrics.removeAll(OF_PROMETHEUS);
    return metrics;
  }

  static Set<String> metricsIn(String query) {
    TreeSet<String> names = new TreeSet<>();
    NAME.matcher(NO_METRIC.matcher(query).replaceAll(" "))
        .results()
        .map(MatchResult::group)
        .filter(name -> !WORDS.contains(name))
        .forEach(names::add);
    return names;
  }

  private static Map<String, Object> yaml(String file) throws IOException {
    return new Yaml(new SafeConstructor(new LoaderOptions()))
        .load(Files.readString(FOLDER.resolve(file)));
  }

  /** A table of a document. */
  static String table(List<String> heading, List<List<String>> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(heading);
    lines.add(heading.stream().map(each -> "---").toList());
    lines.addAll(rows);
    return lines.stream()
        .map(row -> row.stream().collect(joining(" | ", "| ", " |")))
        .collect(joining("\n"));
  }
}
