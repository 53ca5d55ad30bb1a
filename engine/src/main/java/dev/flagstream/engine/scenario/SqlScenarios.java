package dev.flagstream.engine.scenario;

import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.loader.FunctionLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds scenarios. */
public final class SqlScenarios {

  /** What the name of a scenario's file ends with. */
  public static final String ENDING = ".scenario";

  private SqlScenarios() {}

  /**
   * The scenarios of a folder and the folders in it, by path. In a JUnit test:
   *
   * <pre>
   * &#64;TestFactory
   * Stream&lt;DynamicTest&gt; scenarios() {
   *   return SqlScenarios.in(Path.of("scenarios"), Path.of("extensions")).stream()
   *       .map(scenario -&gt; dynamicTest(scenario.title(), scenario::check));
   * }
   * </pre>
   *
   * @param folder may be a single file
   * @param extensionDirectory holds the jars with the functions that the SQL uses
   */
  public static List<SqlScenario> in(Path folder, Path extensionDirectory) {
    return in(folder, FunctionLoader.load(extensionDirectory));
  }

  /**
   * The same with functions that are loaded already.
   *
   * @param functions may be shared by any number of scenarios
   */
  public static List<SqlScenario> in(Path folder, FunctionCatalog functions) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ENDING))
          .sorted()
          .map(file -> new SqlScenario(file, functions))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the scenarios of " + folder, e);
    }
  }
}
