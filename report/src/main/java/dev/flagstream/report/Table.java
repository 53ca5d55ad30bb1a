package dev.flagstream.report;

import java.util.List;

/**
 * A table of texts.
 *
 * @param header names of the columns
 * @param rows each with as many cells as there are columns; cells that read as numbers are set to
 *     the right
 */
public record Table(List<String> header, List<List<String>> rows) {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException naming a row with more or fewer cells than columns
   */
  public Table {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(
            "a row of " + row.size() + " cells under " + header.size() + " columns: " + row);
      }
    }
  }
}
