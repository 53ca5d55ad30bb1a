package dev.flagstream.webhook;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** What a Connect worker knows the webhook sink by; {@link WebhookSinkTask} does the work. */
public final class WebhookSinkConnector extends SinkConnector {

  static final String VERSION = "0.1.0";

  private Map<String, String> properties = Map.of();

  @Override
  public String version() {
    return VERSION;
  }

  @Override
  public ConfigDef config() {
    return WebhookSettings.DEFINITION;
  }

  @Override
  public void start(Map<String, String> properties) {
    this.properties = Map.copyOf(properties);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return WebhookSinkTask.class;
  }

  /** All tasks are alike: each has partitions of its own. */
  @Override
  public List<Map<String, String>> taskConfigs(int most) {
    return Collections.nCopies(most, properties);
  }

  @Override
  public void stop() {}
}
