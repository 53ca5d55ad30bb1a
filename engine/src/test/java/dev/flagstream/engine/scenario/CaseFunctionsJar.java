package dev.flagstream.engine.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
      URI functions = CaseFunctionsJar.class.getResource("/" + PACKAGE).toURI();
      if (functions.getScheme().equals("jar")) {
        try (FileSystem tests = FileSystems.newFileSystem(functions, Map.of())) {
          copy(tests.getPath("/" + PACKAGE), jar);
        }
      } else {
        copy(Path.of(functions), jar);
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void copy(Path classes, JarOutputStream jar) throws IOException {
    try (Stream<Path> files = Files.list(classes)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
        jar.putNextEntry(new JarEntry(PACKAGE + "/" + file.getFileName()));
        Files.copy(file, jar);
        jar.closeEntry();
      }
    }
  }
}
