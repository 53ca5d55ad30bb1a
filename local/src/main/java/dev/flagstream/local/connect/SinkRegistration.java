package dev.flagstream.local.connect;

import dev.flagstream.client.ConnectClient;
import dev.flagstream.local.settings.StackSettings;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which sinks a stack has: those of connect/, and the webhook if it was given an address. */
public final class SinkRegistration {

  private static final String WEBHOOK = "fraud-alerts-webhook";

  private SinkRegistration() {}

  /**
   * Registers the sinks with a worker that answers; a webhook of an earlier start is removed unless
   * it is wanted again.
   *
   * @return the configurations as JSON, by the sinks' names
   */
  public static SortedMap<String, String> register(ConnectClient worker, StackSettings settings) {
    SortedMap<String, String> sinks = new TreeMap<>(ConnectorFiles.read(settings.connectors()));
    if (settings.webhook().isPresent()) {
      Path folder = settings.connectors().resolve("webhook");
      sinks.put(WEBHOOK, ConnectorFiles.read(folder).get(WEBHOOK));
    } else {
      worker.remove(WEBHOOK);
    }
    sinks.forEach(worker::put);
    return sinks;
  }
}
