package dev.flagstream.local.command;

import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.sql.SqlClient;
import dev.flagstream.local.sql.SqlScripts;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command "apply": the SQL scripts to a running server. */
@Command(
    name = "apply",
    description =
        "Applies ksql/NN-*.sql to the running SQL server, in the order of their numbers, once it is"
            + " healthy. A second time changes nothing.")
public final class ApplyCommand implements Callable<Integer> {

  @Mixin private StackOptions options;

  @Override
  public Integer call() {
    var settings = options.settings();
    var server = new SqlClient(settings.sqlUrl());
    server.awaitHealthy(Duration.ofMinutes(1));
    SqlScripts.in(settings.scripts())
        .applyTo(server, script -> System.out.println("applied " + script));
    return 0;
  }
}
