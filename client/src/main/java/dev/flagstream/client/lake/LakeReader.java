package dev.flagstream.client.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Asks a lake by SQL, with DuckDB in this process. DuckDB comes from where the build of the lake's
 * sink leaves it, and is loaded for each reader anew. Thread-safe.
 */
public final class LakeReader {

  private static final String JARS = "duckdb_jdbc-*.jar";
  private static final String FILES = "/*/*.parquet";

  /** No reader takes such a file for one of rows. */
  private static final String UNFINISHED = ".unfinished";

  private final Driver driver;
  private final Path folder;

  private LakeReader(Driver driver, Path folder) {
    this.driver = driver;
    this.folder = folder;
  }

  /**
   * A reader.
   *
   * @param plugins the folder of the sink's plug-in, which has DuckDB's driver
   * @param folder the lake; it need not be there yet
   * @throws IllegalStateException naming what is missing, and what to do
   */
  public static LakeReader of(Path plugins, Path folder) {
    // It stays open for as long as the process lives: a driver loads classes at any time.
    URLClassLoader loader = new URLClassLoader(jars(plugins), Driver.class.getClassLoader());
    for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
      if (driver.getClass().getClassLoader() == loader) {
        return new LakeReader(driver, folder);
      }
    }
    throw new IllegalStateException(
        "DuckDB, which reads the lake, is not in %s. Build it: mvn package -DskipTests -pl connect/lake"
            .formatted(plugins));
  }

  private static URL[] jars(Path plugins) {
    if (!Files.isDirectory(plugins)) {
      return new URL[0];
    }
    List<URL> urls = new ArrayList<>();
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(plugins, JARS)) {
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

  /** The tables that have rows, by name. */
  public SortedSet<String> tables() {
    SortedSet<String> tables = new TreeSet<>();
    if (!Files.isDirectory(folder)) {
      return tables;
    }
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(
            folder,
            each -> Files.isDirectory(each) && !each.getFileName().toString().startsWith("_"))) {
      for (Path table : folders) {
        if (hasFiles(table)) {
          tables.add(table.getFileName().toString());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + folder, e);
    }
    return tables;
  }

  private static boolean hasFiles(Path table) throws IOException {
    try (Stream<Path> files = Files.find(table, 2, (file, is) -> is.isRegularFile())) {
      return files.findAny().isPresent();
    }
  }

  /**
   * A new connection, which the caller closes, with a view of each of {@link #tables}.
   *
   * @throws SQLException if the files cannot be read
   */
  public Connection connect() throws SQLException {
    Connection connection = driver.connect("jdbc:duckdb:", new Properties());
    try (Statement statement = connection.createStatement()) {
      for (String table : tables()) {
        statement.execute(
            "CREATE VIEW \"%s\" AS SELECT * FROM read_parquet('%s', union_by_name = true, hive_partitioning = true)"
                .formatted(table, doubled(folder.resolve(table) + FILES)));
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Takes the rows that a query answers. */
  public interface Answer {

    /** For as long as it runs, the rows can be read. */
    void accept(ResultSet rows) throws SQLException;
  }

  /**
   * Answers a question of people, which only reads: DuckDB takes a single query, reads nothing but
   * the lake, and loads nothing.
   *
   * @param query SELECT or the like
   * @throws SQLException with DuckDB's words if it is no single query, has a mistake, or reads
   *     elsewhere
   */
  public void ask(String query, Answer answer) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET allowed_directories = ['" + doubled(folder.toString()) + "']");
      statement.execute("SET enable_external_access = false");
      statement.execute("SET lock_configuration = true");
      try (ResultSet rows = statement.executeQuery("FROM query('" + doubled(query) + "')")) {
        answer.accept(rows);
      }
    }
  }

  private static String doubled(String text) {
    return text.replace("'", "''");
  }

  /**
   * Removes rows from all tables: each file that has some is replaced by one without them.
   *
   * @param values of columns; a row goes if one of its columns has one of the column's values
   * @return how many rows were removed
   * @throws SQLException if a file cannot be read or written
   * @throws IOException if a file cannot be replaced; those before it are
   */
  public long removeRows(Map<String, Set<String>> values) throws SQLException, IOException {
    long removed = 0;
    try (Connection connection = connect()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE TEMP TABLE wanted (name VARCHAR, value VARCHAR)");
      }
      insert(connection, values);
      for (String table : tables()) {
        for (Path file : files(folder.resolve(table))) {
          removed += removeRows(connection, file, values.keySet());
        }
      }
    }
    return removed;
  }

  private static List<Path> files(Path table) throws IOException {
    try (Stream<Path> files =
        Files.find(table, 2, (file, is) -> file.toString().endsWith(".parquet"))) {
      return files.sorted().toList();
    }
  }

  private static void insert(Connection connection, Map<String, Set<String>> values)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO wanted VALUES (?, ?)")) {
      for (Map.Entry<String, Set<String>> column : values.entrySet()) {
        for (String value : column.getValue()) {
          insert.setString(1, column.getKey());
          insert.setString(2, value);
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
  }

  private static long removeRows(Connection connection, Path file, Set<String> columns)
      throws SQLException, IOException {
    String rows = "read_parquet(" + literal(file) + ", hive_partitioning = false)";
    try (Statement statement = connection.createStatement()) {
      List<String> conditions = new ArrayList<>();
      try (ResultSet column = statement.executeQuery("DESCRIBE SELECT * FROM " + rows)) {
        while (column.next()) {
          String name = column.getString(1);
          if (columns.contains(name)) {
            conditions.add(
                "\"%1$s\" IN (SELECT value FROM wanted WHERE name = '%1$s')".formatted(name));
          }
        }
      }
      String meant = "coalesce(" + String.join(" OR ", conditions) + ", false)";
      long removed = conditions.isEmpty() ? 0 : count(statement, rows, meant);
      if (removed == 0) {
        return 0;
      }
      Path without = file.resolveSibling(file.getFileName() + UNFINISHED);
      statement.execute(
          "COPY (SELECT * FROM %s WHERE NOT %s) TO %s (FORMAT parquet, COMPRESSION zstd)"
              .formatted(rows, meant, literal(without)));
      Files.move(without, file, StandardCopyOption.ATOMIC_MOVE);
      return removed;
    }
  }

  private static long count(Statement statement, String rows, String condition)
      throws SQLException {
    try (ResultSet found =
        statement.executeQuery("SELECT count(*) FROM " + rows + " WHERE " + condition)) {
      return found.next() ? found.getLong(1) : 0;
    }
  }

  private static String literal(Path file) {
    return "'" + doubled(file.toString()) + "'";
  }
}
