package dev.flagstream.benchmarks.store;

import dev.flagstream.benchmarks.ProcessMemory;
import dev.flagstream.local.settings.FreePorts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** A real MongoDB server, with the smallest cache that it takes. */
public final class Mongod implements MeasuredStore {

  private static final long STOP_SECONDS = 30;

  private final Process process;
  private final String uri;

  private Mongod(Process process, String uri) {
    this.process = process;
    this.uri = uri;
  }

  /** The program, if it is installed. */
  public static Optional<Path> find() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, "mongod"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it; a driver waits until it answers. */
  public static Mongod start(Path program, Path directory) throws IOException {
    int port = FreePorts.pickOne();
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--dbpath=" + directory,
                "--bind_ip=127.0.0.1",
                "--port=" + port,
                "--wiredTigerCacheSizeGB=0.25")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("mongod.log").toFile())
            .start();
    return new Mongod(process, "mongodb://127.0.0.1:" + port);
  }

  @Override
  public String uri() {
    return uri;
  }

  @Override
  public Optional<Duration> cpu() {
    return process.info().totalCpuDuration();
  }

  @Override
  public OptionalDouble heapMib() {
    return OptionalDouble.empty();
  }

  @Override
  public OptionalDouble peakMib() {
    return ProcessMemory.peakMib(process.pid());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
