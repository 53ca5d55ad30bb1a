package dev.flagstream.generator.replay;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.flagstream.generator.replay.csv.CsvFormatException;
import dev.flagstream.generator.transaction.Transaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The transactions of a CSV file, in its order. The header names the columns as the JSON fields,
 * with {@code location.city} and the like for what is inside the location.
 *
 * <p>A row that is no transaction is skipped, counted and kept, with its line number and the
 * reason, in a file beside the original. Not safe for use by several threads.
 */
public final class CsvTransactions implements Iterator<Transaction>, AutoCloseable {

  private final CsvReader<CsvRecord> reader;
  private final CloseableIterator<CsvRecord> rows;
  private final TransactionColumns columns;
  private final RejectedRows rejected;
  private Transaction lookahead;

  private CsvTransactions(Path file, CsvReader<CsvRecord> reader) throws IOException {
    this.reader = reader;
    this.rows = reader.iterator();
    if (!hasNextRow()) {
      throw new CsvFormatException(file + " is empty: its first line must name the columns");
    }
    List<String> header = rows.next().getFields();
    this.columns = TransactionColumns.of(file, header);
    this.rejected = RejectedRows.beside(file, header);
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws CsvFormatException if the file cannot be read or its header lacks a column
   */
  public static CsvTransactions open(Path file) {
    try {
      CsvReader<CsvRecord> reader =
          CsvReader.builder()
              .detectBomHeader(true)
              // A row of the wrong length is one bad row, not the end of the replay.
              .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
              .ofCsvRecord(file, StandardCharsets.UTF_8);
      try {
        return new CsvTransactions(file, reader);
      } catch (IOException | RuntimeException e) {
        reader.close();
        throw e;
      }
    } catch (IOException e) {
      throw new CsvFormatException("cannot read " + file + ": " + e, e);
    }
  }

  /** How many rows were no transactions so far. */
  public long rejectedRows() {
    return rejected.count();
  }

  /** Where rejected rows are kept; the file exists once there is one. */
  public Path rejectedFile() {
    return rejected.file();
  }

  /**
   * Looks for the next good row.
   *
   * @throws CsvFormatException if the rest of the file is no CSV, so that rows cannot be told apart
   */
  @Override
  public boolean hasNext() {
    while (lookahead == null && hasNextRow()) {
      CsvRecord row = rows.next();
      try {
        lookahead = columns.read(row.getFields());
      } catch (IllegalArgumentException e) {
        rejected.add(row, e.getMessage());
      }
    }
    return lookahead != null;
  }

  @Override
  public Transaction next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Transaction next = lookahead;
    lookahead = null;
    return next;
  }

  @Override
  public void close() {
    try (rejected) {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean hasNextRow() {
    try {
      return rows.hasNext();
    } catch (CsvParseException e) {
      throw new CsvFormatException(e.getMessage(), e);
    }
  }
}
