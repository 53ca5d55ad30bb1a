package dev.flagstream.generator.replay;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.flagstream.generator.replay.csv.RejectedRows;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps the rows that could not be replayed: a CSV file of file, line, reason and the row as it
 * stands in the file, clear card numbers among it, so that only its owner may read it. It is there
 * once there is such a row. Used by one thread.
 */
final class RejectsFile implements AutoCloseable {

  private static final List<String> HEADER = List.of("file", "line", "reason", "row");

  private final Path file;
  private CsvWriter writer;

  private RejectsFile(Path file) {
    this.file = file;
  }

  /**
   * Prepares a file; one that an earlier replay left is removed, no other.
   *
   * @param replayed the files that are to be read
   * @throws UncheckedIOException naming the file, if that cannot be done
   */
  static RejectsFile at(Path file, List<Path> replayed) {
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw cannotWrite(file, new NoSuchFileException("there is no folder " + folder));
    }
    try {
      if (Files.exists(file)) {
        for (Path each : replayed) {
          if (Files.exists(each) && Files.isSameFile(file, each)) {
            throw taken(file, "is to be replayed");
          }
        }
        if (!isOfAnEarlierReplay(file)) {
          throw taken(file, "is there already, and of no earlier replay");
        }
        Files.delete(file);
      }
      return new RejectsFile(file);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /** Also an empty one: it was ended before its first line reached the disk. */
  private static boolean isOfAnEarlierReplay(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    byte[] header = String.join(",", HEADER).getBytes(StandardCharsets.UTF_8);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(header.length);
      return start.length == 0 || Arrays.equals(start, header);
    }
  }

  Path path() {
    return file;
  }

  /** Takes the bad rows of one of the replayed files. */
  RejectedRows of(Path replayed) {
    return (line, reason, row) -> add(replayed, line, reason, row);
  }

  private void add(Path replayed, long line, String reason, String row) {
    try {
      if (writer == null) {
        createForItsOwner();
        writer = CsvWriter.builder().build(file, StandardCharsets.UTF_8);
        writer.writeRecord(HEADER);
      }
      writer.writeRecord(replayed.toString(), Long.toString(line), reason, row);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  private void createForItsOwner() throws IOException {
    if (Files.getFileStore(file.toAbsolutePath().getParent())
        .supportsFileAttributeView(PosixFileAttributeView.class)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(file);
    }
  }

  @Override
  public void close() {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  private static UncheckedIOException taken(Path file, String why) {
    return new UncheckedIOException(
        "rejected rows cannot go to %s, which %s: name another file with --rejects"
            .formatted(file, why),
        new FileAlreadyExistsException(file.toString()));
  }

  private static UncheckedIOException cannotWrite(Path file, IOException cause) {
    return new UncheckedIOException(
        "cannot write rejected rows to " + file + " (name another file with --rejects): " + cause,
        cause);
  }
}
