package dev.flagstream.benchmarks;

import dev.flagstream.benchmarks.workload.FlinkSql;
import dev.flagstream.benchmarks.workload.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Flink SQL, by the jar of {@code benchmarks/flink}, which is on no class path but its own. */
final class FlinkProgram implements Program {

  private static final String GUARANTEE = "at_least_once";

  private final String bootstrapServers;
  private final AnsweringProcess process;

  /**
   * Starts Flink.
   *
   * @throws IllegalArgumentException if there is no such jar, or the guarantee is another
   */
  FlinkProgram(JobSettings settings, Path jar, List<String> javaOptions, Path errors) {
    if (!Files.isRegularFile(jar)) {
      throw new IllegalArgumentException(
          "There is no "
              + jar
              + " to run Flink SQL: mvn -Pflink package -DskipTests -pl benchmarks/flink -am makes"
              + " it, or leave it out by --programs=SQL,HANDWRITTEN");
    }
    if (!GUARANTEE.equals(settings.guarantee())) {
      throw new IllegalArgumentException(
          "Flink SQL is measured with --guarantee="
              + GUARANTEE
              + " alone, not "
              + settings.guarantee()
              + ": leave it out by --programs=SQL,HANDWRITTEN");
    }
    this.bootstrapServers = settings.bootstrapServers();
    List<String> arguments = new ArrayList<>();
    arguments.add("--slots=" + settings.flink().get(JobSettings.PARALLELISM));
    settings.flink().forEach((name, value) -> arguments.add("-D" + name + "=" + value));
    this.process = AnsweringProcess.start(jar, javaOptions, arguments, errors);
    process.answer();
  }

  @Override
  public String name() {
    return "Flink SQL";
  }

  @Override
  public String start(Workload workload, String sink) {
    String group = "flink-" + sink;
    for (String statement : FlinkSql.statements(workload, bootstrapServers, group, sink)) {
      process.ask(statement.replace('\n', ' '));
    }
    return group;
  }

  /**
   * Flink's commit is its checkpoint: a job ends once one holds all that it has read and written.
   * The offsets that it writes to Kafka besides are for others to look at, and may miss the last
   * one.
   */
  @Override
  public void awaitConsumed(Cluster cluster, String group, Workload workload) {
    process.ask("");
  }

  @Override
  public void stop() {
    // It has ended.
  }

  @Override
  public Duration cpu() {
    return process.cpu();
  }

  @Override
  public void close() {
    process.close();
  }
}
