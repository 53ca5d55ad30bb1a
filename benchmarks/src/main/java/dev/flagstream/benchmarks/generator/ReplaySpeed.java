package dev.flagstream.benchmarks.generator;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.flagstream.benchmarks.MeasuringCommand;
import dev.flagstream.benchmarks.Median;
import dev.flagstream.generator.replay.csv.CsvDialect;
import dev.flagstream.generator.replay.csv.CsvRow;
import dev.flagstream.generator.replay.csv.CsvRows;
import dev.flagstream.generator.replay.csv.RejectedRows;
import dev.flagstream.generator.replay.layout.MappedTransactions;
import dev.flagstream.generator.replay.schema.FileSchema;
import dev.flagstream.generator.simulation.SimulatedTransaction;
import dev.flagstream.generator.simulation.handbook.HandbookParameters;
import dev.flagstream.generator.simulation.handbook.HandbookSimulation;
import dev.flagstream.generator.transaction.Transaction;
import dev.flagstream.generator.transaction.TransactionJson;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How many rows of a CSV file a second a replay gets ready to be sent, by the thread's CPU time,
 * beside fastcsv reading the same file without looking for bad rows. The file has the Handbook's
 * layout and is made from a seed.
 */
@Command(
    name = "replay-speed",
    mixinStandardHelpOptions = true,
    description = "How many rows a replay gets ready.")
public final class ReplaySpeed implements Callable<Integer> {

  private static final int WARM_UPS = 2;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Reads a whole file and says how many rows it has. */
  private interface Job {
    long rowsOf(Path file) throws IOException;
  }

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Rows of the file. Default: ${DEFAULT-VALUE}.")
  private int rows;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "6",
      description = "Rounds, of which two are warm-up. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  private record Line(String job, double rowsPerSecond, double ratio) {}

  /** Measures, prints a table and ends this JVM. */
  public static void main(String[] args) {
    MeasuringCommand.run(new ReplaySpeed(), args);
  }

  @Override
  public Integer call() throws IOException {
    if (rows < 1 || rounds <= WARM_UPS) {
      throw new IllegalArgumentException(
          "give --rows of 1 or more and --rounds of more than " + WARM_UPS);
    }
    Path file = Files.createTempFile("replay-speed", ".csv");
    try {
      write(file, rows);
      System.out.println(table(measure(file, rows, rounds)));
      System.out.printf(
          Locale.ROOT,
          "%,d rows, %,d bytes; a second is one of the thread's CPU time; the median after %d"
              + " rounds of warm-up.%n",
          rows,
          Files.size(file),
          WARM_UPS);
    } finally {
      Files.delete(file);
    }
    return CommandLine.ExitCode.OK;
  }

  private static List<Line> measure(Path file, int rows, int rounds) throws IOException {
    List<String> names =
        List.of("fastcsv alone", "rows, bad ones told apart", "types", "transactions", "as JSON");
    List<Job> jobs =
        List.of(
            ReplaySpeed::fastCsv,
            ReplaySpeed::rows,
            ReplaySpeed::types,
            ReplaySpeed::transactions,
            ReplaySpeed::json);
    double[][] perSecond = new double[jobs.size()][rounds];
    for (int round = 0; round < rounds; round++) {
      for (int job = 0; job < jobs.size(); job++) {
        perSecond[job][round] = perSecond(jobs.get(job), file, rows);
      }
      System.err.printf(Locale.ROOT, "round %d of %d%n", round + 1, rounds);
    }
    double alone = medianOf(perSecond[0]);
    List<Line> lines = new ArrayList<>();
    for (int job = 0; job < jobs.size(); job++) {
      double median = medianOf(perSecond[job]);
      lines.add(new Line(names.get(job), median, median / alone));
    }
    return lines;
  }

  private static double perSecond(Job job, Path file, int rows) throws IOException {
    long before = cpuNanos();
    long read = job.rowsOf(file);
    long after = cpuNanos();
    if (read != rows) {
      throw new IllegalStateException("read " + read + " rows instead of " + rows);
    }
    return rows * NANOS_PER_SECOND / (after - before);
  }

  private static long fastCsv(Path file) throws IOException {
    long records = 0;
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
      for (CsvRecord unused : reader) {
        records++;
      }
    }
    return records - 1;
  }

  private static long rows(Path file) {
    long count = 0;
    try (CsvRows rows = CsvRows.open(file, CsvDialect.DEFAULT, RejectedRows.IGNORED)) {
      for (CsvRow row = rows.next(); row != null; row = rows.next()) {
        count++;
      }
    }
    return count;
  }

  private static long types(Path file) {
    try (CsvRows rows = CsvRows.open(file, CsvDialect.DEFAULT, RejectedRows.IGNORED)) {
      return FileSchema.infer(rows, Map.of(), Set.of(), FileSchema.ALL_ROWS, () -> false).rows();
    }
  }

  private static long transactions(Path file) {
    long count = 0;
    try (MappedTransactions transactions = MappedTransactions.open(file)) {
      while (transactions.hasNext()) {
        count += transactions.next().verdict().isPresent() ? 1 : 0;
      }
    }
    return count;
  }

  private static long json(Path file) {
    long count = 0;
    try (MappedTransactions transactions = MappedTransactions.open(file)) {
      while (transactions.hasNext()) {
        count += TransactionJson.encode(transactions.next().transaction()).length > 0 ? 1 : 0;
      }
    }
    return count;
  }

  private static void write(Path file, int rows) throws IOException {
    Iterator<SimulatedTransaction> simulated =
        new HandbookSimulation(new HandbookParameters(42)).from(HandbookParameters.START);
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      writer.write("TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD\n");
      for (int row = 0; row < rows; row++) {
        SimulatedTransaction next = simulated.next();
        Transaction transaction = next.transaction();
        writer.write(
            String.join(
                ",",
                Integer.toString(row),
                DATE_TIME.format(Instant.ofEpochMilli(transaction.timestampMs())),
                transaction.cardholder().customerId(),
                transaction.acceptor().merchantId(),
                transaction.amount().toString(),
                next.isFraud() ? "1" : "0"));
        writer.write('\n');
      }
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double medianOf(double[] values) {
    return Median.of(Arrays.copyOfRange(values, WARM_UPS, values.length));
  }

  private static String table(List<Line> lines) {
    return AsciiTable.getTable(
        AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
        lines,
        List.of(
            new Column().header("reads a file").dataAlign(HorizontalAlign.LEFT).with(Line::job),
            new Column()
                .header("rows/s")
                .with(line -> String.format(Locale.ROOT, "%,.0f", line.rowsPerSecond())),
            new Column()
                .header("beside fastcsv")
                .with(line -> String.format(Locale.ROOT, "%.2f", line.ratio()))));
  }
}
