package dev.flagstream.engine.format;

import dev.flagstream.engine.catalog.Format;
import org.apache.commons.csv.CSVFormat;

/** The CSV dialect of a DELIMITED format. */
final class Delimiters {

  /** The property of {@link Format} that holds the delimiter. */
  private static final String DELIMITER = "delimiter";

  private Delimiters() {}

  static CSVFormat csv(Format format) {
    return CSVFormat.DEFAULT
        .builder()
        .setDelimiter(character(format.properties().getOrDefault(DELIMITER, ",")))
        .get();
  }

  private static char character(String delimiter) {
    return switch (delimiter) {
      case "SPACE" -> ' ';
      case "TAB" -> '\t';
      default -> delimiter.charAt(0);
    };
  }
}
