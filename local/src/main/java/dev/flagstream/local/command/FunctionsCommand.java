package dev.flagstream.local.command;

import dev.flagstream.client.SqlClient;
import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.sql.ServerFunctions;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command "functions": what the UDF jar has brought into a running SQL server. */
@Command(
    name = "functions",
    description = "Prints the functions of the UDF jar as the running SQL server knows them.")
public final class FunctionsCommand implements Callable<Integer> {

  @Mixin private StackOptions options;

  @Override
  public Integer call() {
    SqlClient server = new SqlClient(options.settings().sqlUrl());
    server.awaitHealthy(Duration.ofMinutes(2));
    ServerFunctions.describe(server).forEach(System.out::println);
    return 0;
  }
}
