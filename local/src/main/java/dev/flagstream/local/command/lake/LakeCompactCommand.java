package dev.flagstream.local.command.lake;

import dev.flagstream.client.lake.LakeCompaction;
import dev.flagstream.local.failure.ExitCodes;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.lake.Lakes;
import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The command "lake-compact": merges small files of the lake. */
@Command(
    name = "lake-compact",
    description =
        "Merges the files below 32 MiB of each table's day that is over into files of about 128"
            + " MiB, while the sink writes and people ask, and removes the sink's old manifests."
            + " Doing it again changes nothing, or completes what was killed.")
public final class LakeCompactCommand implements Callable<Integer> {

  private static final double MIB = 1 << 20;

  @Mixin private StackOptions options;

  @Option(
      names = "--before",
      paramLabel = "DAY",
      converter = Day.class,
      description =
          "Merge what is of event days before this one, as in 2026-11-30 (UTC). Default: today.")
  private LocalDate before;

  /** Reads a day. */
  static final class Day implements ITypeConverter<LocalDate> {
    @Override
    public LocalDate convert(String text) {
      try {
        return LocalDate.parse(text);
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(
            "'" + text + "' is not a day; give one such as 2026-11-30");
      }
    }
  }

  @Override
  public Integer call() {
    StackSettings settings = options.settings();
    String url = options.lakeUrl(settings);
    LocalDate end = before == null ? LocalDate.now(ZoneOffset.UTC) : before;
    try {
      say(Lakes.compaction(settings, url).run(end), end);
      return ExitCodes.OK;
    } catch (IOException | SQLException e) {
      throw new StackException(
          "The files of the lake %s cannot be merged: %s. What was merged until then is; mend that, and do it again"
              .formatted(url, e.getMessage()),
          e);
    }
  }

  private static void say(LakeCompaction.Report report, LocalDate end) {
    for (Map.Entry<String, LakeCompaction.Table> each : report.tables().entrySet()) {
      LakeCompaction.Table table = each.getValue();
      System.out.printf(
          Locale.ROOT,
          "%s: %,d files of %,d day%s, %.1f MiB, became %,d of %.1f MiB with %,d rows%n",
          each.getKey(),
          table.files(),
          table.days(),
          table.days() == 1 ? "" : "s",
          table.bytes() / MIB,
          table.left(),
          table.bytesLeft() / MIB,
          table.rows());
    }
    if (report.tables().isEmpty()) {
      System.out.printf("There is nothing to merge of days before %s.%n", end);
    }
    if (report.manifests() > 0) {
      System.out.printf(
          Locale.ROOT,
          "%,d manifests that the sink no longer needs are removed.%n",
          report.manifests());
    }
  }
}
