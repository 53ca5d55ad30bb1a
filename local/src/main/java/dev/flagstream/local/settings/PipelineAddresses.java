package dev.flagstream.local.settings;

import dev.flagstream.generator.producer.KafkaSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Where the parts of a pipeline answer, on this machine or elsewhere. Immutable.
 *
 * @param kafka how to reach the Kafka cluster, with a login if it asks for one
 * @param sqlUrl the SQL server's REST API
 * @param sqlLogin name, colon and password for the SQL server; empty if it asks for none
 * @param connectUrl a Connect worker's REST API
 * @param mongoUri MongoDB, with its options if there are any
 */
public record PipelineAddresses(
    KafkaSettings kafka,
    String sqlUrl,
    Optional<String> sqlLogin,
    String connectUrl,
    String mongoUri) {

  /** Those of the stack on this machine. */
  public static PipelineAddresses of(StackSettings settings) {
    return new PipelineAddresses(
        settings.kafka(),
        settings.sqlUrl(),
        Optional.empty(),
        settings.connectUrl(),
        settings.mongoUri());
  }

  /** The cluster's {@code bootstrap.servers}: host and port, several separated by commas. */
  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** The properties of any client of the cluster; a copy. */
  public static Map<String, Object> clientProperties(KafkaSettings kafka) {
    Map<String, Object> properties = new HashMap<>(kafka.forAdmin());
    // The generator's name, which several clients of one process cannot share.
    properties.remove(CommonClientConfigs.CLIENT_ID_CONFIG);
    return properties;
  }

  /** The URI for a client that gives up after a while if MongoDB does not answer. */
  public String mongoUri(int patienceMs) {
    if (mongoUri.contains("?")) {
      return mongoUri + "&serverSelectionTimeoutMS=" + patienceMs;
    }
    // Options follow a slash even where no database is named.
    String slash = mongoUri.replaceFirst("^[^:]+://", "").contains("/") ? "" : "/";
    return mongoUri + slash + "?serverSelectionTimeoutMS=" + patienceMs;
  }
}
