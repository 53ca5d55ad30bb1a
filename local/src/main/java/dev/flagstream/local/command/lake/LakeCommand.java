package dev.flagstream.local.command.lake;

import dev.flagstream.client.lake.LakeReader;
import dev.flagstream.local.failure.ExitCodes;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.lake.Lakes;
import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.sqlstore.SqlStoreTable;
import java.sql.SQLException;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command "lake": asks the Parquet files. */
@Command(
    name = "lake",
    description =
        "Runs a query over the lake, which has every transaction, rejection, decision and label as"
            + " a row of the tables transactions, rejections, decisions and labels, and prints what"
            + " it answers.")
public final class LakeCommand implements Callable<Integer> {

  @Mixin private StackOptions options;

  @Option(
      names = "--query",
      required = true,
      paramLabel = "SQL",
      description = "What is asked, in DuckDB's SQL.")
  private String query;

  @Override
  public Integer call() {
    StackSettings settings = options.settings();
    String url = options.lakeUrl(settings);
    LakeReader lake = Lakes.reader(settings, url);
    SortedSet<String> tables = tables(lake);
    if (tables.isEmpty()) {
      throw new StackException(
          "There is nothing in the lake %s yet. It is filled where it was turned on, within ten seconds: make demo SINKS=mongodb,lake"
              .formatted(url));
    }
    if (query.isBlank()) {
      throw new StackException("What is asked? make lake QUERY='SELECT count(*) FROM decisions'");
    }
    try {
      lake.ask(query, rows -> SqlStoreTable.of(rows).forEach(System.out::println));
      return ExitCodes.OK;
    } catch (SQLException e) {
      throw new StackException(
          "The lake %s does not take the query, which is to be one that only reads. DuckDB says: %s%nIts tables are: %s"
              .formatted(url, lastError(e), String.join(", ", tables)),
          e);
    }
  }

  private static SortedSet<String> tables(LakeReader lake) {
    try {
      return lake.tables();
    } catch (SQLException e) {
      throw new StackException(e.getMessage(), e);
    }
  }

  /** The driver puts words of its own on lines before those of the query. */
  private static String lastError(SQLException e) {
    String message = String.valueOf(e.getMessage());
    int error = message.lastIndexOf(" Error: ");
    return error < 0 ? message : message.substring(message.lastIndexOf('\n', error) + 1);
  }
}
