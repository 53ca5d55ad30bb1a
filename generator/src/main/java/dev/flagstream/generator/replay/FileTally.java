package dev.flagstream.generator.replay;

import dev.flagstream.generator.replay.csv.CsvRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What became of the files: how much has been read, how many rows were rejected, which files broke
 * off. One thread reads the files; any may look at the bytes, and at the rest when that thread is
 * done.
 */
final class FileTally {

  private final ReadBytes bytes;
  private final List<String> brokenOff = new ArrayList<>();
  private long rejected;

  FileTally(List<Path> files) {
    this.bytes = new ReadBytes(files);
  }

  ReadBytes bytes() {
    return bytes;
  }

  /** Sends the rows of one file, as far as the replay goes. */
  void send(Path file, ReplaySource source, Replay replay) throws InterruptedException {
    bytes.begin(source::bytesRead);
    replay.send(source);
    bytes.end(file);
    add(source.rejected(), source.brokenOff());
  }

  /** Counts a file that was read without sending any of it. */
  void add(CsvRows rows) {
    add(rows.rejected(), rows.brokenOff());
  }

  private void add(long rejectedOfFile, Optional<String> why) {
    rejected += rejectedOfFile;
    why.ifPresent(brokenOff::add);
  }

  /** How many rows were rejected. */
  long rejected() {
    return rejected;
  }

  /** Which files could not be read to their ends, and why. */
  List<String> brokenOff() {
    return List.copyOf(brokenOff);
  }
}
