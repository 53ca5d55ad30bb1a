package dev.flagstream.benchmarks.generator;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import dev.flagstream.benchmarks.Cluster;
import dev.flagstream.benchmarks.MeasuringCommand;
import dev.flagstream.benchmarks.Median;
import dev.flagstream.benchmarks.WorkDirectory;
import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.generator.simulation.SimulatedTransaction;
import dev.flagstream.generator.transaction.Transaction;
import dev.flagstream.generator.transaction.TransactionJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import org.apache.kafka.tools.ProducerPerformance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How fast the generator fills a topic, beside Kafka's own ProducerPerformance: the same producer
 * settings, topics of as many partitions on the same broker, each in a JVM of its own, in turns.
 * ProducerPerformance sends records of the same size in both of its ways: random letters, which it
 * makes for each record as the generator makes a transaction ({@code --record-size}), and
 * transactions of the generator, made beforehand, with the key in front ({@code --payload-file}).
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
      Pattern.compile("([0-9]+)( steady state)? records sent, ([0-9.]+) records/sec.*99\\.9th.*");

  @Option(
      names = "--records",
      defaultValue = "6000000",
      description = "Transactions that are measured in each run. Default: ${DEFAULT-VALUE}.")
  private int records;

  @Option(
      names = "--warm-up",
      defaultValue = "4000000",
      description =
          "Transactions before them, in which Java compiles what runs often. Default:"
              + " ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(
      names = "--rounds",
      defaultValue = "4",
      description = "Measured runs of each. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Producer settings for both programs, in place of the generator's own.")
  private Path config;

  @Option(
      names = "--java-options",
      split = " ",
      defaultValue = "-Xmx512m",
      description = "JVM options of both programs. Default: ${DEFAULT-VALUE}.")
  private List<String> javaOptions;

  /** Records per second of one run: of all, and of those after the warm-up. */
  private record Rate(double all, double warm) {}

  private record Line(String program, List<Rate> rates) {}

  private interface Run {
    void measure(int number) throws Exception;
  }

  public static void main(String[] args) {
    MeasuringCommand.run(new ProducerSpeed(), args);
  }

  @Override
  public Integer call() throws Exception {
    try (WorkDirectory directory = WorkDirectory.create("producer-speed");
        Cluster cluster = Cluster.start(directory.resolve("broker"))) {
      Path payloads = directory.resolve("payloads");
      double meanBytes = writePayloads(payloads);
      KafkaSettings settings =
          KafkaSettings.of(Optional.ofNullable(config), Optional.of(cluster.bootstrapServers()));
      Path file = writeSettings(settings, directory);
      List<String> size = List.of("--record-size", Long.toString(Math.round(meanBytes)));
      List<String> sample = List.of("--payload-file", payloads.toString());
      Line letters = new Line("ProducerPerformance --record-size", new ArrayList<>());
      Line transactions = new Line("ProducerPerformance --payload-file", new ArrayList<>());
      Line generator = new Line("generator", new ArrayList<>());
      try (ProgressBar progress = MeasuringCommand.progress("measuring", 3L * rounds)) {
        for (int round = 0; round < rounds; round++) {
          List<Run> runs =
              new ArrayList<>(
                  List.of(
                      run -> letters.rates().add(producerPerformance(cluster, file, size, run)),
                      run ->
                          transactions.rates().add(producerPerformance(cluster, file, sample, run)),
                      run -> generator.rates().add(generator(cluster, file, run))));
          // Who goes first takes turns, too: a broker is slower when it is new.
          Collections.rotate(runs, round);
          for (int i = 0; i < runs.size(); i++) {
            runs.get(i).measure(runs.size() * round + i);
            progress.step();
          }
        }
      }
      System.out.println(table(letters, transactions, generator));
      System.out.printf(
          Locale.ROOT,
          "%,d records of %.0f bytes (key and value) after %,d to warm up, %s; in turns, medians of"
              + " %d rounds.%n",
          records,
          meanBytes,
          warmUp,
          inWords(settings),
          rounds);
    }
    return 0;
  }

  private Rate producerPerformance(Cluster cluster, Path settings, List<String> payload, int round)
      throws Exception {
    String topic = "performance-" + round;
    cluster.createInput(topic);
    List<String> arguments = new ArrayList<>(payload);
    arguments.addAll(
        List.of(
            "--topic",
            topic,
            "--num-records",
            Integer.toString(warmUp + records),
            "--warmup-records",
            Integer.toString(warmUp),
            "--throughput",
            "-1",
            "--command-config",
            settings.toString()));
    List<String> lines = run(ProducerPerformance.class, arguments);
    cluster.deleteTopics(List.of(topic));
    return new Rate(rate(lines, "", warmUp + records), rate(lines, " steady state", records));
  }

  /** The rate that ProducerPerformance printed at its end for {@code expected} records. */
  private static double rate(List<String> lines, String ofWhich, int expected) {
    return lines.stream()
        .map(RESULT::matcher)
        .filter(Matcher::matches)
        .filter(line -> ofWhich.equals(Objects.requireNonNullElse(line.group(2), "")))
        .filter(line -> Integer.parseInt(line.group(1)) == expected)
        .mapToDouble(line -> Double.parseDouble(line.group(3)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("ProducerPerformance ended with: " + lines));
  }

  private Rate generator(Cluster cluster, Path settings, int round) throws Exception {
    List<String> topics = GeneratorProcess.topics(round);
    topics.forEach(cluster::createInput);
    List<String> lines =
        run(
            GeneratorProcess.class,
            List.of(
                "--config=" + settings,
                "--records=" + (warmUp + records),
                "--warm-up=" + warmUp,
                "--run=" + round));
    cluster.deleteTopics(topics);
    String[] rates = lines.get(lines.size() - 1).split(" ", 2);
    return new Rate(Double.parseDouble(rates[0]), Double.parseDouble(rates[1]));
  }

  /** Runs a program to its end; what it writes to standard error is shown if it fails. */
  private List<String> run(Class<?> main, List<String> arguments)
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
      return out.lines().toList();
    } finally {
      Files.delete(errors);
    }
  }

  /** Returns the mean size of a payload in bytes. */
  private static double writePayloads(Path file) throws IOException {
    Iterator<SimulatedTransaction> simulated =
        GeneratorProcess.world().from(GeneratorProcess.START);
    long bytes = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < PAYLOADS; i++) {
        Transaction transaction = simulated.next().transaction();
        byte[] key = transaction.cardNumber().getBytes(StandardCharsets.UTF_8);
        byte[] value = TransactionJson.encode(transaction);
        out.write(key);
        out.write(value);
        out.write('\n');
        bytes += key.length + value.length;
      }
    }
    return (double) bytes / PAYLOADS;
  }

  private static Path writeSettings(KafkaSettings settings, WorkDirectory directory)
      throws IOException {
    List<String> lines = new ArrayList<>();
    settings.forProducer().forEach((name, value) -> lines.add(name + "=" + value));
    return Files.write(directory.resolve("producer.properties"), lines);
  }

  private static String inWords(KafkaSettings settings) {
    Map<String, Object> producer = settings.forProducer();
    return Stream.of("acks", "enable.idempotence", "linger.ms", "batch.size", "compression.type")
        .map(name -> name + " " + producer.get(name))
        .collect(Collectors.joining(", ", "", ", 4 partitions"));
  }

  private static String table(Line letters, Line transactions, Line generator) {
    return AsciiTable.getTable(
        AsciiTable.FANCY_ASCII,
        List.of(letters, transactions, generator),
        List.of(
            new Column().header("program").dataAlign(HorizontalAlign.LEFT).with(Line::program),
            new Column().header("each round").with(line -> each(line, Rate::warm)),
            number("records/s", "%,.0f", line -> median(line, Rate::warm)),
            ratio("to --record-size", letters),
            ratio("to --payload-file", transactions),
            number("with the warm-up", "%,.0f", line -> median(line, Rate::all))));
  }

  private static ColumnData<Line> ratio(String header, Line to) {
    return number(header, "%.2f", line -> median(line, Rate::warm) / median(to, Rate::warm));
  }

  private static ColumnData<Line> number(
      String header, String format, ToDoubleFunction<Line> number) {
    return new Column()
        .header(header)
        .dataAlign(HorizontalAlign.RIGHT)
        .with(line -> String.format(Locale.ROOT, format, number.applyAsDouble(line)));
  }

  private static String each(Line line, ToDoubleFunction<Rate> which) {
    return line.rates().stream()
        .map(rate -> String.format(Locale.ROOT, "%.0fk", which.applyAsDouble(rate) / 1_000))
        .collect(Collectors.joining(" "));
  }

  private static double median(Line line, ToDoubleFunction<Rate> which) {
    return Median.of(line.rates().stream().mapToDouble(which).toArray());
  }
}
