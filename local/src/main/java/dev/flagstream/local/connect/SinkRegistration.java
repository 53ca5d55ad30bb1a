package dev.flagstream.local.connect;

import dev.flagstream.client.ConnectClient;
import dev.flagstream.client.ServerException;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.StackSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which sinks a stack has: those of connect/, the webhook if it was given an address, rows if it
 * has a SQL store, and the tables of a lake if it has one.
 */
public final class SinkRegistration {

  private static final String WEBHOOK = "fraud-alerts-webhook";
  private static final String ROWS = "decisions-sql";
  private static final String LAKE_FOLDER = "lake";
  private static final int LONGEST_ANSWER = 400;

  private final StackSettings settings;
  private final SortedMap<String, String> configs;
  private final Set<String> ofLake;

  private SinkRegistration(
      StackSettings settings, SortedMap<String, String> configs, Set<String> ofLake) {
    this.settings = settings;
    this.configs = configs;
    this.ofLake = ofLake;
  }

  /**
   * Reads what there is to register: of a file that is damaged, people shall hear at once.
   *
   * @throws StackException naming the file and the place that is no configuration
   */
  public static SinkRegistration read(StackSettings settings) {
    SortedMap<String, String> configs = new TreeMap<>(ConnectorFiles.read(settings.connectors()));
    if (settings.webhook().isPresent()) {
      configs.put(WEBHOOK, ConnectorFiles.read(folder(settings, WEBHOOK)).get(WEBHOOK));
    }
    if (settings.sqlStore().isPresent()) {
      configs.put(ROWS, ConnectorFiles.read(folder(settings, ROWS)).get(ROWS));
    }
    SortedMap<String, String> lake =
        ConnectorFiles.read(settings.connectors().resolve(LAKE_FOLDER));
    if (settings.lakeUrl().isPresent()) {
      configs.putAll(lake);
    }
    return new SinkRegistration(settings, configs, Set.copyOf(lake.keySet()));
  }

  /** What the sinks are called, which is how their files are named. */
  public Set<String> names() {
    return Collections.unmodifiableSet(configs.keySet());
  }

  /**
   * Registers the sinks with a worker that answers; a webhook and sinks of rows and to a lake of an
   * earlier start are removed unless they are wanted again.
   *
   * @throws StackException naming the file that the worker refuses, and why
   */
  public void registerWith(ConnectClient worker) {
    List<String> all = new ArrayList<>(List.of(WEBHOOK, ROWS));
    all.addAll(ofLake);
    for (String optional : all) {
      if (!configs.containsKey(optional)) {
        worker.remove(optional);
      }
    }
    configs.forEach((name, config) -> register(worker, name, config));
  }

  private void register(ConnectClient worker, String name, String config) {
    try {
      worker.put(name, config);
    } catch (ServerException e) {
      throw new StackException(
          "Connect refuses %s. Mend the file and run the same command again. Connect says: %s"
              .formatted(ConnectorFiles.file(folder(name), name), shortened(e.getMessage())),
          e);
    }
  }

  private Path folder(String name) {
    return ofLake.contains(name)
        ? settings.connectors().resolve(LAKE_FOLDER)
        : folder(settings, name);
  }

  private static Path folder(StackSettings settings, String name) {
    Path connectors = settings.connectors();
    return switch (name) {
      case WEBHOOK -> connectors.resolve("webhook");
      case ROWS -> connectors.resolve("sql");
      default -> connectors;
    };
  }

  /** A worker that does not know a class lists all those it knows; the log has the whole answer. */
  private static String shortened(String answer) {
    return answer.length() <= LONGEST_ANSWER
        ? answer
        : answer.substring(0, LONGEST_ANSWER) + " … (all of it is in the log)";
  }
}
