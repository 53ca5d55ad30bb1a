package dev.flagstream.generator.replay.layout;

import dev.flagstream.generator.replay.csv.CsvDialect;
import dev.flagstream.generator.replay.csv.CsvFormatException;
import dev.flagstream.generator.replay.csv.CsvRow;
import dev.flagstream.generator.replay.csv.CsvRows;
import dev.flagstream.generator.replay.csv.DateTimeText;
import dev.flagstream.generator.replay.csv.RejectedRows;
import dev.flagstream.generator.replay.csv.UnfitRowException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The transactions of a file of a {@link KnownLayout}, in its order, with what the file says about
 * each: without Kafka, for programs that read such a file.
 *
 * <pre>{@code
 * try (MappedTransactions transactions = MappedTransactions.open(Path.of("transactions.csv.gz"))) {
 *   while (transactions.hasNext()) {
 *     LabeledTransaction each = transactions.next();
 *   }
 * }
 * }</pre>
 *
 * <p>Reads as it goes, in bounded memory. Used by one thread; {@link #bytesRead} by any.
 */
public final class MappedTransactions implements Iterator<LabeledTransaction>, AutoCloseable {

  /** Takes no bad rows: it throws at the first. */
  private static final RejectedRows STRICT =
      (line, reason, row) -> {
        throw new UnfitRowException("line " + line + ": the row " + reason);
      };

  private final CsvRows rows;
  private final KnownLayout layout;
  private final TransactionMapping mapping;
  private final RejectedRows rejected;
  private long unfit;
  private LabeledTransaction lookahead;
  private CsvRow latest;
  private boolean ended;

  private MappedTransactions(
      CsvRows rows, CsvDialect dialect, RejectedRows rejected, Optional<Instant> startTime) {
    this.rows = rows;
    this.rejected = rejected;
    this.layout = KnownLayout.recognise(rows.header()).orElseThrow(() -> unknownLayout(rows));
    this.mapping =
        layout.mapping(
            new TransactionMapping.Context(
                plainNameOf(rows.file()),
                rows.header(),
                dialect.nullTexts(),
                startTime.or(layout::defaultStartTime).orElse(Instant.EPOCH)));
  }

  /**
   * Opens a file of which every row must be good: {@link #next} throws a {@link CsvFormatException}
   * with line and reason at the first that is not.
   *
   * @throws CsvFormatException if it cannot be read or is of no known layout
   */
  public static MappedTransactions open(Path file) {
    return open(file, CsvDialect.DEFAULT, STRICT, Optional.empty());
  }

  /**
   * Opens a file.
   *
   * @param rejected takes the rows that are no transactions
   * @param startTime what the file counts its time from; empty for the layout's own; without effect
   *     where its times are absolute
   * @throws CsvFormatException if the file cannot be read or is of no known layout
   */
  public static MappedTransactions open(
      Path file, CsvDialect dialect, RejectedRows rejected, Optional<Instant> startTime) {
    CsvRows rows = CsvRows.open(file, dialect, rejected);
    try {
      return new MappedTransactions(rows, dialect, rejected, startTime);
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  /** A file's name without {@code .csv} and {@code .gz}. */
  public static String plainNameOf(Path file) {
    return file.getFileName().toString().replaceFirst("(?i)(\\.(csv|tsv|txt))?(\\.gz)?$", "");
  }

  public KnownLayout layout() {
    return layout;
  }

  /** Whether the file has one more transaction, as far as it can be read. */
  @Override
  public boolean hasNext() {
    while (lookahead == null && !ended) {
      lookahead = readNext();
    }
    return lookahead != null;
  }

  @Override
  public LabeledTransaction next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    LabeledTransaction next = lookahead;
    lookahead = null;
    return next;
  }

  /**
   * Rejects the row whose transaction {@link #next} gave last. Nothing may have been asked of the
   * rows after it.
   *
   * @param reason what is wrong with it, as the end of a sentence about a row: {@code is too large}
   */
  public void reject(String reason) {
    unfit++;
    rejected.add(latest.line(), reason, latest.text());
  }

  /** How many rows were no transactions so far. */
  public long rejected() {
    return rows.rejected() + unfit;
  }

  /** How much of the file has been read, in bytes as they stand on the disk. */
  public long bytesRead() {
    return rows.bytesRead();
  }

  /** Why the rest of the file could not be read; empty as long as nothing went wrong. */
  public Optional<String> brokenOff() {
    return rows.brokenOff();
  }

  @Override
  public void close() {
    rows.close();
  }

  /** The next row's transaction; null if it has none, or if there is no next. */
  private LabeledTransaction readNext() {
    try {
      CsvRow row = rows.next();
      if (row == null) {
        ended = true;
        throwIfStrictAndBroken();
        return null;
      }
      return readOrReject(row);
    } catch (UnfitRowException e) {
      throw new CsvFormatException(rows.file() + ", " + e.getMessage(), e);
    }
  }

  private LabeledTransaction readOrReject(CsvRow row) {
    String flaw;
    try {
      LabeledTransaction read = mapping.read(row);
      if (!DateTimeText.isEventTime(read.transaction().timestampMs())) {
        throw new UnfitRowException(
            layout.timeColumn() + " is not within " + DateTimeText.EVENT_TIMES);
      }
      latest = row;
      return read;
    } catch (UnfitRowException e) {
      flaw = e.getMessage();
    }
    unfit++;
    rejected.add(row.line(), flaw, row.text());
    return null;
  }

  private void throwIfStrictAndBroken() {
    if (rejected == STRICT) {
      rows.brokenOff()
          .ifPresent(
              why -> {
                throw new CsvFormatException(why);
              });
    }
  }

  private static CsvFormatException unknownLayout(CsvRows rows) {
    String known =
        Arrays.stream(KnownLayout.values())
            .map(KnownLayout::title)
            .collect(Collectors.joining(", "));
    return new CsvFormatException(
        rows.file() + " is of no known layout (" + known + "): its columns are " + rows.header());
  }
}
