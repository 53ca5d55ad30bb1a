package dev.flagstream.lake;

import dev.flagstream.client.lake.LakeStore;
import dev.flagstream.client.lake.StoreAwayException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a Connect worker knows the lake's sink by; {@link LakeSinkTask} does the work. */
public final class LakeSinkConnector extends SinkConnector {

  private static final Logger LOG = LoggerFactory.getLogger(LakeSinkConnector.class);

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

  /** Looks at the place, too: a bucket that is not there is told of now. */
  @Override
  public Config validate(Map<String, String> properties) {
    Config config = super.validate(properties);
    if (config.configValues().stream().allMatch(value -> value.errorMessages().isEmpty())) {
      try (LakeStore store = new LakeSettings(properties).openStore()) {
        store.check();
      } catch (StoreAwayException e) {
        // It may be there when the task needs it, which says so if not.
        LOG.warn("{}", e.getMessage());
      } catch (IOException | ConfigException e) {
        config.configValues().stream()
            .filter(value -> value.name().equals(LakeSettings.URL))
            .forEach(value -> value.addErrorMessage(e.getMessage()));
      }
    }
    return config;
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
