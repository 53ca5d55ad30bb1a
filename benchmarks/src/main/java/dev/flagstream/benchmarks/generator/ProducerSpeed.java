package dev.flagstream.benchmarks.generator;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.flagstream.benchmarks.Cluster;
import dev.flagstream.benchmarks.WorkDirectory;
import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.generator.simulation.SimulatedTransaction;
import dev.flagstream.generator.transaction.TransactionJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.apache.kafka.tools.ProducerPerformance;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How fast the generator fills a topic, beside Kafka's own ProducerPerformance: the same producer
 * settings, records of the same size (its payloads are transactions of the generator, with the key
 * in front), topics of as many partitions on the same broker, each in a JVM of its own, in turns.
 * The generator simulates, encodes, and sends truth and labels besides.
 */
@Command(
    name = "producer-speed",
    mixinStandardHelpOptions = true,
    description =
        "Records per second into a broker: the generator beside Kafka's own ProducerPerformance.")
public final class ProducerSpeed implements Callable<Integer> {

  private static final int PAYLOADS = 100_000;
  private static final Pattern RESULT =
      Pattern.compile("([0-9]+) records sent, ([0-9.]+) records/sec.*99\\.9th.*");

  @Option(
      names = "--records",
      defaultValue = "3000000",
      description = "transactions in each run (default: ${DEFAULT-VALUE})")
  private int records;

  @Option(
      names = "--rounds",
      defaultValue = "4",
      description = "measured runs of each (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--java-options",
      split = " ",
      defaultValue = "-Xmx512m",
      description = "for both programs (default: ${DEFAULT-VALUE})")
  private List<String> javaOptions;

  private record Line(String program, List<Double> perSecond) {}

  /** Runs the command. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new ProducerSpeed())
            .setExecutionExceptionHandler(
                (problem, command, parsed) -> {
                  command.getErr().println("The comparison failed: " + problem.getMessage());
                  return CommandLine.ExitCode.SOFTWARE;
                })
            .execute(args));
  }

  @Override
  public Integer call() throws Exception {
    try (WorkDirectory directory = WorkDirectory.create("producer-speed");
        Cluster cluster = Cluster.start(directory.resolve("broker"))) {
      Path payloads = directory.resolve("payloads");
      double meanBytes = writePayloads(payloads);
      Path settings = writeSettings(cluster.bootstrapServers(), directory);
      Line kafka = new Line("ProducerPerformance", new ArrayList<>());
      Line generator = new Line("generator", new ArrayList<>());
      try (ProgressBar progress =
          new ProgressBarBuilder().setTaskName("measuring").setInitialMax(2L * rounds).build()) {
        for (int round = 0; round < rounds; round++) {
          kafka.perSecond().add(producerPerformance(cluster, settings, payloads, round));
          progress.step();
          generator.perSecond().add(generator(cluster, round));
          progress.step();
        }
      }
      System.out.println(table(kafka, generator));
      System.out.printf(
          Locale.ROOT,
          "%,d records a run of %.0f bytes (key and value), %s; in turns, medians of %d rounds.%n",
          records,
          meanBytes,
          settingsInWords(),
          rounds);
    }
    return 0;
  }

  private double producerPerformance(Cluster cluster, Path settings, Path payloads, int round)
      throws Exception {
    String topic = "performance-" + round;
    cluster.createInput(topic);
    String last =
        lastLine(
            ProducerPerformance.class,
            List.of(
                "--topic",
                topic,
                "--num-records",
                Integer.toString(records),
                "--throughput",
                "-1",
                "--payload-file",
                payloads.toString(),
                "--command-config",
                settings.toString()));
    cluster.deleteTopics(List.of(topic));
    Matcher result = RESULT.matcher(last);
    if (!result.matches() || Integer.parseInt(result.group(1)) != records) {
      throw new IllegalStateException("ProducerPerformance ended with: " + last);
    }
    return Double.parseDouble(result.group(2));
  }

  private double generator(Cluster cluster, int round) throws Exception {
    List<String> topics = GeneratorProcess.topics(round);
    topics.forEach(cluster::createInput);
    String last =
        lastLine(
            GeneratorProcess.class,
            List.of(
                cluster.bootstrapServers(), Integer.toString(records), Integer.toString(round)));
    cluster.deleteTopics(topics);
    return Double.parseDouble(last);
  }

  /** Runs a program to its end; what it writes to standard error is shown if it fails. */
  private String lastLine(Class<?> main, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    Path errors = Files.createTempFile("flagstream-producer-speed", ".err");
    try {
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(main.getName() + " failed: " + Files.readString(errors));
      }
      return out.lines().reduce("", (before, line) -> line);
    } finally {
      Files.delete(errors);
    }
  }

  /** Returns the mean size of a payload in bytes. */
  private static double writePayloads(Path file) throws IOException {
    TransactionJson json = new TransactionJson();
    Iterator<SimulatedTransaction> simulated =
        GeneratorProcess.world().from(GeneratorProcess.START);
    long bytes = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < PAYLOADS; i++) {
        var transaction = simulated.next().transaction();
        byte[] key = transaction.cardNumber().getBytes(StandardCharsets.UTF_8);
        byte[] value = json.encode(transaction);
        out.write(key);
        out.write(value);
        out.write('\n');
        bytes += key.length + value.length;
      }
    }
    return (double) bytes / PAYLOADS;
  }

  private static Map<String, Object> settings(String bootstrapServers) {
    return new HashMap<>(KafkaSettings.of(bootstrapServers).forProducer());
  }

  private static Path writeSettings(String bootstrapServers, WorkDirectory directory)
      throws IOException {
    List<String> lines = new ArrayList<>();
    settings(bootstrapServers).forEach((name, value) -> lines.add(name + "=" + value));
    return Files.write(directory.resolve("producer.properties"), lines);
  }

  private static String settingsInWords() {
    Map<String, Object> settings = settings("");
    return String.format(
        Locale.ROOT,
        "acks %s, idempotent, linger %s ms, batches of %s bytes, %s, 4 partitions",
        settings.get("acks"),
        settings.get("linger.ms"),
        settings.get("batch.size"),
        settings.get("compression.type"));
  }

  private static String table(Line kafka, Line generator) {
    double base = median(kafka.perSecond());
    return AsciiTable.getTable(
        AsciiTable.FANCY_ASCII,
        List.of(kafka, generator),
        List.of(
            new Column().header("program").with(Line::program),
            new Column().header("each round").with(line -> each(line.perSecond())),
            new Column()
                .header("records/s")
                .dataAlign(HorizontalAlign.RIGHT)
                .with(line -> String.format(Locale.ROOT, "%,.0f", median(line.perSecond()))),
            new Column()
                .header("ratio")
                .dataAlign(HorizontalAlign.RIGHT)
                .with(
                    line -> String.format(Locale.ROOT, "%.2f", median(line.perSecond()) / base))));
  }

  private static String each(List<Double> perSecond) {
    return perSecond.stream()
        .map(value -> String.format(Locale.ROOT, "%.0fk", value / 1_000))
        .reduce((one, other) -> one + " " + other)
        .orElseThrow();
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
