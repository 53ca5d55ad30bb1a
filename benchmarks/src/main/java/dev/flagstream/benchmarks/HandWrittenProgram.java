package dev.flagstream.benchmarks;

import dev.flagstream.benchmarks.handwritten.JobsProcess;
import dev.flagstream.benchmarks.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The programs of {@code handwritten}. */
final class HandWrittenProgram implements Program {

  private final AnsweringProcess process;

  HandWrittenProgram(JobSettings settings, List<String> javaOptions, Path errors) {
    List<String> arguments = new ArrayList<>();
    arguments.add("-Dbootstrap.servers=" + settings.bootstrapServers());
    settings.streams().forEach((name, value) -> arguments.add("-D" + name + "=" + value));
    this.process = AnsweringProcess.start(JobsProcess.class, javaOptions, arguments, errors);
    process.answer();
  }

  @Override
  public String name() {
    return "Kafka Streams + Jackson";
  }

  @Override
  public String start(Workload workload, String sink) {
    String group = "handwritten-" + sink;
    process.ask(workload.name() + " " + group + " " + sink);
    return group;
  }

  @Override
  public void stop() {
    process.ask("");
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
