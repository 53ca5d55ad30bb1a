package dev.flagstream.engine.format;

import dev.flagstream.engine.catalog.Format;
import org.apache.commons.csv.CSVFormat;

/** The CSV dialect of a DELIMITED format. */
final class Delimiters {

  /** The property of {@link Format} that holds the delimiter. */
  private static final String DELIMITER = "delimiter";

  private Delimiters() {}

  static CSVFormat csv(Format format) {
    return CSVFormat.DEFAULT.builder().setDelimiter(of(format)).get();
  }

  /** The character between two columns. */
  static char of(Format format) {
    String delimiter = format.properties().getOrDefault(DELIMITER, ",");
    return switch (delimiter) {
      case "SPACE" -> ' ';
      case "TAB" -> '\t';
      default -> delimiter.charAt(0);
    };
  }
}
