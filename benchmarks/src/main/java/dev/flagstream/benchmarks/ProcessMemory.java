package dev.flagstream.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What the operating system has given to a process. */
public final class ProcessMemory {

  private static final double KIB_PER_MIB = 1024;

  private ProcessMemory() {}

  /** The most of its life so far, in MiB; empty on systems that do not tell it as Linux does. */
  public static OptionalDouble peakMib(long pid) {
    return mib(pid, "VmHWM:");
  }

  /** At this moment, in MiB; empty as above. */
  public static OptionalDouble residentMib(long pid) {
    return mib(pid, "VmRSS:");
  }

  private static OptionalDouble mib(long pid, String name) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB)
          .findFirst();
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
  }
}
