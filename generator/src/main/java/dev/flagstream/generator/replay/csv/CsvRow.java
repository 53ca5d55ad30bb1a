package dev.flagstream.generator.replay.csv;

import java.util.List;

/**
 * One row of a file.
 *
 * @param line where it starts, from 1
 * @param text as it stands in the file, decoded, without the line end
 * @param fields as many as the header has names, without their quotes
 */
public record CsvRow(long line, String text, List<String> fields) {

  /** Only the line: a row's contents belong in no log. */
  @Override
  public String toString() {
    return "CsvRow[line " + line + "]";
  }
}
