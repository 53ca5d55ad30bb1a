package dev.flagstream.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether what long work ends with can be written: asked before the work, so that a wrong path is
 * told at once and not after an hour. It is an answer about now; the writing itself may still fail.
 */
public final class WritablePlace {

  private WritablePlace() {}

  /**
   * Why no file can be written there; a folder that is missing is not a reason, since whoever
   * writes makes it.
   *
   * @return empty if a file can be written; otherwise half a sentence that names the place
   */
  public static Optional<String> reasonAgainstFile(Path file) {
    Path there = file.toAbsolutePath().normalize();
    if (Files.isDirectory(there)) {
      return Optional.of("%s is a folder; name the file to write".formatted(file));
    }
    if (Files.exists(there)) {
      return Files.isWritable(there)
          ? Optional.empty()
          : Optional.of("%s is there, and may not be written".formatted(file));
    }
    return reasonAgainstFolder(there.getParent());
  }

  /**
   * Why nothing can be written in a folder, which need not be there.
   *
   * @return empty if something can; otherwise half a sentence that names the place
   */
  public static Optional<String> reasonAgainstFolder(Path folder) {
    Path there = folder.toAbsolutePath().normalize();
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there)) {
      return Optional.of("%s is a file, and a folder is needed there".formatted(there));
    }
    return Files.isWritable(there)
        ? Optional.empty()
        : Optional.of("nothing can be written in %s".formatted(there));
  }
}
