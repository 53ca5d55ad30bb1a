package dev.flagstream.generator.replay.layout;

import dev.flagstream.generator.replay.csv.CsvHeader;
import dev.flagstream.generator.replay.csv.CsvRow;
import java.time.Instant;
import java.util.Set;

/** Makes transactions of the rows of one file. Used by one thread. */
@FunctionalInterface
interface TransactionMapping {

  /**
   * Reads one row.
   *
   * @throws dev.flagstream.generator.replay.csv.UnfitRowException if it is no transaction
   */
  LabeledTransaction read(CsvRow row);

  /**
   * What a mapping needs to know of a file.
   *
   * @param fileName the file's name without its endings, which begins ids that the file lacks
   * @param header the names of its columns
   * @param nullTexts field contents that mean unknown
   * @param startTime what the file counts its time from, if it does
   */
  record Context(String fileName, CsvHeader header, Set<String> nullTexts, Instant startTime) {

    LayoutColumn column(String name) {
      return new LayoutColumn(name, header, nullTexts);
    }
  }
}
