package dev.flagstream.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.scenario.SqlScenario;
import dev.flagstream.engine.scenario.SqlScenarios;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A copy of the files that people change when they add to the pipeline, and what such a change goes
 * through: the compiler, {@code make features}, the scenarios of the SQL.
 */
final class ProjectCopy {

  private static final Path PROJECT = Path.of("..");
  private static final List<Path> COPIED =
      Stream.of("udf/src", "ksql", "connect", "models", "docs/features.md", "training/src/main")
          .map(Path::of)
          .toList();
  private static final Path UDF_JAR = Path.of("udf", "target", "flagstream-udf.jar");
  private static final Path FEATURE_FILES =
      Path.of("udf/src/test/java/dev/flagstream/udf/features/FeatureFiles.java");
  private static final Path BATCH =
      Path.of("training/src/main/java/dev/flagstream/training/batch/BatchFeatures.java");

  private final Path folder;

  /** Copies the files to an empty folder. */
  ProjectCopy(Path folder) throws IOException {
    this.folder = folder;
    for (Path copied : COPIED) {
      copy(copied);
    }
  }

  private void copy(Path copied) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(PROJECT.resolve(copied))) {
      files = found.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path relative = PROJECT.relativize(file);
      if (!relative.toString().contains("/target/")) {
        Path target = folder.resolve(relative);
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  Path folder() {
    return folder;
  }

  /** Makes the change that a page of the project's documents shows as a diff. */
  ProjectCopy changedAs(String page) throws IOException {
    ShownChange.in(Files.readString(PROJECT.resolve("docs").resolve(page))).applyTo(folder);
    return this;
  }

  /** Compiles the functions and the batch computation of features. */
  ProjectCopy compiled() throws IOException {
    List<Path> sources = new ArrayList<>(List.of(folder.resolve(BATCH)));
    try (Stream<Path> functions = Files.walk(folder.resolve("udf/src/main/java"))) {
      functions.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
    }
    compile(sources);
    return this;
  }

  /** What {@code make features} does. */
  ProjectCopy withWhatMakeFeaturesWrites() throws IOException, InterruptedException {
    compile(List.of(folder.resolve(FEATURE_FILES)));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classes() + File.pathSeparator + System.getProperty("java.class.path"),
            "dev.flagstream.udf.features.FeatureFiles",
            folder.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("make features ended so, saying: " + output).isZero();
    return this;
  }

  /** Compiles these and what they need of the copy. */
  private void compile(List<Path> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-proc:none",
              "-implicit:class",
              "-cp",
              System.getProperty("java.class.path"),
              "-sourcepath",
              folder.resolve("udf/src/main/java")
                  + File.pathSeparator
                  + folder.resolve("training/src/main/java"),
              "-d",
              Files.createDirectories(classes()).toString());
      boolean compiled =
          compiler
              .getTask(
                  messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(compiled).as("compiles; the compiler said: " + messages).isTrue();
    }
  }

  private Path classes() {
    return folder.resolve("classes");
  }

  /** Runs a scenario of the copy, with its scripts and its functions. */
  void checkScenario(String name) throws IOException {
    Path scenarios = folder.resolve("ksql/scenarios");
    List<SqlScenario> found =
        SqlScenarios.in(scenarios, extensions()).stream()
            .filter(scenario -> scenario.path().endsWith(name))
            .toList();
    assertThat(found).as(name).hasSize(1);
    found.get(0).check();
  }

  /** A folder with the UDF jar, in which the classes are those that were compiled here, if any. */
  private Path extensions() throws IOException {
    Path jar = PROJECT.resolve(UDF_JAR);
    assertThat(jar).as("the UDF jar; mvn -pl udf -am package makes it").exists();
    Path extensions = Files.createDirectories(folder.resolve("extensions"));
    Path changed = extensions.resolve(UDF_JAR.getFileName());
    Files.copy(jar, changed);
    List<Path> classes;
    try (Stream<Path> found = Files.walk(classes().resolve("dev/flagstream/udf"))) {
      // What reads JSON stays as it is: in the jar its parser has another package.
      classes =
          found
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().contains("FeatureFiles"))
              .filter(file -> !usesJackson(file))
              .toList();
    }
    try (FileSystem contents = FileSystems.newFileSystem(changed)) {
      for (Path file : classes) {
        Path inJar = contents.getPath("/" + classes().relativize(file));
        Files.deleteIfExists(inJar);
        Files.copy(file, inJar);
      }
    }
    return extensions;
  }

  private static boolean usesJackson(Path classFile) {
    try {
      return Files.readString(classFile, StandardCharsets.ISO_8859_1)
          .contains("com/fasterxml/jackson");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
