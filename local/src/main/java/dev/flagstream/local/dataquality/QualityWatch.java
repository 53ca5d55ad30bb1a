package dev.flagstream.local.dataquality;

import static dev.flagstream.report.PlainText.text;

import dev.flagstream.client.ConnectClient;
import dev.flagstream.client.ServerException;
import dev.flagstream.client.SqlClient;
import dev.flagstream.local.connect.ConnectorFiles;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.health.PipelineProbe;
import dev.flagstream.local.settings.ComponentProperties;
import dev.flagstream.local.settings.PipelineAddresses;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Turns on, in a pipeline that runs, that the quality of its data is watched: the scripts of {@code
 * ksql/quality/} and the sinks of {@code connect/quality/}. Both stay until they are dropped. For
 * one thread.
 */
public final class QualityWatch {

  private static final String FOLDER = "quality";
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final StackSettings settings;
  private final PipelineAddresses addresses;
  private final SqlClient server;
  private final QualityTables tables;
  private final Consumer<String> say;

  /**
   * Of the pipeline that settings tell of.
   *
   * @param say receives what happens, a line at a time
   */
  public QualityWatch(StackSettings settings, Consumer<String> say) {
    this.settings = settings;
    this.addresses = PipelineAddresses.of(settings);
    this.server = new SqlClient(addresses.sqlUrl(), addresses.sqlLogin());
    this.tables = new QualityTables(server);
    this.say = say;
  }

  /**
   * The tables, which are made if there are none yet.
   *
   * @param patience how long to wait until new ones have caught up with their input
   * @throws StackException if a part does not answer or refuses something; what it says tells what
   *     to do
   */
  public QualityTables tables(Duration patience) {
    boolean exist;
    try {
      exist = tables.exist();
    } catch (ServerException e) {
      throw new StackException(
          e.getMessage() + ". Start it with 'make demo', 'make stack' or 'make up'.", e);
    }
    if (!exist) {
      say.accept("The quality of the data is watched from now on, from the first record there is:");
      tables.create(
          settings.scripts().resolve(FOLDER),
          script -> say.accept("  applied ksql/%s/%s".formatted(FOLDER, script)));
    }
    // Also if it was stopped between the two the first time.
    registerSinks();
    if (!exist) {
      awaitCaughtUp(patience);
    }
    return tables;
  }

  private void registerSinks() {
    SortedMap<String, String> sinks = ConnectorFiles.read(settings.connectors().resolve(FOLDER));
    ConnectClient worker = new ConnectClient(settings.connectUrl());
    try {
      sinks.keySet().removeAll(worker.connectors());
    } catch (IOException | ServerException e) {
      throw new StackException(
          "Kafka Connect at %s, which is to have the sinks of connect/%s, does not answer: %s. Start it with 'make demo', 'make stack' or 'make up'."
              .formatted(settings.connectUrl(), FOLDER, e.getMessage()),
          e);
    }
    sinks.forEach(
        (name, config) -> {
          try {
            worker.put(name, config);
          } catch (ServerException e) {
            throw new StackException(
                "Connect refuses connect/%s/%s.json. It says: %s"
                    .formatted(FOLDER, name, e.getMessage()),
                e);
          }
          say.accept("  registered connect/%s/%s.json".formatted(FOLDER, name));
        });
  }

  /**
   * How many records the tables have still to look at, where it is more than what comes between two
   * commits; else 0.
   *
   * @throws StackException if Kafka does not tell
   */
  public long left() {
    try (PipelineProbe probe = probe()) {
      return left(probe, tables.queries());
    }
  }

  private PipelineProbe probe() {
    return new PipelineProbe(addresses, ComponentProperties.sqlServiceId(settings));
  }

  private void awaitCaughtUp(Duration patience) {
    List<String> queries = tables.queries();
    long endNanos = System.nanoTime() + patience.toNanos();
    try (PipelineProbe probe = probe()) {
      String last = "";
      while (System.nanoTime() - endNanos < 0) {
        String left = whatIsLeft(probe, queries);
        if (left.isEmpty()) {
          return;
        }
        if (!left.equals(last)) {
          say.accept("  " + left);
          last = left;
        }
        Thread.sleep(BETWEEN_LOOKS.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while the tables were catching up", e);
    }
  }

  /** In words; empty if the queries are as far as their input. */
  private String whatIsLeft(PipelineProbe probe, List<String> queries) {
    Map<String, String> states = server.queryStates();
    List<String> still =
        queries.stream().filter(query -> !"RUNNING".equals(states.get(query))).toList();
    if (!still.isEmpty()) {
      return still.get(0) + " is " + states.get(still.get(0));
    }
    long left = left(probe, queries);
    return left > 0 ? text("%,d records are left to look at", left) : "";
  }

  private long left(PipelineProbe probe, List<String> queries) {
    try {
      long left =
          probe.queryBacklog().entrySet().stream()
              .filter(each -> queries.contains(each.getKey()))
              .mapToLong(Map.Entry::getValue)
              .sum();
      return left > PipelineProbe.AT_WORK ? left : 0;
    } catch (StackException e) {
      throw new StackException(
          "How far the tables are is not known, as Kafka at %s does not answer: %s. Start it with 'make demo', 'make stack' or 'make up'."
              .formatted(addresses.bootstrapServers(), e.getMessage()),
          e);
    }
  }
}
