package dev.flagstream.dashboard;

import java.util.Optional;

/**
 * Where a dashboard listens and what it shows.
 *
 * @param port on loopback; 0 for any free one
 * @param sqlUrl the SQL server, such as {@code http://127.0.0.1:8088}
 * @param sqlCredentials user, colon, password, for a server that asks for them
 * @param mongoUri the store, such as {@code mongodb://127.0.0.1:27017}
 * @param analyst who gives verdicts here; empty if the dashboard is read-only
 */
public record DashboardSettings(
    int port,
    String sqlUrl,
    Optional<String> sqlCredentials,
    String mongoUri,
    Optional<String> analyst) {

  /** The port of the dashboard unless another is chosen. */
  public static final int DEFAULT_PORT = 8080;
}
