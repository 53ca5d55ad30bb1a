package dev.flagstream.dashboard;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a dashboard listens and what it shows.
 *
 * @param address the address of this machine that it listens on; it answers to the names of the
 *     loopback alone, whatever the address
 * @param port 0 for any free one
 * @param sqlUrl the SQL server, such as {@code http://127.0.0.1:8088}
 * @param sqlCredentials user, colon, password, for a server that asks for them
 * @param mongoUri the store, such as {@code mongodb://127.0.0.1:27017}
 * @param models folder of the models' bundles, which tell what they were trained on; need not exist
 * @param analyst who gives verdicts here; empty if the dashboard is read-only
 */
public record DashboardSettings(
    String address,
    int port,
    String sqlUrl,
    Optional<String> sqlCredentials,
    String mongoUri,
    Path models,
    Optional<String> analyst) {

  /** The port of the dashboard unless another is chosen. */
  public static final int DEFAULT_PORT = 8080;

  /** Where nobody but this machine reaches it. */
  public static final String LOOPBACK = "127.0.0.1";

  /** On loopback. */
  public DashboardSettings(
      int port,
      String sqlUrl,
      Optional<String> sqlCredentials,
      String mongoUri,
      Path models,
      Optional<String> analyst) {
    this(LOOPBACK, port, sqlUrl, sqlCredentials, mongoUri, models, analyst);
  }
}
