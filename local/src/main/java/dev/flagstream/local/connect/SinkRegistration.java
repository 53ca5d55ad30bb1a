package dev.flagstream.local.connect;

import dev.flagstream.client.ConnectClient;
import dev.flagstream.client.ServerException;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.StackSettings;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which sinks a stack has: those of connect/, and the webhook if it was given an address. */
public final class SinkRegistration {

  private static final String WEBHOOK = "fraud-alerts-webhook";
  private static final int LONGEST_ANSWER = 400;

  private SinkRegistration() {}

  /**
   * Reads what there is to register: of a file that is damaged, people shall hear at once.
   *
   * @return the configurations as JSON, by the sinks' names
   * @throws StackException naming the file and the place that is no configuration
   */
  public static SortedMap<String, String> read(StackSettings settings) {
    SortedMap<String, String> sinks = new TreeMap<>(ConnectorFiles.read(settings.connectors()));
    if (settings.webhook().isPresent()) {
      sinks.put(WEBHOOK, ConnectorFiles.read(webhookFolder(settings)).get(WEBHOOK));
    }
    return sinks;
  }

  /**
   * Registers the sinks with a worker that answers; a webhook of an earlier start is removed unless
   * it is wanted again.
   *
   * @return the configurations as JSON, by the sinks' names
   * @throws StackException naming the file that the worker refuses, and why
   */
  public static SortedMap<String, String> register(ConnectClient worker, StackSettings settings) {
    SortedMap<String, String> sinks = read(settings);
    if (!sinks.containsKey(WEBHOOK)) {
      worker.remove(WEBHOOK);
    }
    sinks.forEach((name, config) -> register(worker, settings, name, config));
    return sinks;
  }

  private static void register(
      ConnectClient worker, StackSettings settings, String name, String config) {
    try {
      worker.put(name, config);
    } catch (ServerException e) {
      Path folder = name.equals(WEBHOOK) ? webhookFolder(settings) : settings.connectors();
      throw new StackException(
          "Connect refuses %s. Mend the file and run the same command again. Connect says: %s"
              .formatted(ConnectorFiles.file(folder, name), shortened(e.getMessage())),
          e);
    }
  }

  private static Path webhookFolder(StackSettings settings) {
    return settings.connectors().resolve("webhook");
  }

  /** A worker that does not know a class lists all those it knows; the log has the whole answer. */
  private static String shortened(String answer) {
    return answer.length() <= LONGEST_ANSWER
        ? answer
        : answer.substring(0, LONGEST_ANSWER) + " … (all of it is in the log)";
  }
}
