package dev.flagstream.engine.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The functions of {@code casefunctions} in a jar, as an extension directory has them. */
public final class CaseFunctionsJar {

  private static final String PACKAGE = "dev/flagstream/engine/casefunctions";

  private CaseFunctionsJar() {}

  /** Writes the jar into a directory, which it returns. */
  public static Path in(Path directory) {
    try (JarOutputStream jar =
        new JarOutputStream(Files.newOutputStream(directory.resolve("case-functions.jar")))) {
      for (Path classFile : classFiles()) {
        jar.putNextEntry(new JarEntry(PACKAGE + "/" + classFile.getFileName()));
        Files.copy(classFile, jar);
        jar.closeEntry();
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> classFiles() throws IOException {
    try (Stream<Path> files =
        Files.list(Path.of(CaseFunctionsJar.class.getResource("/" + PACKAGE).toURI()))) {
      return files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
