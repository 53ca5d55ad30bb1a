package dev.flagstream.generator.replay.csv;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How a file's bytes are to be read as rows.
 *
 * @param charset of a file that does not begin with a byte order mark; empty for UTF-8
 * @param delimiter between fields
 * @param header the columns' names if the file does not begin with them; empty if it does
 * @param nullTexts field contents that mean NULL; an empty field always does
 */
public record CsvDialect(
    Optional<Charset> charset, char delimiter, List<String> header, Set<String> nullTexts) {

  /** Comma, UTF-8, a header in the first line, and NULL only where a field is empty. */
  public static final CsvDialect DEFAULT =
      new CsvDialect(Optional.empty(), ',', List.of(), Set.of());

  public CsvDialect {
    Objects.requireNonNull(charset, "charset");
    header = List.copyOf(header);
    nullTexts = Set.copyOf(nullTexts);
    if (delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
      throw new IllegalArgumentException("a delimiter cannot be a quote or a line end");
    }
  }
}
