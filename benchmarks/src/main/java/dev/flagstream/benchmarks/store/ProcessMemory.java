package dev.flagstream.benchmarks.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What the operating system has given to a process. */
final class ProcessMemory {

  private static final double KIB_PER_MIB = 1024;

  private ProcessMemory() {}

  /** The most of its life so far, in MiB; empty on systems that do not tell it as Linux does. */
  static OptionalDouble peakMib(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB)
          .findFirst();
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
  }
}
