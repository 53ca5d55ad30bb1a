package dev.flagstream.benchmarks.handwritten;

import dev.flagstream.benchmarks.workload.Workload;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Runs jobs as a process of its own: each line of standard input starts one, an empty line stops
 * it; each is answered with a line once it is done.
 */
public final class JobsProcess {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private JobsProcess() {}

  /** Arguments: name=value settings of Kafka Streams. Lines: workload, application id, sink. */
  public static void main(String[] args) throws Exception {
    Properties settings = new Properties();
    for (String arg : args) {
      String[] parts = arg.split("=", 2);
      settings.setProperty(parts[0], parts[1]);
    }
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
  }
}
