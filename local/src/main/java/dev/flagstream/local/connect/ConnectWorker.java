package dev.flagstream.local.connect;

import dev.flagstream.local.component.Component;
import dev.flagstream.local.settings.ComponentProperties;
import dev.flagstream.local.settings.StackSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;

/** A distributed Kafka Connect worker in this process. */
public final class ConnectWorker implements Component {

  private final Connect<?> connect;
  private boolean closed;

  private ConnectWorker(Connect<?> connect) {
    this.connect = connect;
  }

  /** Starts the worker; its REST API answers a few seconds later. */
  public static ConnectWorker start(StackSettings settings) {
    return start(settings, Map.of());
  }

  /**
   * The same with some properties of its own.
   *
   * @param overrides win over the stack's
   */
  public static ConnectWorker start(StackSettings settings, Map<String, String> overrides) {
    // Connect's own shutdown hook races with an ordered stop, up to a deadlock within Jetty.
    Exit.setShutdownHookAdder((name, hook) -> {});
    Map<String, String> worker = new HashMap<>(ComponentProperties.connectWorker(settings));
    worker.put("rest.extension.classes", RequestsOfClients.class.getName());
    worker.putAll(overrides);
    return new ConnectWorker(new ConnectDistributed().startConnect(worker));
  }

  @Override
  public String name() {
    return "connect";
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    connect.stop();
    connect.awaitStop();
  }
}
