package dev.flagstream.local.sqlstore;

import static org.awaitility.Awaitility.await;

import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.SqlStoreAddress;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The MariaDB that connect/sql/install-mariadb.sh unpacks, as a process of its own. */
final class MariadbServer implements AutoCloseable {

  private static final Path FOLDER =
      Path.of("../connect/target/mariadb").toAbsolutePath().normalize();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final int port;

  private MariadbServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Whether the script has been run. */
  static boolean isThere() {
    return Files.isExecutable(FOLDER.resolve("usr/sbin/mariadbd"));
  }

  /** Starts it on a folder that is not there yet. */
  static MariadbServer start(Path data) throws IOException, InterruptedException {
    Path log = data.resolveSibling("mariadb.log");
    Process made =
        command(
                log,
                "usr/bin/mariadb-install-db",
                "--no-defaults",
                "--basedir=" + FOLDER.resolve("usr"),
                "--datadir=" + data,
                "--auth-root-authentication-method=normal",
                "--skip-test-db")
            .start();
    if (made.waitFor() != 0) {
      throw new IllegalStateException("MariaDB's data could not be made: " + Files.readString(log));
    }
    int port = FreePorts.pickOne();
    Process process =
        command(
                log,
                "usr/sbin/mariadbd",
                "--no-defaults",
                "--basedir=" + FOLDER.resolve("usr"),
                "--datadir=" + data,
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=" + data.resolve("socket"),
                "--innodb-buffer-pool-size=32M")
            .start();
    return new MariadbServer(process, port);
  }

  private static ProcessBuilder command(Path log, String program, String... options) {
    List<String> words = new ArrayList<>();
    words.add(FOLDER.resolve(program).toString());
    words.addAll(List.of(options));
    if (System.getProperty("user.name").equals("root")) {
      words.add("--user=root");
    }
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("LD_LIBRARY_PATH", libraries());
    return builder.redirectErrorStream(true).redirectOutput(log.toFile());
  }

  private static String libraries() {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.getFileName().toString().contains(".so"))
          .map(file -> file.getParent().toString())
          .distinct()
          .sorted()
          .collect(Collectors.joining(":"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes a database with the table of decisions.
   *
   * @param driver mysql or mariadb, whose driver is to be used
   */
  SqlStoreAddress database(StackSettings settings, String driver) throws IOException {
    String name = "flagstream_" + driver.toLowerCase(Locale.ROOT);
    SqlStoreAddress all = address(driver, "mysql", "root", "");
    SqlStoreClient root = SqlStoreClient.of(settings, all);
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(SQLException.class)
        .until(
            () ->
                execute(
                    root,
                    List.of(
                        "CREATE DATABASE IF NOT EXISTS " + name + " CHARACTER SET utf8mb4",
                        "CREATE USER IF NOT EXISTS flagstream IDENTIFIED BY 'word'",
                        "GRANT ALL ON " + name + ".* TO flagstream")));
    SqlStoreAddress address = address(driver, name, "flagstream", "word");
    String script =
        Files.readString(settings.connectors().resolve("sql/mariadb.sql"))
            .replaceAll("(?m)^--.*$", "");
    List<String> statements =
        Stream.of(script.split(";", -1))
            .map(String::strip)
            .filter(each -> !each.isEmpty())
            .toList();
    try {
      execute(SqlStoreClient.of(settings, address), statements);
    } catch (SQLException e) {
      throw new IllegalStateException("The table could not be made", e);
    }
    return address;
  }

  private SqlStoreAddress address(String driver, String database, String user, String password) {
    return new SqlStoreAddress(
        "jdbc:%s://127.0.0.1:%d/%s".formatted(driver, port, database), user, password);
  }

  private static boolean execute(SqlStoreClient client, List<String> statements)
      throws SQLException {
    try (Connection connection = client.connect();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
    return true;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
