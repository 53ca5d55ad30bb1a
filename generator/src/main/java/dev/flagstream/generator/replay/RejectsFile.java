package dev.flagstream.generator.replay;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.flagstream.generator.replay.csv.RejectedRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps the rows that could not be replayed: a CSV file of file, line, reason and the row as it
 * stands in the file. It is there once there is such a row. Used by one thread.
 */
final class RejectsFile implements AutoCloseable {

  private final Path file;
  private CsvWriter writer;

  private RejectsFile(Path file) {
    this.file = file;
  }

  /**
   * Prepares a file; one that an earlier replay left is removed.
   *
   * @throws UncheckedIOException naming the file, if that cannot be done
   */
  static RejectsFile at(Path file) {
    try {
      Files.deleteIfExists(file);
      return new RejectsFile(file);
    } catch (IOException e) {
      throw cannotWrite(file, e);
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
        writer = CsvWriter.builder().build(file, StandardCharsets.UTF_8);
        writer.writeRecord("file", "line", "reason", "row");
      }
      writer.writeRecord(replayed.toString(), Long.toString(line), reason, row);
    } catch (IOException e) {
      throw cannotWrite(file, e);
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

  private static UncheckedIOException cannotWrite(Path file, IOException cause) {
    return new UncheckedIOException(
        "cannot write rejected rows to " + file + " (name another file with --rejects): " + cause,
        cause);
  }
}
