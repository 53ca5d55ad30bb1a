package dev.flagstream.local.command;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.flagstream.local.command.elsewhere.ElsewhereOptions;
import dev.flagstream.local.command.elsewhere.KafkaElsewhereOptions;
import dev.flagstream.local.component.StopSignal;
import dev.flagstream.local.failure.LogFile;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.flow.FlowMonitor;
import dev.flagstream.local.health.PipelineProbe;
import dev.flagstream.local.latency.LatencyMonitor;
import dev.flagstream.local.metrics.MetricsEndpoint;
import dev.flagstream.local.metrics.RecordCounts;
import dev.flagstream.local.settings.ComponentProperties;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.PipelineAddresses;
import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.settings.StackSettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command "metrics": what Prometheus is told of a pipeline, for whatever runs. */
@Command(
    name = "metrics",
    description =
        "Serves the metrics of the pipeline that runs for Prometheus until Ctrl-C: the local stack"
            + " (which has them itself), or one elsewhere by --bootstrap-servers, --sql-url,"
            + " --connect-url and --mongo-uri.")
public final class MetricsCommand implements Callable<Integer> {

  private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(1);

  @Mixin private StackOptions options;
  @Mixin private MetricsOptions metricsOptions;
  @Mixin private ElsewhereOptions elsewhere;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      defaultValue = Environment.LOOPBACK,
      description =
          "The address to listen at; 0.0.0.0 lets others in, in a container say. Default:"
              + " ${DEFAULT-VALUE}.")
  private String host;

  @Mixin private KafkaElsewhereOptions kafka;

  @Option(
      names = "--connect-url",
      paramLabel = "URL",
      description = "A Connect worker elsewhere. Default: on this machine, at --connect-port.")
  private String connectUrl;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    StackSettings settings = options.settings();
    int port =
        metricsOptions
            .port()
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(), "--metrics-port 0 leaves nothing to serve"));
    PipelineAddresses pipeline =
        new PipelineAddresses(
            kafka.kafka().orElse(settings.kafka()),
            elsewhere.sqlUrl(settings),
            elsewhere.sqlLogin(),
            orElse(connectUrl, settings.connectUrl()),
            elsewhere.mongoUri(settings));
    LogFile.use(settings.data().resolve("logs/metrics.log"));
    String serviceId = ComponentProperties.sqlServiceId(settings);
    requireTopics(pipeline, serviceId);
    StopSignal stop = StopSignal.install();
    RecordCounts counts = new RecordCounts();
    try (MongoClient mongo = MongoClients.create(pipeline.mongoUri());
        LatencyMonitor latency =
            LatencyMonitor.start(
                mongo
                    .getDatabase(Environment.DATABASE)
                    .getCollection(Environment.SCORED_COLLECTION));
        FlowMonitor flow =
            FlowMonitor.startNow(
                pipeline.kafka(),
                each -> {
                  counts.accept(each);
                  latency.accept(each);
                });
        MetricsEndpoint endpoint =
            MetricsEndpoint.start(
                host,
                port,
                new MetricsEndpoint.Sources(
                    pipeline, serviceId, settings.jmxRules(), counts, latency))) {
      latency.begin(System.currentTimeMillis());
      PrintWriter out = spec.commandLine().getOut();
      out.printf("Metrics at http://%s:%d/metrics; Ctrl-C stops them%n", host, endpoint.port());
      out.flush();
      do {
        flow.requireHealthy();
      } while (!stop.await(BETWEEN_CHECKS));
    }
    return stop.exitCode();
  }

  private static String orElse(String given, String otherwise) {
    return given == null ? otherwise : given;
  }

  /** What cannot be followed yet is said here, rather than by a client that waits for minutes. */
  private static void requireTopics(PipelineAddresses pipeline, String serviceId) {
    try (PipelineProbe probe = new PipelineProbe(pipeline, serviceId)) {
      if (!probe.topics().contains(Environment.FLAGGED_TOPIC)) {
        throw new StackException(
            "The broker at %s has no topic %s yet. Start the pipeline with 'make demo' or 'make up'."
                .formatted(pipeline.bootstrapServers(), Environment.FLAGGED_TOPIC));
      }
    }
  }
}
