package dev.flagstream.generator.replay;

import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keeps the rows that could not be replayed, each with its line number and the reason. */
final class RejectedRows implements AutoCloseable {

  private final Path file;
  private final List<String> header;
  private CsvWriter writer;
  private volatile long count;

  private RejectedRows(Path file, List<String> header) {
    this.file = file;
    this.header = header;
  }

  /** Rejects go to {@code <file>.rejected.csv}; one left by an earlier replay is removed. */
  static RejectedRows beside(Path replayed, List<String> header) throws IOException {
    Path file = replayed.resolveSibling(replayed.getFileName() + ".rejected.csv");
    Files.deleteIfExists(file);
    return new RejectedRows(file, header);
  }

  void add(CsvRecord row, String reason) {
    try {
      if (writer == null) {
        writer = CsvWriter.builder().build(file, StandardCharsets.UTF_8);
        writer.writeRecord(line("line", "reason", header));
      }
      writer.writeRecord(line(Long.toString(row.getStartingLineNumber()), reason, row.getFields()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    // Written by the replaying thread only; others just look at it.
    long next = count + 1;
    count = next;
  }

  long count() {
    return count;
  }

  Path file() {
    return file;
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }

  private static List<String> line(String number, String reason, List<String> fields) {
    List<String> line = new ArrayList<>(List.of(number, reason));
    line.addAll(fields);
    return line;
  }
}
