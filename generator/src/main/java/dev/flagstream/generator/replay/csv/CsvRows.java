package dev.flagstream.generator.replay.csv;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The good rows of a CSV file, packed or not, one after the other in bounded memory. Bad rows are
 * handed to the {@link RejectedRows}. Used by one thread; {@link #bytesRead} by any.
 */
public final class CsvRows implements AutoCloseable {

  private static final Pattern SEPARATOR_LINE = Pattern.compile("(?i)sep=.");

  private static final int SEPARATOR_AT = 4;

  private final Path file;
  private final CsvBytes bytes;
  private final RowFraming framing;
  private final CsvReader.CsvReaderBuilder parser;
  private final CsvHeader header;
  private boolean headerRead;
  private String firstRow;

  private CsvRows(Path file, CsvBytes bytes, CsvDialect dialect, RejectedRows rejected) {
    this.file = file;
    this.bytes = bytes;
    this.framing =
        new RowFraming(
            bytes.reader(),
            dialect.delimiter(),
            bytes.charset().name(),
            (line, reason, row) -> {
              if (!headerRead) {
                throw badHeader(reason);
              }
              rejected.add(line, reason, row);
            });
    this.parser = CsvReader.builder().fieldSeparator(dialect.delimiter());
    this.header = dialect.header().isEmpty() ? headerInFile(dialect) : givenHeader(dialect);
    headerRead = true;
    framing.expectFields(header.size());
  }

  /**
   * Opens a file and reads its header, unless the dialect gives one. A first line that repeats a
   * given header is passed over.
   *
   * @throws CsvFormatException if the file cannot be read or has no usable header
   */
  public static CsvRows open(Path file, CsvDialect dialect, RejectedRows rejected) {
    CsvBytes bytes = CsvBytes.open(file, dialect.charset());
    try {
      return new CsvRows(file, bytes, dialect, rejected);
    } catch (RuntimeException e) {
      try {
        bytes.close();
      } catch (IOException failure) {
        e.addSuppressed(failure);
      }
      throw e;
    }
  }

  public Path file() {
    return file;
  }

  public CsvHeader header() {
    return header;
  }

  /** The next row, or null at the end of what can be read. */
  public CsvRow next() {
    String row = firstRow == null ? framing.next() : firstRow;
    firstRow = null;
    return row == null ? null : new CsvRow(framing.rowLine(), row, fieldsOf(row));
  }

  /** How many rows were handed to the {@link RejectedRows} by this object. */
  public long rejected() {
    return framing.rejectedCount();
  }

  /** How much of the file has been read, in bytes as they stand on the disk. */
  public long bytesRead() {
    return bytes.bytesRead();
  }

  /** Why the rest of the file could not be read; empty as long as nothing went wrong. */
  public Optional<String> brokenOff() {
    return Optional.ofNullable(framing.failure())
        .map(
            failure ->
                file
                    + " cannot be read beyond line "
                    + framing.line()
                    + ": "
                    + CsvBytes.reasonOf(failure));
  }

  @Override
  public void close() {
    try {
      bytes.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CsvHeader headerInFile(CsvDialect dialect) {
    String row = framing.next();
    if (row == null) {
      throw empty();
    }
    if (SEPARATOR_LINE.matcher(row).matches()) {
      row = behindSeparatorLine(row, dialect);
    }
    List<String> names = fieldsOf(row);
    if (CsvHeader.looksLikeRow(names)) {
      throw new CsvFormatException(
          "the first line of "
              + file
              + " looks like a row, not like the columns' names: give them with --header");
    }
    CsvHeader read = CsvHeader.of(file.toString(), names);
    if (read.size() == 1) {
      otherDelimiterIn(row, dialect.delimiter())
          .ifPresent(
              other -> {
                throw new CsvFormatException(
                    "the first line of "
                        + file
                        + " has no "
                        + named(dialect.delimiter())
                        + ", but "
                        + named(other)
                        + ": give --delimiter");
              });
    }
    return read;
  }

  /** Excel begins a file with the character that separates its fields. */
  private String behindSeparatorLine(String line, CsvDialect dialect) {
    char separator = line.charAt(SEPARATOR_AT);
    if (separator != dialect.delimiter()) {
      throw new CsvFormatException(
          "the first line of "
              + file
              + " says that its fields are separated by "
              + named(separator)
              + ": give it as --delimiter");
    }
    String row = framing.next();
    if (row == null) {
      throw empty();
    }
    return row;
  }

  private CsvHeader givenHeader(CsvDialect dialect) {
    CsvHeader given = CsvHeader.of("--header", dialect.header());
    headerRead = true;
    framing.expectFields(given.size());
    String row = framing.next();
    if (row != null && !isHeader(given, fieldsOf(row))) {
      firstRow = row;
    }
    return given;
  }

  private static boolean isHeader(CsvHeader given, List<String> fields) {
    for (int i = 0; i < given.size(); i++) {
      if (!given.names().get(i).equalsIgnoreCase(fields.get(i).strip())) {
        return false;
      }
    }
    return true;
  }

  private List<String> fieldsOf(String row) {
    return parser.ofSingleCsvRecord(row).getFields();
  }

  private CsvFormatException empty() {
    return brokenOff()
        .map(CsvFormatException::new)
        .orElseGet(
            () ->
                new CsvFormatException(
                    file + " is empty: its first line must name the columns, or --header"));
  }

  private CsvFormatException badHeader(String reason) {
    return new CsvFormatException(
        "the first line of "
            + file
            + ", which must name the columns, "
            + reason
            + " (is it in another encoding than "
            + bytes.charset()
            + "? then give --encoding)");
  }

  private static Optional<Character> otherDelimiterIn(String row, char delimiter) {
    return List.of(',', ';', '\t', '|').stream()
        .filter(other -> other != delimiter && row.indexOf(other) >= 0)
        .findFirst();
  }

  private static String named(char delimiter) {
    return delimiter == '\t' ? "tab" : "'" + delimiter + "'";
  }
}
