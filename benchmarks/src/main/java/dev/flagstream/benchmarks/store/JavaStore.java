package dev.flagstream.benchmarks.store;

import dev.flagstream.benchmarks.AnsweringProcess;
import dev.flagstream.benchmarks.ProcessMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A store that is a Java program, in a JVM of its own. */
final class JavaStore implements MeasuredStore {

  private final AnsweringProcess process;
  private final String uri;

  private JavaStore(AnsweringProcess process) {
    this.process = process;
    this.uri = process.answer();
  }

  static JavaStore start(StoreProcess.Kind kind, Path directory, List<String> javaOptions) {
    return new JavaStore(
        AnsweringProcess.start(
            StoreProcess.class,
            javaOptions,
            List.of("--kind=" + kind, "--directory=" + directory),
            directory.resolve("errors")));
  }

  @Override
  public String uri() {
    return uri;
  }

  @Override
  public Optional<Duration> cpu() {
    return Optional.of(process.cpu());
  }

  @Override
  public OptionalDouble heapMib() {
    return OptionalDouble.of(Double.parseDouble(process.ask(StoreProcess.HEAP)));
  }

  @Override
  public OptionalDouble peakMib() {
    return ProcessMemory.peakMib(process.pid());
  }

  @Override
  public void close() {
    process.close();
  }
}
