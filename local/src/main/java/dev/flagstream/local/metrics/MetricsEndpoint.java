package dev.flagstream.local.metrics;

import com.sun.net.httpserver.Authenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import dev.flagstream.engine.server.BrowserRequests;
import dev.flagstream.local.failure.ExitCodes;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.latency.LatencyMonitor;
import dev.flagstream.local.settings.PipelineAddresses;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;

/**
 * Serves what Prometheus asks for, at {@code /metrics}: the figures of the pipeline, of this
 * process, and of the Kafka, Kafka Streams and Connect in it. Until somebody asks, it costs nothing
 * but the thread that listens. Thread-safe.
 */
public final class MetricsEndpoint implements AutoCloseable {

  /** Where exporters of JMX figures usually listen. */
  public static final int DEFAULT_PORT = 9404;

  private final HTTPServer server;
  private final PipelineWatch watch;

  private MetricsEndpoint(HTTPServer server, PipelineWatch watch) {
    this.server = server;
    this.watch = watch;
  }

  /**
   * What it tells of, and by what.
   *
   * @param pipeline the parts to be asked
   * @param serviceId the SQL server's {@code ksql.service.id}
   * @param jmxRules the file that selects MBeans of this process
   * @param counts of records, by whoever reads them
   * @param latency of transactions, by whoever reads them
   */
  public record Sources(
      PipelineAddresses pipeline,
      String serviceId,
      Path jmxRules,
      RecordCounts counts,
      LatencyMonitor latency) {}

  /**
   * Starts to listen.
   *
   * @param host the address to listen at
   * @param port 0 for any free one
   * @throws StackException if it cannot listen there
   */
  public static MetricsEndpoint start(String host, int port, Sources sources) {
    PipelineWatch watch = new PipelineWatch(sources.pipeline(), sources.serviceId());
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(new PipelineCollector(sources.counts(), sources.latency(), watch));
    registry.register(new ProcessCollector(sources.jmxRules()));
    try {
      HTTPServer server =
          HTTPServer.builder()
              .inetAddress(InetAddress.getByName(host))
              .port(port)
              .registry(registry)
              .authenticator(new ClientsOnly(host))
              .buildAndStart();
      return new MetricsEndpoint(server, watch);
    } catch (IOException e) {
      throw new StackException(
          ExitCodes.USAGE,
          "Cannot listen at port %d (%s). Stop what listens there, or move the metrics with --metrics-port N (make: METRICS_PORT=N)."
              .formatted(port, e.getMessage()),
          e);
    }
  }

  /** The port that it listens at. */
  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.close();
    watch.close();
  }

  /**
   * Keeps web pages away, as {@link BrowserRequests} says; whoever else comes is nobody special.
   */
  private static final class ClientsOnly extends Authenticator {

    private static final int FORBIDDEN = 403;
    private static final HttpPrincipal ANYBODY = new HttpPrincipal("anybody", "metrics");

    private final BrowserRequests browsers;

    ClientsOnly(String host) {
      this.browsers = new BrowserRequests(host);
    }

    @Override
    public Result authenticate(HttpExchange exchange) {
      return browsers
          .refusal(
              exchange.getRequestHeaders().getFirst("Host"),
              exchange.getRequestHeaders().getFirst("Origin"))
          .<Result>map(reason -> new Failure(FORBIDDEN))
          .orElseGet(() -> new Success(ANYBODY));
    }
  }
}
