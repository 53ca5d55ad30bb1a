package dev.flagstream.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each file of {@code src/test/resources/extension-scenarios} shows a feature of functions from an
 * extension jar.
 */
class ExtensionScenariosTest {

  private static final Path SCENARIOS = Path.of("src", "test", "resources", "extension-scenarios");

  @TestFactory
  Stream<DynamicTest> showWhatFunctionsDoToRecords(@TempDir Path extensions) {
    List<SqlScenario> scenarios = SqlScenarios.in(SCENARIOS, CaseFunctionsJar.in(extensions));
    assertThat(scenarios).isNotEmpty();
    return scenarios.stream()
        .map(
            scenario ->
                dynamicTest(SCENARIOS.relativize(scenario.path()).toString(), scenario::check));
  }
}
