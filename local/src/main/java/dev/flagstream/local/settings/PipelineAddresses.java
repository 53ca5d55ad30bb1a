package dev.flagstream.local.settings;

import java.util.Optional;

/**
 * Where the parts of a pipeline answer, on this machine or elsewhere. Immutable.
 *
 * @param bootstrapServers of the Kafka cluster: host and port, several of them separated by commas
 * @param sqlUrl the SQL server's REST API
 * @param sqlLogin name, colon and password for the SQL server; empty if it asks for none
 * @param connectUrl a Connect worker's REST API
 * @param mongoUri MongoDB, with its options if there are any
 */
public record PipelineAddresses(
    String bootstrapServers,
    String sqlUrl,
    Optional<String> sqlLogin,
    String connectUrl,
    String mongoUri) {

  /** Those of the stack on this machine. */
  public static PipelineAddresses of(StackSettings settings) {
    return new PipelineAddresses(
        settings.bootstrapServers(),
        settings.sqlUrl(),
        Optional.empty(),
        settings.connectUrl(),
        settings.mongoUri());
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
