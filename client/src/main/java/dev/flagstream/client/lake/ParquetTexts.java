package dev.flagstream.client.lake;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Properties;

/**
 * Reads every value of Parquet files as a text, whatever its type, a row at a time: their pages are
 * compressed, so that nobody finds anything in their bytes. For one thread.
 */
public final class ParquetTexts implements AutoCloseable {

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private final Connection connection;

  private ParquetTexts(Connection connection) {
    this.connection = connection;
  }

  /** Takes each value. */
  public interface Values {

    /**
     * A value that is not NULL.
     *
     * @param row from 0, in the order of the file
     * @param text numbers, times and lists as DuckDB writes them
     */
    void add(long row, String column, String text);
  }

  /**
   * A reader.
   *
   * @param plugins the folder of the lake's sink, which has DuckDB
   * @throws IllegalStateException naming what is missing, and what to do
   * @throws IOException if DuckDB does not start
   */
  public static ParquetTexts of(Path plugins) throws IOException {
    try {
      return new ParquetTexts(
          LakeDatabase.driver(plugins).connect("jdbc:duckdb:", rowsAsTheyAreAsked()));
    } catch (SQLException e) {
      throw new IOException("DuckDB does not start: " + e.getMessage(), e);
    }
  }

  /** By default DuckDB keeps a whole answer in memory, which may be a merged day. */
  private static Properties rowsAsTheyAreAsked() {
    Properties properties = new Properties();
    properties.put("jdbc_stream_results", "true");
    return properties;
  }

  /** Whether a file is whole by its first and last bytes; one that is being written is not. */
  public static boolean isWhole(Path file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      return in.length() > 2L * MAGIC.length
          && hasMagic(in, 0)
          && hasMagic(in, in.length() - MAGIC.length);
    }
  }

  private static boolean hasMagic(RandomAccessFile in, long at) throws IOException {
    byte[] bytes = new byte[MAGIC.length];
    in.seek(at);
    in.readFully(bytes);
    return Arrays.equals(bytes, MAGIC);
  }

  /**
   * Hands over all values of a file.
   *
   * @throws IOException if it cannot be read
   */
  public void read(Path file, Values values) throws IOException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT COLUMNS(*)::VARCHAR FROM read_parquet(%s, hive_partitioning = false)"
                    .formatted(LakeDatabase.literal(file.toString())))) {
      int columns = rows.getMetaData().getColumnCount();
      for (long row = 0; rows.next(); row++) {
        for (int column = 1; column <= columns; column++) {
          String text = rows.getString(column);
          if (text != null) {
            values.add(row, rows.getMetaData().getColumnName(column), text);
          }
        }
      }
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
