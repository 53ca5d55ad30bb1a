package dev.flagstream.lake;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** What a Connect worker knows the lake's sink by; {@link LakeSinkTask} does the work. */
public final class LakeSinkConnector extends SinkConnector {

  static final String VERSION = "0.1.0";

  private Map<String, String> properties = Map.of();

  @Override
  public String version() {
    return VERSION;
  }

  @Override
  public ConfigDef config() {
    return LakeSettings.DEFINITION;
  }

  /**
   * @throws org.apache.kafka.common.config.ConfigException naming a setting that does not go with
   *     the others
   */
  @Override
  public void start(Map<String, String> properties) {
    this.properties = Map.copyOf(new LakeSettings(properties).originalsStrings());
  }

  @Override
  public Class<? extends Task> taskClass() {
    return LakeSinkTask.class;
  }

  /** All tasks are alike: each has partitions of its own. */
  @Override
  public List<Map<String, String>> taskConfigs(int most) {
    return Collections.nCopies(most, properties);
  }

  @Override
  public void stop() {}
}
