package dev.flagstream.dashboard;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.flagstream.client.SqlClient;
import dev.flagstream.dashboard.cases.StoreNames;
import dev.flagstream.dashboard.live.LiveFeed;
import dev.flagstream.dashboard.quality.QualityReport;
import dev.flagstream.dashboard.verdict.Verdicts;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * The dashboard's server. It starts even if the store and the SQL server are not there, and shows
 * what they have once they are. Thread-safe; closing it twice is harmless.
 */
public final class Dashboard implements AutoCloseable {

  private static final Duration STORE_PATIENCE = Duration.ofSeconds(3);
  private static final int EVENT_LOOPS = 1;
  private static final int WORKERS = 6;
  private static final long STOP_SECONDS = 10;

  private final Vertx vertx;
  private final MongoClient mongo;
  private final LiveFeed feed;
  private final QualityReport quality;
  private final StoreIndexes indexes;
  private HttpServer http;

  private Dashboard(DashboardSettings settings) {
    vertx =
        Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS).setWorkerPoolSize(WORKERS));
    mongo = MongoClients.create(patient(settings.mongoUri()));
    MongoDatabase database = mongo.getDatabase(StoreNames.DATABASE);
    SqlClient sql = new SqlClient(settings.sqlUrl(), settings.sqlCredentials());
    feed = new LiveFeed(sql, database);
    quality = new QualityReport(sql, database, settings.models());
    indexes = StoreIndexes.ensure(database);
    http =
        vertx
            .createHttpServer()
            .requestHandler(
                new Routes(database, feed, quality, new Verdicts(sql, database, settings.analyst()))
                    .router(vertx));
  }

  private static MongoClientSettings patient(String uri) {
    return MongoClientSettings.builder()
        .applicationName("flagstream-dashboard")
        .applyConnectionString(new ConnectionString(uri))
        .applyToClusterSettings(
            cluster ->
                cluster.serverSelectionTimeout(STORE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
        .build();
  }

  /**
   * Starts a dashboard and returns once it answers.
   *
   * @throws IllegalArgumentException if the address of the store cannot be read
   * @throws DashboardException naming the port and why it cannot be opened
   */
  public static Dashboard start(DashboardSettings settings) {
    Dashboard dashboard = new Dashboard(settings);
    try {
      dashboard.listen(settings.address(), settings.port());
      return dashboard;
    } catch (RuntimeException e) {
      dashboard.close();
      throw e;
    }
  }

  private void listen(String address, int port) {
    try {
      http = http.listen(port, address).toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new DashboardException(
          "Port %d, which the dashboard needs, %s move it with --dashboard-port N (make: DASHBOARD_PORT=N)."
              .formatted(port, obstacle(e.getCause())),
          e);
    }
  }

  /** What kept the server from listening, as the middle of a sentence. */
  private static String obstacle(Throwable reason) {
    return answered(reason)
        ? "is taken. Stop what listens there, or"
        : "cannot be opened (%s). Free it, or".formatted(reason.getMessage());
  }

  /** By the operating system's word: no other is given for a port that is taken. */
  private static boolean answered(Throwable reason) {
    return reason instanceof BindException && ("" + reason.getMessage()).contains("in use");
  }

  /** Where browsers find it. */
  public URI uri() {
    return URI.create("http://" + DashboardSettings.LOOPBACK + ":" + http.actualPort() + "/");
  }

  @Override
  public void close() {
    indexes.close();
    feed.close();
    quality.close();
    try {
      Void unused =
          vertx
              .close()
              .toCompletionStage()
              .toCompletableFuture()
              .orTimeout(STOP_SECONDS, TimeUnit.SECONDS)
              .exceptionally(late -> null)
              .join();
    } finally {
      mongo.close();
    }
  }
}
