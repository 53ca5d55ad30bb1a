package dev.flagstream.local.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.flagstream.dashboard.quality.DriftSpan;
import dev.flagstream.dashboard.quality.FeatureDrift;
import dev.flagstream.generator.option.DurationConverter;
import dev.flagstream.local.command.elsewhere.MongoElsewhereOptions;
import dev.flagstream.local.dataquality.DataQualityReport;
import dev.flagstream.local.dataquality.DataQualityScreen;
import dev.flagstream.local.dataquality.QualityTables;
import dev.flagstream.local.dataquality.QualityWatch;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.PipelineAddresses;
import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.settings.StackSettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command "quality": in one screen, what is unusual in what comes in. */
@Command(
    name = "quality",
    description =
        "Says what is unusual in the transactions of the last hour, against the hours before: how"
            + " many came and from where, how late, which expectations of ksql/quality/ they fail,"
            + " what was rejected, which fields nobody has declared, and which features have moved"
            + " from what the model learned from. The first time, it turns on that this is"
            + " counted.",
    footer = {
      "",
      "Exit codes: 0 nothing is unusual, 1 something is, or a part does not answer.",
    })
public final class QualityCommand implements Callable<Integer> {

  private static final int STORE_PATIENCE_MS = 3_000;

  /** From where on a distribution has moved much, as {@code StabilityIndex} cites. */
  private static final double MOVED = 0.25;

  private static final Duration A_HISTORY = Duration.ofDays(1);

  @Mixin private StackOptions options;
  @Mixin private MongoElsewhereOptions mongo;

  @Option(
      names = "--span",
      paramLabel = "TIME",
      defaultValue = "1h",
      converter = DurationConverter.class,
      description =
          "How long the last while is, a minute or more: 10m, 1h, 1d. Default: ${DEFAULT-VALUE}.")
  private Duration span;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      converter = PatienceConverter.class,
      defaultValue = "300",
      description =
          "How long to wait, the first time, until what is counted has caught up. Default:"
              + " ${DEFAULT-VALUE}.")
  private long patienceSeconds;

  @Option(names = "--json", description = "Prints JSON instead of a screen.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws JsonProcessingException {
    if (span.compareTo(Duration.ofMinutes(1)) < 0 || span.compareTo(Duration.ofDays(1)) > 0) {
      throw new ParameterException(
          spec.commandLine(), "--span is to be from a minute (1m) to a day (1d)");
    }
    StackSettings settings = mongo.in(options.settings());
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter progress = json ? spec.commandLine().getErr() : out;
    QualityWatch watch =
        new QualityWatch(
            settings,
            line -> {
              progress.println(line);
              progress.flush();
            });
    QualityTables tables = watch.tables(Duration.ofSeconds(patienceSeconds));
    long left = watch.left();
    long nowMs = System.currentTimeMillis();
    DataQualityReport report =
        DataQualityReport.of(
            tables.since(DataQualityReport.earliestMs(span, nowMs)), span, nowMs, left);
    FeatureDrift.Report drift = drift(settings);
    if (json) {
      out.println(
          new ObjectMapper()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(asMap(report, drift)));
    } else if (report == null) {
      out.println("No transaction has come yet.");
    } else {
      new DataQualityScreen(ZoneId.systemDefault())
          .lines(report, moved(drift), isHistoryLong(report))
          .forEach(out::println);
    }
    out.flush();
    return drift != null && isUsual(report, drift) ? 0 : 1;
  }

  private static boolean isUsual(DataQualityReport report, FeatureDrift.Report drift) {
    return report == null
        || (!report.isUnusual() && (moved(drift).isEmpty() || !isHistoryLong(report)));
  }

  /** Of the last hour of decisions; null if MongoDB does not answer. */
  private FeatureDrift.Report drift(StackSettings settings) {
    try (MongoClient client =
        MongoClients.create(PipelineAddresses.of(settings).mongoUri(STORE_PATIENCE_MS))) {
      return new FeatureDrift(
              client.getDatabase(Environment.DATABASE).getCollection(Environment.SCORED_COLLECTION),
              settings.models())
          .get(DriftSpan.HOUR);
    } catch (MongoException e) {
      spec.commandLine()
          .getErr()
          .println(
              "How far the features have moved is not known: MongoDB at %s does not answer."
                  .formatted(settings.mongoAddress()));
      return null;
    }
  }

  /** Features that look back grow until cards and merchants have a history. */
  private static boolean isHistoryLong(DataQualityReport report) {
    return report.before().compareTo(A_HISTORY) >= 0;
  }

  /** Each with its stability index, the furthest first. */
  private static List<String> moved(FeatureDrift.Report drift) {
    return drift == null
        ? List.of()
        : drift.features().stream()
            .filter(each -> each.index() >= MOVED)
            .map(each -> String.format(Locale.ROOT, "%s %.2f", each.feature(), each.index()))
            .toList();
  }

  private static Map<String, Object> asMap(DataQualityReport report, FeatureDrift.Report drift) {
    Map<String, Object> all = new LinkedHashMap<>();
    if (report != null) {
      all.put("from", report.from().toString());
      all.put("to", report.to().toString());
      all.put("minutes_before", report.before().toMinutes());
      all.put("transactions", report.transactions());
      all.put("transactions_before", numberOrNull(report.transactionsBefore()));
      all.put("amount", report.amount());
      all.put("latest_by_ms", report.latestByMs());
      all.put("silent_minutes", report.silence().toMinutes());
      all.put("records_left_to_look_at", report.left());
      all.put("volume_unusual", report.volumeUnusual());
      all.put("expectations", report.failures().stream().map(QualityCommand::asMap).toList());
      all.put("categories", report.categories().stream().map(QualityCommand::asMap).toList());
      all.put("unusual", report.isUnusual());
    }
    all.put("moved_features", moved(drift));
    return all;
  }

  private static Map<String, Object> asMap(DataQualityReport.Share share) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("what", share.what());
    all.put("records", share.records());
    all.put("share", share.share());
    all.put("share_before", numberOrNull(share.shareBefore()));
    all.put("unusual", share.unusual());
    return all;
  }

  private static Double numberOrNull(double number) {
    return Double.isNaN(number) ? null : number;
  }
}
