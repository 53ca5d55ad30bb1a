package dev.flagstream.benchmarks.sinks;

import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.sqlstore.SqlStoreClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The local stack's PostgreSQL. */
final class PostgresqlSink implements MeasuredSink {

  /** The server's own counter, which lags by a second at most; counting would read all rows. */
  private static final String INSERTED =
      "SELECT n_tup_ins FROM pg_stat_user_tables WHERE relname = 'decisions'";

  private static final String EXACTLY = "SELECT count(*) FROM decisions";

  private final StackSettings settings;
  private final StackProcess process;
  private final SqlStoreClient client;

  PostgresqlSink(StackSettings settings, StackProcess process) {
    this.settings = settings;
    this.process = process;
    this.client = SqlStoreClient.of(settings, settings.sqlStore().orElseThrow());
  }

  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  @Override
  public long stored() {
    process.requireAlive();
    try {
      return ask(INSERTED);
    } catch (SQLException e) {
      return -1; // it is starting
    }
  }

  @Override
  public long counted() throws SQLException {
    return ask(EXACTLY);
  }

  private long ask(String query) throws SQLException {
    try (Connection connection = client.connect();
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery(query)) {
      return count.next() ? count.getLong(1) : -1;
    }
  }

  /** Of the server and its own processes; not of the JVM that watches over them. */
  @Override
  public Optional<Duration> cpu() {
    try {
      List<String> lines =
          Files.readAllLines(settings.data().resolve(Path.of("postgresql", "postmaster.pid")));
      return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
          .map(
              server ->
                  Stream.concat(Stream.of(server), server.descendants())
                      .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                      .reduce(Duration.ZERO, Duration::plus));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
