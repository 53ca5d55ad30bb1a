package dev.flagstream.engine.server;

import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.statement.StatementExecutor;
import dev.flagstream.engine.statement.config.ConfigurationException;
import dev.flagstream.engine.statement.config.EngineConfig;
import dev.flagstream.engine.statement.request.RequestException;
import dev.flagstream.engine.statement.request.RequestException.Code;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine behind ksqlDB's REST API.
 *
 * <p>Thread-safe. Statements given before a restart are carried out again at the start, from the
 * command topic, and their queries go on where they stopped.
 */
public final class SqlServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SqlServer.class);
  private static final Duration HTTP_TIMEOUT = Duration.ofSeconds(10);
  private static final int STATEMENT_THREADS = 16;

  private final Vertx vertx;
  private final ExecutorService queryThreads;
  private final AtomicInteger queryThreadNumber = new AtomicInteger();
  private final Listener listener;
  private Access access;
  private Connections connections;
  private HttpServer http;
  private StatementExecutor statements;
  private QueryStreams queries;
  private volatile Handler<HttpServerRequest> requestHandler = SqlServer::notReady;

  private SqlServer(Listener listener) {
    this.listener = listener;
    this.vertx = Vertx.vertx();
    this.queryThreads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "query-" + queryThreadNumber.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts a server and returns once it answers requests.
   *
   * @param properties under ksqlDB's own names: {@code bootstrap.servers} (required), {@code
   *     listeners} (default {@code http://127.0.0.1:8088}; port 0 for any free one; https with
   *     {@code ssl.keystore.location} and {@code ssl.keystore.password}), {@code ksql.service.id}
   *     (default {@code default_}), {@code ksql.extension.dir}, {@code ksql.streams.*}, {@code
   *     ksql.functions.*}, {@code ksql.logging.processing.*}, {@code authentication.*}, and what
   *     clients may take, as docs/production.md lists it; security settings such as {@code sasl.*}
   *     and {@code ssl.*} go to the Kafka clients
   * @throws ConfigurationException naming the setting that is missing or wrong, the port that is
   *     taken, or the broker that does not answer
   */
  public static SqlServer start(Map<String, String> properties) {
    return start(properties, CompletableFuture.completedFuture(null));
  }

  /**
   * The same beside a broker that is still starting: what does not need it, which takes most of the
   * time, is done meanwhile.
   *
   * @param kafka completes when the broker can be reached
   * @throws CompletionException with its cause if {@code kafka} fails
   */
  public static SqlServer start(Map<String, String> properties, CompletableFuture<?> kafka) {
    EngineConfig config = EngineConfig.of(properties);
    SqlServer server = new SqlServer(Listener.of(properties));
    try {
      // The port first: a taken one should be known before any query starts.
      server.listen(properties);
      server.serve(config, kafka);
      LOG.info("Serving {} for Kafka at {}", server.uri(), config.bootstrapServers());
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /**
   * Loads the functions that a server with these properties would have, and forgets them: to be
   * asked before a server that runs is stopped for others.
   *
   * @throws ConfigurationException naming the jar that cannot be loaded, and why
   */
  public static void requireLoadableFunctions(Map<String, String> properties) {
    FunctionCatalog unused = EngineConfig.of(properties).loadFunctions();
  }

  /** Where clients reach the server. */
  public URI uri() {
    return listener.uri(http.actualPort());
  }

  private void listen(Map<String, String> properties) {
    HttpServerOptions options =
        new HttpServerOptions().setHost(listener.host()).setPort(listener.port());
    if (listener.secure()) {
      ListenerTls.configure(options, properties);
    }
    access = Access.of(listener, properties);
    connections = Connections.of(vertx, properties);
    connections.configure(options);
    http =
        vertx
            .createHttpServer(options)
            .connectionHandler(connections::opened)
            .requestHandler(request -> access.check(request, requestHandler));
    try {
      await(http.listen());
    } catch (ExecutionException | TimeoutException e) {
      throw new ConfigurationException(
          "%s: cannot listen on %s:%d (%s). Choose another port, or 0 for any free one"
              .formatted(Listener.KEY, listener.host(), listener.port(), e.getCause()),
          e);
    }
  }

  private void serve(EngineConfig config, CompletableFuture<?> kafka) {
    statements = StatementExecutor.start(config, uri(), kafka);
    ServerInfo info = new ServerInfo(statements, statements.kafkaClusterId(), config.serviceId());
    WorkerExecutor workers = vertx.createSharedWorkerExecutor("statement", STATEMENT_THREADS);
    queries = new QueryStreams(statements, queryThreads);
    InsertsStream inserts = new InsertsStream(statements, queryThreads);
    requestHandler =
        new HttpApi(
                statements,
                info,
                workers,
                queries,
                inserts,
                config.flag("ksql.heartbeat.enable"),
                access,
                connections)
            .router(vertx);
  }

  private static void notReady(HttpServerRequest request) {
    Answers.error(
        request.response(),
        RequestException.generic(Code.NOT_READY, "The server is not yet ready to serve requests."));
  }

  /** Ends open queries, then the persistent ones, keeping their progress; takes seconds. */
  @Override
  public void close() {
    requestHandler = SqlServer::notReady;
    if (queries != null) {
      queries.closeAll();
    }
    try {
      if (http != null) {
        await(http.close());
      }
      if (statements != null) {
        statements.close();
      }
      await(vertx.close());
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("The server did not end in order", e);
    } finally {
      queryThreads.shutdownNow();
    }
  }

  private static void await(Future<?> future) throws ExecutionException, TimeoutException {
    try {
      future
          .toCompletionStage()
          .toCompletableFuture()
          .get(HTTP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the HTTP server", e);
    }
  }
}
