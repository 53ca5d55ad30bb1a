package dev.flagstream.generator.producer;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How to reach Kafka and how to write to it. Later sources win: the project's defaults, a
 * properties file, the bootstrap servers given by themselves.
 */
public final class KafkaSettings {

  public static final String DEFAULT_BOOTSTRAP_SERVERS = "127.0.0.1:9092";

  private static final Map<String, Object> DEFAULTS =
      Map.of(
          CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
          DEFAULT_BOOTSTRAP_SERVERS,
          CommonClientConfigs.CLIENT_ID_CONFIG,
          "flagstream-generator");

  private static final Map<String, Object> PRODUCER_DEFAULTS =
      Map.of(
          ProducerConfig.ACKS_CONFIG,
          "all",
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          "true",
          ProducerConfig.COMPRESSION_TYPE_CONFIG,
          "lz4",
          ProducerConfig.LINGER_MS_CONFIG,
          "20",
          ProducerConfig.BATCH_SIZE_CONFIG,
          "131072",
          // A broker that is away is waited for. A record that was given up would leave a gap,
          // since
          // later ones could still arrive.
          ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
          Integer.toString(Integer.MAX_VALUE),
          ProducerConfig.MAX_BLOCK_MS_CONFIG,
          Long.toString(Long.MAX_VALUE));

  private final Map<String, Object> given;

  private KafkaSettings(Map<String, Object> given) {
    this.given = Map.copyOf(given);
  }

  /** The defaults, with a broker to start from such as {@code 127.0.0.1:9092}. */
  public static KafkaSettings of(String bootstrapServers) {
    return of(Optional.empty(), Optional.of(bootstrapServers));
  }

  /**
   * Settings of a file and of the command line.
   *
   * @param file any Kafka client settings, in Java's properties format
   * @param bootstrapServers wins over the file
   * @throws KafkaAccessException if the file cannot be read
   */
  public static KafkaSettings of(Optional<Path> file, Optional<String> bootstrapServers) {
    Map<String, Object> given = new HashMap<>();
    file.ifPresent(path -> read(path).forEach((key, value) -> given.put((String) key, value)));
    bootstrapServers.ifPresent(
        servers -> given.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers));
    return new KafkaSettings(given);
  }

  public String bootstrapServers() {
    return forAdmin().get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG).toString();
  }

  /** The configuration of a producer. */
  public Map<String, Object> forProducer() {
    Map<String, Object> merged = new HashMap<>(DEFAULTS);
    merged.putAll(PRODUCER_DEFAULTS);
    merged.putAll(given);
    return merged;
  }

  /** The configuration of an admin client. */
  public Map<String, Object> forAdmin() {
    Map<String, Object> merged = new HashMap<>(DEFAULTS);
    merged.putAll(given);
    return merged;
  }

  /** The configuration of a consumer, which belongs to no group. */
  public Map<String, Object> forConsumer() {
    return forAdmin();
  }

  private static Properties read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
      return properties;
    } catch (NoSuchFileException e) {
      throw new KafkaAccessException("the configuration file " + file + " does not exist", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new KafkaAccessException(
          "cannot read the configuration file " + file + ": " + e.getMessage(), e);
    }
  }
}
