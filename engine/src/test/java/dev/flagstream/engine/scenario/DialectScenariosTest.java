package dev.flagstream.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.loader.FunctionLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** The dialect, feature by feature: every scenario below {@code src/test/resources/scenarios}. */
class DialectScenariosTest {

  private static final Path SCENARIOS = Path.of("src", "test", "resources", "scenarios");
  private static final FunctionCatalog FUNCTIONS = FunctionLoader.builtIn();

  @TestFactory
  Stream<DynamicContainer> scenariosByArea() {
    List<SqlScenario> scenarios = SqlScenarios.in(SCENARIOS, FUNCTIONS);
    assertThat(scenarios).isNotEmpty();
    return scenarios.stream()
        .collect(
            Collectors.groupingBy(DialectScenariosTest::area, TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(
            area ->
                dynamicContainer(
                    area.getKey(),
                    area.getValue().stream()
                        .map(
                            scenario ->
                                dynamicTest(
                                    scenario.title(), scenario.path().toUri(), scenario::check))));
  }

  private static String area(SqlScenario scenario) {
    return SCENARIOS.relativize(scenario.path()).getName(0).toString();
  }
}
