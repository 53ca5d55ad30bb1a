package dev.flagstream.generator.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;

/** How much of several files has been read. One thread reads the files, any may look. */
final class ReadBytes {

  private final long total;
  private volatile long before;
  private volatile LongSupplier current = () -> 0;

  ReadBytes(List<Path> files) {
    this.total = files.stream().mapToLong(ReadBytes::sizeOf).sum();
  }

  /** Notes that the next file is being read. */
  void begin(LongSupplier bytesRead) {
    current = bytesRead;
  }

  /** Notes that the file has been read. */
  void end(Path file) {
    current = () -> 0;
    long sum = before + sizeOf(file);
    before = sum;
  }

  /** Notes that all files are read once more from the beginning. */
  void startAgain() {
    current = () -> 0;
    before = 0;
  }

  long total() {
    return total;
  }

  long now() {
    return Math.min(total, before + current.getAsLong());
  }

  /** Only for progress: a file that cannot be looked at will be an error when it is opened. */
  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }
}
