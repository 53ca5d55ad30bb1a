package dev.flagstream.benchmarks.sinks;

import dev.flagstream.client.lake.LakeReader;
import dev.flagstream.local.lake.Lakes;
import dev.flagstream.local.settings.StackSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A lake in a folder, which no process but the worker writes. */
final class LakeSink implements MeasuredSink {

  private static final String TABLE = "decisions";

  private final LakeReader reader;

  LakeSink(StackSettings settings) {
    this.reader = Lakes.reader(settings).orElseThrow();
  }

  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  @Override
  public long stored() {
    try {
      return counted();
    } catch (SQLException e) {
      return -1; // a file that is being made
    }
  }

  /** Reads the ends of the files alone. */
  @Override
  public long counted() throws SQLException {
    if (!reader.tables().contains(TABLE)) {
      return 0;
    }
    try (Connection connection = reader.connect();
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT count(*) FROM " + TABLE)) {
      return count.next() ? count.getLong(1) : 0;
    }
  }

  @Override
  public Optional<Duration> cpu() {
    return Optional.empty();
  }

  @Override
  public void close() {
    // A folder.
  }
}
