package dev.flagstream.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.connect.errors.ConnectException;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A DuckDB in this process's memory, outside of the heap, with one thread. For one task. */
final class RowDatabase implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RowDatabase.class);
  private static final String LIBRARY = "libduckdb_java";
  private static final Path MAPPED = Path.of("/proc/self/maps");

  /** Far more than what {@code lake.flush.records} comes to; what is above is refused. */
  private static final List<String> LIMITS =
      List.of("SET memory_limit = '512MB'", "SET threads = 1");

  private final DuckDBConnection connection;

  private RowDatabase(DuckDBConnection connection) {
    this.connection = connection;
  }

  static RowDatabase open() {
    try {
      // By its class: a driver that a plug-in registers is not found by DriverManager.
      DuckDBConnection connection =
          (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
      removeUnpackedLibrary();
      try (Statement statement = connection.createStatement()) {
        for (String limit : LIMITS) {
          statement.execute(limit);
        }
      }
      return new RowDatabase(connection);
    } catch (SQLException e) {
      throw new ConnectException("DuckDB, which writes Parquet, does not start: " + e, e);
    }
  }

  /**
   * The driver unpacks its library (60 MB) for each process, and a process that is killed would
   * leave it behind. Once it is mapped, its file is no longer needed. Linux only.
   */
  private static void removeUnpackedLibrary() {
    if (!Files.isReadable(MAPPED)) {
      return;
    }
    try (Stream<String> lines = Files.lines(MAPPED)) {
      List<Path> mapped =
          lines
              .filter(line -> line.contains(LIBRARY) && line.endsWith(".so"))
              .map(line -> Path.of(line.substring(line.indexOf('/'))))
              .distinct()
              .toList();
      for (Path each : mapped) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      LOG.debug("The unpacked library stays", e);
    }
  }

  DuckDBConnection connection() {
    return connection;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("DuckDB did not close", e);
    }
  }
}
