package dev.flagstream.benchmarks.handwritten;

import dev.flagstream.benchmarks.workload.Workload;
import dev.flagstream.client.commandline.CommandLines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs jobs as a process of its own: each line of standard input starts one (workload, application
 * id and sink, separated by spaces), an empty line stops it; each is answered with a line once it
 * is done.
 */
@Command(
    name = "jobs-process",
    mixinStandardHelpOptions = true,
    description = "Runs the jobs written by hand that standard input names.")
public final class JobsProcess implements Callable<Integer> {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  @Option(
      names = "-D",
      paramLabel = "NAME=VALUE",
      description = "A setting of Kafka Streams; may be repeated.")
  private Map<String, String> streams = Map.of();

  /** Runs jobs, then ends this JVM. */
  public static void main(String[] args) {
    System.exit(CommandLines.of(new JobsProcess()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    Properties settings = new Properties();
    settings.putAll(streams);
    System.out.println("ready");
    KafkaStreams running = null;
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (running != null) {
        running.close(CLOSE_TIMEOUT);
        running = null;
      }
      if (!line.isEmpty()) {
        String[] words = line.split(" ", 3);
        settings.setProperty(StreamsConfig.APPLICATION_ID_CONFIG, words[1]);
        running = new KafkaStreams(Jobs.topology(Workload.valueOf(words[0]), words[2]), settings);
        running.start();
      }
      System.out.println("done");
    }
    return CommandLine.ExitCode.OK;
  }
}
