package dev.flagstream.benchmarks.flink;

import dev.flagstream.client.commandline.CommandLines;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs Flink SQL as a process of its own, on a cluster within that lives as long: each line of
 * standard input is one statement, an empty line waits until the job that was started has ended and
 * forgets what was declared; each is answered with a line once it is done.
 */
@Command(
    name = "flink-process",
    mixinStandardHelpOptions = true,
    description = "Runs the statements of Flink SQL that standard input names.")
public final class FlinkProcess implements Callable<Integer> {

  /** As long as other programs are waited for. */
  private static final long PATIENCE_MINUTES = 10;

  @Option(names = "--slots", required = true, description = "Task slots of the cluster within.")
  private int slots;

  @Option(
      names = "-D",
      paramLabel = "NAME=VALUE",
      description = "A setting of Flink; may be repeated.")
  private Map<String, String> flink = Map.of();

  /** Runs statements, then ends this JVM. */
  public static void main(String[] args) {
    System.exit(CommandLines.of(new FlinkProcess()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Configuration settings = Configuration.fromMap(flink);
    MiniClusterConfiguration within =
        new MiniClusterConfiguration.Builder()
            .setConfiguration(settings)
            .setNumTaskManagers(1)
            .setNumSlotsPerTaskManager(slots)
            .withRandomPorts()
            .build();
    MiniCluster cluster = new MiniCluster(within);
    try {
      cluster.start();
      answer(cluster.getRestAddress().get(), settings);
    } finally {
      cluster.closeAsync().get();
    }
    return CommandLine.ExitCode.OK;
  }

  private static void answer(URI cluster, Configuration settings) throws Exception {
    System.out.println("ready");
    StreamTableEnvironment session = session(cluster, settings);
    Optional<JobClient> running = Optional.empty();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        if (running.isPresent()) {
          running.get().getJobExecutionResult().get(PATIENCE_MINUTES, TimeUnit.MINUTES);
          running = Optional.empty();
        }
        session = session(cluster, settings);
      } else {
        running = session.executeSql(line).getJobClient();
      }
      System.out.println("done");
    }
  }

  private static StreamTableEnvironment session(URI cluster, Configuration settings) {
    StreamTableEnvironment session =
        StreamTableEnvironment.create(
            StreamExecutionEnvironment.createRemoteEnvironment(
                cluster.getHost(), cluster.getPort(), settings));
    session.createTemporarySystemFunction("IS_FRAUD", IsFraudFunction.class);
    return session;
  }
}
