package dev.flagstream.local.sqlstore;

import dev.flagstream.local.failure.StackException;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** PostgreSQL's programs, in the jar that the build of connect/sql fetched for this machine. */
final class FetchedPostgresql implements PgBinaryResolver {

  private final Path folder;

  FetchedPostgresql(Path folder) {
    this.folder = folder;
  }

  @Override
  public InputStream getPgBinary(String system, String machineHardware) throws IOException {
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
        for (Path jar : jars) {
          return archive(jar);
        }
      }
    }
    throw new StackException(
        "There is no PostgreSQL in %s. make demo SINKS=mongodb,postgresql fetches it, or: mvn package -DskipTests -pl connect/sql"
            .formatted(folder));
  }

  private static InputStream archive(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : file.stream().toList()) {
        if (entry.getName().endsWith(".txz")) {
          try (InputStream bytes = file.getInputStream(entry)) {
            return new ByteArrayInputStream(bytes.readAllBytes());
          }
        }
      }
    }
    throw new StackException(jar + " has no PostgreSQL in it. Delete it and build connect/sql.");
  }
}
