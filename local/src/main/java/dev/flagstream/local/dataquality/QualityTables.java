package dev.flagstream.local.dataquality;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flagstream.client.SqlClient;
import dev.flagstream.client.SqlRows;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.sql.SqlScripts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/** The tables of a server that count what comes in: made once, then asked. For one thread. */
public final class QualityTables {

  private static final String VOLUMES = "INPUT_VOLUME_1M";
  private static final String FAILURES = "DATA_QUALITY_1M";

  private final SqlClient server;

  /** Those of a server. */
  public QualityTables(SqlClient server) {
    this.server = server;
  }

  /**
   * Whether they have been made.
   *
   * @throws dev.flagstream.client.ServerException if the server does not answer
   */
  public boolean exist() {
    Set<String> tables = new TreeSet<>();
    for (JsonNode answer : server.execute("SHOW TABLES;")) {
      answer.path("tables").forEach(table -> tables.add(table.path("name").asText()));
    }
    return tables.containsAll(Set.of(VOLUMES, FAILURES));
  }

  /**
   * Makes those that do not exist yet. They read what the topics hold from its beginning.
   *
   * @param scripts the folder of scripts
   * @param applied receives the name of each script once it is applied
   * @throws StackException naming the script and the statement that the server refused
   */
  public void create(Path scripts, Consumer<String> applied) {
    SqlScripts.in(scripts).applyTo(server, applied);
  }

  /** The queries that fill them, by their ids. */
  public List<String> queries() {
    return server.queryStates().keySet().stream()
        .filter(
            query ->
                query.contains("_FINDINGS_OF_")
                    || query.contains("_" + VOLUMES)
                    || query.contains("_" + FAILURES))
        .toList();
  }

  /**
   * What they hold of the minutes that begin at a time or later; of all, if none does: a replay may
   * be of long ago.
   *
   * @param fromMs epoch milliseconds of event time
   * @throws dev.flagstream.client.ServerException if the server does not answer, or refuses
   */
  public QualityMinutes since(long fromMs) {
    QualityMinutes minutes = from(fromMs);
    return minutes.volumes().isEmpty() && minutes.failures().isEmpty() ? from(0) : minutes;
  }

  private QualityMinutes from(long fromMs) {
    return new QualityMinutes(
        read(
            "SELECT merchant_category, window_start, transactions, amount_sum, latest_by FROM "
                + VOLUMES,
            fromMs,
            row ->
                new QualityMinutes.Volume(
                    row.path(0).asText(),
                    row.path(1).asLong(),
                    row.path(2).asLong(),
                    row.path(3).isNull() ? null : row.path(3).decimalValue(),
                    row.path(4).isNull() ? null : row.path(4).asLong())),
        read(
            "SELECT expectation, window_start, records FROM " + FAILURES,
            fromMs,
            row ->
                new QualityMinutes.Failures(
                    row.path(0).asText(), row.path(1).asLong(), row.path(2).asLong())));
  }

  private <T> List<T> read(String select, long fromMs, Function<JsonNode, T> made) {
    List<T> all = new ArrayList<>();
    try (SqlRows rows = server.query(select + " WHERE WINDOWSTART >= " + fromMs + ";", Map.of())) {
      for (Optional<JsonNode> row = rows.next(); row.isPresent(); row = rows.next()) {
        all.add(made.apply(row.get()));
      }
    } catch (IOException e) {
      throw new StackException("The SQL server broke off its answer: " + e.getMessage(), e);
    }
    return all;
  }
}
