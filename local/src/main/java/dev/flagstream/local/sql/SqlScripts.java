package dev.flagstream.local.sql;

import dev.flagstream.client.RefusedStatementException;
import dev.flagstream.client.ServerException;
import dev.flagstream.client.SqlClient;
import dev.flagstream.local.failure.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/** The numbered SQL scripts of a folder. */
public final class SqlScripts {

  private final List<Path> files;

  private SqlScripts(List<Path> files) {
    this.files = files;
  }

  /** Finds the scripts {@code NN-*.sql}, in the order of their numbers. */
  public static SqlScripts in(Path folder) {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "[0-9][0-9]-*.sql")) {
      List<Path> files =
          StreamSupport.stream(found.spliterator(), false)
              .sorted(Comparator.comparing(file -> file.getFileName().toString()))
              .toList();
      if (files.isEmpty()) {
        throw new StackException("No SQL script (NN-name.sql) in " + folder);
      }
      return new SqlScripts(files);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the SQL scripts in " + folder, e);
    }
  }

  /** The scripts in order. */
  public List<Path> files() {
    return files;
  }

  /**
   * Applies each script as one request, in order. Their statements say IF NOT EXISTS, so that a
   * second run changes nothing.
   *
   * @param applied receives each script's name once the server has accepted it
   * @throws StackException naming the script and the statement that the server refused, with the
   *     server's words; the scripts after it are not applied
   */
  public void applyTo(SqlClient server, Consumer<String> applied) {
    for (Path file : files) {
      String name = file.getFileName().toString();
      String script = read(file);
      try {
        server.execute(script);
      } catch (RefusedStatementException e) {
        throw new StackException(refusal(name, script, e), e);
      } catch (ServerException e) {
        throw new StackException(name + ": " + e.getMessage(), e);
      }
      applied.accept(name);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private static String refusal(String name, String script, RefusedStatementException refused) {
    OptionalInt line = refused.lineIn(script);
    return "%s was refused: %s%n%sThe scripts before it are applied, those after it are not. Mend it and run the same command again."
        .formatted(
            line.isPresent() ? name + ", line " + line.getAsInt() + "," : name,
            refused.getMessage(),
            refused.statement().isEmpty() ? "" : "in: %s%n".formatted(refused.statement()));
  }
}
