package dev.flagstream.ksql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.flagstream.engine.scenario.SqlScenario;
import dev.flagstream.engine.scenario.SqlScenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Runs every scenario over the real scripts and the real UDF jar, without a broker. */
class ScenariosTest {

  private static final Path UDF_JAR = Path.of("..", "udf", "target", "flagstream-udf.jar");

  @TempDir private Path extensions;

  @TestFactory
  Stream<DynamicTest> scenarios() throws IOException {
    assertThat(UDF_JAR).as("the UDF jar; mvn -pl udf -am package makes it").exists();
    Files.copy(UDF_JAR, extensions.resolve(UDF_JAR.getFileName()));
    List<SqlScenario> scenarios = SqlScenarios.in(Path.of("scenarios"), extensions);
    assertThat(scenarios).isNotEmpty();
    return scenarios.stream()
        .map(scenario -> dynamicTest(scenario.title(), scenario.path().toUri(), scenario::check));
  }
}
