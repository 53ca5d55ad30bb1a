package dev.flagstream.benchmarks.features;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.flagstream.benchmarks.MeasuringCommand;
import dev.flagstream.udf.features.CardFeatures;
import dev.flagstream.udf.features.MerchantFeatures;
import io.confluent.ksql.function.udaf.Udaf;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What CARD_FEATURES and MERCHANT_FEATURES cost a transaction: reading the state, the features, the
 * new state and the result, by the thread's CPU time, with a given number of transactions in the
 * state.
 */
@Command(
    name = "feature-speed",
    mixinStandardHelpOptions = true,
    description = "What the features of a transaction cost.")
public final class FeatureSpeed implements Callable<Integer> {

  private static final int WARM_UPS = 3;
  private static final int[] SIZES = {30, 60, 300, 3_000};
  private static final long START_MS = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
  private static final long CARD_MEMORY_MS = Duration.ofDays(31).toMillis();
  private static final long MERCHANT_MEMORY_MS = Duration.ofDays(38).toMillis();
  private static final int WORK_PER_ROUND = 3_000_000;
  private static final String MOST = "4000";
  private static final double NANOS_PER_MICROSECOND = 1_000;

  private static final Schema CARD =
      SchemaBuilder.struct()
          .field("TRANSACTION_ID", Schema.OPTIONAL_STRING_SCHEMA)
          .field("EVENT_TIME", Schema.OPTIONAL_INT64_SCHEMA)
          .field("AMOUNT", Decimal.builder(2).optional().build())
          .field("MERCHANT_ID", Schema.OPTIONAL_STRING_SCHEMA)
          .field("MERCHANT_CATEGORY", Schema.OPTIONAL_STRING_SCHEMA)
          .field("COUNTRY", Schema.OPTIONAL_STRING_SCHEMA)
          .field("LAT", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .field("LON", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .field("HOME_LAT", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .field("HOME_LON", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .optional()
          .build();

  private static final Schema MERCHANT =
      SchemaBuilder.struct()
          .field("MERCHANT_ID", Schema.OPTIONAL_STRING_SCHEMA)
          .field("TRANSACTION_ID", Schema.OPTIONAL_STRING_SCHEMA)
          .field("TRANSACTION_TIME", Schema.OPTIONAL_INT64_SCHEMA)
          .field("IS_FRAUD", Schema.OPTIONAL_BOOLEAN_SCHEMA)
          .field("REPORTED_AT", Schema.OPTIONAL_INT64_SCHEMA)
          .optional()
          .build();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "7",
      description = "Rounds, of which three are warm-up. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  private record Line(String aggregate, int events, double micros, int stateBytes) {}

  /** Measures, prints a table and ends this JVM. */
  public static void main(String[] args) {
    MeasuringCommand.run(new FeatureSpeed(), args);
  }

  @Override
  public Integer call() {
    if (rounds <= WARM_UPS) {
      throw new IllegalArgumentException("give --rounds of more than " + WARM_UPS);
    }
    List<Line> lines = new ArrayList<>();
    for (int size : SIZES) {
      Random random = new Random(size);
      lines.add(
          measure(
              "CARD_FEATURES",
              CardFeatures.cardFeatures(),
              time -> payment(random, time),
              size,
              CARD_MEMORY_MS,
              rounds));
      lines.add(
          measure(
              "MERCHANT_FEATURES",
              MerchantFeatures.merchantFeatures(),
              time -> sale(random, time),
              size,
              MERCHANT_MEMORY_MS,
              rounds));
    }
    System.out.println(table(lines));
    return CommandLine.ExitCode.OK;
  }

  private static Line measure(
      String name,
      Udaf<Struct, ByteBuffer, Struct> function,
      LongFunction<Struct> rows,
      int size,
      long memoryMs,
      int rounds) {
    ((Configurable) function).configure(Map.of("ksql.functions._global_.max.events", MOST));
    int perRound = Math.max(1_000, WORK_PER_ROUND / size);
    long everyMs = memoryMs / size;
    ByteBuffer state = function.initialize();
    long timeMs = START_MS;
    for (int i = 0; i < size; i++) {
      timeMs += everyMs;
      state = function.aggregate(rows.apply(timeMs), state);
    }
    double[] micros = new double[rounds - WARM_UPS];
    int fields = 0;
    for (int round = 0; round < rounds; round++) {
      Struct[] made = new Struct[perRound];
      for (int i = 0; i < perRound; i++) {
        timeMs += everyMs;
        made[i] = rows.apply(timeMs);
      }
      long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      for (Struct row : made) {
        state = function.aggregate(row, state);
        fields += function.map(state).schema().fields().size();
      }
      long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun;
      if (round >= WARM_UPS) {
        micros[round - WARM_UPS] = nanos / NANOS_PER_MICROSECOND / perRound;
      }
    }
    if (fields == 0) {
      throw new IllegalStateException("Nothing was computed");
    }
    Arrays.sort(micros);
    return new Line(name, size, micros[micros.length / 2], state.remaining());
  }

  private static Struct payment(Random random, long timeMs) {
    return new Struct(CARD)
        .put("TRANSACTION_ID", "7c9e6679-" + timeMs)
        .put("EVENT_TIME", timeMs)
        .put("AMOUNT", BigDecimal.valueOf(random.nextInt(30_000) + 1L, 2))
        .put("MERCHANT_ID", "M" + random.nextInt(20))
        .put("MERCHANT_CATEGORY", "category" + random.nextInt(5))
        .put("COUNTRY", "US")
        .put("LAT", 41.0 + random.nextDouble())
        .put("LON", -87.0 - random.nextDouble())
        .put("HOME_LAT", 41.88)
        .put("HOME_LON", -87.63);
  }

  /** One in a hundred is a label. */
  private static Struct sale(Random random, long timeMs) {
    Struct sale =
        new Struct(MERCHANT)
            .put("MERCHANT_ID", "M1")
            .put("TRANSACTION_ID", "7c9e6679-" + timeMs)
            .put("TRANSACTION_TIME", timeMs);
    return random.nextInt(100) == 0
        ? sale.put("IS_FRAUD", true).put("REPORTED_AT", timeMs + Duration.ofDays(7).toMillis())
        : sale;
  }

  private static String table(List<Line> lines) {
    return AsciiTable.getTable(
        lines,
        List.of(
            new Column().header("aggregate").with(Line::aggregate),
            right("transactions in state").with(line -> "%,d".formatted(line.events())),
            right("µs of CPU").with(line -> String.format(Locale.ROOT, "%.2f", line.micros())),
            right("bytes of state").with(line -> "%,d".formatted(line.stateBytes()))));
  }

  private static Column right(String header) {
    return new Column().header(header).dataAlign(HorizontalAlign.RIGHT);
  }
}
