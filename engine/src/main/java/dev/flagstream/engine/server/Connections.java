package dev.flagstream.engine.server;

import dev.flagstream.engine.statement.config.ConfigurationException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What clients may take of the server by connecting alone: how many connections there may be, how
 * long one may be silent, and how long a client may take to send the body of a request. A
 * connection beyond the bound is closed when the head of its first request has come: Vert.x tells
 * of a connection only then, since its first bytes say which HTTP it speaks. One whose head is not
 * complete is bounded by its silence. Thread-safe.
 */
final class Connections {

  /** How many connections there may be. */
  static final String MOST = "flagstream.max.connections";

  /** How many seconds a client may take to send the body of a request. */
  static final String REQUEST_SECONDS = "flagstream.request.timeout.seconds";

  /** How many seconds a connection may be silent; the name and default are ksqlDB's. */
  static final String IDLE_SECONDS = "ksql.idle.connection.timeout.seconds";

  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
  private static final int DEFAULT_MOST = 1000;
  private static final int DEFAULT_REQUEST_SECONDS = 60;
  private static final int DEFAULT_IDLE_SECONDS = (int) Duration.ofDays(1).toSeconds();

  private final Vertx vertx;
  private final int most;
  private final long requestMs;
  private final int idleSeconds;
  private final AtomicInteger open = new AtomicInteger();

  private Connections(Vertx vertx, int most, int requestSeconds, int idleSeconds) {
    this.vertx = vertx;
    this.most = most;
    this.requestMs = Duration.ofSeconds(requestSeconds).toMillis();
    this.idleSeconds = idleSeconds;
  }

  /**
   * As the properties say.
   *
   * @throws ConfigurationException naming the one that is no number above 0
   */
  static Connections of(Vertx vertx, Map<String, String> properties) {
    return new Connections(
        vertx,
        number(properties, MOST, DEFAULT_MOST),
        number(properties, REQUEST_SECONDS, DEFAULT_REQUEST_SECONDS),
        number(properties, IDLE_SECONDS, DEFAULT_IDLE_SECONDS));
  }

  private static int number(Map<String, String> properties, String key, int otherwise) {
    String value = properties.getOrDefault(key, Integer.toString(otherwise));
    if (!value.matches("[1-9]\\d{0,8}")) {
      throw new ConfigurationException(
          "%s='%s': must be a whole number from 1 to 999999999".formatted(key, value));
    }
    return Integer.parseInt(value);
  }

  /** Sets what Vert.x itself sees to. */
  void configure(HttpServerOptions options) {
    options.setIdleTimeout(idleSeconds).setIdleTimeoutUnit(TimeUnit.SECONDS);
  }

  /** Takes a new connection, or closes it. */
  void opened(HttpConnection connection) {
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      LOG.warn("A connection is refused: {}={} are open", MOST, most);
      connection.close();
      return;
    }
    connection.closeHandler(closed -> open.decrementAndGet());
  }

  /**
   * Closes the connection of a request whose body does not come in time.
   *
   * @return to be run when the body is there
   */
  Runnable awaitBody(HttpServerRequest request) {
    long timer = vertx.setTimer(requestMs, unused -> request.connection().close());
    return () -> vertx.cancelTimer(timer);
  }
}
