package dev.flagstream.local.command;

import dev.flagstream.local.failure.ExitCodes;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.SqlStoreAddress;
import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.sqlstore.SqlStoreClient;
import dev.flagstream.local.sqlstore.SqlStoreTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command "sql-store": asks the database of decisions. */
@Command(
    name = "sql-store",
    description =
        "Runs a query in the SQL store, whose table decisions and view fraud_predictions have a row"
            + " for each decision, and prints what it answers.")
public final class SqlStoreCommand implements Callable<Integer> {

  @Mixin private StackOptions options;

  @Mixin private SqlStoreOptions store;

  @Option(
      names = "--query",
      required = true,
      paramLabel = "SQL",
      description = "What is asked, in the database's own SQL.")
  private String query;

  @Override
  public Integer call() {
    StackSettings settings = options.settings();
    SqlStoreAddress address =
        store
            .address(settings)
            .orElseThrow(
                () ->
                    new StackException(
                        "Which SQL store is meant? Name it with --sinks=mongodb,postgresql (make: SINKS=…) for the local stack's, or with --sql-store-url."));
    try (Connection connection = SqlStoreClient.of(settings, address).connect();
        Statement statement = connection.createStatement()) {
      if (statement.execute(query)) {
        try (ResultSet rows = statement.getResultSet()) {
          SqlStoreTable.of(rows).forEach(System.out::println);
        }
      } else {
        System.out.println("Rows changed: " + statement.getUpdateCount());
      }
      return ExitCodes.OK;
    } catch (SQLException e) {
      throw new StackException(
          "The SQL store at %s does not take the query. It says: %s%nIt runs only where it was turned on: make demo SINKS=mongodb,postgresql"
              .formatted(address.url(), e.getMessage()),
          e);
    }
  }
}
