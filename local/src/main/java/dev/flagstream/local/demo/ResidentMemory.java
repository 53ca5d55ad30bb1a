package dev.flagstream.local.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much memory the operating system has given this process. */
final class ResidentMemory {

  private static final Logger LOG = LoggerFactory.getLogger(ResidentMemory.class);
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String NOW = "VmRSS:";
  private static final String MOST = "VmHWM:";
  private static final long KIB_PER_MIB = 1024;

  private ResidentMemory() {}

  /** In MiB; empty on systems that do not tell it the way Linux does. */
  static OptionalLong mebibytes() {
    return mebibytes(NOW);
  }

  /** The most it ever was, in MiB; empty on systems that do not tell it the way Linux does. */
  static OptionalLong mostMebibytes() {
    return mebibytes(MOST);
  }

  private static OptionalLong mebibytes(String field) {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB)
          .findFirst();
    } catch (IOException e) {
      LOG.debug("No {}", STATUS, e);
      return OptionalLong.empty();
    }
  }
}
