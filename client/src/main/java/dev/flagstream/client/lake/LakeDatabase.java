package dev.flagstream.client.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;

/**
 * What the build of the lake's sink leaves in its folder, loaded anew for each instance: DuckDB,
 * and the stores that are no folders. Thread-safe.
 */
final class LakeDatabase {

  private static final String DUCKDB = "duckdb_jdbc-*.jar";
  private static final String ALL = "*.jar";

  private LakeDatabase() {}

  /**
   * DuckDB's driver.
   *
   * @throws IllegalStateException naming what is missing, and what to do
   */
  static Driver driver(Path plugins) {
    // It stays open for as long as the process lives: a driver loads classes at any time.
    URLClassLoader loader =
        new URLClassLoader(jars(plugins, DUCKDB), Driver.class.getClassLoader());
    for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
      if (driver.getClass().getClassLoader() == loader) {
        return driver;
      }
    }
    throw new IllegalStateException(
        "DuckDB, which reads the lake, is not in %s. Build it: mvn package -DskipTests -pl connect/lake -am"
            .formatted(plugins));
  }

  /** Where the stores of other places than folders are found; never closed, for the same reason. */
  static ClassLoader stores(Path plugins) {
    return new URLClassLoader(jars(plugins, ALL), LakeDatabase.class.getClassLoader());
  }

  private static URL[] jars(Path plugins, String names) {
    if (!Files.isDirectory(plugins)) {
      return new URL[0];
    }
    List<URL> urls = new ArrayList<>();
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(plugins, names)) {
      for (Path jar : jars) {
        urls.add(url(jar));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + plugins, e);
    }
    return urls.toArray(URL[]::new);
  }

  private static URL url(Path jar) throws MalformedURLException {
    return jar.toUri().toURL();
  }

  /** A database in memory. */
  static Connection connect(Driver driver) throws SQLException {
    return driver.connect("jdbc:duckdb:", new Properties());
  }

  /** A text as SQL has it. */
  static String literal(String text) {
    return "'" + doubled(text) + "'";
  }

  /** A text with what ends a text doubled. */
  static String doubled(String text) {
    return text.replace("'", "''");
  }

  /** Files as rows. */
  static String rows(List<Path> files, boolean withDays) {
    List<String> names = files.stream().map(file -> literal(file.toString())).toList();
    return "read_parquet([%s], union_by_name = true, hive_partitioning = %s)"
        .formatted(String.join(", ", names), withDays);
  }

  /** How many of some rows meet a condition. */
  static long count(Statement statement, String rows, String condition) throws SQLException {
    try (ResultSet found =
        statement.executeQuery("SELECT count(*) FROM " + rows + " WHERE " + condition)) {
      return found.next() ? found.getLong(1) : 0;
    }
  }

  /** Writes rows to a file, in their order. */
  static void write(Statement statement, String rows, Path file) throws SQLException {
    statement.execute(
        "COPY %s TO %s (FORMAT parquet, COMPRESSION zstd)"
            .formatted(rows, literal(file.toString())));
  }
}
