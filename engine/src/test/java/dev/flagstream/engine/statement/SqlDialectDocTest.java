package dev.flagstream.engine.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.UnsupportedFeature;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.loader.FunctionLoader;
import dev.flagstream.engine.scenario.SqlScenario;
import dev.flagstream.engine.scenario.SqlScenarios;
import dev.flagstream.engine.statement.config.EngineConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What {@code docs/sql-dialect.md} says is shown by something that runs. Its lists are printed from
 * the scenarios and the refused features: {@code mvn -pl engine test -Dtest=SqlDialectDocTest
 * -Dflagstream.rewrite=true}.
 */
class SqlDialectDocTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "sql-dialect.md");
  private static final Path SCENARIOS = Path.of("src", "test", "resources", "scenarios");
  private static final List<Path> TESTS =
      List.of(Path.of("src", "test", "java"), Path.of("..", "local", "src", "test", "java"));
  private static final String LINK = "../engine/src/test/resources/scenarios/";

  private static final FunctionCatalog FUNCTIONS = FunctionLoader.builtIn();

  /** The areas in the order of the document, by folder. */
  private static final List<Map.Entry<String, String>> AREAS =
      List.of(
          Map.entry("statements", "Statements"),
          Map.entry("select", "SELECT: columns, expressions, conditions, keys"),
          Map.entry("aggregation", "GROUP BY and HAVING"),
          Map.entry("windows", "Windows"),
          Map.entry("joins", "Joins"),
          Map.entry("queries", "Pull and push queries"),
          Map.entry("keys", "Keys"),
          Map.entry("types", "Types"),
          Map.entry("maps", "Maps"),
          Map.entry("formats", "Formats"),
          Map.entry("functions", "Functions"),
          Map.entry("errors", "Errors"),
          Map.entry("fraud", "Put together: patterns of fraud"));

  /** Features that are not of the language, and that no scenario can show. */
  private static final Map<UnsupportedFeature, String> SHOWN_BY_TESTS =
      Map.of(UnsupportedFeature.PROTOBUF_ROWS, "ProtobufRowsTest.refusesByNameWhatItCannotWrite");

  private static final String REFUSED = "refused";
  private static final String DIFFERENCES = "differences";

  @Test
  void listsWhatScenariosShow() throws IOException {
    String written = Files.readString(DOCUMENT);
    String expected = written;
    expected = replaced(expected, "features", features());
    expected = replaced(expected, REFUSED, refused());
    expected = replaced(expected, DIFFERENCES, items(DIFFERENCES));
    if (Boolean.getBoolean("flagstream.rewrite")) {
      Files.writeString(DOCUMENT, expected);
    } else {
      assertThat(written).as("rewrite it with -Dflagstream.rewrite=true").isEqualTo(expected);
    }
  }

  @Test
  void knowsEveryFolderOfScenarios() throws IOException {
    List<String> known = new ArrayList<>(AREAS.stream().map(Map.Entry::getKey).toList());
    known.add(REFUSED);
    known.add(DIFFERENCES);
    try (Stream<Path> folders = Files.list(SCENARIOS)) {
      assertThat(folders.map(folder -> folder.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(known);
    }
  }

  @Test
  void hasAScenarioForEveryFeatureThatIsRefused() {
    assertThat(scenarios(REFUSED).stream().map(SqlScenario::name))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(UnsupportedFeature.values())
                .filter(feature -> !SHOWN_BY_TESTS.containsKey(feature))
                .map(SqlDialectDocTest::fileName)
                .toList());
  }

  @Test
  void saysWhatEveryPropertyOfTheServerDoes() throws IOException {
    assertThat(found("^\\| `(ksql\\.[a-z.]+)` \\|")).containsAll(EngineConfig.knownNames());
  }

  @Test
  void namesOnlyScenariosAndTestsThatExist() throws IOException {
    for (String link : found("\\]\\((\\.\\./[^)]+)\\)")) {
      assertThat(DOCUMENT.resolveSibling(link)).exists();
    }
    List<String> tests = found("`(\\w+Test\\.\\w+)`");
    assertThat(tests).isNotEmpty();
    for (String test : tests) {
      String[] parts = test.split("\\.", 2);
      assertThat(Files.readString(testClass(parts[0]))).contains("void " + parts[1] + "(");
    }
  }

  private static Path testClass(String name) throws IOException {
    for (Path module : TESTS) {
      try (Stream<Path> files = Files.walk(module)) {
        Optional<Path> found = files.filter(file -> file.endsWith(name + ".java")).findFirst();
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    throw new AssertionError("There is no test class " + name);
  }

  private static List<String> found(String pattern) throws IOException {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(Files.readString(DOCUMENT))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  private static String features() {
    StringBuilder text = new StringBuilder();
    AREAS.forEach(
        area ->
            text.append("### ")
                .append(area.getValue())
                .append("\n\n")
                .append(items(area.getKey()))
                .append('\n'));
    return text.toString().stripTrailing() + "\n";
  }

  private static String items(String area) {
    StringBuilder text = new StringBuilder();
    scenarios(area).forEach(scenario -> text.append(item(scenario, area)));
    return text.toString();
  }

  private static String item(SqlScenario scenario, String area) {
    return "- %s · [%s](%s)\n"
        .formatted(
            scenario.title(),
            scenario.name().replace('-', ' '),
            LINK + area + "/" + scenario.name() + SqlScenarios.ENDING);
  }

  private static String refused() {
    StringBuilder text = new StringBuilder("| refused | instead | shown by |\n|---|---|---|\n");
    for (UnsupportedFeature feature : UnsupportedFeature.values()) {
      text.append(
          "| %s | %s | %s |\n".formatted(feature.words(), feature.advice(), shownBy(feature)));
    }
    return text.toString();
  }

  private static String shownBy(UnsupportedFeature feature) {
    return SHOWN_BY_TESTS.containsKey(feature)
        ? "`" + SHOWN_BY_TESTS.get(feature) + "`"
        : "[shown](%s)".formatted(LINK + REFUSED + "/" + fileName(feature) + SqlScenarios.ENDING);
  }

  private static String fileName(UnsupportedFeature feature) {
    return feature.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static List<SqlScenario> scenarios(String area) {
    return SqlScenarios.in(SCENARIOS.resolve(area), FUNCTIONS);
  }

  private static String replaced(String document, String part, String text) {
    return document.replaceAll(
        "(?s)(<!-- %s -->\n).*?(<!-- end of %s -->)".formatted(part, part),
        "$1" + Matcher.quoteReplacement(text) + "$2");
  }
}
