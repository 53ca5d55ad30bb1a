package dev.flagstream.training.handbook;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.flagstream.training.batch.CardTransaction;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads the Handbook's own file of transactions, plain or {@code .gz}. */
final class HandbookCsv {

  private static final Duration REPORTED_AFTER = Duration.ofDays(7);

  private static final BigDecimal ROUNDING_ERROR = new BigDecimal("1e-9");

  private HandbookCsv() {}

  static HandbookHistory read(Path file) throws IOException {
    List<CardTransaction> transactions = new ArrayList<>();
    List<String> scenarios = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(open(file))) {
      for (NamedCsvRecord row : csv) {
        boolean fraud = row.getField("TX_FRAUD").equals("1");
        transactions.add(transaction(row, fraud));
        scenarios.add(fraud ? "scenario " + row.getField("TX_FRAUD_SCENARIO") : null);
      }
    }
    return new HandbookHistory(transactions, scenarios);
  }

  private static Reader open(Path file) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
    boolean zipped = file.toString().endsWith(".gz");
    return new InputStreamReader(
        zipped ? new GZIPInputStream(bytes) : bytes, StandardCharsets.UTF_8);
  }

  private static CardTransaction transaction(NamedCsvRecord row, boolean fraud) {
    long timeMs =
        LocalDateTime.parse(row.getField("TX_DATETIME").replace(' ', 'T'))
            .toInstant(ZoneOffset.UTC)
            .toEpochMilli();
    return new CardTransaction(
        timeMs,
        row.getField("CUSTOMER_ID"),
        row.getField("TERMINAL_ID"),
        null,
        null,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        cents(row.getField("TX_AMOUNT")),
        Double.NaN,
        Double.NaN,
        fraud ? timeMs + REPORTED_AFTER.toMillis() : CardTransaction.HONEST);
  }

  /** The file has sums of binary fractions, as 85.64999999999999: the cent they stand for. */
  private static long cents(String amount) {
    BigDecimal exact = new BigDecimal(amount);
    BigDecimal rounded = exact.setScale(2, RoundingMode.HALF_EVEN);
    if (rounded.subtract(exact).abs().compareTo(ROUNDING_ERROR) > 0) {
      throw new IllegalArgumentException("An amount with fractions of a cent: " + amount);
    }
    return rounded.movePointRight(2).longValueExact();
  }
}
